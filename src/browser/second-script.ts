/**
 * Loads a script that lies beside another one, and gives what it leaves on its own tag: so it needs no global. Rejects
 * where it cannot be had.
 *
 * @param besideUrl - the other script's address
 */
export function loadScript<Exports>(name: string, besideUrl: string | undefined, nonce: string | undefined) {
  return new Promise<Exports>((resolve, reject) => {
    const tag = document.createElement('script');
    if (nonce) tag.nonce = nonce;
    // Both throw at what they cannot use: a page whose script is inline, or one with Trusted Types.
    tag.src = new URL(name, besideUrl).href;
    tag.onload = tag.onerror = () => {
      tag.remove();
      const { exports } = tag as { exports?: Exports };
      if (exports) resolve(exports);
      else reject(new Error(name));
    };
    document.head.append(tag);
  });
}
