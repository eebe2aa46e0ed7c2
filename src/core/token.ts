// Reads the claims of a JWT. It does not verify the signature: only Zendesk can do that. It finds tokens that cannot
// succeed, because a refused login deletes an anonymous visitor's conversation [M 25].
import type { MessengerErrorCode } from './error-codes.js';

/** A JWT that can succeed, and the claims that this library reads. `exp` and `iat` are in seconds, as in the token. */
export interface Token {
  readonly raw: string;
  readonly user: string;
  readonly exp: number | undefined;
  readonly iat: number | undefined;
}

/** A number from here on is in milliseconds [M 36]. In seconds it would be a date after the year 5138. */
export const MAX_SECONDS = 1e11;

// Stored when this file is loaded, because the page may replace them later.
export const parse = JSON.parse as (text: string) => object;
const { atob, escape } = globalThis as unknown as Readonly<Record<'atob' | 'escape', (text: string) => string>>;

/**
 * Reads the claims of a JWT into an object without a prototype, so additions to Object.prototype do not count. Returns
 * `undefined` if the text is no JWT.
 */
export function readClaims(text: string): Record<string, unknown> | undefined {
  try {
    const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(text)!;
    return { __proto__: null, ...parse(decodeBase64url(payload!)) };
  } catch {
    return undefined;
  }
}

/** Checks a token. Returns it with its claims, or the code of the defect because of which it cannot succeed. */
export function readToken(text: unknown): Token | MessengerErrorCode {
  if (typeof text !== 'string') return 'token_not_string';
  const claims = readClaims(text);
  if (!claims) return 'token_malformed';
  const { external_id: externalId, exp, iat } = claims;
  if (externalId === undefined || externalId === '') return 'external_id_missing';
  if (typeof externalId !== 'string') return 'external_id_not_string';
  if (exp !== undefined && !(typeof exp === 'number' && exp < MAX_SECONDS)) return 'exp_invalid';
  return { raw: text, user: externalId, exp, iat: typeof iat === 'number' && !(iat >= exp!) ? iat : undefined };
}

// The core compiles without the DOM library, but every browser and Node have atob, which is a pure function. `escape` and
// decodeURIComponent together decode UTF-8, and throw if the bytes are not UTF-8. Zendesk's messenger reads such a payload
// as Latin-1, which `btoa(JSON.stringify(…))` makes.
function decodeBase64url(text: string): string {
  const bytes = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  try {
    return decodeURIComponent(escape(bytes));
  } catch {
    return bytes;
  }
}
