// Another user signs in. The messenger must have forgotten the previous one before `loginUser` is called, because it sends
// what is stored at that time [M 48, 52].
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, startSession } from './start-session.js';

type Started = ReturnType<typeof startSession>;

/** Ada is signed in, and the endpoint returns Bob's token at a renewal. */
function renewWithBob() {
  const session = startSession().signInAndStore('ada').awaitRequest();
  session.takeEffectTypes();
  session.deliverToken(session.mint(3600, 'bob'));
  return session;
}

/** The server call of the sign-out has ended, and the messenger has deleted its keys. */
function completeSignOut(session: Started) {
  session.store({});
  session.look();
  return session;
}

describe('Another user', () => {
  it("is signed in when the previous user's identity is gone, and not earlier", () => {
    const session = renewWithBob();
    expect(session.takeEffects().slice(2)).toEqual([
      ['user-changed', {}],
      ['signed-out', {}, false, false],
    ]);
    expect(session.state).toMatchObject({ status: 'signing-in', user: undefined });
    session.advance(3000);
    expect(session.takeEffectTypes()).toEqual([]);
    completeSignOut(session);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
    session.ask();
    session.acceptAndStore('bob');
    expect(session.state).toMatchObject({ status: 'signed-in', user: 'bob' });
  });

  it('does not wait for the window to be closed, nor for retries of the messenger', () => {
    const session = startSession().signInAndStore('ada');
    session.send('looked', { windowOpen: true });
    session.advance(3_600_000);
    session.ask();
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    expect(session.takeEffects().slice(2)).toEqual([
      ['answered', { withToken: false }, undefined],
      ['user-changed', {}],
      ['signed-out', {}, false, false],
    ]);
    completeSignOut(session);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
  });

  it('waits for at most 4 s: then the messenger is reset', () => {
    const session = renewWithBob();
    session.takeEffectTypes();
    session.advance(3999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['sign-out-delayed']);
    // The reset could not delete the key: the next user is not signed in with it.
    session.advance(10_000);
    expect(session.takeEffectTypes()).toEqual([]);
    completeSignOut(session);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
  });

  it('is signed in again when the end of a delayed sign-out has removed the identity [M 53]', () => {
    const session = renewWithBob();
    session.advance(4000);
    completeSignOut(session).ask();
    session.acceptAndStore('bob');
    session.advance(MINUTE_MS);
    expect(session.takeEffectTypes()).toEqual([]);
    session.store({});
    session.advance(250);
    // The token in memory is good.
    expect(session.takeEffectTypes()).toEqual(['push-called']);
    expect(session.state.status).toBe('signing-in');
    session.ask();
    session.acceptAndStore('bob');
    expect(session.state.status).toBe('signed-in');
  });

  it('watches for the end of a delayed sign-out for five minutes', () => {
    const session = renewWithBob();
    session.advance(4000);
    completeSignOut(session).ask();
    session.acceptAndStore('bob');
    session.advance(4 * MINUTE_MS);
    expect(session.state.wakeAtMs).toBeLessThanOrEqual(session.nowMs + 250);
    session.advance(MINUTE_MS);
    const { nowMs } = session;
    session.look();
    expect(session.state.wakeAtMs).toBeGreaterThan(nowMs + MINUTE_MS);
  });

  it('during a login of the previous user ends that login first [M 57]', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    const { loginId } = session;
    session.advance(1100).ask();
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    session.advance(50);
    const done = ['answered', 'user-changed', 'signed-out', 'sign-out-completed', 'login-called'];
    expect(session.takeEffectTypes().slice(2)).toEqual(done);
    session.send('answered', loginId, '');
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signing-in');
  });

  it('is signed in without a sign-out if the login of the previous user was refused: the messenger has nobody', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('401: x');
    session.awaitRequest().takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    session.advance(50);
    expect(session.takeEffectTypes().slice(2)).toEqual(['user-changed', 'login-called']);
  });

  it('does not wait for the retries of a messenger that has just got no token for the previous user', () => {
    const session = startSession().signInAndStore('ada');
    session.send('woke', 'hidden', false);
    session.advance(3_600_000);
    session.ask();
    session.advance(1000);
    session.failRequest();
    // The next request is still open at the time limit of the ask.
    session.advance(8000);
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    expect(session.takeEffectTypes().slice(2)).toEqual(['user-changed', 'signed-out']);
  });

  it('after a login of the previous user that got no answer signs out first', () => {
    const session = startSession().beginSignIn();
    session.deliverTokenAndAsk(session.mint(10));
    session.advance(15_000);
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    session.advance(5000);
    const done = [
      'token-received',
      'renewal-planned',
      'user-changed',
      'signed-out',
      'sign-out-completed',
      'login-called',
    ];
    expect(session.takeEffectTypes()).toEqual(done);
  });
});

describe('The same user after logout()', () => {
  it('waits, too, because the end of the sign-out would remove the new login [M 80]', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.send('login');
    session.takeEffectTypes();
    session.deliverToken();
    session.advance(300);
    expect(session.takeEffectTypes()).not.toContain('login-called');
    completeSignOut(session);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
  });

  it('gives the sign-out 4 s instead of 2 s', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.advance(1000);
    session.send('login');
    session.advance(2999);
    expect(session.takeEffectTypes()).not.toContain('sign-out-delayed');
    session.advance(1);
    expect(session.takeEffectTypes()).toContain('sign-out-delayed');
  });
});

describe('setUser()', () => {
  it('forgets what the page has set for the previous user, and signs that one out', () => {
    const session = startSession().signInAndStore();
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toEqual(['user-changed', 'signed-out']);
    expect(session.state).toMatchObject({ status: 'signed-out', held: undefined });
  });

  it('signs out a user of an earlier page, and keeps what this page has set', () => {
    const session = startSession();
    session.storeUser();
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toEqual(['signed-out', 'load-requested']);
  });

  it('ends a sign-in whose login was not called, and signs nobody out', () => {
    const session = startSession();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.beginSignIn().takeEffectTypes();
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toEqual(['user-changed', 'token-cancelled']);
  });

  it('with the same id does not start a failed sign-in again, because frameworks repeat the call', () => {
    const session = startSession();
    session.send('setUser', 'ada');
    session.send('live');
    for (let failures = 0; failures < 3; failures++) session.failRequest();
    session.advance(1100).takeEffectTypes();
    session.send('setUser', 'ada');
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('failed');
  });

  it('with the same id fetches no token in a hidden tab', () => {
    const session = startSession();
    session.send('setUser', 'ada');
    session.send('live');
    session.deliverTokenAndAsk().accept();
    session.send('woke', 'hidden', false);
    session.advance(7_200_000).takeEffectTypes();
    session.send('setUser', 'ada');
    session.advance(7_200_000);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('does nothing for an anonymous visitor', () => {
    const session = startSession();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
  });
});
