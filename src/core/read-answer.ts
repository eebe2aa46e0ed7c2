// Finds the token in what an endpoint or `getToken` returned, which may be any text or object around it.
import { findJwts } from './find-jwts.js';
import { parse, readClaims } from './token.js';

/**
 * `token`: the bare token, not checked; `null` if nobody is signed in to the site; the answer itself if it has none, or
 * several. `isSurrounded`: a text stands around the token.
 */
export type Answer = readonly [token: unknown, isSurrounded?: boolean];

/**
 * Reads an answer of any type. Never throws.
 *
 * A JWT that is the whole answer, or its member `token` or `jwt`, is returned whatever its claims, unless it has no
 * `external_id` and there is exactly one messaging token beside it. Any other JWT must have the claims of a messaging
 * token, because a token of another system must not reach Zendesk.
 */
export function readAnswer(value: unknown): Answer {
  let text: string | undefined;
  let json: unknown;
  try {
    text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
    json = parse(text);
  } catch {
    // It is a text without JSON. Or it cannot be converted to JSON: it contains itself, or a getter throws.
  }
  if (typeof json === 'string') return readAnswer(json);
  const { token, jwt }: Record<string, unknown> = { __proto__: null, ...(json as object) };
  // undefined, a function, or something that cannot be converted.
  if (text === undefined) return [value];

  const given = json === undefined ? text : (token ?? jwt ?? value);
  const claims = typeof given === 'string' ? readClaims(given) : undefined;
  // It is meant for the messenger, even if something else is wrong with it.
  const isMeant = claims && 'external_id' in claims;
  const found = findJwts(isMeant ? (given as string) : text).filter(isMessagingToken);
  if (found.length === 1 && found[0] !== given)
    return [found[0], json === undefined || !isWholeString(text, found[0]!)];
  const isNobody = json === null || token === null || jwt === null;
  return [isNobody && !claims && found.length === 0 ? null : given];
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
