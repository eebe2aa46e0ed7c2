// Base64 and base64url, as JWTs use the latter (RFC 7515, §2).

/** Whether a text is base64url without padding. */
export function isBase64url(text: string): boolean {
  return /^[\w-]*$/.test(text) && text.length % 4 !== 1;
}

/** The same in base64url without padding, where it was base64 or had padding. */
export function toBase64url(text: string): string {
  return text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '');
}

/** @returns `undefined` where the text is not base64url */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!isBase64url(text)) return undefined;
  return toBytes(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
}

/** A binary string, as `atob` makes it, as bytes. */
function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  // Not from(), which takes seconds for a text of megabytes.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Bytes, or a text's UTF-8, as base64 with padding. */
export function encodeBase64(value: string | Uint8Array): string {
  let binary = '';
  for (const byte of typeof value === 'string' ? new TextEncoder().encode(value) : value) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

export function encodeBase64url(value: string | Uint8Array): string {
  return toBase64url(encodeBase64(value));
}
