import { parseToken, type JsonObject } from './parse-token.js';
import { readInstant } from './instant.js';
import { type RedactOptions, readNow } from './options.js';
import { describeInstant, describeType } from './words.js';

// Values that identify nobody and that are needed to help.
const SAFE_VALUES: Readonly<Record<string, RegExp>> = {
  alg: /^(?:none|(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA)$/i,
  typ: /^JWT$/i,
  scope: /^user$/i,
};
const TIMES = ['exp', 'iat', 'nbf'];
// The name of a claim can also identify somebody. It is shown only if it looks like an identifier in a program.
const PLAIN_NAME = /^[a-z][a-z_-]{0,24}$/i;
const MAX_MEMBERS = 50;

/**
 * Returns a token's header and payload as JSON that is safe to post in a public forum.
 *
 * It shows the names of the claims, their types and lengths, the times relative to now, and the shape of `kid`. It
 * shows no value that identifies a person, and no signature. If the value is not a token, it describes the shape of the
 * value.
 *
 * Does not say what is wrong: {@link inspectToken} does. Never throws.
 *
 * @param token - the value that should be a token; it can be of any type
 * @param options - the time to which the token's times are compared
 * @example
 * console.log(redact(token));
 */
export function redact(token: unknown, options?: RedactOptions): string {
  const nowMs = readNow(options);
  const { header, payload, parts, findings } = parseToken(token);
  const codes = new Set(findings.map(({ code }) => code));
  const report = {
    token: typeof token === 'string' ? `a string of ${token.length} characters` : describeType(token),
    // Left out if the token is readable: an empty list would look as if the token were correct.
    hard_to_read: codes.size > 0 ? [...codes] : undefined,
    header: header && redactObject(header, nowMs),
    payload: payload && redactObject(payload, nowMs),
    signature: parts[2] === undefined ? undefined : `${parts[2].length} characters, left out`,
  };
  return JSON.stringify(report, null, 2);
}

function redactObject(object: JsonObject, nowMs: number): Record<string, unknown> {
  const members = Object.entries(object);
  const shown = members.slice(0, MAX_MEMBERS).map(([name, value], index) => {
    const shownName = PLAIN_NAME.test(name) ? name : `(claim ${index + 1}, its name has ${name.length} characters)`;
    return [shownName, redactValue(name, value, nowMs)] as const;
  });
  const omitted = members.length - shown.length;
  return Object.fromEntries(omitted > 0 ? [...shown, ['…', `${omitted} more`]] : shown);
}

function redactValue(name: string, value: unknown, nowMs: number): unknown {
  if (typeof value === 'boolean' || value === null) return value;
  if (TIMES.includes(name)) return redactTime(value, nowMs);
  if (name === 'kid' && typeof value === 'string') return redactKeyId(value);
  if (typeof value === 'string') {
    if (Object.hasOwn(SAFE_VALUES, name) && SAFE_VALUES[name]!.test(value)) return value;
    const space = value === value.trim() ? '' : ', with white space around it';
    return `a string of ${value.length} characters${value.includes('@') ? ' with an @' : ''}${space}`;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return `an object with ${Object.keys(value).length} members`;
  return describeType(value);
}

function redactTime(value: unknown, nowMs: number): string {
  const { atMs, unit } = readInstant(value);
  const type = describeType(value);
  if (Number.isNaN(atMs)) return `${type}, not a time`;
  return `${type} of ${unit}, ${describeInstant(atMs, nowMs)}`;
}

function redactKeyId(kid: string): string {
  const rest = /^app_(.*)/s.exec(kid)?.[1];
  if (rest === undefined) return `a string of ${kid.length} characters, not beginning with app_`;
  return `app_ and ${rest.length} ${/^[\da-f]*$/i.test(rest) ? 'hex digits' : 'characters, not all of them hex digits'}`;
}
