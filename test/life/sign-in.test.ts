// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  failureOf,
  mint,
  openPage,
  pass,
  settle,
  signInPage,
  START_MS,
  usePages,
  type Page,
} from './start-page.js';

usePages();

const NOW_S = START_MS / 1000;
const GOOD = { scope: 'user', external_id: 'user-1', iat: NOW_S, exp: NOW_S + 3600 };
const sign = (claims: Record<string, unknown>) => signToken({ ...GOOD, ...claims }, FAKE_ACCOUNT);

/** Loads a live messenger whose loginUser is a mock that the test controls. */
async function takeLoginUser({ messenger }: Page) {
  await settle(messenger.load());
  const live = (window as any).zE;
  const loginUser = vi.fn();
  const between = (...call: any[]) => (call[1] === 'loginUser' ? loginUser(...call) : live(...call));
  (window as any).zE = Object.assign(between, { widget: 'messenger' });
  return loginUser;
}

describe.each(BOTH_BUILDS)('Signing in, build %s', (build) => {
  it('fetches the token while the snippet loads, and resolves when Zendesk has accepted', async () => {
    const page = openPage({ build, zendesk: { scriptDelayMs: 300 } });
    const login = page.messenger.login();
    expect(page.messenger.getSnapshot().status).toBe('signing-in');
    await pass(100);
    expect(page.endpoint.tokens).toHaveLength(1);
    expect(page.zendesk.live).toBe(false);
    const snapshot = await settle(login);
    expect(snapshot).toMatchObject({ status: 'signed-in', live: true, externalId: 'user-1' });
    expect(snapshot.expiresAtMs).toBe(START_MS + 3_600_000);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(page.zendesk.boots).toBe(1);
    expect(await page.zendesk.send('hello')).toMatchObject({ sentAs: 'user' });
  });

  it('never calls loginUser before the token has arrived, no matter how slow the endpoint is [M 17]', async () => {
    const page = openPage({ build, endpoint: { delayMs: 4600 } });
    const login = page.messenger.login();
    await pass(4500);
    expect(page.zendesk.live).toBe(true);
    expect(page.zendesk.asks).toBe(0);
    expect(await settle(login)).toMatchObject({ status: 'signed-in' });
    expect(page.zendeskRequests()).toEqual(['login 200']);
  });

  it('answers the ask of a sign-in in the same tick', async () => {
    const page = openPage({ build });
    const loginUser = await takeLoginUser(page);
    void page.messenger.login();
    await pass(1000);
    const answer = vi.fn();
    loginUser.mock.calls[0]![2](answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(page.endpoint.tokens[0]);
  });

  it.each([
    ['an object without a token', { data: 'x' }, 'token_not_string'],
    ['an object whose token is not a JWT', { token: 'x' }, 'token_malformed'],
    ['undefined', undefined, 'token_not_string'],
    ['a text that is not a JWT', 'hello', 'token_malformed'],
    ['an HTML page', '<!doctype html><title>Sign in</title>', 'token_malformed'],
    ["another system's JWT in quotes", `"${sign({ external_id: undefined, scope: 'openid' })}"`, 'external_id_missing'],
    ['a payload that is not JSON', 'aGk.aGk.aGk', 'token_malformed'],
    ['an expired token', sign({ iat: NOW_S - 7200, exp: NOW_S - 3600 }), 'token_expired'],
    ['a token without external_id', sign({ external_id: undefined }), 'external_id_missing'],
    ['an empty external_id', sign({ external_id: '' }), 'external_id_missing'],
    ['a numeric external_id', sign({ external_id: 7 }), 'external_id_not_string'],
    ['exp as a string', sign({ exp: String(NOW_S + 60) }), 'exp_invalid'],
    ['exp in milliseconds', sign({ exp: (NOW_S + 60) * 1000 }), 'exp_invalid'],
  ])('never sends %s, because it cannot succeed [M 25]', async (_what, returns, code) => {
    const page = openPage({ build, endpoint: { instead: { returns } } });
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ name: 'MessengerAuthError', code });
    expect(page.endpoint.requests).toHaveLength(2);
    expect(page.zendesk.asks).toBe(0);
    expect(page.zendeskRequests()).toEqual([]);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code } });
    await pass(3_600_000);
    expect(page.endpoint.requests).toHaveLength(2);
  });

  it('accepts the second token if only the first one was defective', async () => {
    const page = openPage({ build });
    page.endpoint.next.push({ returns: 'oops' });
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(page.endpoint.requests).toHaveLength(2);
  });

  it.each([401, 403])('fetches a fresh token after %i, and signs in with that', async (status) => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status });
    page.messenger.subscribe(() => {
      if (page.endpoint.requests.length > 1) page.backend.answerAlways('login', undefined);
    });
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(new Set(page.endpoint.tokens).size).toBe(2);
  });

  it('stops with invalid_auth when a second, different token is refused', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 401, code: 'invalid_auth', description: 'Invalid JWT' });
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe('invalid_auth');
    expect(new Set(page.endpoint.tokens).size).toBe(2);
    const count = page.backend.requests.length;
    await pass(3_600_000);
    expect(page.endpoint.requests).toHaveLength(2);
    expect(page.backend.requests).toHaveLength(count);
  });

  it('calls loginUser once if the second token is accepted, even if it arrived late', async () => {
    const page = openPage({ build, endpoint: { delayMs: 1500 } });
    page.backend.answerNext('login', { status: 401 });
    await settle(page.messenger.login());
    await pass(20_000);
    expect(page.takeEvents()).not.toContain('push-called');
  });

  it('fails with invalid_auth and the reason if the endpoint keeps returning the refused token', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 401 });
    page.endpoint.instead = { returns: mint(page.endpoint) };
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe('invalid_auth');
    expect(error.cause.code).toBe('token_repeated');
  });

  it('reports 409 as identity_conflict and does not retry', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 409 });
    expect((await failureOf(page.messenger.login())).code).toBe('identity_conflict');
    const count = page.backend.requests.length;
    await pass(3_600_000);
    expect(page.backend.requests).toHaveLength(count);
  });

  it.each([[{ status: 429 }], [{ status: 500 }], [{ status: 503 }], ['network-error' as const]])(
    'tries again after %o, and does not suspect the token',
    async (outcome) => {
      const page = openPage({ build });
      page.backend.answerAlways('login', outcome);
      const login = page.messenger.login();
      await pass(1500);
      page.backend.answerAlways('login', undefined);
      expect(await settle(login)).toMatchObject({ status: 'signed-in' });
      expect(page.takeEvents()).not.toContain('token-refused');
      expect(page.zendesk.visitor).toMatchObject({ kind: 'user' });
    },
  );

  it('rejects with login_failed if the failures continue, and signs in by itself when they end', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 500 });
    expect((await failureOf(page.messenger.login())).code).toBe('login_failed');
    expect(page.messenger.getSnapshot().status).toBe('failed');
    page.backend.answerAlways('login', undefined);
    await pass(60_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('retries a login that Zendesk does not answer within loginTimeoutMs [M 22]', async () => {
    const page = openPage({ build });
    page.backend.answerNext('login', 'hang');
    const login = page.messenger.login();
    await pass(14_000);
    expect(page.messenger.getSnapshot().status).toBe('signing-in');
    expect(await settle(login)).toMatchObject({ status: 'signed-in' });
    expect(page.zendeskRequests().at(-1)).toBe('login 200');
  });

  it('signs in again if the page itself has called loginUser in the meantime [M 22]', async () => {
    const page = openPage({ build });
    page.backend.answerNext('login', { delayMs: 500 });
    const login = page.messenger.login();
    await pass(100);
    (window as any).zE('messenger', 'loginUser', (answer: any) => answer(sign({ jti: 'own' })));
    expect(await settle(login)).toMatchObject({ status: 'signed-in' });
    expect(page.endpoint.requests).toHaveLength(1);
  });

  it('does not report a superseded login as an error, and calls loginUser again [M 23]', async () => {
    const page = openPage({ build });
    const loginUser = await takeLoginUser(page);
    void page.messenger.login();
    await pass(1000);
    loginUser.mock.calls[0]![2](() => {});
    loginUser.mock.calls[0]![3]({ type: 'LoginFailedError', reason: 'Not latest request' });
    expect(page.takeEvents()).not.toContain('login-rejected');
    await pass(3000);
    expect(loginUser).toHaveBeenCalledTimes(2);
    loginUser.mock.calls[1]![3](null);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });
});

describe('login()', () => {
  it('shares one attempt between concurrent calls', async () => {
    const page = openPage();
    const [one, two] = await settle(Promise.all([page.messenger.login(), page.messenger.login()]));
    expect(one).toBe(two);
    expect(page.endpoint.requests).toHaveLength(1);
    expect(page.zendeskRequests()).toEqual(['login 200']);
  });

  it('may be called from onEvent, and settles when it is done', async () => {
    const got: unknown[] = [];
    const onEvent = ({ type }: { type: string }) => {
      if (type === 'signed-out') void page.messenger.login().then((snapshot) => got.push(snapshot));
    };
    const page = openPage({ options: { onEvent } });
    await settle(page.messenger.login());
    page.endpoint.externalId = 'user-2';
    await settle(page.messenger.logout());
    await pass(5000);
    expect(got).toMatchObject([{ status: 'signed-in', externalId: 'user-2' }]);
  });

  it('rejects at once during a long Retry-After, even after logout()', async () => {
    const answer = () => new Response(null, { status: 429, headers: { 'retry-after': '300' } });
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
    const page = openPage({ options: { getToken: undefined, tokenUrl: '/t' } as never });
    expect((await failureOf(page.messenger.login(), 1000)).code).toBe('token_failed');
    await settle(page.messenger.logout());
    expect((await failureOf(page.messenger.login(), 1000)).code).toBe('token_failed');
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('rejects at once during a long Retry-After if the messenger had not come up', async () => {
    const answer = () => new Response(null, { status: 503, headers: { 'retry-after': '300' } });
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
    const page = openPage({ options: { getToken: undefined, tokenUrl: '/t' } as never });
    page.backend.answerNext('compose', { status: 404 });
    await failureOf(page.messenger.login());
    await pass(11_000);
    expect((await failureOf(page.messenger.login(), 1000)).code).toBe('token_failed');
  });

  it('does not fetch defective tokens again and again while Zendesk is slow', async () => {
    const page = openPage({ endpoint: { lifetimeS: 10 } });
    page.backend.answerNext('login', { delayMs: 14_000 });
    void page.messenger.login();
    await pass(1000);
    page.endpoint.instead = { returns: 'oops' };
    await pass(13_000);
    expect(page.endpoint.requests.length).toBeLessThan(6);
  });

  it('continues if a function of the messenger throws', async () => {
    const page = openPage();
    const loginUser = await takeLoginUser(page);
    void page.messenger.login();
    await pass(1000);
    loginUser.mock.calls[0]![2](() => {
      throw new Error('not ours');
    });
    loginUser.mock.calls[0]![3](null);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('resolves at once while signed in', async () => {
    const page = await signInPage();
    let snapshot;
    void page.messenger.login().then((value) => (snapshot = value));
    await Promise.resolve();
    await Promise.resolve();
    expect(snapshot).toBe(page.messenger.getSnapshot());
    expect(page.endpoint.requests).toHaveLength(1);
  });

  it('starts afresh after a failure and after logout()', async () => {
    const page = openPage({ endpoint: { instead: { returns: 'oops' } } });
    await failureOf(page.messenger.login());
    page.endpoint.instead = undefined;
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    await settle(page.messenger.logout());
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
    await pass(1000);
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  });

  it('resolves with signed-out if nobody is signed in to the site and the messenger is live', async () => {
    const page = openPage({ zendesk: { scriptDelayMs: 500 }, endpoint: { instead: { returns: null } } });
    const login = page.messenger.login();
    let isSettled = false;
    void login.then(() => (isSettled = true));
    await pass(400);
    expect(isSettled).toBe(false);
    expect(await settle(login)).toMatchObject({ status: 'signed-out', live: true });
    expect(page.zendesk.live).toBe(true);
  });

  it('passes a reason and a signal to every getToken call', async () => {
    const page = await signInPage({ endpoint: { lifetimeS: 60 } });
    await pass(60_000);
    page.backend.revoke(page.endpoint.tokens.at(-1)!);
    await pass(2000);
    const send = page.zendesk.send('hello');
    await settle(send);
    const reasons = page.endpoint.requests.map(({ reason }) => reason);
    expect(reasons[0]).toBe('sign-in');
    expect(reasons[1]).toBe('renewal');
    expect(reasons.at(-1)).toBe('invalid_auth');
    expect(page.endpoint.requests.every(({ signal }) => signal instanceof AbortSignal)).toBe(true);
  });

  it('retries a failing endpoint, rejects after the third failure, and continues in the background', async () => {
    const cause = new Error('the backend is away');
    const page = openPage({ endpoint: { instead: { throws: cause } } });
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ code: 'token_failed', cause });
    expect(page.endpoint.requests).toHaveLength(3);
    page.endpoint.instead = undefined;
    await pass(60_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('aborts a token request after tokenTimeoutMs, and tries again', async () => {
    const page = openPage({ options: { tokenTimeoutMs: 3000 } });
    page.endpoint.next.push('hangs');
    const login = page.messenger.login();
    await pass(2990);
    expect(page.endpoint.requests[0]!.signal.aborted).toBe(false);
    await pass(20);
    expect(page.endpoint.requests[0]!.signal.aborted).toBe(true);
    expect(await settle(login)).toMatchObject({ status: 'signed-in' });
    expect(page.endpoint.mostInFlight).toBe(1);
  });

  it('keeps the anonymous conversation and merges it [M 19]', async () => {
    const page = openPage();
    await settle(page.messenger.load());
    await settle(page.zendesk.send('before I signed in'));
    await settle(page.messenger.login());
    expect(page.zendesk.messages.map(({ text }) => text)).toContain('before I signed in');
    expect(page.backend.user('user-1')!.messages).toHaveLength(1);
  });

  it('is not affected by host callbacks that throw', async () => {
    const onEvent = () => {
      throw new Error('host');
    };
    const page = openPage({ options: { onEvent } });
    page.messenger.subscribe(() => {
      throw new Error('host');
    });
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(vi.mocked(console.error)).toHaveBeenCalled();
  });
});
