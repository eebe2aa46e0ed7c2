import type { Finding } from '../core/findings.js';
import { isBase64url, toBase64url } from './base64.js';
import { createFinding, sortFindings } from './catalogue.js';
import { inspectHeader, inspectPayload } from './claims.js';
import { applyRules, findRules } from './classic-rules.js';
import { findSecretShapes, isEncodedHex } from './exposure.js';
import { parseToken, type ParsedToken } from './parse-token.js';
import { type InspectOptions, readNow } from './options.js';
import { inspectTimes, LEEWAY_MS } from './times.js';

// The 32 bytes of an HMAC-SHA256 in base64url.
const SIGNATURE_LENGTH = 43;
const SIGNATURE_REMEDY =
  'Sign with a JWT library. If you sign yourself, encode the 32 bytes of the HMAC-SHA256 as base64url.';

/**
 * Checks a token against Zendesk's rules and returns what is wrong with it. The rules are those for
 * `zE('messenger', 'loginUser', …)`, unless `product` says that the token is for the Web Widget (Classic).
 *
 * The findings are sorted: first those that explain the others (`secret_exposed`, `other_zendesk_jwt`, `surrounded` and
 * `time_zone_offset`), then errors, warnings and infos. An `error` means that Zendesk will refuse the token. An empty list
 * means that nothing was found. If something is wrapped around the token (quotes, `Bearer`, white space, JSON, or a longer
 * text), it is removed first, so one call reports everything.
 *
 * Does **not** verify the signature: {@link checkSignature} does. Makes no requests and stores nothing. Never throws,
 * and no finding contains a character of the token.
 *
 * @param token - the value that should be a token; it can be of any type
 * @param options - what the token is for, the time to check `exp`, `iat` and `nbf` against, and what is known about it
 * @example
 * for (const { message, remedy } of inspectToken(token)) console.log(message, remedy);
 */
export function inspectToken(token: unknown, options?: InspectOptions): Finding[] {
  const rules = findRules(options);
  if (!rules) return inspectMessagingToken(token, options);
  const parsed = parseToken(token);
  const nowMs = readNow(options);
  const found = inspectParsed(parsed, nowMs, options ?? {}, rules.leewayMs);
  return sortFindings(applyRules(rules, found, parsed, nowMs));
}

/** Does what {@link inspectToken} does for messaging. A page that only needs this does not load the other rules. */
export function inspectMessagingToken(token: unknown, options?: InspectOptions): Finding[] {
  return sortFindings(inspectParsed(parseToken(token), readNow(options), options ?? {}, LEEWAY_MS));
}

function inspectParsed(parsed: ParsedToken, nowMs: number, options: InspectOptions, leewayMs: number): Finding[] {
  const { findings, parts, header, payload } = parsed;
  const exposures = findSecretShapes(parsed);
  // What is no signature at all does not have the wrong length, too.
  const hasSignature = header?.['alg'] === 'HS256' && !exposures.some(({ part }) => part === 'signature');
  return [
    ...findings,
    ...exposures,
    ...(header ? inspectHeader(header, payload) : []),
    ...(payload ? inspectPayload(payload, header) : []),
    ...(payload ? inspectTimes(payload, nowMs, options, leewayMs) : []),
    ...(hasSignature && parts[2] ? inspectSignatureLength(parts[2]) : []),
  ];
}

function inspectSignatureLength(signature: string): Finding[] {
  const text = toBase64url(signature);
  const { length } = text;
  // parseToken has reported what is not base64url.
  if (length === SIGNATURE_LENGTH || !isBase64url(text)) return [];
  const isHex = /^[\da-f]{64}$/i.test(text) || isEncodedHex(text);
  const hint = isHex ? ' It is written in hex.' : '';
  const message = `The signature has ${length} characters. An HS256 signature has ${SIGNATURE_LENGTH}.${hint}`;
  return [createFinding('signature_invalid', message, { remedy: SIGNATURE_REMEDY })];
}
