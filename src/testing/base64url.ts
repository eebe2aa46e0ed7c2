// Base64url without padding, as in JWTs (RFC 7515, §2).

/** Encodes bytes, or the UTF-8 bytes of a text. */
export function encodeBase64url(value: string | Uint8Array): string {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Decodes to bytes. Throws if the text is not base64url. */
export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

/**
 * Decodes to a JSON object. Reads bytes that are not UTF-8 as Latin-1, as the messenger does. Throws if the text is not
 * base64url, not JSON or not an object.
 */
export function decodeJsonObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(decodeText(decodeBase64(text)));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not a JSON object');
  return value as Record<string, unknown>;
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
