import type { CreateTag } from './script-tag.js';

// As it was when this was loaded: what the page puts in its place later is its own affair.
const { Promise } = globalThis;

/**
 * The second file's address, from the first one's own name. None where that name is not in it, such as in a CDN's short
 * address for the package: there, a name of ours could be somebody else's package.
 */
export function findDoctor(src: string | undefined): string | undefined {
  const found = src?.replace(/\.iife(\.min)?\.js(?=$|[?#])/, '.explain.iife.min.js');
  return found === src ? undefined : found;
}

/**
 * Loads a script, and gives what it leaves on its own tag: so it needs no global. Rejects where it cannot be had.
 *
 * @param nonce - where the tag has none yet
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
