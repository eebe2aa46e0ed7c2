// Every decision of this library: pure. Same session, same event, same instant, same answer.
//
// A step has two halves. A transition writes down what an event says; `proceed` looks at what is known and does what is
// due. Nothing is scheduled: whoever asks whether an instant is over, and it is not, is woken at it.
import { backoffMs } from './backoff.js';
import { MessengerAuthError, type MessengerErrorCode } from './errors.js';
import type { MessengerEventTypes } from './events.js';
import { placeToken, usableUntilMs } from './lifetime.js';
import type { Action, Hands, Limits, Session } from './state.js';
import { readToken } from './token.js';

// After that many failures in a row login() rejects. What is worth retrying goes on in the background.
const GIVE_UP = 3;
// Between two requests: a new token must be able to differ from the last, and iat is in seconds.
const REFETCH_MS = 1100;
// An ask that is answered later came too late for the last try of a request that was refused beside the one that asked:
// that ends in a silent sign-out [M 26-28].
const LATE_MS = 450;
// After each of a request's tries the messenger waits 500 ms, after the last one, too: then comes the sign-out [M 27].
const TRY_MS = 550;
// A refused token's request is repeated after 500 ms [M 26]. A token that was in use for longer had been accepted.
const SETTLED_MS = 5000;
// Requests that follow a refusal: one a minute, five at once at first, which is never more than 10 in 5 minutes. Each
// one moves an instant on by its minute; how far that may be ahead is the burst (GCRA, a leaky bucket in one number).
const FOLLOW_UP_MS = 60_000;
const FOLLOW_UPS_BURST_MS = 4 * FOLLOW_UP_MS;
// At one a minute, those of the last hour and a half at least: a tab lives for a month.
const REFUSED_KEPT = 100;
/** Where the doctor cannot be had sooner, the error is told without it. */
export const EXPLAIN_MS = 5000;
// Between a load that has failed and the next. Not sooner: a configuration that is only slow would boot a second widget
// [M 7].
const RELOAD_MS = 30_000;
// A hidden tab's timers come a minute late at most [M 39]. What is later has slept.
const LATEST_TIMER_MS = 60_000;
// A longer Retry-After is nothing to keep a login() waiting for.
const PATIENCE_MS = 15_000;

/** A session under a step's pen. */
type Draft = { -readonly [Name in keyof Session]: Session[Name] };

type Transitions = typeof transitions;

/** What the session is told: a transition's name, and its details. */
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
  // The rest is as after a session, or is set before it is read.
  end(s);
  return s;
}

/** @param random - from 0 up to 1, for jitter */
export function step(session: Session, [name, ...details]: SessionEvent, nowMs: number, random: number): Session {
  // Without what a page adds to all objects: it would pass for what is known.
  const s = { __proto__: null, ...session, nowMs, random, actions: [], wakeAtMs: Infinity } as Draft;
  // A sleep is no time to load in: who gives up and loads again may boot a second widget [M 7].
  if (nowMs - session.wakeAtMs > LATEST_TIMER_MS) {
    s.loadAtMs = nowMs;
    // What the messenger was trying has slept, too.
    if (s.triesEndAtMs > session.nowMs) s.triesEndAtMs = nowMs + 2 * TRY_MS;
  }
  (transitions[name] as (s: Draft, ...details: unknown[]) => void)(s, ...details);
  // Twice: what the first look sets going has its own instants to be woken at.
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
  // Before it is told that a token has failed, the doctor looks at it.
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

// ── What an event says ───────────────────────────────────────────────────────────────────────────────────────────────

const transitions = {
  load(s: Draft) {
    if (s.load === 'loading' || s.load === 'live') return;
    reset(s);
    s.loadError = undefined;
    startLoading(s);
  },
  login(s: Draft) {
    transitions.load(s);
    // It shares what comes of the attempt that has just failed.
    if (s.explainAtMs) return;
    // A fresh start, but for what the endpoint's Retry-After forbids.
    if (!s.wanted || (s.status === 'failed' && s.nowMs >= s.notBeforeMs)) {
      reset(s, true);
    }
    // Whoever had to act, has: also where a good token is in hand still.
    if (s.refetchAtMs === Infinity) s.refetchAtMs = 0;
    if (s.notBeforeMs > s.nowMs + PATIENCE_MS) {
      s.failures = GIVE_UP;
      // The endpoint's Retry-After, or what follows refusals.
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

  /** @param value - whatever came; null: nobody is signed in to the site */
  tokenArrived(s: Draft, fetchId: number, value: unknown, serverNowMs?: number) {
    if (s.fetchId !== fetchId) return;
    s.fetchId = 0;
    if (value === null) {
      act(s, 'token-absent', {});
      // Only who was signed in on this page is signed out: it would wipe an anonymous visitor, too [M 34].
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
  /** @param retryAfterMs - the endpoint's wish; `Infinity`: trying again would change nothing */
  tokenFailed(s: Draft, fetchId: number, error: MessengerAuthError, retryAfterMs?: number) {
    if (s.fetchId !== fetchId) return;
    s.fetchId = 0;
    // Final, it ends a sign-in; a visitor who is signed in keeps the good token.
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
    // A later loginUser for the same user may never have come to the messenger, which then still has the callback before.
    if (!s.loginId || loginId < s.signInId) return dismissAsk(s);
    s.retryAtMs = s.refetchAtMs = 0;
    if (!s.handed) return;
    // An ask about a token that was handed over. While signing in that is a suspicion only: newer builds ask after 409
    // and 429, too [M 26], and the verdict follows; two tokens are enough for it. In a running session the ask is the
    // verdict, unless the token has expired.
    if (s.loginAtMs && ((s.overdue && s.loginHanded.length) || isOver(s, usableUntilMs(s.handed)))) {
      // About a token that has expired: the one that this push replaces, or its own while the verdict is on its way.
      s.overdue = s.offered = false;
      s.handed = undefined;
      s.loginHanded = [];
    } else if (s.loginAtMs) {
      s.suspected = true;
      if (s.loginHanded.length + s.refusedInRow > 1) dismissAsk(s);
    } else if (s.nowMs - s.pushedAtMs < SETTLED_MS) {
      // Or it is about the token before, which a request still carried when this one was pushed: once, it is given the
      // benefit of the doubt, and handed over again.
      s.pushedAtMs = 0;
      s.offered = false;
      s.handed = undefined;
    } else if (!isOver(s, usableUntilMs(s.handed)) && !s.refused.includes(s.handed.text)) {
      // In use for a while, the token was taken: its refusal is the first of a row.
      if (s.nowMs - s.inUseAtMs > SETTLED_MS) s.refusedInRow = 0;
      refuse(s, [s.handed.text]);
    }
  },
  /** @param reason - Zendesk's; empty when it accepted */
  answered(s: Draft, loginId: number, reason: string) {
    // Only the first answer counts; one that is late does, too.
    if (s.loginId !== loginId || s.answeredId === loginId) return;
    if (reason !== 'time-out') s.answeredId = loginId;
    s.loginAtMs = s.retryAtMs = 0;
    if (!reason) {
      reset(s, true);
      s.pushedAtMs = s.user === undefined ? 0 : s.nowMs;
      s.user = s.loginUser;
      // Also where the answer comes after its time limit.
      if (s.held && s.loginHanded.includes(s.held.text)) s.handed = s.held;
      s.inUse = s.handed;
      s.suspected = s.repair = s.lost = s.mayBeIn = false;
      act(s, 'login-accepted', {}, !!s.cleared);
      return;
    }
    s.repair = true;
    // Most likely it took effect, and only the answer is lost.
    s.lost &&= reason !== 'time-out';
    const status = parseInt(reason);
    // Without an answer, nobody knows. At 401 the messenger signs the visitor out by its own hand, at others only newer
    // builds do [M 25].
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
      // Superseded by a loginUser that the page called itself: no error, but ours is not in force.
      s.retryAtMs = s.nowMs + backoffMs(1, s.random);
    } else {
      // The session goes on with the token before [M 25].
      s.handed = s.inUse;
      if (reason !== 'time-out') s.offered = false;
      // Zendesk has asked for another one, and its verdict is lost or late: the same is not handed over once more.
      else if (s.suspected && s.held && s.loginHanded.includes(s.held.text)) s.held = undefined;
      postpone(s, 'login-rejected', new MessengerAuthError('login_failed', status || ''));
    }
  },

  /** @param explained - the same error with what the doctor says, or as it is */
  explained(s: Draft, error: MessengerAuthError, explained: MessengerAuthError) {
    if (s.error !== error) return;
    s.error = explained;
    s.suspect = undefined;
  },

  /** What is seen of the page, if anything: this is also how time passes. */
  looked(s: Draft, seen: Pick<Session, 'windowOpen' | 'scriptRan'>) {
    Object.assign(s, seen);
  },
  /** @param online - the network came back */
  woke(s: Draft, hidden: boolean, online: boolean) {
    if (online || (s.hidden && !hidden)) {
      s.retryAtMs = s.refetchAtMs = 0;
      if (!s.scriptRan) s.reloadAtMs = 0;
    }
    s.hidden = hidden;
  },
};

/** A token that cannot succeed is never handed over [M 25]. One fresh look at the backend, then the reason is told. */
function takeDefect(s: Draft, code: MessengerErrorCode, token: unknown): void {
  const error = new MessengerAuthError(code);
  if (!s.refusedInRow || s.user !== undefined) s.suspect = [code, token];
  if (s.user !== undefined) return postpone(s, 'token-failed', error);
  // Counted from its arrival: an endpoint that is slow may sign at the end.
  act(s, 'token-failed', { code, retryAtMs: s.defects ? undefined : (s.refetchAtMs = s.nowMs + REFETCH_MS) });
  if (!s.defects++) return;
  if (s.loginAtMs) return awaitVerdict(s);
  // The same refused token again: the refusal is what happened, the repetition why it could not be mended.
  fail(s, s.refusedInRow ? new MessengerAuthError('invalid_auth', '', error) : error);
}

// ── What follows from it ─────────────────────────────────────────────────────────────────────────────────────────────

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
    // After a failure for good the messenger may still be trying, and a sleep prolongs that. Only who is to be woken then
    // notices one.
    if (s.error) isOver(s, s.triesEndAtMs);
    return;
  }
  if (s.load === 'failed' && !s.hidden && isOver(s, s.reloadAtMs)) startLoading(s);
  const usable = s.held && !isOver(s, usableUntilMs(s.held)) ? s.held : undefined;

  if (usable) {
    const isLoginUser = usable.externalId === s.loginUser;
    // A token in hand goes to whoever waits for it, once, unless the session is somebody else's [M 29].
    if (s.askedAtMs && isLoginUser && !s.offered) {
      if (nowMs - s.askedAtMs > LATE_MS) repairAfter(s, TRY_MS, !s.windowOpen);
      // After a refusal, or a doubt, nobody tells whether this one is better: the request's last tries go without an ask,
      // and may end in a silent sign-out [M 27]. loginUser brings a verdict, once they are over.
      else if ((s.refusedInRow || !s.handed) && !s.loginAtMs) repairAfter(s, SETTLED_MS);
      // One login takes two at most; in a session that goes on for weeks without another they are not counted.
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
    // loginUser: to sign in, or to push a renewed token to the same user. It reloads the window's conversations [M 31],
    // which is no loss where that has become an anonymous visitor's.
    const isSignIn = usable.externalId !== s.user;
    const isDue = isSignIn || s.lost || (!s.windowOpen && (s.repair || s.handed?.text !== usable.text));
    if (
      isDue &&
      s.load === 'live' &&
      // A change of users ends the messenger's session, and what it was trying in it.
      isOver(s, Math.max(s.retryAtMs, isSignIn && s.user !== undefined ? 0 : s.triesEndAtMs)) &&
      !(s.loginAtMs && isLoginUser)
    ) {
      dismissAsk(s);
      // It begins with the sign-out of whoever was signed in, also on an earlier page [M 18].
      s.cleared = s.repair || isSignIn;
      if (isSignIn) s.user = undefined;
      // In use for a while, it was taken, as above. Only where the push before was answered, by a failure that is no
      // verdict: a verdict that is late may still come. The first push comes when the token is settled, or a little later.
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

  // The next token.
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

/** Whether an instant is over; if not, the session is looked at again when it is. */
function isOver(s: Draft, atMs: number): boolean {
  if (atMs > s.nowMs) s.wakeAtMs = Math.min(s.wakeAtMs, atMs);
  return atMs <= s.nowMs;
}

/** Answers the open ask, if there is one. Without `text`, because it must never be left hanging [M 28]. */
function answerAsk(s: Draft, text?: string): void {
  if (s.askedAtMs) act(s, 'answered', { withToken: !!text }, text);
  s.askedAtMs = 0;
}

function dismissAsk(s: Draft): void {
  if (s.askedAtMs) repairAfter(s, 2 * TRY_MS, true);
  answerAsk(s);
}

/** `loginUser` follows when what the messenger is still trying is over, which could undo it. */
function repairAfter(s: Draft, ms: number, isLost?: boolean): void {
  s.repair = true;
  s.lost ||= isLost;
  s.triesEndAtMs = s.nowMs + ms;
}

/** No other token is to be had, and Zendesk's verdict on the one before is still to come. */
function awaitVerdict(s: Draft): void {
  s.retryAtMs = Infinity;
  dismissAsk(s);
}

function cancelFetch(s: Draft): void {
  if (s.fetchId) act(s, 'token-cancelled', {});
  s.fetchId = 0;
}

/** Zendesk would not have these tokens. They are never handed over again; the second in a row is the last. */
function refuse(s: Draft, texts: readonly string[]): void {
  s.suspected = true;
  s.refused = [...s.refused, ...texts].slice(-REFUSED_KEPT);
  s.suspect = ['invalid_auth', texts.at(-1)];
  if (s.held && s.refused.includes(s.held.text)) {
    s.held = undefined;
    // While it passed for good, there was no hurry.
    s.refetchAtMs = 0;
  }
  s.refusedInRow += texts.length;
  act(s, 'token-refused', {});
  if (s.refusedInRow > 1) fail(s, new MessengerAuthError('invalid_auth'));
}

/** A failure that may pass: tried again by the back-off, which begins when `retryAfterMs` is over. */
function postpone(
  s: Draft,
  type: 'token-failed' | 'login-rejected',
  error: MessengerAuthError,
  retryAfterMs?: number,
): void {
  s.failures++;
  // The same once more is nothing new where the one before is explained.
  if (!s.error?.findings || s.error.code !== error.code) s.error = error;
  const isToken = type === 'token-failed';
  const fromMs = s.nowMs + (retryAfterMs ?? 0);
  // Where the messenger asks, the one in hand is no answer.
  const leftMs = isToken && s.held && !s.askedAtMs ? usableUntilMs(s.held) - fromMs : 0;
  const retryAtMs = (s[isToken ? 'refetchAtMs' : 'retryAtMs'] =
    fromMs + backoffMs(s.failures, s.random, leftMs, retryAfterMs));
  if (retryAfterMs! < Infinity) s.notBeforeMs = fromMs;
  if (retryAfterMs! > PATIENCE_MS) s.failures = GIVE_UP;
  act(s, type, { code: error.code, retryAtMs: retryAtMs < Infinity ? retryAtMs : undefined });
}

/** A failure that will not pass: nothing is tried any more until the site calls login() again. */
function fail(s: Draft, error: MessengerAuthError): void {
  dismissAsk(s);
  // Nobody would renew a session that goes on.
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
  // What has ended a sign-in for good is still why nobody is signed in.
  if (s.wanted || !s.error) s.error = s.loadError;
  s.failures = GIVE_UP;
  act(s, 'load-failed', { code });
}

/** Forgets what went wrong, and whether anybody is to be signed in is as given, or as it was. */
function reset(s: Draft, wanted = s.wanted): void {
  s.wanted = wanted;
  s.error = undefined;
  s.failures = s.defects = s.refusedInRow = s.retryAtMs = s.refetchAtMs = 0;
}

/** Ends everything that is under way; what arrives later finds no one to whom it belongs. */
function end(s: Draft): void {
  answerAsk(s);
  cancelFetch(s);
  reset(s, false);
  s.user = s.loginUser = s.held = s.handed = s.inUse = s.mayBeIn = undefined;
  s.loginId = s.loginAtMs = s.fetchAtMs = s.inUseAtMs = 0;
}
