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
    ['the time of a renewal', (session: Started) => session.advance(2_100_000)],
  ])('is noticed at %s', (_, happen) => {
    const session = lose();
    happen(session);
    expect(session.takeEffectTypes()).toContain('identity-lost');
  });

  it('gets no token of the user before: an open request is canceled', () => {
    const session = lose();
    session.storeUser();
    session.awaitRequest().takeEffectTypes();
    session.store({});
    session.look();
    expect(session.takeEffectTypes().slice(0, 2)).toEqual(['token-cancelled', 'identity-lost']);
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

  it('waits for the verdict during a login, because the messenger deletes the key when it refuses a token', () => {
    for (const reason of ['401: Invalid JWT', '']) {
      const session = startSession();
      session.storeUser();
      session.beginSignIn().deliverTokenAndAsk();
      session.takeEffectTypes();
      session.store({});
      session.look();
      expect(session.takeEffectTypes()).toEqual([]);
      // Another tab has signed out while Zendesk accepted the login.
      session.send('answered', session.loginId, reason);
      session.look();
      expect(session.takeEffectTypes().includes('identity-lost')).toBe(!reason);
    }
  });

  it('is noticed at the time limit of a push that got no verdict', () => {
    const session = startSession().signInAndStore().push();
    session.store({});
    session.look();
    expect(session.state).toMatchObject({ status: 'signed-in', isLost: true });
    session.advance(15_000);
    expect(session.state).toMatchObject({ status: 'signing-in', isLost: false });
  });

  it('after an ask without an answer was expected, and the repair signs in with the token in memory', () => {
    const session = startSession().signInAndStore();
    session.advance(3_600_000);
    session.ask();
    session.advance(9000);
    session.store({});
    session.takeEffectTypes();
    session.deliverToken();
    session.advance(1100);
    expect(session.takeEffectTypes().slice(-1)).toEqual(['push-called']);
  });

  it('makes the endpoint be asked again, although it has refused for good', () => {
    const session = lose();
    session.storeUser();
    session.failRequest(Infinity);
    session.advance(5000).takeEffectTypes();
    session.store({});
    session.look();
    expect(session.takeEffectTypes()).toEqual(['identity-lost', 'token-requested']);
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
    session.advance(50);
    expect(session.takeEffectTypes().slice(2)).toEqual(['messenger-live', 'user-changed', 'login-called']);
  });

  it('is signed out if the endpoint says so, but the new messenger does not use its identity', () => {
    const session = loseToBob();
    session.deliverToken();
    session.takeEffectTypes();
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'signed-out']);
  });
});

describe('A key that changes around a login', () => {
  it('that Zendesk refuses means no loss, even if another tab has signed in somebody: nobody was signed in here', () => {
    const session = startSession();
    session.storeUser();
    session.beginSignIn().deliverTokenAndAsk();
    session.storeUser('bob');
    session.look();
    session.takeEffectTypes();
    session.reject('401: Invalid JWT');
    expect(session.takeEffectTypes()).toEqual(['login-rejected', 'token-refused']);
    // The endpoint still says Ada, so the other tab's user must leave.
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('signed-out');
  });

  it.each([
    ['less than a minute after a sign-out is its late end, so the login is repeated', 59_999, 'push-called'],
    ['a minute after a sign-out means a loss', 60_000, 'identity-lost'],
  ])('%s', (_, afterMs, effect) => {
    const session = startSession().signInAndStore();
    session.send('logout');
    const signedOutAtMs = session.nowMs;
    session.store({});
    session.advance(50);
    session.send('login');
    session.deliverTokenAndAsk();
    session.acceptAndStore();
    session.advance(signedOutAtMs + afterMs - session.nowMs);
    session.takeEffectTypes();
    session.store({});
    session.look();
    expect(session.takeEffectTypes()[0]).toBe(effect);
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

describe('Another tab', () => {
  it('in which an anonymous visitor writes instead of the user: the messenger here still has the user, so it is started again [M 62]', () => {
    const session = lose({ storedId: 'au-1', isAnonymous: true });
    session.send('woke', 'visible', false, 'au-1');
    expect(session.takeEffectTypes()).toContain('messenger-lost');
  });

  it('that deletes the identity during a sign-in: the verdict says nothing about it [M 61]', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.send('woke', 'visible', false, null);
    session.acceptAndStore();
    expect(session.state.status).toBe('signing-in');
    session.deliverToken();
    expect(session.takeEffectTypes()).toContain('login-called');
  });

  it('that deletes the identity during a sign-in soon after a sign-out: the login is repeated, and nobody is signed out', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.store({});
    session.look();
    session.send('login');
    session.deliverTokenAndAsk();
    session.send('woke', 'visible', false, null);
    // The driver writes the record after this step.
    session.store({ storedId: 'au-ada' });
    session.takeEffectTypes();
    session.accept();
    expect(session.takeEffectTypes()).toEqual(['login-accepted', 'push-called']);
  });

  it('that stores an identity during a sign-in changes nothing', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.send('woke', 'visible', false, 'au-ada');
    session.acceptAndStore();
    expect(session.state.status).toBe('signed-in');
  });

  it('that signs in the same user changes nothing', () => {
    const session = startSession().signInAndStore();
    session.send('woke', 'visible', false, 'au-ada');
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-in');
  });

  it('that signs in another user changes nothing if the key of this user cannot be read', () => {
    const session = startSession().signIn();
    session.storeUser('bob');
    session.send('woke', 'visible', false, 'au-bob');
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-in');
  });

  it('in which an anonymous visitor writes before the token arrives: the request goes on', () => {
    const session = startSession().beginSignIn();
    session.takeEffectTypes();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.send('woke', 'visible', false, 'au-1');
    expect(session.takeEffectTypes()).toEqual([]);
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('login-called');
  });

  it("that completes the previous user's sign-out, too: the next user's token is not requested again", () => {
    const session = startSession().signInAndStore().awaitRequest();
    session.deliverToken(session.mint(3600, 'bob'));
    session.takeEffectTypes();
    session.store({});
    session.send('woke', 'visible', false, null);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
  });

  it('that stores the id again that is being signed out: this messenger goes on with the sign-out', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.send('woke', 'visible', false, 'au-ada');
    expect(session.takeEffectTypes()).toEqual(['signed-out']);
    session.store({});
    session.advance(50);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed']);
  });
});

it('Another tab that stores somebody else during a sign-out: the messenger here still has the previous user, so it is started again', () => {
  const session = startSession().signInAndStore();
  session.send('logout');
  session.store({ storedId: 'au-1', isAnonymous: true });
  session.send('woke', 'visible', false, 'au-1');
  expect(session.takeEffectTypes()).toEqual(['signed-out', 'messenger-lost', 'sign-out-completed']);
});
