// If a token may be the cause of a failure, the doctor examines the token before the failure becomes visible.
import { type Draft, emit, isDue } from './draft.js';
import type { MessengerAuthError } from './errors.js';
import type { Status } from './state.js';

/** How long to wait for the token doctor. After that, the error is reported without findings. */
export const EXPLAIN_MS = 5000;

/** Returns the visible status: a failure stays hidden while the doctor is awaited. */
export function readVisibleStatus(s: Draft, status: Status, before: Status): Status {
  if (status === 'failed' && before !== 'failed' && s.tokenToExplain?.[0] === s.failure!.code) {
    if (!s.explanation) emit(s, 'explanation-requested', {}, s.failure!, s.tokenToExplain, s.last?.skewMs);
    s.explanation ??= { sinceMs: s.nowMs };
    if (!isDue(s, s.explanation.sinceMs + EXPLAIN_MS)) return 'signing-in';
  }
  s.explanation = undefined;
  return status;
}

/** @param explained - the same error, with the doctor's findings if it was loaded */
export function takeExplanation(s: Draft, error: MessengerAuthError, explained: MessengerAuthError): void {
  if (s.failure !== error) return;
  s.failure = explained;
  if (error.code === 'invalid_auth') s.refusal = explained;
  s.tokenToExplain = undefined;
}
