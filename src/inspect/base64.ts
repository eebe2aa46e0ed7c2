// Base64 and base64url. JWTs use base64url (RFC 7515, §2).

/** Whether a text is base64url without padding. */
export function isBase64url(text: string): boolean {
  return /^[\w-]*$/.test(text) && text.length % 4 !== 1;
}

/** Converts base64, or base64url with padding, to base64url without padding. */
export function toBase64url(text: string): string {
  return text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '');
}

/** @returns `undefined` if the text is not base64url */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!isBase64url(text)) return undefined;
  return toBytes(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
}

/** Converts a binary string, as `atob` returns it, to bytes. */
function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  // Not Uint8Array.from(), which takes seconds for a text of megabytes.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Encodes bytes, or the UTF-8 bytes of a text, as base64 with padding. */
export function encodeBase64(value: string | Uint8Array): string {
  let binary = '';
  for (const byte of typeof value === 'string' ? new TextEncoder().encode(value) : value) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Encodes bytes, or the UTF-8 bytes of a text, as base64url without padding. */
export function encodeBase64url(value: string | Uint8Array): string {
  return toBase64url(encodeBase64(value));
}
