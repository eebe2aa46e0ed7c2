// Every way in which a visitor is signed out.
import { describe, expect, it } from 'vitest';
import { codeOf, LIMITS, startSession } from './start-session.js';

describe('Signing out', () => {
  it('ends quietly when nobody is signed in to the site, and signs out a visitor who was signed in', () => {
    const session = startSession().beginSignIn();
    session.takeEffectTypes();
    session.deliverToken(null);
    expect(session.takeEffectTypes()).toEqual(['token-absent']);
    expect(session.state.status).toBe('signed-out');
    const signedIn = startSession().signIn();
    expect(signedIn.awaitRequest().takeEffectTypes()).toContain('token-requested');
    signedIn.deliverToken(null);
    expect(signedIn.takeEffectTypes()).toEqual(['token-absent', 'signed-out', 'sign-out-completed']);
    const onTheWay = startSession();
    onTheWay.send('login');
    onTheWay.send('live');
    onTheWay.deliverToken();
    onTheWay.ask();
    onTheWay.ask();
    onTheWay.advance(2000);
    onTheWay.takeEffectTypes();
    onTheWay.deliverToken(null);
    expect(onTheWay.takeEffectTypes()).toEqual(['token-absent', 'answered', 'signed-out', 'sign-out-completed']);
  });

  it('signs out when nobody is signed in to the site and the sign-in timed out, but not if it was rejected', () => {
    for (const [reason, done] of [
      [undefined, ['token-absent', 'signed-out', 'sign-out-completed']],
      ['500: x', ['token-absent']],
      ['401: x', ['token-absent']],
    ] as const) {
      const session = startSession().beginSignIn().deliverTokenAndAsk(startSession().mint(10));
      session.advance(9000);
      expect(session.requestId).not.toBe(0);
      if (reason) session.reject(reason);
      else session.advance(LIMITS.loginTimeoutMs - 9000);
      session.awaitRequest().takeEffectTypes();
      session.deliverToken(null);
      expect(session.takeEffectTypes()).toEqual(done);
    }
  });

  it('signs out after a push that failed for good, because older builds keep the previous token [M 25]', () => {
    const session = startSession().signIn();
    session.push().takeEffectTypes();
    session.reject('409: x');
    expect(session.takeEffectTypes()).toEqual(['login-rejected', 'signed-out', 'sign-out-completed']);
    expect(codeOf(session.state.failure)).toBe('identity_conflict');
    expect(session.state.status).toBe('failed');
  });

  it('answers the ask with nothing, cancels the request, tells the messenger, and does nothing after that', () => {
    const session = startSession().signIn();
    session.advance(3_000_000);
    session.ask();
    session.takeEffectTypes();
    session.send('logout');
    expect(session.takeEffects()).toEqual([
      ['answered', { withToken: false }, undefined],
      ['token-cancelled', {}],
      // Somebody is signed in, and no key is stored [M 54].
      ['signed-out', {}, true, true],
      ['sign-out-completed', {}],
    ]);
    expect(session.state).toMatchObject({ status: 'signed-out', user: undefined, held: undefined });
    session.advance(86_400_000);
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('does not sign out again when the sign-in of another user fails for good: the first was signed out before', () => {
    const session = startSession().signIn();
    session.deliverToken(session.awaitRequest().mint(3600, 'bob'));
    session.advance(50).ask();
    expect(session.takeEffectTypes()).toContain('signed-out');
    session.reject('409: x');
    expect(codeOf(session.state.failure)).toBe('identity_conflict');
    expect(session.takeEffectTypes()).toEqual(['login-rejected']);
  });

  it('has nobody to sign out after a first login that a loginUser call of the page has superseded [M 23]', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('Not latest request');
    session.takeEffectTypes();
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toEqual(['user-changed']);
    expect(session.state.status).toBe('signed-out');
  });
});
