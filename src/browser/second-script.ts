/**
 * The second file's address, from the first one's own name. None where that name is not in it, such as in a CDN's short
 * address for the package: there, a name of ours could be somebody else's package.
 */
export function findDoctor(src: string | undefined): string | undefined {
  const found = src?.replace(/\.iife(\.min)?\.js(?=$|[?#])/, '.explain.iife.min.js');
  return found === src ? undefined : found;
}

/** Loads a script, and gives what it leaves on its own tag: so it needs no global. Rejects where it cannot be had. */
export function loadScript<Exports>(url: string | undefined, nonce: string | undefined) {
  return new Promise<Exports>((resolve, reject) => {
    if (!url) return reject(new Error('No address'));
    const tag = document.createElement('script');
    if (nonce) tag.nonce = nonce;
    // It throws in a page with Trusted Types.
    tag.src = url;
    tag.onload = tag.onerror = () => {
      tag.remove();
      const { exports } = tag as { exports?: Exports };
      if (exports) resolve(exports);
      else reject(new Error(url));
    };
    document.head.append(tag);
  });
}
