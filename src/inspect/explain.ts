// Explains why a sign-in failed with a token. This is a separate file that the library loads only when a sign-in fails.
import { describeAnswer } from '../core/describe-answer.js';
import type { MessengerErrorCode } from '../core/error-codes.js';
import type { Explanation, Finding, FindingCode } from '../core/findings.js';
import { MAX_SECONDS } from '../core/token.js';
import { CATALOGUE, createFinding, isLeading, sortFindings } from './catalogue.js';
import { DEFECT_TEXTS } from './defect-texts.js';
import { parseToken } from './parse-token.js';
import { inspectMessagingToken } from './inspect-token.js';
import { describeDuration } from './words.js';

// Warnings that may be the cause of a refusal. Other warnings only cause problems later.
const SUSPICIOUS_CODES: readonly FindingCode[] = ['kid_unusual', 'typ_not_jwt', 'nbf_not_number', 'token_long'];

// A smaller difference between two clocks does no harm. It can also come from the response time.
const SKEW_MS = 60_000;

const NOT_ALLOWED: Explanation[0] = [
  'Zendesk does not allow the sign-in: the token looks correct',
  'Check in the Admin Center that the key exists and that the channel is a messaging channel',
];

/**
 * Explains a failed sign-in. Never throws.
 *
 * @param code - the error code of the failure
 * @param token - the token that may be the cause; `undefined` if there was none
 * @param nowMs - the current time by the visitor's clock, in milliseconds since 1970
 * @param knownSkewMs - the visitor's clock minus the server's clock, in milliseconds; absent or NaN if it is not known. A token must not
 *   count as expired because the visitor's clock is wrong.
 * @param reason - Zendesk's reason for the refusal, if it is known
 */
export function explain(
  code: MessengerErrorCode,
  token: unknown,
  nowMs: number,
  knownSkewMs?: number,
  reason?: string,
): Explanation {
  const wasRefused = code === 'invalid_auth';
  // The messenger asked for a token and did not get one, so there is nothing to explain.
  if (wasRefused && token === undefined) return [undefined, []];
  // For these codes, the library has already compared the token's times with the clock that it knows.
  const isTimeChecked = wasRefused || code === 'token_expired';
  const skewMs = knownSkewMs ?? (isTimeChecked ? 0 : guessSkewMs(token, nowMs));
  const findings = inspectMessagingToken(token, { nowMs: nowMs - (skewMs || 0) });
  const isSkewed = Math.abs(skewMs) > SKEW_MS;
  // Zendesk refused the token, so the clock by which it is not valid may be the right one.
  const contrary =
    wasRefused && isSkewed && !findings.some(isError) ? inspectMessagingToken(token, { nowMs }).filter(isError) : [];
  // A visitor's clock that is ahead makes a good token look old, so only a token from the future may be off.
  const zoneError = skewMs < 0 ? contrary.find(({ code: found }) => found === 'time_zone_offset') : undefined;
  const clocks = zoneError ?? (isSkewed ? createClockFinding(skewMs, contrary.length > 0) : undefined);
  if (clocks) findings.push(clocks);
  if (wasRefused && !findings.some(isError) && contrary.length === 0) {
    findings.push(createFinding('nothing_found', 'The token itself looks correct.'));
  }
  const sorted = sortFindings(findings);
  const isReason = (finding: Finding) => isLeading(finding) || isError(finding);
  const first = sorted.find(isReason) ?? (wasRefused ? findDoubt(sorted, token, contrary.length > 0) : undefined);
  // If the same token came again, the repetition is the problem. Everything else, such as the expiry, is a consequence.
  if (!first || code === 'token_repeated') return [DEFECT_TEXTS[code], sorted];
  const isAnswer = code === 'token_malformed' || code === 'token_not_string';
  const described = isAnswer ? describeAnswer(token) : undefined;
  if (described !== undefined) return [[described, 'Return the bare JWT'], sorted];
  // A 403 is not about the signature, at which most remedies are aimed.
  if (reason?.startsWith('403') && first.code === 'nothing_found') return [NOT_ALLOWED, sorted];
  return [
    [
      `Zendesk ${wasRefused ? 'refused' : 'would refuse'} the token: ${toClause(first.message)}`,
      dropPeriod(first.remedy),
    ],
    [first, ...sorted.filter((finding) => finding !== first)],
  ];
}

const isError = ({ severity }: Finding) => severity === 'error';

/** @param isContrary - whether the token is valid by one of the clocks, but not by the other */
function createClockFinding(skewMs: number, isContrary: boolean): Finding {
  const difference = describeDuration(Math.abs(skewMs));
  if (isContrary) {
    const message = `The token is not valid by this browser's clock, which differs from the token's times by ${difference}. One of the clocks is wrong.`;
    const remedy = `Compare both clocks. If it is the visitor's that is wrong, that is not the cause: ${toClause(CATALOGUE.nothing_found[2])}.`;
    return createFinding('clock_skew', message, { remedy });
  }
  return createFinding(
    'clock_skew',
    `The token's times and this browser's clock differ by ${difference}. One of the clocks is wrong, or the token was cached.`,
  );
}

/** What may be the cause of a refusal if there is no error. A missing typ never is. */
function findDoubt(findings: readonly Finding[], token: unknown, isContrary: boolean): Finding | undefined {
  const hasTyp = parseToken(token).header?.['typ'] !== undefined;
  return (
    findings.find(({ code }) => isContrary && code === 'clock_skew') ??
    findings.find(({ code }) => SUSPICIOUS_CODES.includes(code) && (hasTyp || code !== 'typ_not_jwt')) ??
    findings.find(({ code }) => code === 'nothing_found')
  );
}

/**
 * Returns the visitor's clock minus the server's clock. The token has just been fetched, so its iat is the server's
 * time. A wrong clock of the visitor must not make a good token look expired.
 */
function guessSkewMs(token: unknown, nowMs: number): number {
  const iat = parseToken(token).payload?.['iat'];
  return typeof iat === 'number' && Math.abs(iat) < MAX_SECONDS ? nowMs - iat * 1000 : 0;
}

/** Converts a message to a part of a sentence: lower-case first letter, no period. Names of claims are already lower case. */
function toClause(message: string): string {
  return dropPeriod(message.charAt(0).toLowerCase() + message.slice(1));
}

/** Returns the first line without its period. The other lines, for the backends, are in the finding. */
function dropPeriod(text: string): string {
  return text.split('\n')[0]!.replace(/\.$/, '');
}
