// Every decision of this library is made here and in the files that this one imports. The functions are pure: the same
// session, event, time and random number always give the same result.
//
// A step has two halves. A transition records what the event says. `proceed` then looks at everything that is known and
// does what is due. There are no timers to keep track of: `isDue(s, atMs)` also schedules the next wake-up at `atMs`.
import { TRY_MS } from './answers.js';
import { answerWithToken, asked, limitAsk } from './asks.js';
import { type Draft, wakeAt } from './draft.js';
import { readVisibleStatus, takeExplanation } from './explanation.js';
import {
  limitLoading,
  live,
  load,
  loadFailed,
  loadWaits,
  reloadOnReturn,
  remove,
  restart,
  startLoading,
  tagPlaced,
} from './loading.js';
import { answered, callLogin, limitLogin } from './login.js';
import { noticeLoss, noticeOtherTab } from './loss.js';
import { isExpired } from './questions.js';
import { retryNow, skipSleep } from './retry.js';
import { limitSignOut } from './sign-out.js';
import { login, logout, setConsent, setUser } from './site-calls.js';
import type { Limits, PageVisibility, Session, Status } from './state.js';
import type { StoredIdentity } from './stored-identity.js';
import { limitRequest, renew, requestToken, resume, tokenArrived, tokenFailed } from './token-supply.js';
import { noticeConversation } from './ownership.js';
import { end } from './visitor.js';

// A timer in a hidden tab is at most one minute late [M 39]. If it is later, the computer was asleep.
const LATEST_TIMER_MS = 60_000;

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
    loadAtMs: 0,
    page: 'visible',
    hasConsent: limits.consent === 'granted',
    stored: {},
    lateWipeUntilMs: 0,
    losses: 0,
    restarts: 0,
    refused: [],
    nextRequestAtMs: 0,
    retryAfterEndsAtMs: 0,
    attemptsMs: 0,
    followUpsMs: 0,
    followUpsBlockedUntilMs: 0,
    triesEndAtMs: 0,
    lastId: 0,
    wakeAtMs: Infinity,
  } as Partial<Session> as Draft;
  // `end` sets most other fields. The remaining ones are set before they are read.
  end(s);
  return s;
}

/**
 * @param random - at least 0 and less than 1, for jitter
 * @param stored - what is stored in the browser now; default: what it was before
 */
export function step(
  session: Session,
  [name, ...details]: SessionEvent,
  nowMs: number,
  random: number,
  stored: StoredIdentity = session.stored,
): Session {
  // No prototype: a property that the page adds to Object.prototype must not look like a field of the session.
  const s = { __proto__: null, ...session, nowMs, chance: random, stored, effects: [], wakeAtMs: Infinity } as Draft;
  if (nowMs - session.wakeAtMs > LATEST_TIMER_MS) noticeSleep(s, session);
  noticeConversation(s);
  (transitions[name] as (s: Draft, ...details: unknown[]) => void)(s, ...details);
  // What a pass starts has its own wake-up times, which the next pass schedules: a sign-out, and then the login after it.
  for (let look = 0; look < 3; look++) {
    limitLoading(s);
    limitRequest(s);
    limitLogin(s);
    noticeLoss(s);
    limitAsk(s);
    limitSignOut(s);
    proceed(s);
  }
  s.status = readVisibleStatus(s, readStatus(s), session.status);
  return s;
}

const transitions = {
  load,
  login,
  logout,
  setUser,
  setConsent,
  remove,
  renew,
  destroy(s: Draft) {
    end(s);
    // Nothing is watched any more.
    s.signOut = undefined;
    s.lateWipeUntilMs = 0;
    if (s.loadState !== 'live') s.loadState = undefined;
    s.last = s.tokenToExplain = undefined;
    s.refused = [];
  },

  loadWaits,
  tagPlaced,
  live,
  loadFailed,
  lost: restart,
  tokenArrived,
  tokenFailed,
  asked,
  answered,
  explained: takeExplanation,

  /** Records what was seen on the page. The timer sends this event with nothing seen. */
  looked(s: Draft, seen: Pick<Session, 'windowOpen' | 'scriptRan'>) {
    Object.assign(s, seen);
  },
  /**
   * @param cameOnline - whether the network came back
   * @param otherTabsId - the stored id, if another tab has changed it; `null` if that tab has deleted it
   */
  woke(s: Draft, page: PageVisibility, cameOnline: boolean, otherTabsId?: string | null) {
    if (otherTabsId !== undefined) noticeOtherTab(s, !otherTabsId);
    if (cameOnline || (s.page !== 'visible' && page === 'visible')) {
      retryNow(s);
      if (cameOnline) skipSleep(s);
      resume(s);
      // A defect from before the return may have been the offline page of a service worker.
      s.hasDefect = false;
      reloadOnReturn(s);
    }
    s.page = page;
  },
};

/** The computer was asleep. */
function noticeSleep(s: Draft, before: Session): void {
  // Nothing loads during sleep. Restart the load timeout: giving up and loading again could boot a second widget [M 7].
  if (s.loadState === 'started') s.loadAtMs = s.nowMs;
  // Nothing failed during sleep.
  skipSleep(s);
  s.lateWipeUntilMs += s.nowMs - before.nowMs;
  // The messenger's own retries were asleep, too.
  if (s.triesEndAtMs > before.nowMs) s.triesEndAtMs = s.nowMs + 2 * TRY_MS;
}

/** Does what is due. */
function proceed(s: Draft): void {
  startLoading(s);
  if (s.wish !== 'signed-in') {
    // After a final failure the messenger may still be retrying. A sleep prolongs its retries, and `step` notices a
    // sleep only if a wake-up was scheduled.
    if (s.failure) wakeAt(s, s.triesEndAtMs);
    return;
  }
  answerWithToken(s);
  callLogin(s);
  requestToken(s);
}

function readStatus(s: Draft): Status {
  if (s.wish !== 'signed-in') return s.failure ? 'failed' : 'signed-out';
  if (s.held && !s.isOut && s.held.user === s.user && !isExpired(s, s.held)) return 'signed-in';
  return s.hasGivenUp ? 'failed' : 'signing-in';
}
