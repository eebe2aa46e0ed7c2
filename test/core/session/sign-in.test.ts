// A sign-in from login() to the answer of Zendesk.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { START_MS, startSession } from './start-session.js';

describe('Signing in', () => {
  it('requests a token, calls loginUser when the messenger is live, and answers the ask in the same step', () => {
    const session = startSession();
    session.send('login');
    expect(session.takeActions()).toEqual([
      ['load-requested', {}],
      ['token-requested', { reason: 'sign-in' }, 1, 'sign-in'],
    ]);
    session.advance(100);
    const text = session.mint();
    session.deliverToken(text);
    const expiresAtMs = START_MS + 3_600_000;
    expect(session.takeActions()).toEqual([
      ['token-received', { lifetimeMs: 3_600_000 }],
      ['renewal-planned', { refreshAtMs: START_MS + 2_100_000, expiresAtMs }],
    ]);
    session.send('live');
    expect(session.takeActions()).toEqual([
      ['messenger-live', {}],
      ['login-called', {}, 2],
    ]);
    session.ask();
    expect(session.takeActions()).toEqual([
      ['asked', {}],
      ['answered', { withToken: true }, text],
    ]);
    expect(session.state.status).toBe('signing-in');
    session.accept();
    expect(session.takeActions()).toEqual([['login-accepted', {}, true]]);
    expect(session.state).toMatchObject({ status: 'signed-in', user: 'ada', failures: 0 });
  });

  it('does nothing at a second login()', () => {
    const session = startSession();
    session.send('login');
    session.takeActionTypes();
    session.send('login');
    expect(session.takeActionTypes()).toEqual([]);
    const signedIn = startSession().signIn();
    signedIn.send('login');
    expect(signedIn.takeActionTypes()).toEqual([]);
  });

  it('ignores results of other requests and logins, but always answers an ask', () => {
    const session = startSession().beginSignIn();
    session.takeActionTypes();
    session.send('tokenArrived', session.state.fetchId + 1, session.mint());
    session.send('tokenFailed', session.state.fetchId + 1, new MessengerAuthError('token_failed'));
    expect(session.takeActionTypes()).toEqual([]);
    session.deliverToken();
    session.takeActionTypes();
    session.send('answered', session.state.loginId - 1, '401: x');
    expect(session.takeActionTypes()).toEqual([]);
    // The session answers every ask, even one of an earlier login.
    session.send('asked', session.state.loginId - 1);
    expect(session.takeActions()).toEqual([
      ['asked', {}],
      ['answered', { withToken: false }, undefined],
    ]);
  });

  it('starts afresh at login() after a failure, and ignores login() during a sign-in', () => {
    const session = startSession().beginSignIn();
    for (const waitMs of [1100, 2000]) {
      session.failFetch();
      session.advance(waitMs);
      session.send('login');
    }
    expect(session.state.failures).toBe(2);
    session.advance(1200);
    session.failFetch();
    expect(session.state.status).toBe('failed');
    session.takeActionTypes();
    session.send('login');
    expect(session.state).toMatchObject({ status: 'signing-in', error: undefined, failures: 0 });
    expect(session.takeActionTypes()).toEqual(['token-requested']);
  });

  it('accepts the previous token again after a sign-out, because some endpoints keep it', () => {
    const session = startSession();
    const text = session.mint();
    session.signIn(text);
    session.send('logout');
    session.advance(2000);
    session.send('login');
    session.takeActionTypes();
    session.deliverToken(text);
    expect(session.takeActionTypes()).toContain('login-called');
  });

  it('accepts an answer to loginUser after the time limit if nothing has followed yet', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.advance(15_000);
    session.takeActionTypes();
    session.accept();
    expect(session.takeActionTypes()).toEqual(['login-accepted']);
    expect(session.state.status).toBe('signed-in');
  });
});
