// When something may be tried again. Only this file changes the fields of `Retry`, so each limit has one owner.
import { allowAttempts, attemptsAllowedAtMs, clearAttempts } from './attempts.js';
import { backoffMs } from './backoff.js';
import { type Draft, emit } from './draft.js';
import { MessengerAuthError } from './errors.js';
import { usableUntilMs } from './lifetime.js';
import { lastRefusal } from './refusal-reason.js';

// The minimum time between two token requests, and between an unusable token or a failed sign-in and the next request.
// iat is in whole seconds, so two tokens signed within the same second could be identical, and a slow endpoint may sign
// the token at the end of the request.
const REQUEST_DISTANCE_MS = 1100;
// After this many failures in a row, login() rejects. Retries go on in the background if a retry can help.
const GIVE_UP = 3;
// If the endpoint's Retry-After is longer than this, login() rejects instead of waiting.
const PATIENCE_MS = 15_000;
// What a sign-in may need before it succeeds or fails: the script, two tokens, and two calls of loginUser.
const SIGN_IN_ATTEMPTS = 5;
// A session that is lost sooner than this after the login may be lost again: two tabs with different users sign each
// other out.
const SHORT_SESSION_MS = 60_000;

/** Clears all failures and their back-off. The endpoint's `Retry-After` and the limit after refusals stay in effect. */
export function clearFailures(s: Draft): void {
  s.hasDefect = s.resumesOnReturn = false;
  s.refusedInRow = 0;
  clearCount(s);
  retryNow(s);
}

/** Keeps the minimum distance to the next request, from now on, even for `login()`. Returns when it ends. */
export function keepDistance(s: Draft): number {
  return (s.nextRequestAtMs = s.nowMs + REQUEST_DISTANCE_MS);
}

/** Ends the back-off. The endpoint's `Retry-After` and the limit after refusals stay in effect. */
export function retryNow(s: Draft): void {
  s.loginRetryAtMs = s.tokenRetryAtMs = 0;
}

export function retryRequestNow(s: Draft): void {
  s.tokenRetryAtMs = 0;
}

export function retryLoginNow(s: Draft): void {
  s.loginRetryAtMs = 0;
}

/** A session without a failure has no reason to delay the next one. A React effect with a cleanup begins one at once. */
export function waiveDistance(s: Draft): void {
  if (!s.failure && (s.openRequest || s.held)) s.nextRequestAtMs = 0;
}

/** Nothing failed while the computer was asleep. */
export function skipSleep(s: Draft): void {
  if (s.failingSinceMs) s.failingSinceMs = s.nowMs;
}

/** The page called loginUser itself, which superseded our call. This is no failure, but the login must be repeated. */
export function retrySupersededLogin(s: Draft): void {
  s.loginRetryAtMs = s.nowMs + backoffMs(1, s.chance);
}

/**
 * `login()` was called again, so the problem may be fixed: a request is tried again if it was given up, or if the sign-in
 * has failed. The endpoint's `Retry-After` stays in effect.
 */
export function resumeRequests(s: Draft): void {
  if (s.tokenRetryAtMs === Infinity || s.status === 'failed') s.tokenRetryAtMs = 0;
}

/** Nothing is tried until an event ends the back-off. */
export function stopRetries(s: Draft): void {
  s.loginRetryAtMs = Infinity;
}

/** A usable token has arrived. Failures of a login that is being repeated still count, but not while it waits for the window. */
export function clearRequestFailures(s: Draft, isForUser: boolean): void {
  s.hasDefect = false;
  s.tokenRetryAtMs = s.retryAfterEndsAtMs = 0;
  if (!isForUser || (s.loginRetryAtMs && (s.isOut || !s.windowOpen))) return;
  clearCount(s);
  // The token says nothing about Zendesk, which may have left a push without an answer, or may refuse each token.
  if (s.presence === 'in' && !s.isSuspected) clearAttempts(s);
}

/** The endpoint failed: the request is repeated after a back-off, which begins after `retryAfterMs`. */
export function postponeRequest(s: Draft, error: MessengerAuthError, retryAfterMs = 0): void {
  countFailure(s, error);
  const fromMs = s.nowMs + retryAfterMs;
  // If the messenger asks for a token, the current one is no use, so its remaining lifetime does not count.
  const leftMs = s.held && !s.askedAtMs ? usableUntilMs(s.held) - fromMs : 0;
  s.tokenRetryAtMs = fromMs + backoffMs(s.failures, s.chance, leftMs, retryAfterMs, failingForMs(s));
  if (retryAfterMs < Infinity) s.retryAfterEndsAtMs = fromMs;
  if (retryAfterMs > PATIENCE_MS) giveUp(s, error);
  emitFailure(s, 'token-failed', error, s.tokenRetryAtMs);
}

/** Zendesk did not complete the login: it is repeated after a back-off. */
export function postponeLogin(s: Draft, error: MessengerAuthError): void {
  countFailure(s, error);
  s.loginRetryAtMs = s.nowMs + backoffMs(s.failures, s.chance, 0, 0, failingForMs(s));
  emitFailure(s, 'login-rejected', error, s.loginRetryAtMs);
}

/** @param retryAtMs - absent or `Infinity` if nothing is retried */
export function emitFailure(
  s: Draft,
  type: 'token-failed' | 'login-rejected',
  error: MessengerAuthError,
  retryAtMs?: number,
): void {
  const { code, reason } = error;
  const refusal: [] | [MessengerAuthError] = code === 'token_rejected' && s.status === 'signed-in' ? [error] : [];
  emit(s, type, { code, reason, retryAtMs: retryAtMs! < Infinity ? retryAtMs : undefined }, ...refusal);
}

/** The sign-in counts as failed from now on, even if a retry is planned. An earlier error is kept. */
export function giveUp(s: Draft, error: MessengerAuthError): void {
  s.hasGivenUp = true;
  s.failure ??= error;
}

/**
 * A call of login() does not wait for long: it rejects with the reason for the wait.
 *
 * @param failure - why the sign-in before has failed
 */
export function giveUpOnLongWait(s: Draft, failure?: MessengerAuthError): void {
  const untilMs = s.nowMs + PATIENCE_MS;
  if (s.retryAfterEndsAtMs > untilMs) giveUp(s, failure ?? new MessengerAuthError('token_failed'));
  if (!mayStartOver(s)) giveUp(s, failure ?? new MessengerAuthError('token_failed', 'too many attempts'));
  if (s.followUpsBlockedUntilMs > untilMs) giveUp(s, lastRefusal(s));
}

/** The end of what forbids token requests, even if `login()` starts over. */
export function requestsForbiddenUntilMs(s: Draft): number {
  return Math.max(s.retryAfterEndsAtMs, s.followUpsBlockedUntilMs);
}

/** Whether there are enough attempts for a whole sign-in. */
export function mayStartOver(s: Draft): boolean {
  return attemptsAllowedAtMs(s, SIGN_IN_ATTEMPTS) <= s.nowMs;
}

/** Another user of the site may try a whole sign-in. */
export function allowSignIn(s: Draft): void {
  allowAttempts(s, SIGN_IN_ATTEMPTS);
}

function countFailure(s: Draft, error: MessengerAuthError): void {
  if (++s.failures >= GIVE_UP || attemptsAllowedAtMs(s) > s.nowMs + PATIENCE_MS) s.hasGivenUp = true;
  // If the endpoint has failed for good, somebody must act on that, whatever fails later.
  if (!s.failure || s.tokenRetryAtMs < Infinity) s.failure = mergeFailure(s, error);
}

/** Returns the new error, or the one before it if that has the same code and has findings or waits for them. */
export function mergeFailure({ failure, explanation }: Draft, error: MessengerAuthError): MessengerAuthError {
  return failure?.code === error.code && (failure.findings || explanation) ? failure : error;
}

/** For how long every load or request has failed. The first call notes the first failure. */
export function failingForMs(s: Draft): number {
  return s.nowMs - (s.failingSinceMs ??= s.nowMs);
}

function clearCount(s: Draft): void {
  s.failure = undefined;
  s.failures = 0;
  s.failingSinceMs = undefined;
  s.hasGivenUp = false;
}

/** The messenger lost the session. The first time the endpoint is asked at once, and then after growing waits. */
export function delayAfterLoss(s: Draft): void {
  s.losses = s.nowMs < s.acceptedAtMs! + SHORT_SESSION_MS ? s.losses + 1 : 0;
  if (s.losses > 1) s.tokenRetryAtMs = s.nowMs + backoffMs(s.losses, s.chance);
}
