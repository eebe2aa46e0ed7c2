// Reads a JWT's claims. It verifies nothing: whether a token is genuine is for Zendesk to say. It only finds what
// cannot succeed, because a refused login costs an anonymous visitor the conversation [M 25].
import type { MessengerErrorCode } from './errors.js';

/** A JWT that may succeed, and the claims this library reads. `exp` and `iat` are seconds, as in the token. */
export interface Token {
  readonly text: string;
  readonly externalId: string;
  readonly exp: number | undefined;
  readonly iat: number | undefined;
}

/** From here on, a number is no date in seconds before the year 5138, but milliseconds [M 36]. */
export const MAX_SECONDS = 1e11;

// As it was when this was loaded: what the page puts in its place later is its own affair.
const parse = JSON.parse as (text: string) => object;

/** Reads a JSON object's own members: what a page adds to all objects is none of them. Throws where it is no JSON. */
export function parseObject(text: string): Record<string, unknown> {
  return { __proto__: null, ...parse(text) };
}

/** Reads what a backend returned: the token, or the code of the defect for which it cannot succeed. */
export function readToken(text: unknown): Token | MessengerErrorCode {
  if (typeof text !== 'string') return 'token_not_string';
  try {
    const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(text)!;
    const { external_id: externalId, exp, iat } = parseObject(decodeBase64url(payload!));
    if (externalId === undefined || externalId === '') return 'external_id_missing';
    if (typeof externalId !== 'string') return 'external_id_not_string';
    if (exp !== undefined && !(typeof exp === 'number' && exp < MAX_SECONDS)) return 'exp_invalid';
    return { text, externalId, exp, iat: typeof iat === 'number' && !(iat >= exp!) ? iat : undefined };
  } catch {
    return 'token_malformed';
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// Without atob and TextDecoder, which the core does not have: decodeURIComponent reads UTF-8, and throws at what is none.
function decodeBase64url(text: string): string {
  const bits = text.replace(/./g, (char) => ALPHABET.indexOf(char).toString(2).padStart(6, '0'));
  return decodeURIComponent(
    bits
      .match(/.{8}/g)!
      .map((byte) => `%${(parseInt(byte, 2) + 256).toString(16).slice(1)}`)
      .join(''),
  );
}
