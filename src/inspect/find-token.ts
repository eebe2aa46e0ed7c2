// Finds the token in a value that is not a token itself: a JSON response, an object around it, or its bytes. A text in it
// may be JSON again, as in the response of an AWS Lambda.
import { isMessagingToken } from '../core/read-answer.js';
import { readClaims } from '../core/token.js';
import { findSurroundedJwt } from './surroundings.js';

// How deep a token may be nested in an object.
const MAX_DEPTH = 3;
// The limits for one object or list, and for all of them together, because an object can contain itself many times.
const MAX_MEMBERS = 100;
const MAX_OBJECTS = 1000;
// In characters. No response with a token is longer. A parser needs almost a second for a million brackets.
const MAX_JSON_LENGTH = 200_000;

// Checks how the base64url of a JSON object starts, because version numbers and host names also have two dots.
const JWT = /^\s*e[wy][\w-]*\.[\w-]+\.[\w-]+\s*$/;
const TOKEN_NAME = /^(?:token|jwt)$/i;

/**
 * Returns the text in a value that looks like a token or has the name of one. A token for the messenger is preferred to one
 * of another system, as in the library. Accepts any value and never throws.
 */
export function findToken(value: unknown): string | undefined {
  return searchToken(value, true) ?? searchToken(value, false);
}

/** @param isMeantOnly - whether to search only for tokens that are meant for the messenger */
function searchToken(value: unknown, isMeantOnly: boolean): string | undefined {
  let objects = 0;
  let parsedLength = 0;

  function searchText(text: string, depth: number): string | undefined {
    parsedLength += text.length;
    if (parsedLength > MAX_JSON_LENGTH) return undefined;
    const value = /^\s*[[{"]/.test(text) ? parseJson(text) : undefined;
    const inner = typeof value === 'string' ? searchText(value, depth) : search(value, depth);
    if (inner !== undefined) return inner;
    const found = findSurroundedJwt(text);
    return found && (!isMeantOnly || isMessagingToken(found.jwt)) ? text : undefined;
  }

  function search(value: unknown, depth: number): string | undefined {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || ++objects > MAX_OBJECTS) return undefined;
    if (value instanceof String) return String.prototype.toString.call(value);
    if (value instanceof Uint8Array) return new TextDecoder().decode(value);
    const members = listMembers(value);
    const texts = members.filter((member): member is [string, string] => typeof member[1] === 'string');
    const tokens = texts.filter(([, text]) => JWT.test(text));
    const hasTokenName = ([name]: [string, string]) => TOKEN_NAME.test(name);
    const isMeant = ([name, text]: [string, string]) =>
      isMessagingToken(text.trim()) || (TOKEN_NAME.test(name) && 'external_id' in (readClaims(text.trim()) ?? {}));
    const candidates = isMeantOnly ? tokens.filter(isMeant) : tokens;
    const found =
      candidates.find(hasTokenName) ?? candidates[0] ?? (isMeantOnly ? undefined : texts.find(hasTokenName));
    if (found) return found[1];
    for (const [, member] of members) {
      const inner = typeof member === 'string' ? searchText(member, depth + 1) : search(member, depth + 1);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }

  try {
    return search(value, 0);
  } catch {
    // A getter or a proxy in the value threw an error.
  }
}

function listMembers(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((member: unknown) => ['', member]);
  const names = Object.keys(value).slice(0, MAX_MEMBERS);
  return names.map((name) => [name, (value as Record<string, unknown>)[name]]);
}

/** Returns `undefined` if the text is not JSON, or is too long. */
export function parseJson(text: string): unknown {
  if (text.length > MAX_JSON_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // It is not JSON.
  }
}
