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
 * A JWT that is the whole answer, or its member `token` or `jwt`, is returned whatever its claims, unless there is exactly
 * one messaging token beside it, and it is none itself. Any other JWT must have the claims of a messaging
 * token, because a token of another system must not reach Zendesk.
 */
export function readAnswer(value: unknown): Answer {
  let text: string | undefined;
  let json: unknown;
  try {
    text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
    // A bare token is no JSON. The exception would cost more than the rest of this function.
    if (!text?.startsWith('eyJ')) json = parse(text);
  } catch {
    // It is a text without JSON. Or it cannot be converted to JSON: it contains itself, or a getter throws.
  }
  if (typeof json === 'string') return readAnswer(json);
  const { token, jwt }: Record<string, unknown> = { __proto__: null, ...(json as object) };
  // undefined, a function, or something that cannot be converted.
  if (text === undefined) return [value];

  const given = json === undefined ? text : (token ?? jwt ?? value);
  const claims = typeof given === 'string' ? readClaims(given) : undefined;
  const found = findJwts(isMeant(claims) ? (given as string) : text).filter(isMessagingToken);
  const [only, another] = found;
  // The error names what the answer has.
  if (another) return [value];
  // In JSON within JSON, a backslash is before each quotation mark.
  const isSurrounded = json === undefined || !text.replace(/\\/g, '').includes(`"${only}"`);
  const isNobody = json === null || token === null || jwt === null;
  // An endpoint that says "nobody" may have a debug text with the token of somebody.
  if (only && only !== given && !(isNobody && isSurrounded)) return [only, isSurrounded];
  return [isNobody && !claims ? null : given];
}

/** Whether it is a token for Zendesk's messenger, and not of another system. */
export function isMessagingToken(jwt: string): boolean {
  return isMeant(readClaims(jwt));
}

function isMeant(claims: Record<string, unknown> | undefined): boolean {
  return claims?.['scope'] === 'user' && 'external_id' in claims;
}
