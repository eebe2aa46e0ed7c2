// Finds JWTs in a longer text: in JSON, in a URL, after a prefix, or between what a backend has printed around it.

// How a header starts: the base64url of `{"`. Its length is limited because many
// starts in a long text would take too long otherwise. An HS256 signature has 43 characters. Up to four more may be glued
// to it, such as the `0` of WordPress; with even more it is another signature.
const JWTS = /eyJ[\w-]{8,1000}\.[\w-]+\.(?:[\w-]{43}(?=[\w-]{0,4}(?![\w-]))|[\w-]+)/g;

/**
 * Returns the different texts in `text` that look like a JWT, in their order. What surrounds them is not part of them. Does
 * not decode them, so it may return a text that is no JWT.
 */
export function findJwts(text: string): string[] {
  return [...new Set(text.match(JWTS))];
}
