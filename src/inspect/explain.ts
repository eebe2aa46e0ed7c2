// What the library asks the doctor: why has this token failed? A file of its own, loaded only when a sign-in fails.
import type { MessengerErrorCode } from '../core/errors.js';
import type { Explanation, Finding, FindingCode } from '../core/findings.js';
import { MAX_SECONDS } from '../core/token.js';
import { find, sortFindings } from './catalogue.js';
import { dissect } from './dissect.js';
import { inspectToken } from './inspect-token.js';
import { describeDuration } from './words.js';

// Warnings that may be behind a refusal; the others only hurt later.
const DOUBTS: readonly FindingCode[] = ['kid_unusual', 'typ_not_jwt', 'nbf_not_number', 'token_long'];

// A smaller difference between two clocks does no harm, and comes from the way of the answer, too.
const SKEW_MS = 60_000;

/**
 * Never throws.
 *
 * @param code - what the sign-in failed with
 * @param nowMs - by the visitor's clock
 * @param knownSkewMs - the visitor's clock minus the server's, absent or NaN where that is not known: a visitor's wrong
 * clock makes no token expired
 */
export function explain(code: MessengerErrorCode, token: unknown, nowMs: number, knownSkewMs?: number): Explanation {
  const wasRefused = code === 'invalid_auth';
  // The messenger had asked, and got none.
  if (wasRefused && token === undefined) return [undefined, []];
  // Where the library has judged the time itself, it has done so by the clock that it knows of.
  const isTimeJudged = wasRefused || code === 'token_expired';
  const skewMs = knownSkewMs ?? (isTimeJudged ? 0 : guessSkewMs(token, nowMs));
  const findings = inspectToken(token, { nowMs: nowMs - (skewMs || 0) });
  if (Math.abs(skewMs) > SKEW_MS) {
    const apart = describeDuration(Math.abs(skewMs));
    findings.push(
      find(
        'clock_skew',
        `The token's times and this browser's clock differ by ${apart}. One of the clocks is wrong, or the token was cached.`,
      ),
    );
  }
  const isError = ({ severity }: Finding) => severity === 'error';
  if (wasRefused && !findings.some(isError)) {
    findings.push(find('nothing_found', 'The token itself looks correct.'));
  }
  const first =
    // It explains all the errors that come with it.
    findings.find((finding) => finding.code === 'other_zendesk_jwt') ??
    findings.find(isError) ??
    (wasRefused
      ? (findings.find((finding) => DOUBTS.includes(finding.code)) ??
        findings.find(({ code: found }) => found === 'nothing_found'))
      : undefined);
  const sorted = sortFindings(findings);
  // That the same token came again is what happened; that it is over by now only follows from it.
  if (!first || code === 'token_repeated') return [undefined, sorted];
  return [
    [
      `Zendesk ${wasRefused ? 'refused' : 'would refuse'} the token: ${toClause(first.message)}`,
      dropStop(first.remedy),
    ],
    [first, ...sorted.filter((finding) => finding !== first)],
  ];
}

/** A token has just been fetched: whatever else is wrong with it, it is no visitor's wrong clock that makes it expired. */
function guessSkewMs(token: unknown, nowMs: number): number {
  const iat = dissect(token).payload?.['iat'];
  return typeof iat === 'number' && Math.abs(iat) < MAX_SECONDS ? nowMs - iat * 1000 : 0;
}

/** Within a sentence: a claim's name begins small as it is. */
function toClause(message: string): string {
  return dropStop(message.charAt(0).toLowerCase() + message.slice(1));
}

/** The first line, without its full stop. The lines for the backends are in the finding. */
function dropStop(text: string): string {
  return text.split('\n')[0]!.replace(/\.$/, '');
}
