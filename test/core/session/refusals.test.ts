// What the session does when Zendesk rejects a login or a token.
import { describe, expect, it } from 'vitest';
import { mayPassSettings } from '../../../src/core/ownership.js';
import { codeOf, MINUTE_MS, START_MS, startSession } from './start-session.js';

describe('A refused token or login', () => {
  const REASONS = ['401: Invalid JWT', '403: x', 'Error occurred reading the JWT'];

  it.each(REASONS)(
    '"%s" causes one more token request, and the sign-in fails if that token is refused too',
    (reason) => {
      const session = startSession();
      const first = session.mint();
      session.send('login');
      session.send('live');
      session.deliverToken(first);
      session.ask();
      session.takeEffectTypes();
      session.reject(reason);
      expect(session.takeEffects()).toEqual([
        ['login-rejected', { code: 'invalid_auth', retryAtMs: undefined, reason }],
        ['token-refused', {}],
      ]);
      expect(session.state.status).toBe('signing-in');
      session.advance(1100);
      expect(session.takeEffects()).toEqual([
        ['token-requested', { reason: 'invalid_auth' }, session.requestId, 'invalid_auth'],
      ]);
      const second = session.mint();
      session.deliverToken(second);
      expect(session.takeEffectTypes()).toEqual(['token-received', 'renewal-planned', 'login-called']);
      session.ask();
      session.takeEffectTypes();
      session.reject(reason);
      const asked = session.takeEffects().find(([type]) => type === 'explanation-requested')!;
      expect(asked.slice(3)).toEqual([['invalid_auth', second], session.state.last!.skewMs]);
      expect(codeOf(session.state.failure)).toBe('invalid_auth');
      session.advance(5000);
      expect(session.state.status).toBe('failed');
    },
  );

  it('explains the later of two tokens when the login that got both is refused', () => {
    const session = startSession();
    const first = session.mint();
    session.send('login');
    session.send('live');
    session.deliverToken(first);
    session.ask();
    session.advance(500);
    // A second ask means that the first token may be bad.
    session.ask();
    expect(session.state.askedAtMs).toBe(session.nowMs);
    session.advance(600);
    const second = session.mint();
    expect(session.takeEffects().at(-1)).toEqual([
      'token-requested',
      { reason: 'invalid_auth' },
      session.requestId,
      'invalid_auth',
    ]);
    session.deliverToken(second);
    expect(session.takeEffectTypes()).toEqual(['token-received', 'renewal-planned', 'answered']);
    expect(session.state.isSuspected).toBe(true);
    session.reject('401: Invalid JWT');
    const asked = session.takeEffects().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['invalid_auth', second]);
    expect(session.state.refused).toEqual([first, second]);
  });

  it('fails with invalid_auth, caused by token_repeated, when the endpoint returns the refused token again', () => {
    const session = startSession();
    const text = session.mint();
    session.send('login');
    session.send('live');
    session.deliverToken(text);
    session.ask();
    session.reject('401: x');
    session.advance(1100);
    session.takeEffectTypes();
    session.deliverToken(text);
    expect(session.takeEffects()[0]).toMatchObject(['token-failed', { code: 'token_repeated' }]);
    session.advance(1100);
    session.deliverToken(text);
    const asked = session.takeEffects().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['invalid_auth', text]);
    session.advance(5000);
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('invalid_auth');
    expect(session.state.failure).toMatchObject({ reason: '401: x', message: expect.stringContaining('(401: x)') });
    expect(codeOf(session.state.failure!.cause)).toBe('token_repeated');
  });

  it('treats an ask in a session as a refusal, and checks the next token with loginUser after five seconds', () => {
    const session = startSession().signIn();
    session.advance(10_000);
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked', 'token-refused', 'token-requested']);
    expect(session.state.status).toBe('signing-in');
    session.advance(400);
    const next = session.mint();
    session.deliverToken(next);
    expect(session.takeEffects().slice(-1)).toEqual([['answered', { withToken: true }, next]]);
    expect(session.state.isSuspected).toBe(false);
    // Only loginUser reports whether the next token is good. It waits for the messenger's own retries.
    session.advance(4999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it.each([
    ['409: x', 'identity_conflict', 'failed'],
    ['500: x', 'login_failed', 'signing-in'],
  ])('reports a login that ends in "%s" as %s, with status %s', (reason, code, status) => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.takeEffectTypes();
    session.reject(reason);
    const [rejected] = session.takeEffects();
    const retryAtMs = status === 'failed' ? undefined : START_MS + 1000;
    expect(rejected).toEqual(['login-rejected', { code, retryAtMs, reason }]);
    expect(codeOf(session.state.failure)).toBe(code);
    expect(session.state.status).toBe(status);
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual(status === 'failed' ? [] : ['login-called']);
  });

  it("forgets Zendesk's reason when it accepts a token, and at logout()", () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('401: first');
    expect(session.state.refusalReason).toBe('401: first');
    session.advance(1100);
    session.deliverTokenAndAsk();
    session.accept();
    expect(session.state.refusalReason).toBeUndefined();
    const other = startSession().beginSignIn().deliverTokenAndAsk();
    other.reject('503: busy');
    other.send('logout');
    expect(other.state.refusalReason).toBeUndefined();
  });

  it("puts Zendesk's reason into the error message if it says something", () => {
    const session = startSession().beginSignIn();
    session.deliverToken();
    session.reject('503: x');
    expect(session.state.failure!.message).toContain('(503: x)');
    session.advance(1000);
    session.reject('Unknown error');
    expect(session.state.failure!.message).not.toContain('(');
  });

  it('calls loginUser again, without an error, if the page itself has called loginUser meanwhile', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.takeEffectTypes();
    session.reject('Not latest request');
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['login-called']);
    expect(session.state.failure).toBeUndefined();
  });

  it('times out with login_failed when Zendesk does not answer', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.takeEffectTypes();
    session.advance(14_999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffects()).toMatchObject([['login-rejected', { code: 'login_failed' }]]);
  });

  it('makes at most ten requests after refusals in five minutes, five of them at once', () => {
    const session = startSession();
    const requests: number[] = [];
    session.signIn();
    for (let at = 0; at < 10 * 60; at++) {
      session.advance(1000);
      if (session.state.status === 'failed' && session.state.wish === undefined) session.send('login');
      for (const [type] of session.takeEffects()) if (type === 'token-requested') requests.push(session.nowMs);
      if (session.requestId) session.deliverToken();
      if (session.state.lastLogin?.verdict === 'open') {
        session.ask();
        session.reject('401: x');
        // The messenger asks once about each token [M 26].
      } else if (session.state.handed) session.ask();
    }
    const inWindow = (fromMs: number) => requests.filter((atMs) => atMs >= fromMs && atMs < fromMs + 5 * MINUTE_MS);
    const most = Math.max(...requests.map((atMs) => inWindow(atMs).length));
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThanOrEqual(9);
    expect(requests.length).toBeGreaterThanOrEqual(13);
  });

  it('limits the requests that follow refusals; failures of the endpoint do not count', () => {
    const session = startSession();
    let logins = 0;
    for (; logins < 20 && session.state.followUpsBlockedUntilMs <= session.nowMs; logins++) {
      session.send('login');
      if (logins === 0) session.send('live');
      session.deliverTokenAndAsk();
      session.reject('401: x');
      session.advance(1100);
      if (!session.requestId) break;
      session.deliverTokenAndAsk();
      session.reject('401: x');
      session.advance(5000);
    }
    // One request follows in the first login, and two in each of the next two.
    expect(logins).toBe(3);
    expect(session.state).toMatchObject({ status: 'failed', wish: 'signed-in' });
    expect(codeOf(session.state.failure)).toBe('invalid_auth');
    // The next login() fails with the original reason.
    session.send('logout');
    session.send('login');
    session.advance(5000);
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('invalid_auth');

    const failing = startSession().beginSignIn();
    for (let request = 0; request < 20; request++) {
      failing.failRequest();
      failing.takeEffectTypes();
      failing.send('woke', 'visible', true);
      failing.advance(1100);
      expect(failing.takeEffectTypes()).toEqual(['token-requested']);
    }
  });

  it('counts one refusal, no matter how often the messenger asks', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_000_000);
    session.deliverToken();
    session.advance(600_000);
    // The old token has expired, and this ask gets the renewed one.
    session.ask();
    session.takeEffectTypes();
    session.advance(2000);
    session.ask();
    session.ask();
    expect(session.takeEffectTypes().filter((type) => type === 'token-refused')).toHaveLength(1);
    expect(session.state.refusedInRow).toBe(1);
    expect(session.state.status).toBe('signing-in');
  });

  it.each([
    ['counts another refusal as the second in a row if the token was in use for 10 s', 10_000, 'invalid_auth'],
    ['takes a later refusal to be a new one, because the token was accepted', 10_001, 'login_failed'],
  ])('%s', (_, afterMs, code) => {
    const session = startSession().signIn().advance(60_000);
    session.ask();
    session.deliverToken();
    const inUseSinceMs = session.nowMs;
    // The login that asks Zendesk for its verdict fails, and is repeated after a second.
    session.awaitCall().ask();
    session.advance(inUseSinceMs + afterMs - 1000 - session.nowMs);
    session.reject('500: x');
    session.awaitCall().ask();
    expect(session.nowMs - inUseSinceMs).toBe(afterMs);
    session.reject('401: x');
    // The failure of the first login is kept until the next token is accepted.
    expect(codeOf(session.state.failure)).toBe(code);
  });

  it('asks for another token after a refusal, although a token of an earlier session was pushed a moment before', () => {
    const session = startSession().signIn();
    session.push().accept();
    session.send('logout');
    session.send('login');
    session.deliverTokenAndAsk().reject('401: x');
    session.ask();
    session.takeEffects();
    session.awaitRequest();
    expect(session.takeEffects().at(-1)!.slice(0, 2)).toEqual(['token-requested', { reason: 'invalid_auth' }]);
  });

  it('requests another token at once after a refusal, although a renewal has failed before the verdict', () => {
    // The token is renewed while Zendesk has not answered.
    const session = startSession().beginSignIn().deliverTokenAndAsk(startSession().mint(20));
    session.failRequest();
    expect(session.state).toMatchObject({ lastLogin: { verdict: 'open' } });
    expect(session.state.tokenRetryAtMs).toBeGreaterThan(session.nowMs + 2000);
    session.reject('401: x');
    session.advance(1100);
    expect(session.requestId).not.toBe(0);
  });

  it('lets a renewal come on time after a usable token has ended the limit', () => {
    const session = startSession().signIn();
    // No loginUser comes in between.
    session.send('looked', { windowOpen: true });
    for (let refusals = 0; session.state.followUpsBlockedUntilMs <= session.nowMs && refusals < 20; refusals++) {
      session.advance(6000);
      session.ask();
      if (session.requestId) session.deliverToken();
    }
    expect(session.state.followUpsBlockedUntilMs).toBeGreaterThan(session.nowMs);
    session.deliverToken();
    expect(session.state.followUpsBlockedUntilMs).toBe(0);
  });
});

it('A user whose tokens are refused for good is out, so the fields and tags are held back', () => {
  const session = startSession().signInAndStore().advance(60_000);
  session.ask();
  session.deliverToken();
  session.ask();
  expect(session.state).toMatchObject({ wish: undefined, failure: { code: 'invalid_auth' } });
  expect(mayPassSettings(session.state)).toBe(false);
});
