// The limit of attempts while nothing succeeds. What it does in eight hours of outage is in test/simulate/outage.test.ts.
import { describe, expect, it } from 'vitest';
import { codeOf, LIMITS, MINUTE_MS, startSession } from './start-session.js';

type Session = ReturnType<typeof startSession>;

/** Brings the visitor back until the session does not try any more. Returns how often it tried. */
function exhaust(session: Session, fail: () => void): number {
  for (let tries = 1; tries < 200; tries++) {
    fail();
    session.takeEffectTypes();
    session.advance(1200);
    session.send('woke', 'hidden', false);
    session.send('woke', 'visible', false);
    if (!session.requestId && session.state.loadState !== 'started') return tries;
  }
  throw new Error('The session tries without end');
}

function failRequests() {
  const session = startSession(LIMITS, 0.99).signIn(startSession().mint(60)).awaitRequest();
  const tries = exhaust(session, () => session.failRequest());
  return { session, tries };
}

describe('After fifty attempts without a success', () => {
  it('there is one request in ten minutes, although the visitor comes back again and again', () => {
    const { session, tries } = failRequests();
    expect(tries).toBeGreaterThan(45);
    expect(tries).toBeLessThanOrEqual(50);
    let requests = 0;
    for (let minute = 0; minute < 100; minute++) {
      session.advance(MINUTE_MS);
      session.send('woke', 'hidden', false);
      session.send('woke', 'visible', true);
      if (session.requestId) session.failRequest();
      requests += session.takeEffectTypes().filter((type) => type === 'token-requested').length;
    }
    expect(requests).toBeGreaterThanOrEqual(9);
    expect(requests).toBeLessThanOrEqual(11);
  });

  it('login() rejects at once, with the error before, and starts over when enough time has passed', () => {
    const { session } = failRequests();
    const { failure } = session.state;
    session.send('login');
    expect(session.state.status).toBe('failed');
    expect(session.state.failure).toBe(failure);
    session.send('logout');
    session.send('login');
    expect(session.state.status).toBe('failed');
    expect(session.state.failure).toMatchObject({ code: 'token_failed', reason: 'too many attempts' });
    session.sleep(50 * MINUTE_MS);
    session.send('login');
    expect(session.state).toMatchObject({ status: 'signing-in', failure: undefined });
  });

  it('login() rejects with the error of an unusable token', () => {
    const session = startSession().beginSignIn();
    let calls = 0;
    for (; session.state.status !== 'failed'; calls++) {
      session.deliverToken('<html>');
      session.deliverToken('<html>');
      session.advance(6000);
      session.send('login');
    }
    expect(calls).toBeGreaterThan(20);
    expect(calls).toBeLessThan(26);
    expect(codeOf(session.state.failure)).toBe('token_malformed');
  });

  it('load() rejects at once, with the error before', () => {
    const session = startSession();
    session.send('login');
    expect(exhaust(session, () => session.send('loadFailed', 'script_blocked'))).toBeGreaterThan(45);
    const { loadError } = session.state;
    session.send('load');
    expect(session.state).toMatchObject({ loadState: 'failed', loadError });
    expect(loadError!.code).toBe('script_blocked');
  });

  it('a success gives all attempts back', () => {
    const { session } = failRequests();
    session.advance(10 * MINUTE_MS);
    session.send('woke', 'hidden', false);
    session.send('woke', 'visible', false);
    session.deliverToken();
    expect(session.state.status).toBe('signed-in');
    // The push is the first one again.
    expect(session.state.attemptsMs).toBe(session.nowMs + 10 * MINUTE_MS);
  });
});

describe('The limit of attempts does not count', () => {
  it('renewals of a day with an open window, which delays every push', () => {
    const session = startSession().signIn(startSession().mint(300));
    session.send('looked', { windowOpen: true });
    for (let renewals = 0; renewals < 300; renewals++) {
      session.deliverToken(session.mint(300));
      expect(session.state.status).toBe('signed-in');
    }
  });

  it('a router that takes the messenger off the page at every visit, while the endpoint fails', () => {
    const session = startSession().beginSignIn();
    for (let visits = 0; visits < 100; visits++) {
      if (session.requestId) session.failRequest();
      session.takeEffectTypes();
      session.send('lost');
      session.advance(2 * MINUTE_MS);
      expect(session.takeEffectTypes()).toContain('load-requested');
      session.send('live');
    }
  });

  it('what has failed for the user before', () => {
    const session = startSession();
    session.send('setUser', 'a');
    session.send('live');
    exhaust(session, () => session.failRequest());
    session.send('setUser', 'b');
    expect(session.state).toMatchObject({ status: 'signing-in', failure: undefined });
    expect(session.awaitRequest().requestId).toBeGreaterThan(0);
  });

  it('sign-ins while nobody is signed in to the site', () => {
    const session = startSession();
    for (let visits = 0; visits < 100; visits++) {
      session.send('login');
      session.awaitRequest();
      session.deliverToken(null);
      session.advance(1200);
    }
  });

  it('a messenger without a sign-in that a router takes off the page at every visit', () => {
    const session = startSession();
    session.send('load');
    session.send('live');
    for (let visits = 0; visits < 100; visits++) {
      session.takeEffectTypes();
      session.send('lost');
      session.advance(2 * MINUTE_MS);
      expect(session.takeEffectTypes()).toContain('load-requested');
      session.send('live');
    }
  });
});

it('a login that is repeated while a renewed token arrives keeps its growing waits', () => {
  const session = startSession(LIMITS, 0.99).signIn(startSession().mint(300));
  const untilMs = session.nowMs + 60 * MINUTE_MS;
  let calls = 0;
  while (session.nowMs < untilMs) {
    session.advance(session.state.wakeAtMs - session.nowMs);
    if (session.state.lastLogin!.verdict === 'open') {
      session.ask();
      if (session.requestId) session.deliverToken(session.mint(300));
      session.reject('500: x');
      calls++;
    } else if (session.requestId) session.deliverToken(session.mint(300));
  }
  expect(calls).toBeGreaterThan(8);
  expect(calls).toBeLessThan(32);
});
