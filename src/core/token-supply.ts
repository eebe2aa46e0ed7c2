// The endpoint's tokens: when one is requested, and what follows from the answer.
import { dismissAsk } from './answers.js';
import { attemptsAllowedAtMs, clearAttempts, takeAttempt } from './attempts.js';
import { type Draft, emit, isDue } from './draft.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import { placeToken, type PlacedToken, readServerClock } from './lifetime.js';
import { isExpired, isLoginOpen, usableToken } from './questions.js';
import { endFollowUps, isRefused, takeFollowUp } from './refusals.js';
import {
  clearRequestFailures,
  emitFailure,
  giveUp,
  keepDistance,
  postponeRequest,
  requestsForbiddenUntilMs,
  stopRetries,
} from './retry.js';
import { readAnswer } from './read-answer.js';
import { createRefusal } from './refusal-reason.js';
import { readToken } from './token.js';
import { cancelRequest, fail, signOutUser } from './visitor.js';

/**
 * @param value - what the token source returned, unchecked
 * @param dateMs - the response's `Date` header, if the page may read it
 * @param ageMs - its `Age` header; 0 if the response does not come from a cache
 */
export function tokenArrived(s: Draft, requestId: number, value: unknown, dateMs?: number, ageMs = 0): void {
  const { openRequest: request } = s;
  if (request?.id !== requestId) return;
  s.openRequest = undefined;
  const [given, isSurrounded] = readAnswer(value);
  if (given === null) return takeNobody(s);

  const token = readToken(given);
  if (typeof token === 'string') return takeDefect(s, token, given);
  const isRepeated = s.last?.raw === token.raw;
  const serverNowMs = readServerClock(token, dateMs, ageMs);
  const placed = isRepeated ? s.last! : placeToken(token, request.startedAtMs, serverNowMs, s.last, s.chance);
  s.last = placed;
  const isNoHelp = isRepeated && (s.user || s.askedAtMs);
  if (isNoHelp || isRefused(s, token.raw)) return takeDefect(s, 'token_repeated', given);
  if (isExpired(s, placed)) return takeDefect(s, 'token_expired', given);
  takeToken(s, placed, request.startedAtMs, !!isSurrounded);
}

function takeToken(s: Draft, token: PlacedToken, startedAtMs: number, isSurrounded: boolean): void {
  clearRequestFailures(s, token.user === s.user);
  endFollowUps(s);
  s.held = token;
  s.isOffered = s.isAwaited = false;
  const { expiryMs: expiresAtMs, renewalMs: refreshAtMs } = token;
  emit(s, 'token-received', { lifetimeMs: expiresAtMs - startedAtMs || undefined }, isSurrounded);
  if (refreshAtMs) emit(s, 'renewal-planned', { refreshAtMs, expiresAtMs });
}

/** Nobody is signed in to the site. */
function takeNobody(s: Draft): void {
  // The fields and tags were set for the user who was signed in, or whom setUser() has named.
  emit(s, 'token-absent', {}, !!s.hasNamedUser);
  clearAttempts(s);
  s.hasNamedUser = false;
  signOutUser(s);
}

/** Never hands over a token that cannot succeed [M 25]. Requests another one once, then reports the defect. */
function takeDefect(s: Draft, code: MessengerErrorCode, token: unknown): void {
  const error = new MessengerAuthError(code);
  if (!s.refusedInRow || s.user) s.tokenToExplain = [code, token];
  const retryAtMs = keepDistance(s);
  if (s.user) return postponeRequest(s, error);
  emitFailure(s, 'token-failed', error, s.hasDefect ? undefined : retryAtMs);
  if (!s.hasDefect) s.hasDefect = true;
  else if (isLoginOpen(s)) awaitVerdict(s);
  // The refusal is the error, and the defect is its cause. Nothing is tried on return: two refusals must stay final.
  else if (s.refusedInRow) fail(s, createRefusal(s, 'invalid_auth', error));
  else {
    fail(s, error);
    // It may have been the offline page of a service worker.
    s.resumesOnReturn = true;
  }
}

/** @param retryAfterMs - the wait that the endpoint asked for; `Infinity` if a retry cannot help */
export function tokenFailed(s: Draft, requestId: number, error: MessengerAuthError, retryAfterMs?: number): void {
  if (s.openRequest?.id !== requestId) return;
  s.openRequest = undefined;
  // A final failure ends a sign-in. A visitor who is already signed in keeps the good token.
  const isFinal = retryAfterMs === Infinity && !s.user;
  if (isFinal && isLoginOpen(s)) {
    emitFailure(s, 'token-failed', error);
    return awaitVerdict(s);
  }
  postponeRequest(s, error, retryAfterMs);
  if (isFinal) fail(s, error);
}

/** Starts a sign-in again that an unusable token has ended. The failure stays visible until it is over. */
export function resume(s: Draft): void {
  if (!s.resumesOnReturn) return;
  s.wish = 'signed-in';
  giveUp(s, s.failure!);
}

/** No other token is available, and Zendesk's verdict on the last one has not arrived yet. */
function awaitVerdict(s: Draft): void {
  stopRetries(s);
  dismissAsk(s);
}

/** Cancels the request at its time limit. */
export function limitRequest(s: Draft): void {
  if (!s.openRequest || !isDue(s, s.openRequest.startedAtMs + s.limits.tokenTimeoutMs)) return;
  cancelRequest(s);
  postponeRequest(s, new MessengerAuthError('token_failed', 'time-out'));
}

/** The renewal is due now, for a developer. What forbids a request, and what delays it, still does. */
export function renew(s: Draft): void {
  if (s.held) s.held = { ...s.held, renewalMs: s.nowMs };
}

/** Requests the next token if one is needed and nothing forbids it. */
export function requestToken(s: Draft): void {
  const usable = usableToken(s);
  const isAsked = s.askedAtMs;
  if (usable && !isAsked && !isDue(s, usable.renewalMs)) return;
  if (!mayRequest(s)) return;
  if (s.isSuspected && (isAsked || !usable) && !takeFollowUp(s)) return dismissAsk(s);

  const reason = s.isSuspected ? 'invalid_auth' : s.user ? 'renewal' : 'sign-in';
  keepDistance(s);
  takeAttempt(s);
  s.openRequest = { id: ++s.lastId, startedAtMs: s.nowMs };
  emit(s, 'token-requested', { reason }, s.lastId, reason);
}

function mayRequest(s: Draft): boolean {
  if (s.openRequest || s.loadError || s.loadState === 'parked' || s.page === 'prerendered') return false;
  // A token is of no use if it expires before loginUser is allowed.
  const forbiddenUntilMs = Math.max(requestsForbiddenUntilMs(s), attemptsAllowedAtMs(s, 2));
  if (!isDue(s, Math.max(s.nextRequestAtMs, s.tokenRetryAtMs, s.loginRetryAtMs, forbiddenUntilMs))) return false;
  const isSignIn = s.isAwaited || !s.user;
  // In a hidden tab, a token is requested only for a messenger or a site that waits for it.
  const isUrgent = s.askedAtMs || (isSignIn && !s.hasGivenUp) || s.limits.refreshWhenHidden;
  return s.page === 'visible' || !!isUrgent;
}
