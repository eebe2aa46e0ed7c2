import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, signToken, type FakeBackend } from '../../src/testing/index.js';

const API = `https://fake-account.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}`;
const COMPOSE = `https://ekr.zdassets.com/compose/${FAKE_ACCOUNT.key}`;
const jwt = (externalId = 'user-1') => signToken({ scope: 'user', external_id: externalId }, FAKE_ACCOUNT);
const authorized = (token = jwt()) => ({ authorization: `Bearer ${token}`, origin: 'https://shop.example' });
const login = (backend: FakeBackend, token = jwt()) =>
  backend.fetch(`${API}/login`, { method: 'POST', headers: authorized(token) });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('createFakeBackend() throws if the test environment hides something that it needs', () => {
  vi.stubGlobal('Response', undefined);
  // `stubGlobal` keeps the name. This removes it.
  Reflect.deleteProperty(globalThis, 'Response');
  expect(() => createFakeBackend()).toThrow('hides Response, which');
});

describe('The fake backend', () => {
  it.each([
    [COMPOSE, 'https://fake-account.zendesk.com/sc/sdk'],
    [`http://127.0.0.1:8080/compose/${FAKE_ACCOUNT.key}`, 'http://127.0.0.1:8080/sc/sdk'],
  ])('serves the configuration at %s, which names the API %s', async (url, baseUrl) => {
    const response = await createFakeBackend({ build: 'B25' }).fetch(url);
    const { appId, integrationId } = FAKE_ACCOUNT;
    expect(await response.json()).toEqual({ build: 'B25', baseUrl, appId, integrationId, history: 'remember' });
  });

  it.each([
    [`${COMPOSE}0`, `unknown key: the page uses ${FAKE_ACCOUNT.key}0, but the fake has ${FAKE_ACCOUNT.key}`],
    ['https://fake-account.zendesk.com/sc/sdk/v2/apps/another/login', 'unknown app'],
    ['https://fake-account.zendesk.com/elsewhere', 'unknown address'],
  ])('answers %s with 404 and the reason "%s"', async (url, reason) => {
    const backend = createFakeBackend();
    const response = await backend.fetch(url, url.endsWith('login') ? { method: 'POST' } : {});
    expect(response.status).toBe(404);
    expect(backend.requests).toMatchObject([{ status: 404, reason }]);
  });

  it('answers any key with acceptsAnyKey', async () => {
    expect((await createFakeBackend({ acceptsAnyKey: true }).fetch(`${COMPOSE}0`)).status).toBe(200);
  });

  it('[M 21] answers any API request with 200 if its token is good, and with 401 and invalid_auth if there is none', async () => {
    const backend = createFakeBackend();
    expect((await backend.fetch(`${API}/anything`, { headers: authorized() })).status).toBe(200);
    const refused = [
      await backend.fetch(`${API}/anything`),
      // Another subdomain, and a login.
      await backend.fetch(`https://x.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}/login`, { method: 'POST' }),
    ];
    for (const response of refused) {
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ error: { code: 'invalid_auth', description: 'Invalid JWT' } });
    }
    expect(backend.requests).toMatchObject([
      { kind: 'other', externalId: 'user-1' },
      { kind: 'other', reason: 'no token' },
      { kind: 'login', reason: 'no token' },
    ]);
  });

  it('belongs to the account that the options describe by key, secret, key id, subdomain and app', async () => {
    const own = { key: 'k', keyId: 'app_1', secret: 's', subdomain: 'own', appId: 'a' };
    const backend = createFakeBackend(own);
    const config = await (await backend.fetch('https://ekr.zdassets.com/compose/k')).json();
    expect(config).toMatchObject({ baseUrl: 'https://own.zendesk.com/sc/sdk', appId: 'a' });
    const url = 'https://own.zendesk.com/sc/sdk/v2/apps/a/login';
    const post = (token: string) => backend.fetch(url, { method: 'POST', headers: authorized(token) });
    expect((await post(signToken({ scope: 'user', external_id: '1' }, own))).status).toBe(200);
    expect((await post(jwt())).status).toBe(401);
  });
});

describe('The CORS headers', () => {
  it('are in the answer to a preflight request, which the backend does not log', async () => {
    const backend = createFakeBackend();
    const { status, headers } = await backend.fetch(`${API}/login`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-allow-headers')).toContain('authorization');
    expect(backend.requests).toEqual([]);
  });

  it('[M 30] are missing from 401 answers only, if withoutCors is set', async () => {
    const backend = createFakeBackend();
    const origin = async (token: string) => (await login(backend, token)).headers.get('access-control-allow-origin');
    expect(await origin('bad')).toBe('https://shop.example');
    backend.withoutCors = true;
    expect(await origin('bad')).toBeNull();
    expect(await origin(jwt())).toBe('https://shop.example');
  });

  it('[M 11] let the page read the kill switch, which only API answers have', async () => {
    const backend = createFakeBackend();
    const header = async (answer: Promise<Response>) => (await answer).headers.get('x-zendesk-killswitch');
    expect(await header(login(backend))).toBeNull();
    backend.killSwitch = true;
    const { headers } = await login(backend);
    expect(headers.get('x-zendesk-killswitch')).toBe('true');
    expect(headers.get('access-control-expose-headers')).toContain('x-zendesk-killswitch');
    expect(await header(backend.fetch(COMPOSE))).toBeNull();
  });
});

describe('A test', () => {
  it('revokes one token with revoke(), from now on', async () => {
    const backend = createFakeBackend();
    expect((await login(backend)).status).toBe(200);
    backend.revoke(jwt());
    expect((await login(backend)).status).toBe(401);
    expect((await login(backend, jwt('user-2'))).status).toBe(200);
    expect(backend.requests.map(({ reason }) => reason)).toEqual([undefined, 'revoked', undefined]);
  });

  it('revokes every token that was used so far with revokeAll(), but no new one', async () => {
    const backend = createFakeBackend();
    await login(backend);
    backend.revokeAll();
    expect((await login(backend)).status).toBe(401);
    expect((await login(backend, jwt('user-2'))).status).toBe(200);
  });

  it.each([
    ['expire', (backend: FakeBackend) => backend.expire(jwt())],
    ['expireAll', (backend: FakeBackend) => backend.expireAll()],
  ])('makes a token that was used expire with %s(), but no new one', async (_, expire) => {
    const backend = createFakeBackend();
    await login(backend);
    expire(backend);
    expect((await login(backend)).status).toBe(401);
    expect((await login(backend, jwt('user-2'))).status).toBe(200);
    expect(backend.requests.map(({ reason }) => reason)).toEqual([undefined, 'expired', undefined]);
  });

  it('queues answers with answerNext(), which go before answerAlways() and do not affect other kinds of requests', async () => {
    const backend = createFakeBackend();
    backend.answerAlways('login', { status: 503 });
    backend.answerNext('login', { status: 409, code: 'c', description: 'd' });
    backend.answerNext('login', { status: 418, body: 'tea' });
    const answers = [await login(backend), await login(backend), await login(backend), await login(backend)];
    expect(answers.map(({ status }) => status)).toEqual([409, 418, 503, 503]);
    expect(await answers[0]!.json()).toEqual({ error: { code: 'c', description: 'd' } });
    expect(await answers[1]!.text()).toBe('tea');
    expect((await backend.fetch(COMPOSE)).status).toBe(200);
    backend.answerAlways('login', undefined);
    expect((await login(backend)).status).toBe(200);
  });

  it('refuses a request, which then has no effect', async () => {
    const backend = createFakeBackend();
    backend.answerNext('login', { status: 401 });
    await login(backend);
    expect(backend.visitors).toEqual([]);
  });

  it('delays an answer with delayMs, while the request takes effect at once', async () => {
    vi.useFakeTimers();
    const backend = createFakeBackend();
    backend.answerNext('login', { delayMs: 1000 });
    const settled = vi.fn();
    void login(backend).then(settled);
    await vi.advanceTimersByTimeAsync(999);
    expect(backend.user('user-1')?.signedIn).toBe(true);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledTimes(1);
  });

  it('lets a request fail with network-error, and lets it hang until it is aborted', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', 'network-error');
    expect((await backend.fetch(COMPOSE)).type).toBe('error');
    backend.answerNext('compose', 'hang');
    const abort = new AbortController();
    const hanging = backend.fetch(COMPOSE, { signal: abort.signal });
    const settled = vi.fn();
    hanging.then(settled, settled);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(settled).not.toHaveBeenCalled();
    abort.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect(backend.requests.map(({ status }) => status)).toEqual(['network-error', 'hang']);
  });
});

it('the log contains no token, no e-mail address and no message text', async () => {
  const backend = createFakeBackend();
  const token = signToken(
    { scope: 'user', external_id: '1', email: 'ann@example.com', email_verified: true },
    FAKE_ACCOUNT,
  );
  await login(backend, token);
  const { id } = backend.user('1')!;
  await backend.fetch(`${API}/appusers/${id}/messages`, {
    method: 'POST',
    headers: authorized(token),
    body: JSON.stringify({ text: 'secret words' }),
  });
  const log = JSON.stringify(backend.requests);
  expect(backend.requests.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['login 200', 'send 201']);
  for (const text of [token, token.split('.')[1]!, 'ann@example.com', 'secret words']) expect(log).not.toContain(text);
});
