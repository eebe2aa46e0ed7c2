import type { CreateTag } from './script-tag.js';

// Stored when this file is loaded, because the page may replace it later.
const { Promise } = globalThis;

/**
 * Returns the URL of the token doctor's file, which is next to the library's own file. Returns `undefined` if `src` does
 * not contain the file's name, such as a CDN's short URL for the package. A guess could load somebody else's package.
 *
 * @param src - the URL of the library's own script tag
 */
export function findDoctorUrl(src: string | undefined): string | undefined {
  const url = src?.replace(/\.iife(\.min)?\.js(?=$|[?#])/, '.explain.iife.min.js');
  return url === src ? undefined : url;
}

/** Returns the URL of the devtools' file, which is next to the doctor's. */
export const findDevtoolsUrl = (doctorUrl: string | undefined) => doctorUrl?.replace('.explain.iife', '.devtools.iife');

/**
 * Loads a script and returns what the script stored on its own tag, which avoids a global variable. Rejects if the
 * script cannot be loaded.
 *
 * @param nonce - used if the tag has no nonce yet
 */
export async function loadScript<Exports>(createTag: CreateTag, url: string | undefined, nonce: string | undefined) {
  if (!url) throw new Error('No URL');
  const tag: HTMLScriptElement & { exports?: Exports } = createTag(url);
  if (nonce) tag.nonce ||= nonce;
  await new Promise((resolve) => {
    tag.onload = tag.onerror = resolve;
    document.head.append(tag);
  });
  tag.remove();
  if (!tag.exports) throw new Error(url);
  return tag.exports;
}
