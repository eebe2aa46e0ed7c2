import type { CreateTag } from './script-tag.js';

// Stored when this file is loaded, because the page may replace it later.
const { Promise } = globalThis;

/**
 * Returns the URL of the second file, made from the URL of the first one. Returns `undefined` if that URL does not
 * contain the file's name, such as a CDN's short URL for the package. Guessing a URL there could load somebody else's
 * package.
 */
export function findDoctor(src: string | undefined): string | undefined {
  const found = src?.replace(/\.iife(\.min)?\.js(?=$|[?#])/, '.explain.iife.min.js');
  return found === src ? undefined : found;
}

/**
 * Loads a script and returns what the script stored on its own tag, which avoids a global variable. Rejects if the
 * script cannot be loaded.
 *
 * @param nonce - used if the tag has no nonce yet
 */
export async function loadScript<Exports>(createTag: CreateTag, url: string | undefined, nonce: string | undefined) {
  if (!url) throw new Error('No address');
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
