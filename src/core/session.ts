// Every decision of this library is made here. The functions are pure: the same session, event, time and random number
// always give the same result.
//
// A step has two halves. A transition records what the event says. `proceed` then looks at everything that is known and
// does what is due. Nothing is scheduled explicitly: `isOver(s, atMs)` also schedules the next wake-up at `atMs`.
import { backoffMs } from './backoff.js';
import { MessengerAuthError, type MessengerErrorCode } from './errors.js';
import type { MessengerEventTypes } from './events.js';
import { placeToken, usableUntilMs } from './lifetime.js';
import type { Action, Hands, Limits, Session } from './state.js';
import { readToken } from './token.js';

// After this many failures in a row, login() rejects. Retries go on in the background if a retry can help.
const GIVE_UP = 3;
// The minimum time between two token requests. iat is in whole seconds, so two tokens signed within the same second
// could be identical.
const REFETCH_MS = 1100;
// The limit for answering an ask in time. Two requests can be refused at the same moment, and only one of them asks for
// a token. If the answer takes longer than this, it misses the last try of the other request, and the messenger then
// signs the visitor out silently [M 26-28].
const LATE_MS = 450;
// The messenger waits 500 ms after each try of a request. After the last try it waits once more, and then signs the
// visitor out [M 27].
const TRY_MS = 550;
// The messenger repeats a refused request after 500 ms [M 26]. A token that was in use for longer than this had been
// accepted.
const SETTLED_MS = 5000;
// The rate limit for token requests that follow a refusal: one per minute after a burst of five, so never more than 10
// in 5 minutes. Each request moves `followUpsMs` forward by one minute. The burst limits how far it may be ahead of the
// current time (GCRA, a leaky bucket in one number).
const FOLLOW_UP_MS = 60_000;
const FOLLOW_UPS_BURST_MS = 4 * FOLLOW_UP_MS;
// How many refused tokens are remembered. At one per minute, this covers more than the last hour and a half. A tab can
// stay open for a month, so the list needs a limit.
const REFUSED_KEPT = 100;
/** How long to wait for the token doctor. After that, the error is reported without findings. */
export const EXPLAIN_MS = 5000;
// The minimum time between a failed load and the next one. If the configuration request is only slow, an earlier load
// would boot a second widget [M 7].
const RELOAD_MS = 30_000;
// A timer in a hidden tab is at most one minute late [M 39]. If it is later, the computer was asleep.
const LATEST_TIMER_MS = 60_000;
// If Retry-After is longer than this, login() rejects instead of waiting.
const PATIENCE_MS = 15_000;

/** The session while a step changes it. */
type Draft = { -readonly [Name in keyof Session]: Session[Name] };

type Transitions = typeof transitions;

/** An event: the name of a transition, and its arguments. */
export type SessionEvent = {
  [Name in keyof Transitions]: Transitions[Name] extends (s: Draft, ...details: infer Details) => void
    ? [name: Name, ...details: Details]
    : never;
}[keyof Transitions];

export function createSession(limits: Limits): Session {
  const s = {
    __proto__: null,
    limits,
    status: 'signed-out',
    load: 'none',
    notBeforeMs: 0,
    refused: [],
    followUpsMs: 0,
    triesEndAtMs: 0,
    loginHanded: [],
    lastId: 0,
    signInId: 0,
    wakeAtMs: Infinity,
  } as Partial<Session> as Draft;
  // `end` sets most other fields. The remaining ones are set before they are read.
  end(s);
  return s;
}

/** @param random - at least 0 and less than 1, for jitter */
export function step(session: Session, [name, ...details]: SessionEvent, nowMs: number, random: number): Session {
  // No prototype: a property that the page adds to Object.prototype must not look like a field of the session.
  const s = { __proto__: null, ...session, nowMs, random, actions: [], wakeAtMs: Infinity } as Draft;
  // The computer was asleep, and nothing loads during sleep. Restart the load timeout: giving up and loading again
  // could boot a second widget [M 7].
  if (nowMs - session.wakeAtMs > LATEST_TIMER_MS) {
    s.loadAtMs = nowMs;
    // The messenger's own retries were asleep, too.
    if (s.triesEndAtMs > session.nowMs) s.triesEndAtMs = nowMs + 2 * TRY_MS;
  }
  (transitions[name] as (s: Draft, ...details: unknown[]) => void)(s, ...details);
  // Twice: what the first pass starts has its own wake-up times, which the second pass schedules.
  for (let look = 0; look < 2; look++) {
    giveUpWaiting(s);
    proceed(s);
  }
  s.status = !s.wanted
    ? s.error
      ? 'failed'
      : 'signed-out'
    : s.held && s.held.externalId === s.user && !isOver(s, usableUntilMs(s.held))
      ? 'signed-in'
      : s.failures < GIVE_UP
        ? 'signing-in'
        : 'failed';
  // If a token may be the cause, the doctor examines it before the failure becomes visible.
  if (s.status === 'failed' && session.status !== 'failed' && s.suspect?.[0] === s.error!.code) {
    if (!s.explainAtMs) {
      s.explainAtMs = s.nowMs;
      act(s, 'explanation-requested', {}, s.error!, s.suspect, s.last?.skewMs);
    }
    if (isOver(s, s.explainAtMs + EXPLAIN_MS)) s.explainAtMs = 0;
    else s.status = 'signing-in';
  } else s.explainAtMs = 0;
  return s;
}

// ── Transitions: record what an event says ───────────────────────────────────────────────────────────────────────────

const transitions = {
  load(s: Draft) {
    if (s.load === 'loading' || s.load === 'live') return;
    reset(s);
    s.loadError = undefined;
    startLoading(s);
  },
  login(s: Draft) {
    transitions.load(s);
    // The previous attempt has just failed, and its error is being explained. This call shares the result.
    if (s.explainAtMs) return;
    // Start over, except while the endpoint's Retry-After is in effect.
    if (!s.wanted || (s.status === 'failed' && s.nowMs >= s.notBeforeMs)) {
      reset(s, true);
    }
    // Calling login() again means that the problem may be fixed, so fetch again, even if the current token is still
    // good.
    if (s.refetchAtMs === Infinity) s.refetchAtMs = 0;
    if (s.notBeforeMs > s.nowMs + PATIENCE_MS) {
      s.failures = GIVE_UP;
      // The reason is the endpoint's Retry-After or the limit after refusals.
      const isForRefusals = s.notBeforeMs === s.followUpsMs - FOLLOW_UPS_BURST_MS;
      s.error ??= new MessengerAuthError(isForRefusals ? 'invalid_auth' : 'token_failed');
    }
    s.awaited = s.status !== 'signed-in' || isOver(s, usableUntilMs(s.held!));
  },
  logout(s: Draft) {
    end(s);
    s.triesEndAtMs = 0;
    act(s, 'signed-out', {});
  },
  destroy(s: Draft) {
    end(s);
    if (s.load === 'loading') s.load = 'none';
    s.last = s.suspect = undefined;
    s.refused = s.loginHanded = [];
  },

  loadFailed: failLoading,
  live(s: Draft) {
    if (s.load === 'live') return;
    if (s.loadError && s.error === s.loadError) reset(s);
    s.loadError = undefined;
    s.load = 'live';
    act(s, 'messenger-live', {});
  },

  /** @param value - what the token source returned, unchecked; `null` when nobody is signed in to the site */
  tokenArrived(s: Draft, fetchId: number, value: unknown, serverNowMs?: number) {
    if (s.fetchId !== fetchId) return;
    s.fetchId = 0;
    if (value === null) {
      act(s, 'token-absent', {});
      // Sign out only if the messenger has or may have a user of this site. Signing out would also delete an anonymous
      // visitor's conversation [M 34].
      return s.user !== undefined || s.loginAtMs || s.mayBeIn ? transitions.logout(s) : end(s);
    }

    const token = readToken(value);
    if (typeof token === 'string') return takeDefect(s, token, value);
    const isRepeated = s.last?.text === token.text;
    const placed = isRepeated ? s.last! : placeToken(token, s.fetchAtMs, serverNowMs, s.last, s.random);
    s.last = placed;
    if (s.refused.includes(token.text) || (isRepeated && (s.user !== undefined || s.askedAtMs)))
      return takeDefect(s, 'token_repeated', value);
    if (isOver(s, usableUntilMs(placed))) return takeDefect(s, 'token_expired', value);

    s.defects = s.refetchAtMs = s.notBeforeMs = 0;
    if (placed.externalId === s.user) s.failures = 0;
    s.held = placed;
    s.offered = s.awaited = false;
    const { expiresAtMs, refreshAtMs } = placed;
    act(s, 'token-received', { lifetimeMs: expiresAtMs - s.fetchAtMs || undefined });
    if (refreshAtMs) act(s, 'renewal-planned', { refreshAtMs, expiresAtMs });
  },
  /** @param retryAfterMs - the wait that the endpoint asked for; `Infinity` if a retry cannot help */
  tokenFailed(s: Draft, fetchId: number, error: MessengerAuthError, retryAfterMs?: number) {
    if (s.fetchId !== fetchId) return;
    s.fetchId = 0;
    // A final failure ends a sign-in. A visitor who is already signed in keeps the good token.
    const isFinal = retryAfterMs === Infinity && s.user === undefined;
    if (isFinal && s.loginAtMs) {
      act(s, 'token-failed', { code: error.code, retryAtMs: undefined });
      return awaitVerdict(s);
    }
    postpone(s, 'token-failed', error, retryAfterMs);
    if (isFinal) fail(s, error);
  },

  asked(s: Draft, loginId: number) {
    act(s, 'asked', {});
    s.askedAtMs ||= s.nowMs;
    // An older login id is fine if it is for the same user: a later loginUser may never have reached the messenger,
    // which then still uses the earlier callback.
    if (!s.loginId || loginId < s.signInId) return dismissAsk(s);
    s.retryAtMs = s.refetchAtMs = 0;
    if (!s.handed) return;
    // The messenger asks about a token that it already has. During a sign-in this is only a suspicion: newer builds
    // also ask after 409 and 429 [M 26], and Zendesk's verdict follows. Two tokens are enough to get that verdict. In a
    // running session, the ask itself is the verdict, unless the token has expired.
    if (s.loginAtMs && ((s.overdue && s.loginHanded.length) || isOver(s, usableUntilMs(s.handed)))) {
      // The ask is about an expired token: the one that this push replaces, or its own, which expired before the
      // verdict.
      s.overdue = s.offered = false;
      s.handed = undefined;
      s.loginHanded = [];
    } else if (s.loginAtMs) {
      s.suspected = true;
      if (s.loginHanded.length + s.refusedInRow > 1) dismissAsk(s);
    } else if (s.nowMs - s.pushedAtMs < SETTLED_MS) {
      // A token was pushed a moment ago. A request that was already on its way may still have carried the token before.
      // Hand the pushed token over once more before treating it as refused.
      s.pushedAtMs = 0;
      s.offered = false;
      s.handed = undefined;
    } else if (!isOver(s, usableUntilMs(s.handed)) && !s.refused.includes(s.handed.text)) {
      // A token used for over 5 s was accepted, so this is a new refusal.
      if (s.nowMs - s.inUseAtMs > SETTLED_MS) s.refusedInRow = 0;
      refuse(s, [s.handed.text]);
    }
  },
  /** @param reason - Zendesk's reason for the failure; empty if it accepted the token */
  answered(s: Draft, loginId: number, reason: string) {
    // Only the first answer counts. An answer that comes after the time limit counts, too.
    if (s.loginId !== loginId || s.answeredId === loginId) return;
    if (reason !== 'time-out') s.answeredId = loginId;
    s.loginAtMs = s.retryAtMs = 0;
    if (!reason) {
      reset(s, true);
      s.pushedAtMs = s.user === undefined ? 0 : s.nowMs;
      s.user = s.loginUser;
      // Needed when the answer comes after the time limit, which has reset `handed`.
      if (s.held && s.loginHanded.includes(s.held.text)) s.handed = s.held;
      s.inUse = s.handed;
      s.suspected = s.repair = s.lost = s.mayBeIn = false;
      act(s, 'login-accepted', {}, !!s.cleared);
      return;
    }
    s.repair = true;
    // After a time-out, the sign-in most likely took effect and only the answer was lost.
    s.lost &&= reason !== 'time-out';
    const status = parseInt(reason);
    // After a time-out the messenger may have a user. After a 401 it signs the visitor out itself. After other failures
    // only newer builds do that [M 25].
    s.mayBeIn = reason === 'time-out' || (status !== 401 && (s.mayBeIn || s.user !== undefined));
    if (status >= 400 && status < 500) s.user = undefined;
    if (status === 401 || status === 403 || reason.startsWith('Error occurred reading')) {
      act(s, 'login-rejected', { code: 'invalid_auth', retryAtMs: undefined });
      dismissAsk(s);
      refuse(s, s.loginHanded);
    } else if (status === 409) {
      postpone(s, 'login-rejected', new MessengerAuthError('identity_conflict'), Infinity);
      fail(s, s.error!);
    } else if (reason.startsWith('Not latest')) {
      // The page called loginUser itself, which superseded our call. This is no error, but our login must be repeated.
      s.retryAtMs = s.nowMs + backoffMs(1, s.random);
    } else {
      // The messenger continues with the previous token [M 25].
      s.handed = s.inUse;
      if (reason !== 'time-out') s.offered = false;
      // Zendesk asked for another token, and its verdict is lost or late. Do not hand over the same token again.
      else if (s.suspected && s.held && s.loginHanded.includes(s.held.text)) s.held = undefined;
      postpone(s, 'login-rejected', new MessengerAuthError('login_failed', status || ''));
    }
  },

  /** @param explained - the same error, with the doctor's findings if it was loaded */
  explained(s: Draft, error: MessengerAuthError, explained: MessengerAuthError) {
    if (s.error !== error) return;
    s.error = explained;
    s.suspect = undefined;
  },

  /** Records what was seen on the page. The timer sends this event with nothing seen. */
  looked(s: Draft, seen: Pick<Session, 'windowOpen' | 'scriptRan'>) {
    Object.assign(s, seen);
  },
  /** @param online - whether the network came back */
  woke(s: Draft, hidden: boolean, online: boolean) {
    if (online || (s.hidden && !hidden)) {
      s.retryAtMs = s.refetchAtMs = 0;
      if (!s.scriptRan) s.reloadAtMs = 0;
    }
    s.hidden = hidden;
  },
};

/** Never hands over a token that cannot succeed [M 25]. Fetches once more, then reports the defect. */
function takeDefect(s: Draft, code: MessengerErrorCode, token: unknown): void {
  const error = new MessengerAuthError(code);
  if (!s.refusedInRow || s.user !== undefined) s.suspect = [code, token];
  if (s.user !== undefined) return postpone(s, 'token-failed', error);
  // Counted from the arrival: a slow endpoint may sign the token at the end of the request.
  act(s, 'token-failed', { code, retryAtMs: s.defects ? undefined : (s.refetchAtMs = s.nowMs + REFETCH_MS) });
  if (!s.defects++) return;
  if (s.loginAtMs) return awaitVerdict(s);
  // The refused token came again. The refusal is the error, and the repetition is its cause.
  fail(s, s.refusedInRow ? new MessengerAuthError('invalid_auth', '', error) : error);
}

// ── Decisions: do what is due ────────────────────────────────────────────────────────────────────────────────────────

function giveUpWaiting(s: Draft): void {
  const { limits } = s;
  if (s.load === 'loading' && isOver(s, s.loadAtMs + limits.loadTimeoutMs)) {
    failLoading(s, s.scriptRan ? 'messenger_unavailable' : 'script_blocked');
  }
  if (s.fetchId && isOver(s, s.fetchAtMs + limits.tokenTimeoutMs)) {
    cancelFetch(s);
    postpone(s, 'token-failed', new MessengerAuthError('token_failed', 'time-out'));
  }
  if (s.loginAtMs && isOver(s, s.loginAtMs + limits.loginTimeoutMs)) transitions.answered(s, s.loginId, 'time-out');
  if (s.askedAtMs && isOver(s, s.askedAtMs + limits.tokenTimeoutMs)) dismissAsk(s);
}

function proceed(s: Draft): void {
  const { nowMs } = s;
  if (!s.wanted) {
    // After a final failure the messenger may still be retrying. A sleep prolongs its retries, and `step` notices a
    // sleep only if a wake-up was scheduled.
    if (s.error) isOver(s, s.triesEndAtMs);
    return;
  }
  if (s.load === 'failed' && !s.hidden && isOver(s, s.reloadAtMs)) startLoading(s);
  const usable = s.held && !isOver(s, usableUntilMs(s.held)) ? s.held : undefined;

  if (usable) {
    const isLoginUser = usable.externalId === s.loginUser;
    // The messenger waits for a token: answer it once with this one, unless the session belongs to another user [M 29].
    if (s.askedAtMs && isLoginUser && !s.offered) {
      if (nowMs - s.askedAtMs > LATE_MS) repairAfter(s, TRY_MS, !s.windowOpen);
      // After a refusal or a suspicion, the messenger does not report whether this token is better: the last tries of
      // its request come without an ask and can end in a silent sign-out [M 27]. Call loginUser after them to get a
      // verdict.
      else if ((s.refusedInRow || !s.handed) && !s.loginAtMs) repairAfter(s, SETTLED_MS);
      // A login gets at most two tokens. Keep only the last two, because a session can run for weeks without another
      // login.
      s.loginHanded = [...s.loginHanded.slice(-1), usable.text];
      s.handed = usable;
      s.offered = true;
      if (!s.loginAtMs) {
        s.inUse = usable;
        s.inUseAtMs = nowMs;
        s.suspected = false;
      }
      answerAsk(s, usable.text);
    }
    // Call loginUser to sign in or to push a renewed token for the same user. It reloads the conversations in the
    // window [M 31], so a push waits until the window is closed. If the visitor has become anonymous, there is nothing
    // to lose.
    const isSignIn = usable.externalId !== s.user;
    const isDue = isSignIn || s.lost || (!s.windowOpen && (s.repair || s.handed?.text !== usable.text));
    if (
      isDue &&
      s.load === 'live' &&
      // A change of users ends the messenger's session, including its retries.
      isOver(s, Math.max(s.retryAtMs, isSignIn && s.user !== undefined ? 0 : s.triesEndAtMs)) &&
      !(s.loginAtMs && isLoginUser)
    ) {
      dismissAsk(s);
      // loginUser first signs out the previous user, even one from an earlier page [M 18].
      s.cleared = s.repair || isSignIn;
      if (isSignIn) s.user = undefined;
      // A token that was in use for a while was accepted, so a refusal now is a new one (see `asked`). This holds only
      // if the previous push was answered, with a failure that is no verdict: otherwise a late verdict may still come.
      // Twice the time, because the first push comes when the token has just settled or a little later.
      else if (usable === s.inUse && s.answeredId === s.loginId && nowMs - s.inUseAtMs > 2 * SETTLED_MS)
        s.refusedInRow = 0;
      s.overdue = !isSignIn && s.handed && isOver(s, usableUntilMs(s.handed));
      s.handed = undefined;
      s.offered = false;
      s.loginHanded = [];
      s.loginUser = usable.externalId;
      s.loginAtMs = nowMs;
      s.loginId = ++s.lastId;
      if (isSignIn) s.signInId = s.loginId;
      act(s, isSignIn ? 'login-called' : 'push-called', {}, s.loginId);
    }
    if (!s.askedAtMs && !isOver(s, usable.refreshAtMs)) return;
  }

  // Fetch the next token if one is needed.
  const isAwaited =
    s.askedAtMs || ((s.awaited || s.user === undefined) && s.failures < GIVE_UP) || s.limits.refreshWhenHidden;
  const isForbidden =
    s.fetchId ||
    s.loadError ||
    !isOver(s, Math.max(s.fetchAtMs + REFETCH_MS, s.refetchAtMs, s.retryAtMs, s.notBeforeMs));
  if (isForbidden || (s.hidden && !isAwaited)) return;
  if (s.suspected && (s.askedAtMs || !usable)) {
    s.notBeforeMs = s.followUpsMs - FOLLOW_UPS_BURST_MS;
    if (!isOver(s, s.notBeforeMs)) {
      s.failures = GIVE_UP;
      s.error ??= new MessengerAuthError('invalid_auth');
      return dismissAsk(s);
    }
    s.followUpsMs = Math.max(s.followUpsMs, nowMs) + FOLLOW_UP_MS;
  }
  const isFollowUp = (s.handed && s.refused.includes(s.handed.text)) || (s.askedAtMs && s.loginAtMs);
  const reason = isFollowUp ? 'invalid_auth' : s.user === undefined ? 'sign-in' : 'renewal';
  s.fetchAtMs = nowMs;
  act(s, 'token-requested', { reason }, (s.fetchId = ++s.lastId), reason);
}

// ── Building blocks ──────────────────────────────────────────────────────────────────────────────────────────────────

function act<Type extends keyof MessengerEventTypes>(
  s: Draft,
  type: Type,
  details: MessengerEventTypes[Type],
  ...hand: Type extends keyof Hands ? Hands[Type] : []
): void {
  s.actions = [...s.actions, [type, details, ...hand] as unknown as Action];
}

/** Whether `atMs` is in the past. If not, this also schedules the next wake-up at `atMs`. */
function isOver(s: Draft, atMs: number): boolean {
  if (atMs > s.nowMs) s.wakeAtMs = Math.min(s.wakeAtMs, atMs);
  return atMs <= s.nowMs;
}

/** Answers the open ask, if there is one. Without `text`: no token. An ask must never stay unanswered [M 28]. */
function answerAsk(s: Draft, text?: string): void {
  if (s.askedAtMs) act(s, 'answered', { withToken: !!text }, text);
  s.askedAtMs = 0;
}

function dismissAsk(s: Draft): void {
  if (s.askedAtMs) repairAfter(s, 2 * TRY_MS, true);
  answerAsk(s);
}

/** Plans another `loginUser` for when the messenger's own retries have ended, because they could undo it. */
function repairAfter(s: Draft, ms: number, isLost?: boolean): void {
  s.repair = true;
  s.lost ||= isLost;
  s.triesEndAtMs = s.nowMs + ms;
}

/** No other token is available, and Zendesk's verdict on the last one has not arrived yet. */
function awaitVerdict(s: Draft): void {
  s.retryAtMs = Infinity;
  dismissAsk(s);
}

function cancelFetch(s: Draft): void {
  if (s.fetchId) act(s, 'token-cancelled', {});
  s.fetchId = 0;
}

/** Zendesk refused these tokens. They are never handed over again. After two refusals in a row, the sign-in fails. */
function refuse(s: Draft, texts: readonly string[]): void {
  s.suspected = true;
  s.refused = [...s.refused, ...texts].slice(-REFUSED_KEPT);
  s.suspect = ['invalid_auth', texts.at(-1)];
  if (s.held && s.refused.includes(s.held.text)) {
    s.held = undefined;
    // The back-off for token requests was planned while this token seemed good. Now a new token is urgent.
    s.refetchAtMs = 0;
  }
  s.refusedInRow += texts.length;
  act(s, 'token-refused', {});
  if (s.refusedInRow > 1) fail(s, new MessengerAuthError('invalid_auth'));
}

/** Handles a temporary failure: retries with a back-off that begins after `retryAfterMs`. */
function postpone(
  s: Draft,
  type: 'token-failed' | 'login-rejected',
  error: MessengerAuthError,
  retryAfterMs?: number,
): void {
  s.failures++;
  // Keep an error that already has findings if the new error has the same code.
  if (!s.error?.findings || s.error.code !== error.code) s.error = error;
  const isToken = type === 'token-failed';
  const fromMs = s.nowMs + (retryAfterMs ?? 0);
  // If the messenger asks for a token, the current one is no use, so its remaining lifetime does not count.
  const leftMs = isToken && s.held && !s.askedAtMs ? usableUntilMs(s.held) - fromMs : 0;
  const retryAtMs = (s[isToken ? 'refetchAtMs' : 'retryAtMs'] =
    fromMs + backoffMs(s.failures, s.random, leftMs, retryAfterMs));
  if (retryAfterMs! < Infinity) s.notBeforeMs = fromMs;
  if (retryAfterMs! > PATIENCE_MS) s.failures = GIVE_UP;
  act(s, type, { code: error.code, retryAtMs: retryAtMs < Infinity ? retryAtMs : undefined });
}

/** Handles a permanent failure: nothing is retried until the site calls login() again. */
function fail(s: Draft, error: MessengerAuthError): void {
  dismissAsk(s);
  // Sign out if the messenger may have a user, because nothing would renew that session.
  if (s.mayBeIn) transitions.logout(s);
  else end(s);
  s.error = error;
}

function startLoading(s: Draft): void {
  s.load = 'loading';
  s.loadAtMs = s.nowMs;
  s.scriptRan = false;
  act(s, 'load-requested', {});
}

function failLoading(s: Draft, code: MessengerErrorCode, cause?: unknown): void {
  if (s.load !== 'loading') return;
  s.load = 'failed';
  s.reloadAtMs = code === 'classic_widget' ? Infinity : s.nowMs + (1 + s.random / 3) * RELOAD_MS;
  cancelFetch(s);
  s.loadError = new MessengerAuthError(code, '', cause);
  // If a permanent failure has already ended the sign-in, keep that error.
  if (s.wanted || !s.error) s.error = s.loadError;
  s.failures = GIVE_UP;
  act(s, 'load-failed', { code });
}

/** Clears all failures and sets `wanted`, which stays the same by default. */
function reset(s: Draft, wanted = s.wanted): void {
  s.wanted = wanted;
  s.error = undefined;
  s.failures = s.defects = s.refusedInRow = s.retryAtMs = s.refetchAtMs = 0;
}

/** Ends everything in progress. Results that arrive later no longer match an id and are ignored. */
function end(s: Draft): void {
  answerAsk(s);
  cancelFetch(s);
  reset(s, false);
  s.user = s.loginUser = s.held = s.handed = s.inUse = s.mayBeIn = undefined;
  s.loginId = s.loginAtMs = s.fetchAtMs = s.inUseAtMs = 0;
}
