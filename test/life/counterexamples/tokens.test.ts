// @vitest-environment jsdom
// Random lives (test/lives) found these failures of a token request. Each test is the shortest way to one of them.
import { expect, it, vi } from 'vitest';
import {
  createEndpoint,
  failureOf,
  mint,
  MINUTE_MS,
  openPage,
  pass,
  setHidden,
  settle,
  signInPage,
  sleep,
  usePages,
} from '../start-page.js';

usePages();

it.each(['with', 'without'])(
  'does not hand over a renewed token that arrives after its expiry, %s iat',
  async (which) => {
    const page = await signInPage({ endpoint: { lifetimeS: 900, claims: which === 'with' ? {} : { iat: undefined } } });
    page.endpoint.delayMs = 1000;
    while (page.endpoint.requests.length < 2) await pass(500);
    const late = mint(page.endpoint);
    page.endpoint.instead = { returns: late };
    sleep(60 * MINUTE_MS);
    await pass(1000);
    page.endpoint.instead = undefined;
    await pass(20_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.backend.requests.filter(({ status }) => status === 401)).toEqual([]);
  },
);

it('replaces a refused token at once although the next request was scheduled for later', async () => {
  const page = await signInPage({ endpoint: { lifetimeS: 3600 } });
  await pass(1000);
  page.endpoint.instead = { throws: new Error('down') };
  page.backend.answerAlways('login', { status: 401 });
  page.backend.revokeAll();
  // The ask comes, and a request fails, while the library still takes the token to be good.
  void page.zendesk.send('hello');
  await pass(20_000);
  page.backend.answerAlways('login', undefined);
  page.endpoint.instead = undefined;
  await pass(MINUTE_MS);
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in' });
  expect(page.zendesk.visitor.kind).toBe('user');
});

it('repeats a request to an endpoint that signs late only in another second', async () => {
  // The visitor's clock is ahead. Only a newer token proves that.
  const page = openPage({ endpoint: { clockSkewMs: -86_400_000, delayMs: 5000 } });
  page.backend.clockSkewMs = -86_400_000;
  const login = page.messenger.login();
  await pass(1000);
  page.endpoint.delayMs = 20;
  expect(await settle(login)).toMatchObject({ status: 'signed-in' });
  expect(page.endpoint.requests).toHaveLength(2);
});

it('counts the lifetime of a token from its iat if the token before it was unusable and had no iat', async () => {
  // The visitor's clock is two minutes behind.
  const page = openPage({ endpoint: { clockSkewMs: 2 * MINUTE_MS, lifetimeS: 60 } });
  page.backend.clockSkewMs = 2 * MINUTE_MS;
  page.endpoint.claims = { exp: 1 };
  const login = page.messenger.login();
  await pass(500);
  page.endpoint.claims = {};
  expect(await settle(login)).toMatchObject({ status: 'signed-in' });
  await pass(90_000);
  expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(page.backend.requests.filter(({ status }) => status === 401)).toEqual([]);
});

it('requests a token when Retry-After ends if login() is called, although the endpoint has failed for hours', async () => {
  const endpoint = createEndpoint();
  let isBusy = true;
  let requests = 0;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    requests++;
    if (isBusy) return new Response('', { status: 503, headers: { 'retry-after': '20' } });
    return new Response(mint(endpoint));
  });
  const page = openPage({ options: { getToken: undefined, tokenUrl: '/zendesk-token' } as never });
  await failureOf(page.messenger.login());
  await pass(180 * MINUTE_MS);
  const before = requests;
  while (requests === before) await pass(1000);
  isBusy = false;
  expect((await failureOf(page.messenger.login())).code).toBe('token_failed');
  await pass(22_000);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
});

it.each(['the network', 'the visitor'])(
  'requests two more tokens after %s has come back, although an offline page came before',
  async (who) => {
    // The visitor's clock is ahead. Only a second token proves that.
    const page = openPage({ endpoint: { clockSkewMs: -86_400_000 } });
    page.backend.clockSkewMs = -86_400_000;
    page.endpoint.next.push({ returns: '<html>You are offline</html>' });
    const login = page.messenger.login();
    await pass(500);
    if (who === 'the network') window.dispatchEvent(new Event('online'));
    else [true, false].forEach(setHidden);
    expect(await settle(login)).toMatchObject({ status: 'signed-in' });
    expect(page.endpoint.requests).toHaveLength(3);
  },
);
