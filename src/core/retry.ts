// When something may be tried again. Only this file changes the limits, so each of them has one owner.
import { backoffMs } from './backoff.js';
import { type Draft, emit } from './draft.js';
import { MessengerAuthError } from './errors.js';
import { usableUntilMs } from './lifetime.js';

// After this many failures in a row, login() rejects. Retries go on in the background if a retry can help.
const GIVE_UP = 3;
// If the endpoint's Retry-After is longer than this, login() rejects instead of waiting.
const PATIENCE_MS = 15_000;

/** Clears all failures and their back-off. The endpoint's `Retry-After` and the limit after refusals stay in effect. */
export function clearFailures(s: Draft): void {
  s.error = undefined;
  s.hasDefect = s.resumesOnReturn = false;
  s.refusedInRow = 0;
  clearCount(s);
  retryNow(s);
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

/** The page called loginUser itself, which superseded our call. This is no failure, but the login must be repeated. */
export function retrySupersededLogin(s: Draft): void {
  s.loginRetryAtMs = s.nowMs + backoffMs(1, s.random);
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

/** A usable token has arrived. Failures of the login still count, unless the token is for the user who is signed in. */
export function clearRequestFailures(s: Draft, isForUser: boolean): void {
  s.hasDefect = false;
  s.tokenRetryAtMs = s.retryAfterEndsAtMs = s.followUpsBlockedUntilMs = 0;
  if (isForUser) clearCount(s);
}

/** The endpoint failed: the request is repeated after a back-off, which begins after `retryAfterMs`. */
export function postponeRequest(s: Draft, error: MessengerAuthError, retryAfterMs = 0): void {
  countFailure(s, error);
  const fromMs = s.nowMs + retryAfterMs;
  // If the messenger asks for a token, the current one is no use, so its remaining lifetime does not count.
  const leftMs = s.held && !s.askedAtMs ? usableUntilMs(s.held) - fromMs : 0;
  s.tokenRetryAtMs = fromMs + backoffMs(s.failures, s.random, leftMs, retryAfterMs, failingForMs(s));
  if (retryAfterMs > 0 && retryAfterMs < Infinity) s.retryAfterEndsAtMs = fromMs;
  if (retryAfterMs > PATIENCE_MS) giveUp(s, error);
  emitRetry(s, 'token-failed', error, s.tokenRetryAtMs);
}

/** Zendesk did not complete the login: it is repeated after a back-off. */
export function postponeLogin(s: Draft, error: MessengerAuthError): void {
  countFailure(s, error);
  s.loginRetryAtMs = s.nowMs + backoffMs(s.failures, s.random, 0, 0, failingForMs(s));
  emitRetry(s, 'login-rejected', error, s.loginRetryAtMs);
}

/** The sign-in counts as failed from now on, even if a retry is planned. An earlier error is kept. */
export function giveUp(s: Draft, error: MessengerAuthError): void {
  s.hasGivenUp = true;
  s.error ??= error;
}

/** A call of login() does not wait for long: it rejects with the reason for the wait. */
export function giveUpOnLongWait(s: Draft): void {
  const untilMs = s.nowMs + PATIENCE_MS;
  if (s.retryAfterEndsAtMs > untilMs) giveUp(s, new MessengerAuthError('token_failed'));
  if (s.followUpsBlockedUntilMs > untilMs) giveUp(s, new MessengerAuthError('invalid_auth'));
}

/** The end of what forbids token requests, even if `login()` starts over. */
export function requestsForbiddenUntilMs(s: Draft): number {
  return Math.max(s.retryAfterEndsAtMs, s.followUpsBlockedUntilMs);
}

function countFailure(s: Draft, error: MessengerAuthError): void {
  s.failingSinceMs ??= s.nowMs;
  if (++s.failures >= GIVE_UP) s.hasGivenUp = true;
  // Keep an error that already has findings if the new error has the same code.
  if (!s.error?.findings || s.error.code !== error.code) s.error = error;
}

function failingForMs(s: Draft): number {
  return s.nowMs - s.failingSinceMs!;
}

function clearCount(s: Draft): void {
  s.failures = 0;
  s.failingSinceMs = undefined;
  s.hasGivenUp = false;
}

function emitRetry(
  s: Draft,
  type: 'token-failed' | 'login-rejected',
  { code }: MessengerAuthError,
  atMs: number,
): void {
  emit(s, type, { code, retryAtMs: atMs < Infinity ? atMs : undefined });
}
