// A sign-in from login() to the answer of Zendesk.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { createRecord } from '../../../src/core/stored-identity.js';
import { START_MS, startSession } from './start-session.js';

describe('Signing in', () => {
  it('requests a token, calls loginUser when the messenger is live, and answers the ask in the same step', () => {
    const session = startSession();
    session.send('login');
    expect(session.takeEffects()).toEqual([
      ['load-requested', {}],
      ['token-requested', { reason: 'sign-in' }, 1, 'sign-in'],
    ]);
    session.advance(100);
    const text = session.mint();
    session.deliverToken(text);
    const expiresAtMs = START_MS + 3_600_000;
    expect(session.takeEffects()).toEqual([
      ['token-received', { lifetimeMs: 3_600_000 }, false],
      ['renewal-planned', { refreshAtMs: START_MS + 2_100_000, expiresAtMs }],
    ]);
    session.send('live');
    expect(session.takeEffects()).toEqual([
      ['messenger-live', {}, false],
      ['login-called', {}, 2],
    ]);
    session.ask();
    expect(session.takeEffects()).toEqual([
      ['asked', {}],
      ['answered', { withToken: true }, text],
    ]);
    expect(session.state.status).toBe('signing-in');
    session.accept();
    expect(session.takeEffects()).toEqual([['login-accepted', {}, true, createRecord({}, 'ada')]]);
    expect(session.state).toMatchObject({ status: 'signed-in', user: 'ada', failures: 0 });
  });

  it('does nothing at a second login()', () => {
    const session = startSession();
    session.send('login');
    session.takeEffectTypes();
    session.send('login');
    expect(session.takeEffectTypes()).toEqual([]);
    const signedIn = startSession().signIn();
    signedIn.send('login');
    expect(signedIn.takeEffectTypes()).toEqual([]);
  });

  it('ignores results of other requests and logins, but always answers an ask', () => {
    const session = startSession().beginSignIn();
    session.takeEffectTypes();
    session.send('tokenArrived', session.requestId + 1, session.mint());
    session.send('tokenFailed', session.requestId + 1, new MessengerAuthError('token_failed'));
    expect(session.takeEffectTypes()).toEqual([]);
    session.deliverToken();
    session.takeEffectTypes();
    session.send('answered', session.loginId - 1, '401: x');
    expect(session.takeEffectTypes()).toEqual([]);
    // The session answers every ask, even one of an earlier login.
    session.send('asked', session.loginId - 1);
    expect(session.takeEffects()).toEqual([
      ['asked', {}],
      ['answered', { withToken: false }, undefined],
    ]);
  });

  it('starts afresh at login() after a failure, and ignores login() during a sign-in', () => {
    const session = startSession().beginSignIn();
    for (const waitMs of [1100, 2000]) {
      session.failRequest();
      session.advance(waitMs);
      session.send('login');
    }
    expect(session.state.failures).toBe(2);
    session.advance(1200);
    session.failRequest();
    expect(session.state.status).toBe('failed');
    session.takeEffectTypes();
    session.send('login');
    expect(session.state).toMatchObject({ status: 'signing-in', failure: undefined, failures: 0 });
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('accepts the previous token again after a sign-out, because some endpoints keep it', () => {
    const session = startSession();
    const text = session.mint();
    session.signIn(text);
    session.send('logout');
    session.advance(2000);
    session.send('login');
    session.takeEffectTypes();
    session.deliverToken(text);
    expect(session.takeEffectTypes()).toContain('login-called');
  });

  it('accepts an answer to loginUser after the time limit if nothing has followed yet', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.advance(15_000);
    session.takeEffectTypes();
    session.accept();
    expect(session.takeEffectTypes()).toEqual(['login-accepted']);
    expect(session.state.status).toBe('signed-in');
  });
});
