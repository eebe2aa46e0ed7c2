// When the session repeats a token request, and when it stops.
import { describe, expect, it } from 'vitest';
import { codeOf, LIMITS, MINUTE_MS, startSession } from './start-session.js';

describe('Back-off and time limits of token requests', () => {
  it('cancels a request at its time limit, retries with back-off, and fails login() after three failures', () => {
    const session = startSession().beginSignIn();
    session.takeActionTypes();
    session.advance(8999);
    expect(session.takeActionTypes()).toEqual([]);
    session.advance(1);
    const [cancelled, failed] = session.takeActions();
    expect(cancelled).toEqual(['token-cancelled', {}]);
    // The back-off is half of 2 s. The request is 9 s old, so the minimum distance does not matter.
    expect(failed).toEqual(['token-failed', { code: 'token_failed', retryAtMs: session.nowMs + 1000 }]);
    expect(session.state.error!.message).toContain('(time-out)');
    session.advance(999);
    expect(session.takeActionTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
    session.failFetch();
    session.advance(2000);
    expect(session.takeActionTypes()).toEqual(['token-failed', 'token-requested']);
    expect(session.state.status).toBe('signing-in');
    session.failFetch();
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.error)).toBe('token_failed');
    session.takeActionTypes();
    // The session retries in the background.
    session.advance(4000);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
    session.deliverToken();
    expect(session.takeActionTypes()).toContain('login-called');
    session.ask();
    session.accept();
    expect(session.state).toMatchObject({ status: 'signed-in', error: undefined });
  });

  it('waits more than a second between two requests, whatever the back-off says', () => {
    const session = startSession(LIMITS, 0);
    session.send('login');
    session.takeActionTypes();
    session.failFetch();
    session.advance(1099);
    expect(session.takeActionTypes()).toEqual(['token-failed']);
    session.advance(1);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
  });

  it('waits for Retry-After, and fails login() if the wait is long', () => {
    const session = startSession().beginSignIn();
    session.failFetch(15_000);
    expect(session.state.status).toBe('signing-in');
    session.takeActionTypes();
    // The session adds a random delay, so that many tabs do not come back at the same time.
    session.advance(22_499);
    expect(session.takeActionTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeActionTypes()).toEqual(['token-requested']);

    const long = startSession();
    long.send('login');
    long.send('live');
    long.failFetch(15_001);
    expect(long.state.status).toBe('failed');
    long.takeActionTypes();
    // Another login() fails at once until the Retry-After is over.
    long.send('login');
    expect(long.state).toMatchObject({ status: 'failed' });
    expect(codeOf(long.state.error)).toBe('token_failed');
    expect(long.takeActionTypes()).toEqual([]);
    long.advance(1);
    long.send('login');
    expect(long.state.status).toBe('failed');
    long.advance(22_502);
    expect(long.takeActionTypes()).toEqual(['token-requested']);
  });

  it('stops when the endpoint says that retrying is useless; a signed-in visitor stays signed in while the token is good', () => {
    const session = startSession();
    session.send('login');
    session.failFetch(Infinity);
    expect(session.state.status).toBe('failed');
    expect(session.takeActions().at(-1)).toEqual(['token-failed', { code: 'token_failed', retryAtMs: undefined }]);
    session.advance(9000);
    session.send('woke', false, true);
    expect(session.takeActionTypes()).toEqual([]);

    const signedIn = startSession().signIn();
    signedIn.advance(3_000_000);
    signedIn.takeActionTypes();
    signedIn.failFetch(Infinity);
    expect(signedIn.state.status).toBe('signed-in');
    signedIn.advance(598_999);
    expect(signedIn.state.status).toBe('signed-in');
    signedIn.advance(1);
    expect(signedIn.state.status).toBe('failed');
    // The network is back, so the session tries once more.
    signedIn.takeActionTypes();
    signedIn.send('woke', false, true);
    expect(signedIn.takeActionTypes()).toEqual(['token-requested']);
  });

  it("keeps a sign-in open for Zendesk's answer about the previous token when the endpoint has failed for good", () => {
    for (const reason of ['', '401: x']) {
      const session = startSession().beginSignIn().deliverTokenAndAsk();
      session.advance(1100);
      session.ask();
      session.takeActionTypes();
      session.failFetch(Infinity);
      expect(session.takeActions()).toEqual([
        ['token-failed', { code: 'token_failed', retryAtMs: undefined }],
        ['answered', { withToken: false }, undefined],
      ]);
      expect(session.state.status).toBe('signing-in');
      session.advance(5000);
      expect(session.takeActionTypes()).toEqual([]);
      session.reject(reason);
      expect(session.state.status).toBe(reason ? 'signing-in' : 'signed-in');
      if (!reason) continue;
      expect(session.takeActionTypes()).toEqual(['login-rejected', 'token-refused', 'token-requested']);
      session.failFetch(Infinity);
      expect(session.state.status).toBe('failed');
    }
  });

  it.each([
    [45_000, 'signing-in'],
    [44_999, 'failed'],
  ])('waits %i ms of a one-minute Retry-After across a sign-out, and is %s after login()', (waitMs, status) => {
    const session = startSession().beginSignIn();
    session.failFetch(MINUTE_MS);
    session.send('logout');
    session.advance(waitMs);
    session.takeActionTypes();
    session.send('login');
    expect(session.state.status).toBe(status);
    expect(codeOf(session.state.error)).toBe(status === 'failed' ? 'token_failed' : undefined);
    expect(session.takeActionTypes()).toEqual([]);
  });

  it('starts afresh at a login() at the very end of a Retry-After', () => {
    const session = startSession().beginSignIn();
    session.failFetch(MINUTE_MS);
    session.advance(MINUTE_MS);
    expect(session.state.status).toBe('failed');
    session.send('login');
    expect(session.state.status).toBe('signing-in');
  });

  it('keeps the failure count when the messenger goes live, and when a token arrives', () => {
    const session = startSession();
    session.send('login');
    session.failFetch();
    session.advance(1100);
    session.send('live');
    session.failFetch();
    session.advance(2000);
    session.deliverTokenAndAsk();
    expect(session.state.status).toBe('signing-in');
    session.reject('500: x');
    expect(session.state.status).toBe('failed');
  });
});
