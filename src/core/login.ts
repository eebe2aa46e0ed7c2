// `loginUser`: when it is called, and what follows from Zendesk's verdict.
import { dismissAsk } from './answers.js';
import { SETTLED_MS } from './asks.js';
import { attemptsAllowedAtMs, clearAttempts, takeAttempt } from './attempts.js';
import { type Draft, emit, isDue, wakeAt } from './draft.js';
import { MessengerAuthError } from './errors.js';
import { type PlacedToken, usableUntilMs } from './lifetime.js';
import { isExpired, isLoginOpen, usableToken } from './questions.js';
import { cleanReason, createRefusal } from './refusal-reason.js';
import { dropSuspectedToken, refuse } from './refusals.js';
import { clearFailures, emitFailure, postponeLogin, retryLoginNow, retrySupersededLogin } from './retry.js';
import { leave } from './sign-out.js';
import { createRecord, hasUser } from './stored-identity.js';
import { hasUsersConversation } from './ownership.js';
import { fail, forgetUser } from './visitor.js';

// How long before the expiry of the messenger's token the renewed one is pushed. If Zendesk's login fails at that time,
// newer builds have nobody [M 25], so it is not done earlier than necessary. A timer in a hidden tab can be a minute late.
const PUSH_LEAD_MS = 120_000;
// How often is looked whether the fields of the previous user have arrived.
const LATE_FIELDS_LOOK_MS = 50;

/** @param reason - Zendesk's reason for the failure; empty if it accepted the token */
export function answered(s: Draft, loginId: number, reason: string): void {
  const { lastLogin: login } = s;
  // Only the first answer counts. An answer that comes after the time limit counts, too.
  if (login?.id !== loginId || login.verdict === 'settled') return;
  s.lastLogin = { ...login, verdict: 'settled' };
  retryLoginNow(s);
  if (reason) reject(s, reason);
  else accept(s);
}

function accept(s: Draft): void {
  const { user: externalId, given, clearsConversation, calledAtMs } = s.lastLogin!;
  clearFailures(s);
  clearAttempts(s);
  s.wish = 'signed-in';
  s.acceptedAtMs = s.nowMs;
  s.pushedAtMs = s.user ? s.nowMs : undefined;
  s.user = externalId;
  s.presence = 'in';
  s.ownId = hasUser(s.stored) ? s.stored.storedId : undefined;
  // Needed when the answer comes after the time limit, which has reset `handed`.
  if (s.held && given.includes(s.held.raw)) s.handed = s.held;
  s.inUse = s.handed;
  s.isSuspected = false;
  s.refusal = s.refusalReason = undefined;
  // The late end of a sign-out has undone this login: its key is not stored [M 53, 80].
  const isUndone = s.lateWipeUntilMs > s.nowMs && !hasUser(s.stored);
  if (isUndone) s.lateWipeUntilMs = 0;
  // An ask during this push got no token. Then the messenger signs the visitor out all the same [M 27].
  s.isOut = isUndone || (s.isOut && s.triesEndAtMs > calledAtMs);
  s.repair = s.isOut ? 'now' : undefined;
  s.lastUser = externalId;
  s.hasNamedUser = true;
  emit(s, 'login-accepted', {}, clearsConversation, createRecord({ storedId: s.ownId }, externalId));
}

function reject(s: Draft, reason: string): void {
  const status = parseInt(reason);
  s.refusalReason = cleanReason(reason, s.lastLogin!);
  if (reason.startsWith('Not latest')) {
    s.repair ??= 'when-closed';
    if (s.presence) s.presence = 'maybe-in';
    return retrySupersededLogin(s);
  }
  // After a failed push, newer builds have nobody [M 25]. What is written then is an anonymous visitor's, and the next
  // login merges it.
  s.isOut = true;
  s.repair = 'now';
  // After a 401 the messenger signs the visitor out itself. After other failures only newer builds do that [M 25].
  if (status === 401) s.presence = undefined;
  else if (s.presence === 'in') s.presence = 'maybe-in';
  if (status >= 400 && status < 500) s.user = undefined;

  if (status === 401 || status === 403 || reason.startsWith('Error occurred reading')) {
    emitFailure(s, 'login-rejected', createRefusal(s, 'invalid_auth'));
    dismissAsk(s);
    refuse(s, s.lastLogin!.given);
  } else if (status === 409) {
    const error = createRefusal(s, 'identity_conflict');
    emitFailure(s, 'login-rejected', error);
    fail(s, error);
  } else {
    // The messenger continues with the previous token [M 25].
    s.handed = s.inUse;
    s.isOffered = false;
    postponeLogin(s, createRefusal(s, 'login_failed'));
  }
}

/** Gives up waiting for Zendesk's verdict at the time limit. The verdict still counts if it comes later. */
export function limitLogin(s: Draft): void {
  const { lastLogin: login } = s;
  if (login?.verdict !== 'open' || !isDue(s, login.calledAtMs + s.limits.loginTimeoutMs)) return;
  s.lastLogin = { ...login, verdict: 'late' };
  retryLoginNow(s);
  // Most likely the sign-in took effect, and only the answer was lost.
  if (!s.isOut) s.repair = 'when-closed';
  s.presence = 'maybe-in';
  s.handed = s.inUse;
  dropSuspectedToken(s);
  postponeLogin(s, new MessengerAuthError('login_failed'));
}

/** Calls `loginUser` if it is due: to sign in, or to push a renewed token for the same user. */
export function callLogin(s: Draft): void {
  const usable = usableToken(s);
  if (!usable || s.signOut || s.loadState !== 'live' || !mustCall(s, usable)) return;
  const isSignIn = usable.user !== s.user;
  // A change of users ends the messenger's session, including its retries.
  const triesEndAtMs = isSignIn && s.user ? 0 : s.triesEndAtMs;
  if (!isDue(s, Math.max(s.loginRetryAtMs, triesEndAtMs, attemptsAllowedAtMs(s)))) return;
  if (isLoginOpen(s) && usable.user === s.lastLogin!.user) return;
  // The fields of the previous user would go with the next user's messages [M 73].
  if (isSignIn && s.stored.hasLateFields) return wakeAt(s, s.nowMs + LATE_FIELDS_LOOK_MS);
  dismissAsk(s);
  const previous = s.lastUser ?? s.lastLogin?.user;
  if (previous && previous !== usable.user) return changeTo(s, usable.user);
  if (mustLeave(s, usable.user)) return leave(s);
  emit(s, isSignIn ? 'login-called' : 'push-called', {}, createLogin(s, usable, isSignIn));
}

/** The token is another user's. */
function changeTo(s: Draft, user: string): void {
  forgetUser(s);
  // Whether fields are on their way [M 73] is known in the next step, when they are forgotten.
  s.stored = { ...s.stored, hasLateFields: true };
  // Also if that user was never signed in on this page: a login with an identity from an earlier page has failed [M 46].
  s.ownId = undefined;
  // This login would merge what the previous user wrote while the session was lost.
  const mustEnd = hasUsersConversation(s) || mustLeave(s, user);
  s.lastLogin = undefined;
  if (mustEnd) leave(s);
}

/** Notes the call of `loginUser`, and returns its id. */
function createLogin(s: Draft, usable: PlacedToken, isSignIn: boolean): number {
  const id = ++s.lastId;
  takeAttempt(s);
  const { lastLogin: login } = s;
  // A token that was in use for a while was accepted, so a refusal now is a new one (see `asked`). This holds only if
  // the previous push was answered, with a failure that is no verdict: otherwise a late verdict may still come. Twice
  // the time, because the first push comes when the token has just settled or a little later.
  if (!isSignIn && usable === s.inUse && login?.verdict === 'settled' && s.nowMs - s.inUseSinceMs > 2 * SETTLED_MS)
    s.refusedInRow = 0;
  s.lastLogin = {
    id,
    // A failed push is followed by a sign-in of the same user, whose session may still run in older builds [M 25].
    firstId: login?.user === usable.user ? login.firstId : id,
    user: usable.user,
    calledAtMs: s.nowMs,
    verdict: 'open',
    given: [],
    // loginUser first signs out the previous user, even one from an earlier page [M 18].
    clearsConversation: isSignIn || !!s.repair,
    replacesExpired: !isSignIn && !!s.handed && isExpired(s, s.handed),
  };
  if (isSignIn) {
    s.user = undefined;
    s.ownId = hasUser(s.stored) ? s.stored.storedId : undefined;
  }
  s.handed = undefined;
  s.isOffered = false;
  return id;
}

/**
 * Whether another user must be signed out first. `loginUser` alone would send the stored identity of the previous user
 * with the login of this one [M 46, 48].
 */
function mustLeave({ stored, lastLogin, presence, ownId }: Draft, user: string): boolean {
  const isInMemory = lastLogin && lastLogin.user !== user && (presence || lastLogin.verdict === 'open');
  const isOwn = !!ownId && ownId === stored.storedId;
  return !!isInMemory || (hasUser(stored) && !isOwn && stored.record !== createRecord(stored, user));
}

/**
 * A push reloads the conversations in the window [M 31], so it waits until the window is closed. If the visitor has
 * become anonymous, there is nothing to lose.
 */
function mustCall(s: Draft, usable: PlacedToken): boolean {
  if (usable.user !== s.user || s.repair === 'now') return true;
  if (s.windowOpen) return false;
  if (s.repair || !s.handed) return true;
  return s.handed.raw !== usable.raw && isDue(s, usableUntilMs(s.handed) - PUSH_LEAD_MS);
}
