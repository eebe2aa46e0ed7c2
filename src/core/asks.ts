// What follows when the messenger asks for a token: at each `loginUser`, and after a 401.
import { answerAsk, dismissAsk, planRepair, TRY_MS } from './answers.js';
import { type Draft, emit, isDue } from './draft.js';
import type { PlacedToken } from './lifetime.js';
import { isExpired, isLoginOpen, usableToken } from './questions.js';
import { dropSuspectedToken, isRefused, refuse } from './refusals.js';
import { retryNow } from './retry.js';

// The limit for answering an ask in time. Two requests can be refused at the same moment, and only one of them asks for
// a token. If the answer takes longer than this, it misses the last try of the other request, and the messenger then
// signs the visitor out silently [M 26-28].
const LATE_MS = 450;
// The messenger repeats a refused request after 500 ms [M 26]. A token that was in use for longer than this had been
// accepted.
export const SETTLED_MS = 5000;

export function asked(s: Draft, loginId: number): void {
  emit(s, 'asked');
  s.askedAtMs ??= s.nowMs;
  const { lastLogin: login, handed } = s;
  // An older login id is fine if it is for the same user: a later loginUser may never have reached the messenger,
  // which then still uses the earlier callback.
  if (!login || loginId < login.firstId) return dismissAsk(s);
  // A login that is repeated asks, too. Its failures count until the verdict.
  if (handed || !isLoginOpen(s)) retryNow(s);
  // The messenger asks about a token that it already has.
  if (handed && isLoginOpen(s)) judgeAskDuringLogin(s);
  else if (handed) judgeAskInSession(s, handed);
}

/**
 * An ask during a login is only a suspicion: newer builds also ask after 409 and 429 [M 26], and Zendesk's verdict
 * follows.
 */
function judgeAskDuringLogin(s: Draft): void {
  const login = s.lastLogin!;
  if (login.replacesExpired || isExpired(s, s.handed!)) {
    // The ask is about an expired token: the one that this push replaces, or its own, which expired before the verdict.
    s.lastLogin = { ...login, replacesExpired: false, given: [] };
    s.isOffered = false;
    s.handed = undefined;
  } else {
    s.isSuspected = true;
    // Two tokens are enough to get the verdict.
    if (login.given.length + s.refusedInRow > 1) dismissAsk(s);
  }
}

/** In a running session, the ask itself is the verdict, unless the token has expired. */
function judgeAskInSession(s: Draft, handed: PlacedToken): void {
  // Undefined, if nothing was pushed, is not greater.
  if (s.pushedAtMs! > s.nowMs - SETTLED_MS) {
    // A token was pushed a moment ago. A request that was already on its way may still have carried the token before.
    // Hand the pushed token over once more before treating it as refused.
    s.pushedAtMs = s.handed = undefined;
    s.isOffered = false;
  } else if (!isExpired(s, handed) && !isRefused(s, handed.raw)) {
    // A token used for over 5 s was accepted, so this is a new refusal.
    if (s.nowMs - s.inUseSinceMs > SETTLED_MS) s.refusedInRow = 0;
    // A push was not answered, and the ask during that push may have been about this session, too.
    dropSuspectedToken(s);
    refuse(s, [handed.raw]);
  }
}

/** Answers an ask with no token at its time limit. */
export function limitAsk(s: Draft): void {
  if (s.askedAtMs && isDue(s, s.askedAtMs + s.limits.tokenTimeoutMs)) dismissAsk(s);
}

/** Answers an ask with the token in memory, once, unless the session belongs to another user [M 29]. */
export function answerWithToken(s: Draft): void {
  const usable = usableToken(s);
  const { lastLogin: login } = s;
  if (!usable || !s.askedAtMs || usable.user !== login?.user || s.isOffered) return;
  const isOpen = isLoginOpen(s);
  if (s.nowMs - s.askedAtMs > LATE_MS) planRepair(s, TRY_MS, s.windowOpen ? 'when-closed' : 'now');
  // After a refusal or a suspicion, the messenger does not report whether this token is better: the last tries of its
  // request come without an ask and can end in a silent sign-out [M 27]. Call loginUser after them to get a verdict.
  else if ((s.refusedInRow || !s.handed) && !isOpen) planRepair(s, SETTLED_MS, 'when-closed');
  // A login gets at most two tokens. Keep only the last two, because a session can run for weeks without another login.
  s.lastLogin = { ...login, given: [...login.given.slice(-1), usable.raw] };
  s.handed = usable;
  s.isOffered = true;
  if (!isOpen) {
    s.inUse = usable;
    s.inUseSinceMs = s.nowMs;
    s.isSuspected = false;
  }
  answerAsk(s, usable.raw);
}
