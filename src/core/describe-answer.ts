// Says what an answer without a token has instead. It is loaded with the token doctor, only when a sign-in fails.
import { findJwts } from './find-jwts.js';
import { isMessagingToken } from './read-answer.js';
import { readClaims } from './token.js';

// A token, an e-mail or an id does not look like this: it is longer or has digits.
const NAME = /^[a-z_-]{1,20}$/i;
const MAX_NAMES = 5;

/**
 * Returns a sentence without a period for JSON without a token, and for any answer with several, such as "The answer has
 * neither token nor jwt; it has message, data". It has names of members, but no values. Returns `undefined` for other
 * answers. Never throws.
 */
export function describeAnswer(answer: unknown): string | undefined {
  try {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const tokens = findJwts(text);
    const hasSeveral = tokens.filter(isMessagingToken).length > 1;
    const personal = tokens.flatMap(listWords);
    const names = listNames(text).filter((name) => !personal.includes(name.toLowerCase()));
    const hasMember = names.includes('token') || names.includes('jwt');
    if (!hasSeveral && (hasMember || names.length === 0)) return undefined;
    const has = names.length > 0 ? `; it has ${names.slice(0, MAX_NAMES).join(', ')}` : '';
    return `The answer has ${hasSeveral ? 'several tokens' : 'neither token nor jwt'}${has}`;
  } catch {
    // It cannot be converted to JSON.
    return undefined;
  }
}

/** The words of a token's claims. Some are the name or the id of a user, and members of an answer may be named after users. */
function listWords(token: string): string[] {
  const { scope: _scope, ...claims } = readClaims(token) ?? {};
  return Object.values(claims).flatMap((claim) => `${claim as string}`.toLowerCase().split(/[\s@]+/));
}

function listNames(text: string): string[] {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' ? Object.keys(json!).filter((name) => NAME.test(name)) : [];
  } catch {
    return [];
  }
}
