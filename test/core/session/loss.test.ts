// The messenger has lost the user without telling. The stored key shows it [M 27, 61-64].
import { describe, expect, it } from 'vitest';
import { startSession } from './start-session.js';

type Started = ReturnType<typeof startSession>;

/** Ada is signed in, and then something else is stored. */
function lose(stored: Parameters<Started['store']>[0] = {}) {
  const session = startSession().signInAndStore();
  session.advance(120_000);
  session.takeEffectTypes();
  session.store(stored);
  return session;
}

/** Another tab has signed in as Bob. */
function loseToBob() {
  const session = lose();
  session.storeUser('bob');
  session.look();
  return session;
}

describe('A lost session', () => {
  it('is noticed when the key is gone: the endpoint is asked at once, and the status says so', () => {
    const session = lose();
    session.look();
    expect(session.takeEffectTypes()).toEqual(['identity-lost', 'token-requested']);
    expect(session.state).toMatchObject({ status: 'signing-in', user: undefined, held: undefined });
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('login-called');
    session.ask();
    session.acceptAndStore();
    expect(session.state.status).toBe('signed-in');
  });

  it.each([
    ['a wake-up', (session: Started) => session.send('woke', 'visible', false)],
    ['the closing of the window', (session: Started) => session.send('looked', { windowOpen: false })],
    ['an ask', (session: Started) => session.ask()],
    ['the time of a renewal', (session: Started) => session.advance(2_100_000)],
  ])('is noticed at %s', (_, happen) => {
    const session = lose();
    happen(session);
    expect(session.takeEffectTypes()).toContain('identity-lost');
  });

  it('gets no token of the user before: an open ask is answered without one, and an open request is canceled', () => {
    const session = lose();
    session.storeUser();
    session.ask();
    session.takeEffectTypes();
    session.store({});
    session.look();
    expect(session.takeEffects().slice(0, 3)).toEqual([
      ['answered', { withToken: false }, undefined],
      ['token-cancelled', {}],
      ['identity-lost', {}],
    ]);
  });

  it('ends when nobody is signed in to the site', () => {
    const session = lose();
    session.look();
    session.takeEffectTypes();
    session.deliverToken(null);
    // The messenger still has the user if it did not see the key disappear.
    expect(session.takeEffectTypes()).toEqual(['token-absent', 'signed-out', 'sign-out-completed']);
    expect(session.state.status).toBe('signed-out');
  });

  it('asks the endpoint in a hidden tab, too', () => {
    const session = lose();
    session.send('woke', 'hidden', false);
    expect(session.takeEffectTypes()).toEqual(['identity-lost', 'token-requested']);
  });

  it("is lost during a login as well, if the same user's identity was stored before", () => {
    const session = startSession();
    session.storeUser();
    session.beginSignIn().deliverTokenAndAsk();
    session.takeEffectTypes();
    session.store({});
    session.look();
    expect(session.takeEffectTypes()).toContain('identity-lost');
  });

  it('is asked for again although the endpoint has refused for good, or the verdict of the login was awaited', () => {
    const refused = lose();
    refused.storeUser();
    refused.failRequest(Infinity);
    const awaited = startSession();
    awaited.storeUser();
    awaited.beginSignIn().deliverTokenAndAsk(awaited.mint(10));
    awaited.advance(1100).failRequest(Infinity);
    for (const session of [refused, awaited]) {
      session.advance(5000).takeEffectTypes();
      session.store({});
      session.look();
      expect(session.takeEffectTypes()).toEqual(['identity-lost', 'token-requested']);
    }
  });

  it("with an anonymous visitor's key is signed in again, and nothing wipes that conversation", () => {
    const session = lose({ storedId: 'au-1', isAnonymous: true });
    session.look();
    expect(session.takeEffectTypes()).toEqual(['identity-lost', 'token-requested']);
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('login-called');
    const signedOut = lose({ storedId: 'au-1', isAnonymous: true });
    signedOut.look();
    signedOut.takeEffectTypes();
    signedOut.deliverToken(null);
    expect(signedOut.takeEffectTypes()).toEqual(['token-absent']);
  });

  it('is not lost without a key of its own, during a sign-out, or without consent', () => {
    const denied = startSession().signIn();
    denied.storeUser('bob');
    denied.look();
    const leaving = lose();
    leaving.storeUser();
    leaving.send('logout');
    leaving.send('login');
    leaving.storeUser('bob');
    leaving.look();
    const withdrawn = lose();
    withdrawn.send('setConsent', false);
    withdrawn.look();
    for (const session of [denied, leaving, withdrawn])
      expect(session.takeEffectTypes()).not.toContain('identity-lost');
  });
});

describe('Another tab that has signed in another user', () => {
  it('makes this one start the messenger again, because it still has the previous user [M 62]', () => {
    const session = loseToBob();
    const done = ['identity-lost', 'messenger-lost', 'load-requested', 'token-requested'];
    expect(session.takeEffectTypes()).toEqual(done);
    session.deliverToken(session.mint(3600, 'bob'));
    session.send('live');
    expect(session.takeEffectTypes().slice(2)).toEqual(['messenger-live', 'login-called']);
  });

  it('is signed out if the endpoint says so, but the new messenger does not use its identity', () => {
    const session = loseToBob();
    session.deliverToken();
    session.takeEffectTypes();
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'signed-out']);
  });
});

describe('Repeated losses', () => {
  /** Loses the session and signs in again. Returns how long the endpoint was not asked. */
  function loseAgain(session: Started, afterMs: number) {
    session.advance(afterMs);
    session.store({});
    session.look();
    const lostAtMs = session.nowMs;
    session.awaitRequest().deliverTokenAndAsk();
    const waitMs = session.nowMs - lostAtMs;
    session.acceptAndStore();
    return waitMs;
  }

  it('shortly after the login make the endpoint be asked ever later', () => {
    const session = startSession().signInAndStore();
    const waits = [2000, 2000, 2000, 2000, 2000, 2000, 2000].map((afterMs) => loseAgain(session, afterMs));
    expect(waits).toEqual([0, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it('do not count if the session lasted for a minute', () => {
    const session = startSession().signInAndStore();
    [2000, 2000, 2000].forEach((afterMs) => loseAgain(session, afterMs));
    expect(loseAgain(session, 60_000)).toBe(0);
    expect(loseAgain(session, 2000)).toBe(0);
    expect(loseAgain(session, 59_999)).toBe(2000);
  });
});
