// `logoutUser` ends when its server call has ended, and only the stored key shows that [M 51].
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { START_MS, startSession } from './start-session.js';

/** Ada is signed in, and logout() was called. The messenger has not ended the sign-out. */
function beginSignOut() {
  const session = startSession().signInAndStore();
  session.send('logout');
  session.takeEffectTypes();
  return session;
}

describe('A sign-out', () => {
  it('looks at the stored key every 50 ms', () => {
    const session = beginSignOut();
    expect(session.state.wakeAtMs).toBe(session.nowMs + 50);
    session.store({});
    session.advance(49);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed']);
    // Only to notice a sleep.
    expect(session.state.wakeAtMs).toBe(session.state.lateWipeUntilMs);
  });

  it('calls the messenger only once, however often logout() is called meanwhile', () => {
    const session = beginSignOut();
    session.send('logout');
    session.send('setUser', '');
    // What was set meanwhile was for the next user.
    expect(session.takeEffectTypes()).toEqual(['user-changed', 'user-changed']);
    session.store({});
    session.advance(50);
    session.send('logout');
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'signed-out', 'sign-out-completed']);
  });

  it('is complete when another identity is stored, such as that of another tab', () => {
    const session = beginSignOut();
    session.storeUser('bob');
    session.advance(50);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed']);
  });

  it('resets the messenger after 2 s', () => {
    const session = beginSignOut();
    session.advance(1999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['sign-out-delayed']);
    session.store({});
    session.look();
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed']);
  });

  it('also ends the conversation of an anonymous visitor, when the site asks for it', () => {
    const session = startSession();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.send('logout');
    expect(session.takeEffects()).toEqual([['signed-out', {}, false, true]]);
  });

  it('resets the messenger, too, if somebody is signed in and nothing is stored [M 54]', () => {
    const session = startSession().signIn();
    session.send('logout');
    expect(session.takeEffects()[0]).toEqual(['signed-out', {}, true, true]);
    session.send('logout');
    expect(session.takeEffects()[0]).toEqual(['signed-out', {}, false, true]);
  });
});

it('A sign-out is not watched any more after destroy()', () => {
  const session = beginSignOut();
  session.send('destroy');
  expect(session.takeEffectTypes()).toEqual([]);
  expect(session.state.wakeAtMs).toBe(Infinity);
});

it('The late end of a sign-out is still expected after a sleep, because the call of logoutUser sleeps, too [M 53]', () => {
  const session = beginSignOut();
  session.store({});
  session.advance(1000);
  const leftMs = session.state.lateWipeUntilMs - session.nowMs;
  session.sleep(1_209_600_000);
  session.send('woke', 'visible', false);
  expect(session.state.lateWipeUntilMs - session.nowMs).toBeGreaterThanOrEqual(leftMs);
});

it('A login that the late end of a sign-out has undone is repeated once [M 53]', () => {
  const session = startSession().signInAndStore();
  session.send('logout');
  session.send('login');
  session.store({});
  session.advance(50);
  session.deliverTokenAndAsk(session.mint(3600, 'bob'));
  // Zendesk has accepted the login, but its key is not stored.
  session.accept();
  expect(session.state.status).toBe('signing-in');
  session.awaitCall().ask();
  session.takeEffectTypes();
  session.accept();
  session.advance(60_000);
  expect(session.takeEffectTypes()).toEqual(['login-accepted']);
  expect(session.state.status).toBe('signed-in');
});

describe('A sign-out that not even the reset of the messenger completes', () => {
  it('makes login() fail after 6 s, and says that the sign-out is the reason', () => {
    const session = beginSignOut();
    session.send('login');
    session.deliverToken();
    session.advance(5999 - (session.nowMs - START_MS));
    expect(session.state.status).toBe('signing-in');
    session.advance(1);
    expect(session.state).toMatchObject({
      status: 'failed',
      failure: new MessengerAuthError('login_failed', 'sign-out'),
    });
  });

  it('is no failure if nobody is to be signed in', () => {
    const session = beginSignOut();
    session.advance(60_000);
    expect(session.state).toMatchObject({ status: 'signed-out', failure: undefined });
  });

  it('is still watched, so the next user is signed in when the key is gone', () => {
    const session = beginSignOut();
    session.send('login');
    session.deliverToken();
    session.advance(60_000);
    session.takeEffectTypes();
    session.store({});
    session.advance(250);
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
  });
});

it('No late end is expected when nothing was stored, so the next login is not repeated', () => {
  const session = startSession().signIn();
  session.send('logout');
  session.send('login');
  session.deliverTokenAndAsk();
  session.accept();
  session.takeEffectTypes();
  session.advance(60_000);
  expect(session.takeEffectTypes()).toEqual([]);
  expect(session.state.status).toBe('signed-in');
});

it('A sleep does not prolong the watch for the late end of a sign-out beyond the minute', () => {
  const session = beginSignOut();
  session.store({});
  session.advance(1000);
  session.sleep(86_400_000);
  session.send('login');
  session.deliverTokenAndAsk();
  session.acceptAndStore();
  session.advance(60_000);
  session.takeEffectTypes();
  session.store({});
  session.look();
  expect(session.takeEffectTypes()).toContain('identity-lost');
});

it('A login without a stored key counts a minute after a sign-out, and is not repeated', () => {
  const session = beginSignOut();
  session.store({});
  session.advance(50);
  session.send('login');
  session.advance(59_949);
  session.deliverTokenAndAsk();
  session.advance(60_000 - (session.nowMs - START_MS));
  session.accept();
  expect(session.state.status).toBe('signed-in');
});
