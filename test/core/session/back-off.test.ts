// When the session repeats a token request, and when it stops.
import { describe, expect, it } from 'vitest';
import { codeOf, LIMITS, MINUTE_MS, startSession } from './start-session.js';

describe('Back-off and time limits of token requests', () => {
  it('cancels a request at its time limit, retries with back-off, and fails login() after three failures', () => {
    const session = startSession().beginSignIn();
    session.takeEffectTypes();
    session.advance(8999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    const [cancelled, failed] = session.takeEffects();
    expect(cancelled).toEqual(['token-cancelled', {}]);
    // The back-off is half of 2 s. The request is 9 s old, so the minimum distance does not matter.
    expect(failed).toEqual([
      'token-failed',
      { code: 'token_failed', reason: 'time-out', retryAtMs: session.nowMs + 1000 },
    ]);
    expect(session.state.failure!.message).toContain('(time-out)');
    session.advance(999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    session.failRequest();
    session.advance(2000);
    expect(session.takeEffectTypes()).toEqual(['token-failed', 'token-requested']);
    expect(session.state.status).toBe('signing-in');
    session.failRequest();
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('token_failed');
    session.takeEffectTypes();
    // The session retries in the background.
    session.advance(4000);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    session.deliverToken();
    expect(session.takeEffectTypes()).toContain('login-called');
    session.ask();
    session.accept();
    expect(session.state).toMatchObject({ status: 'signed-in', failure: undefined });
  });

  it('waits more than a second between two requests, whatever the back-off says', () => {
    const session = startSession(LIMITS, 0);
    session.send('login');
    session.takeEffectTypes();
    session.failRequest();
    session.advance(1099);
    expect(session.takeEffectTypes()).toEqual(['token-failed']);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('waits for Retry-After, and fails login() if the wait is long', () => {
    const session = startSession().beginSignIn();
    session.failRequest(15_000);
    expect(session.state.status).toBe('signing-in');
    session.takeEffectTypes();
    // The session adds a random delay, so that many tabs do not come back at the same time.
    session.advance(22_499);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);

    const long = startSession();
    long.send('login');
    long.send('live');
    long.failRequest(15_001);
    expect(long.state.status).toBe('failed');
    long.takeEffectTypes();
    // Another login() fails at once until the Retry-After is over.
    long.send('login');
    expect(long.state).toMatchObject({ status: 'failed' });
    expect(codeOf(long.state.failure)).toBe('token_failed');
    expect(long.takeEffectTypes()).toEqual([]);
    long.advance(1);
    long.send('login');
    expect(long.state.status).toBe('failed');
    long.advance(22_502);
    expect(long.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('stops when the endpoint says that retrying is useless; a signed-in visitor stays signed in while the token is good', () => {
    const session = startSession();
    session.send('login');
    session.failRequest(Infinity);
    expect(session.state.status).toBe('failed');
    expect(session.takeEffects().at(-1)).toEqual(['token-failed', { code: 'token_failed', retryAtMs: undefined }]);
    session.advance(9000);
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);

    const signedIn = startSession().signIn();
    signedIn.awaitRequest().takeEffectTypes();
    signedIn.failRequest(Infinity);
    expect(signedIn.state.status).toBe('signed-in');
    signedIn.advance(1_498_999);
    expect(signedIn.state.status).toBe('signed-in');
    signedIn.advance(1);
    expect(signedIn.state.status).toBe('failed');
    // The network is back, so the session tries once more.
    signedIn.takeEffectTypes();
    signedIn.send('woke', 'visible', true);
    expect(signedIn.takeEffectTypes()).toEqual(['token-requested']);
  });

  it("keeps a sign-in open for Zendesk's answer about the previous token when the endpoint has failed for good", () => {
    for (const reason of ['', '401: x']) {
      const session = startSession().beginSignIn().deliverTokenAndAsk();
      session.advance(1100);
      session.ask();
      session.takeEffectTypes();
      session.failRequest(Infinity);
      expect(session.takeEffects()).toEqual([
        ['token-failed', { code: 'token_failed', retryAtMs: undefined }],
        ['answered', { withToken: false }, undefined],
      ]);
      expect(session.state.status).toBe('signing-in');
      session.advance(5000);
      expect(session.takeEffectTypes()).toEqual([]);
      session.reject(reason);
      expect(session.state.status).toBe(reason ? 'signing-in' : 'signed-in');
      if (!reason) continue;
      expect(session.takeEffectTypes()).toEqual(['login-rejected', 'token-refused', 'token-requested']);
      session.failRequest(Infinity);
      expect(session.state.status).toBe('failed');
    }
  });

  it.each([
    [45_000, 'signing-in'],
    [44_999, 'failed'],
  ])('waits %i ms of a one-minute Retry-After across a sign-out, and is %s after login()', (waitMs, status) => {
    const session = startSession().beginSignIn();
    session.failRequest(MINUTE_MS);
    session.send('logout');
    session.advance(waitMs);
    session.takeEffectTypes();
    session.send('login');
    expect(session.state.status).toBe(status);
    expect(codeOf(session.state.failure)).toBe(status === 'failed' ? 'token_failed' : undefined);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('starts afresh at a login() at the very end of a Retry-After', () => {
    const session = startSession().beginSignIn();
    session.failRequest(MINUTE_MS);
    session.advance(MINUTE_MS);
    expect(session.state.status).toBe('failed');
    session.send('login');
    expect(session.state.status).toBe('signing-in');
  });

  it('keeps the failure count when the messenger goes live, and when a token arrives', () => {
    const session = startSession();
    session.send('login');
    session.failRequest();
    session.advance(1100);
    session.send('live');
    session.failRequest();
    session.advance(2000);
    session.deliverTokenAndAsk();
    expect(session.state.status).toBe('signing-in');
    session.reject('500: x');
    expect(session.state.status).toBe('failed');
  });

  it('continues the back-off after a long Retry-After, although login() has given up', () => {
    const session = startSession().beginSignIn();
    session.failRequest(20_000);
    expect(session.state.status).toBe('failed');
    session.awaitRequest().takeEffects();
    session.failRequest();
    expect(session.takeEffects()).toEqual([
      ['token-failed', { code: 'token_failed', retryAtMs: session.nowMs + 2000 }],
    ]);
  });
});
