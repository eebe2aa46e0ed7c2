import type { Finding } from '../core/findings.js';
import { toBase64url } from './base64.js';
import { find, sortFindings } from './catalogue.js';
import { inspectHeader, inspectPayload } from './claims.js';
import { dissect, type Dissected } from './dissect.js';
import { type InspectOptions, readNow } from './options.js';
import { inspectTimes } from './times.js';

// SHA-256 gives 32 bytes.
const SIGNATURE_LENGTH = 43;
const REMEDY = 'Sign with a JWT library. If you sign yourself, encode the 32 bytes of the HMAC-SHA256 as base64url.';

/**
 * Says what is wrong with a token that is meant for `zE('messenger', 'loginUser', …)`, by Zendesk's rules. Empty: nothing
 * was found. The worst comes first; a finding of severity `error` means that Zendesk will refuse the token.
 *
 * Does **not** verify the signature ({@link checkSignature} does), asks nobody, and keeps nothing. Never throws,
 * whatever it is given. A token that something is wrapped around (quotes, `Bearer`, white space, JSON) is unwrapped, so
 * that one look tells everything. A finding holds no character of the token.
 *
 * @param token - whatever stands where the token should be
 * @example
 * for (const { message, remedy } of inspectToken(token)) console.log(message, remedy);
 */
export function inspectToken(token: unknown, options?: InspectOptions): Finding[] {
  return sortFindings(inspectDissected(dissect(token), readNow(options)));
}

function inspectDissected({ findings, parts, header, payload }: Dissected, nowMs: number): Finding[] {
  return [
    ...findings,
    ...(header ? inspectHeader(header, payload) : []),
    ...(payload ? inspectPayload(payload, header) : []),
    ...(payload ? inspectTimes(payload, nowMs) : []),
    ...(header?.['alg'] === 'HS256' && parts[2] ? inspectSignatureLength(parts[2]) : []),
  ];
}

function inspectSignatureLength(signature: string): Finding[] {
  const { length } = toBase64url(signature);
  if (length === SIGNATURE_LENGTH) return [];
  // 64 hex digits, or base64url of them; the latter is HS512's length, too, which alg does not name.
  const hint = length === 64 || length === 86 ? ' It may be written in hex.' : '';
  const message = `The signature has ${length} characters. An HS256 signature has ${SIGNATURE_LENGTH}.${hint}`;
  return [find('signature_invalid', message, 'signature', REMEDY)];
}
