// A session without a driver: a test sends it events and sets its clock, to the millisecond.
import { isMessengerAuthError, MessengerAuthError } from '../../../src/core/errors.js';
import { createSession, step, type SessionEvent } from '../../../src/core/session.js';
import type { Effect } from '../../../src/core/effects.js';
import type { Limits, Session } from '../../../src/core/state.js';
import { createRecord, type StoredIdentity } from '../../../src/core/stored-identity.js';
import { FAKE_ACCOUNT, signToken } from '../../../src/testing/index.js';

export const LIMITS = {
  loadTimeoutMs: 10_000,
  tokenTimeoutMs: 9000,
  loginTimeoutMs: 15_000,
  refreshWhenHidden: false,
  consent: 'granted',
} as const;
export const START_MS = 1_800_000_000_000;
export const MINUTE_MS = 60_000;

export const codeOf = (error: unknown) => (isMessengerAuthError(error) ? error.code : error);

/** Starts a session with a clock of its own. It collects the session's effects until a test takes them. */
export function startSession(limits: Limits = LIMITS, random = 0.5) {
  let state: Session = createSession(limits);
  let nowMs = START_MS;
  let effects: Effect[] = [];
  let stored: StoredIdentity = {};
  const send = (...event: SessionEvent) => {
    state = step(state, event, nowMs, random, stored);
    effects.push(...state.effects);
  };
  const session = {
    get state() {
      return state;
    },
    get nowMs() {
      return nowMs;
    },
    /** The id of the open request; 0 if there is none. */
    get requestId() {
      return state.openRequest?.id ?? 0;
    },
    /** The id of the latest loginUser call; 0 if there was none. */
    get loginId() {
      return state.lastLogin?.id ?? 0;
    },
    send,
    /** What the messenger has stored from now on. */
    store: (identity: StoredIdentity) => void (stored = identity),
    /** Lets time pass, and wakes the session whenever it asked to be woken, as the driver does. */
    advance(ms: number) {
      const untilMs = nowMs + ms;
      for (let looks = 0; state.wakeAtMs <= untilMs; looks++) {
        if (looks > 1000) throw new Error('The session wakes up without end');
        nowMs = state.wakeAtMs;
        send('looked', {});
      }
      nowMs = untilMs;
      return session;
    },
    /** Lets time pass without waking the session, as on a sleeping laptop. */
    sleep: (ms: number) => void (nowMs += ms),
    /** Returns the types of the effects since the last call of this or `takeEffects`. */
    takeEffectTypes: () => effects.splice(0).map(([type]) => type),
    /** Returns the whole effects since the last call of this or `takeEffectTypes`. */
    takeEffects: () => effects.splice(0),
    mint(lifetimeS = 3600, user = 'ada', more: Record<string, unknown> = {}) {
      const iat = Math.floor(nowMs / 1000);
      return signToken({ external_id: user, iat, exp: iat + lifetimeS, ...more }, FAKE_ACCOUNT);
    },
    /** Lets time pass until the session has requested a token. */
    awaitRequest() {
      for (let looks = 0; !state.openRequest; looks++) {
        if (looks > 20 || state.wakeAtMs === Infinity) throw new Error('The session requests no token');
        session.advance(state.wakeAtMs - nowMs);
      }
      return session;
    },
    /** Answers the open request, or the next one. */
    deliverToken(...answer: [value?: unknown, dateMs?: number, ageMs?: number]) {
      session.awaitRequest();
      const [value = session.mint(), dateMs, ageMs] = answer;
      send('tokenArrived', session.requestId, value, dateMs, ageMs);
    },
    /** Lets the open request fail, or the next one. */
    failRequest: (retryAfterMs?: number) =>
      send('tokenFailed', session.awaitRequest().requestId, new MessengerAuthError('token_failed'), retryAfterMs),
    /** Looks at the page, as the timer does. */
    look: () => send('looked', {}),
    /** The messenger has stored a user's id, and the driver our record of an accepted login. */
    storeUser: (user = 'ada', storedId = `au-${user}`) =>
      session.store({ storedId, record: createRecord({ storedId }, user) }),
    ask: () => send('asked', session.loginId),
    accept: () => send('answered', session.loginId, ''),
    reject: (reason: string) => send('answered', session.loginId, reason),
    /** Calls login(), and makes the messenger live. The first token is requested, and has not arrived. */
    beginSignIn() {
      send('login');
      send('live');
      return session;
    },
    /** Delivers the token, and lets the messenger ask for it. Zendesk has not answered. */
    deliverTokenAndAsk(text?: string) {
      const { loginId } = session;
      session.deliverToken(text);
      if (session.loginId === loginId) throw new Error('The session does not call loginUser');
      session.ask();
      return session;
    },
    /** Lets time pass until loginUser is called. A renewed token is pushed shortly before the previous one expires. */
    awaitCall() {
      const { loginId } = session;
      for (let looks = 0; session.loginId === loginId; looks++) {
        if (looks > 100 || state.wakeAtMs === Infinity) throw new Error('The session does not call loginUser');
        session.advance(state.wakeAtMs - nowMs);
      }
      return session;
    },
    /** Delivers a renewed token, and lets the messenger ask for it when it is pushed. Zendesk has not answered. */
    push(text?: string) {
      session.deliverToken(text);
      session.awaitCall().ask();
      return session;
    },
    /** Completes a sign-in, and forgets its effects. Nothing is stored, as if the browser denied it. */
    signIn(text?: string) {
      session.beginSignIn().deliverTokenAndAsk(text).accept();
      effects = [];
      return session;
    },
    /** Completes a sign-in as the messenger and the driver do: they store the user's id and our record. */
    signInAndStore(user = 'ada') {
      session.beginSignIn().deliverTokenAndAsk(session.mint(3600, user));
      return session.acceptAndStore(user);
    },
    /** Accepts the login, and forgets all effects. */
    acceptAndStore(user = 'ada') {
      session.storeUser(user);
      session.accept();
      effects = [];
      return session;
    },
  };
  return session;
}
