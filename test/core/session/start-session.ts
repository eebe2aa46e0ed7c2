// A session without a driver: a test sends it events and sets its clock, to the millisecond.
import { isMessengerAuthError, MessengerAuthError } from '../../../src/core/errors.js';
import { createSession, step, type SessionEvent } from '../../../src/core/session.js';
import type { Action, Session } from '../../../src/core/state.js';
import { FAKE_ACCOUNT, signToken } from '../../../src/testing/index.js';

export const LIMITS = { loadTimeoutMs: 10_000, tokenTimeoutMs: 9000, loginTimeoutMs: 15_000, refreshWhenHidden: false };
export const START_MS = 1_800_000_000_000;
export const MINUTE_MS = 60_000;

export const codeOf = (error: unknown) => (isMessengerAuthError(error) ? error.code : error);

/** Starts a session with a clock of its own. It collects the session's actions until a test takes them. */
export function startSession(limits = LIMITS, random = 0.5) {
  let state: Session = createSession(limits);
  let nowMs = START_MS;
  let actions: Action[] = [];
  const send = (...event: SessionEvent) => {
    state = step(state, event, nowMs, random);
    actions.push(...state.actions);
  };
  const session = {
    get state() {
      return state;
    },
    get nowMs() {
      return nowMs;
    },
    send,
    /** Lets time pass, and wakes the session whenever it asked to be woken, as the driver does. */
    advance(ms: number) {
      const untilMs = nowMs + ms;
      for (let looks = 0; state.wakeAtMs <= untilMs; looks++) {
        if (looks > 1000) throw new Error('The session wakes up without end');
        nowMs = state.wakeAtMs;
        send('looked', {});
      }
      nowMs = untilMs;
    },
    /** Lets time pass without waking the session, as on a sleeping laptop. */
    sleep: (ms: number) => void (nowMs += ms),
    /** Returns the types of the actions since the last call of this or `takeActions`. */
    takeActionTypes: () => actions.splice(0).map(([type]) => type),
    /** Returns the whole actions since the last call of this or `takeActionTypes`. */
    takeActions: () => actions.splice(0),
    mint(lifetimeS = 3600, user = 'ada', more: Record<string, unknown> = {}) {
      const iat = Math.floor(nowMs / 1000);
      return signToken({ external_id: user, iat, exp: iat + lifetimeS, ...more }, FAKE_ACCOUNT);
    },
    deliverToken: (value: unknown = session.mint(), serverNowMs?: number) =>
      send('tokenArrived', state.fetchId, value, serverNowMs),
    failFetch: (retryAfterMs?: number) =>
      send('tokenFailed', state.fetchId, new MessengerAuthError('token_failed'), retryAfterMs),
    ask: () => send('asked', state.loginId),
    accept: () => send('answered', state.loginId, ''),
    reject: (reason: string) => send('answered', state.loginId, reason),
    /** Calls login(), and makes the messenger live. The first token is requested, and has not arrived. */
    beginSignIn() {
      send('login');
      send('live');
      return session;
    },
    /** Delivers the token, and lets the messenger ask for it. Zendesk has not answered. */
    deliverTokenAndAsk(text?: string) {
      session.deliverToken(text);
      session.ask();
      return session;
    },
    /** Completes a sign-in, and forgets its actions. */
    signIn(text?: string) {
      session.beginSignIn().deliverTokenAndAsk(text).accept();
      actions = [];
      return session;
    },
  };
  return session;
}
