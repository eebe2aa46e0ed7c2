// How the session replaces a token before it expires.
import { describe, expect, it } from 'vitest';
import { createRecord } from '../../../src/core/stored-identity.js';
import { codeOf, LIMITS, startSession } from './start-session.js';

describe('Renewing the token', () => {
  const push = () => {
    const session = startSession().signIn().push();
    session.takeEffectTypes();
    return session;
  };

  it('pushes the renewed token with loginUser 2 minutes before the expiry, and does not restore what the page had set', () => {
    const session = startSession().signIn();
    session.advance(2_099_999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffects()).toEqual([['token-requested', { reason: 'renewal' }, session.requestId, 'renewal']]);
    const text = session.mint();
    session.deliverToken(text);
    // Not earlier: if a push fails, newer builds have nobody [M 25]. The last second of a token counts as expired.
    session.advance(3_600_000 - 2_100_000 - 121_000 - 1);
    expect(session.takeEffectTypes()).toEqual(['token-received', 'renewal-planned']);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['push-called']);
    session.ask();
    expect(session.takeEffects()[1]).toEqual(['answered', { withToken: true }, text]);
    session.accept();
    expect(session.takeEffects()).toEqual([['login-accepted', {}, false, createRecord({}, 'ada')]]);
  });

  it('does not push while the window is open, and not after an ask has taken the renewed token', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.awaitRequest().takeEffectTypes();
    const text = session.mint();
    session.deliverToken(text);
    expect(session.takeEffectTypes()).toEqual(['token-received', 'renewal-planned']);
    session.advance(10_000);
    session.ask();
    expect(session.state.handed!.raw).toBe(text);
    session.takeEffectTypes();
    session.send('looked', { windowOpen: false });
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('pushes when the window closes if no ask has taken the renewed token', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_000_000);
    session.deliverToken();
    session.advance(500_000);
    session.takeEffectTypes();
    session.send('looked', { windowOpen: false });
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it("signs in the other user when the renewed token is another user's, and does not answer an ask with it", () => {
    const session = startSession().signIn();
    session.advance(3_000_000);
    session.takeEffectTypes();
    session.ask();
    const other = session.mint(3600, 'bob');
    session.takeEffectTypes();
    session.deliverToken(other);
    session.advance(50);
    expect(session.takeEffects().slice(-5)).toEqual([
      ['answered', { withToken: false }, undefined],
      ['user-changed', {}],
      ['signed-out', {}, true, false],
      ['sign-out-completed', {}],
      ['login-called', {}, session.loginId],
    ]);
    expect(session.state).toMatchObject({ status: 'signing-in', user: undefined, lastLogin: { user: 'bob' } });
  });

  it('never renews a token without exp', () => {
    const session = startSession().beginSignIn();
    session.deliverToken(session.mint(0, 'ada', { exp: undefined }));
    expect(session.takeEffectTypes()).not.toContain('renewal-planned');
    session.ask();
    session.accept();
    session.takeEffectTypes();
    session.advance(90 * 86_400_000);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-in');
  });

  it('keeps the good token when a renewal fails, retries with back-off, and retries at once when the network is back', () => {
    const session = startSession().signIn();
    session.awaitRequest().advance(2000);
    session.failRequest();
    expect(session.state.status).toBe('signed-in');
    session.takeEffectTypes();
    session.advance(500);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('woke', 'visible', false);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it("repeats a push that the page's own loginUser has superseded, and restores what that has cleared", () => {
    const session = push();
    session.reject('Not latest request');
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual(['push-called']);
    session.ask();
    session.takeEffectTypes();
    session.accept();
    expect(session.takeEffects()).toEqual([['login-accepted', {}, true, createRecord({}, 'ada')]]);
  });

  it('answers an ask with the token of a push that failed, but not with that of a push that timed out', () => {
    for (const reason of ['500: x', undefined]) {
      const session = startSession().signIn().awaitRequest();
      const next = session.mint();
      session.push(next);
      if (reason) session.reject(reason);
      else session.advance(LIMITS.loginTimeoutMs);
      session.takeEffectTypes();
      session.ask();
      const answered = ['answered', { withToken: true }, next];
      if (reason) expect(session.takeEffects()).toContainEqual(answered);
      else expect(session.takeEffects()).not.toContainEqual(answered);
    }
  });

  it('resets the failure count when the renewed token arrives', () => {
    const session = startSession().signIn();
    session.advance(3_000_000);
    session.failRequest();
    session.advance(1100);
    session.failRequest();
    session.advance(2000);
    session.deliverToken();
    expect(session.state.failures).toBe(0);
  });

  it('pushes the renewed token although the request for the next one fails', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(2_100_000);
    session.deliverToken();
    session.advance(2_550_000);
    session.failRequest();
    session.takeEffectTypes();
    session.send('looked', { windowOpen: false });
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it('pushes at once after a slow login if the token of that login is about to expire', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk(startSession().mint(20));
    // It is renewed while Zendesk has not answered.
    session.deliverToken();
    session.takeEffectTypes();
    session.accept();
    expect(session.takeEffectTypes()).toEqual(['login-accepted', 'push-called']);
  });

  it('repeats a superseded push in the same step if the back-off is zero', () => {
    const session = startSession(LIMITS, 0).signIn(startSession().mint(600));
    session.advance(session.state.held!.renewalMs - session.nowMs);
    session.deliverTokenAndAsk(session.mint(600));
    session.reject('Not latest request');
    expect(session.state.effects.map(([type]) => type)).toContain('push-called');
  });

  it('forgets a failed request when the next token has arrived, so that a later failure has its own reason', () => {
    const session = startSession().signIn();
    session.failRequest();
    expect(codeOf(session.state.failure)).toBe('token_failed');
    session.deliverToken();
    expect(session.state.failure).toBeUndefined();
  });
});

describe('A renewal that a developer asks for', () => {
  it('requests a token at once, which the messenger gets as usual', () => {
    const session = startSession().signIn();
    session.advance(60_000);
    session.takeEffectTypes();
    session.send('renew');
    expect(session.takeEffects()).toEqual([['token-requested', { reason: 'renewal' }, session.requestId, 'renewal']]);
    const text = session.mint();
    session.deliverToken(text);
    expect(session.state).toMatchObject({ status: 'signed-in', held: { raw: text } });
    expect(session.state.held!.renewalMs).toBeGreaterThan(session.nowMs + 60_000);
    session.takeEffectTypes();
    session.advance(1_000_000);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('keeps the distance of 1.1 s to the last request, and there is one request at a time', () => {
    const session = startSession().signIn();
    session.takeEffectTypes();
    const { nextRequestAtMs } = session.state;
    expect(nextRequestAtMs).toBeGreaterThan(session.nowMs);
    session.send('renew');
    session.advance(nextRequestAtMs - session.nowMs - 1);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    session.send('renew');
    session.advance(1100);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('waits for the end of the back-off, and of a Retry-After', () => {
    const session = startSession().signIn();
    session.advance(5000);
    session.send('renew');
    session.failRequest(120_000);
    session.takeEffectTypes();
    session.send('renew');
    session.advance(119_999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.awaitRequest();
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('waits in a hidden tab until it is seen', () => {
    const session = startSession().signIn();
    session.advance(5000);
    session.send('woke', 'hidden', false);
    session.takeEffectTypes();
    session.send('renew');
    session.advance(60_000);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('woke', 'visible', false);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('follows a refusal only within the limit after refusals', () => {
    const session = startSession().signIn();
    session.advance(5000);
    session.send('looked', { windowOpen: true });
    session.ask();
    session.takeEffectTypes();
    session.send('renew');
    // The request after the refusal is open already, and it is the only one.
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.held).toBeUndefined();
  });

  it.each([
    ['without a sign-in', () => startSession()],
    [
      'after a sign-out',
      () => {
        const session = startSession().signIn();
        session.send('logout');
        return session;
      },
    ],
    [
      'without consent',
      () => {
        const session = startSession().signIn();
        session.send('setConsent', false);
        return session;
      },
    ],
  ])('does nothing %s', (_, start) => {
    const session = start();
    session.advance(5000);
    session.takeEffectTypes();
    session.send('renew');
    session.advance(60_000);
    expect(session.takeEffectTypes()).not.toContain('token-requested');
  });
});
