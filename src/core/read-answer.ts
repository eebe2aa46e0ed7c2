// Finds the token in what an endpoint or `getToken` returned, which may be any text or object around it.
import { findJwts } from './find-jwts.js';
import { parse, readClaims } from './token.js';

/**
 * `token`: the bare token, not checked; `null` if nobody is signed in to the site; the answer itself if it has none, or
 * several. `isSurrounded`: a text stands around the token.
 */
export type Answer = readonly [token: unknown, isSurrounded?: boolean];

// Stored when this file is loaded, because the page may replace it later.
const { stringify } = JSON;

/**
 * Reads an answer of any type. Never throws.
 *
 * A JWT that is the whole answer, or its member `token` or `jwt`, is returned whatever its claims. Any other JWT must have
 * the claims of a messaging token, because a token of another system must not reach Zendesk.
 */
export function readAnswer(value: unknown): Answer {
  let text: string | undefined;
  let json: unknown;
  try {
    text = typeof value === 'string' ? value.trim() : stringify(value);
    json = parse(text);
  } catch {
    // It is a text without JSON. Or it cannot be converted to JSON: it contains itself, or a getter throws.
  }
  if (typeof json === 'string') return readAnswer(json);
  const members: Record<string, unknown> = { __proto__: null, ...(json as object) };
  const { token = members['jwt'] } = members;
  if (json === null || token === null) return [null];
  // undefined, a function, or something that cannot be converted.
  if (text === undefined) return [value];

  const given = json === undefined ? text : (token ?? value);
  const found = findJwts(text).filter(isMessagingToken);
  return found.length !== 1 || found[0] === given
    ? [given]
    : [found[0], json === undefined || !isWholeString(text, found[0]!)];
}

/** Whether the token is a whole string in this JSON. In JSON within JSON, a backslash is before each quotation mark. */
function isWholeString(json: string, jwt: string): boolean {
  return json.replace(/\\/g, '').includes(`"${jwt}"`);
}

/** Whether it is a token for Zendesk's messenger, and not of another system. */
export function isMessagingToken(jwt: string): boolean {
  const claims = readClaims(jwt);
  return claims?.['scope'] === 'user' && 'external_id' in claims;
}
