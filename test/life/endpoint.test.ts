// @vitest-environment jsdom
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createEndpoint, failureOf, mint, openPage, pass, settle, START_MS, usePages } from './start-page.js';

usePages();

const URL_ = 'https://shop.example/zendesk-token';
const endpoint = createEndpoint();
let answer: (request: Request) => Response | Promise<Response>;
let requests: Request[] = [];

const server = setupServer(
  http.all(URL_, ({ request }) => {
    requests.push(request);
    return answer(request);
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  requests = [];
  endpoint.lifetimeS = 3600;
});
afterAll(() => server.close());

const text = (body: string, headers = {}) =>
  new HttpResponse(body, { headers: { 'content-type': 'text/plain', ...headers } });
const open = () => openPage({ options: { getToken: undefined, tokenUrl: URL_ } as never });

it('sends a POST that bypasses every cache, with the default of fetch: cookies for the same origin only', async () => {
  answer = () => text(mint(endpoint));
  const fetched = vi.spyOn(globalThis, 'fetch');
  const page = open();
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  expect(fetched.mock.calls[0]).toMatchObject([
    URL_,
    { method: 'POST', cache: 'no-store', signal: expect.any(AbortSignal) },
  ]);
  expect(requests[0]!.method).toBe('POST');
  expect(requests[0]!.credentials).toBe('same-origin');
});

it('resolves a relative tokenUrl once, so history.pushState() and <base> do not change it', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => text(mint(endpoint)));
  history.replaceState(null, '', '/shop/cart');
  const page = openPage({ options: { getToken: undefined, tokenUrl: 'zendesk-token' } as never });
  history.pushState(null, '', '/shop/orders/17');
  document.head.append(Object.assign(document.createElement('base'), { href: '/elsewhere/' }));
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  expect(fetched.mock.calls[0]![0]).toBe(`${location.origin}/shop/zendesk-token`);
  history.replaceState(null, '', '/');
});

it('refuses a tokenUrl that is not a valid URL at once, without its value, which may contain a password', () => {
  const create = () =>
    openPage({ options: { getToken: undefined, tokenUrl: 'https://ada:hunter2@shop:port/' } as never });
  expect(create).toThrow('(tokenUrl must be a URL without a user name and a password)');
  expect(create).not.toThrow('hunter2');
  expect(create).toThrow(expect.objectContaining({ code: 'invalid_option', cause: undefined }));
});

it.each([
  ['text/plain', () => text(mint(endpoint))],
  ['text with a line break after it', () => text(`${mint(endpoint)}\n`)],
  ['{ token }', () => HttpResponse.json({ token: mint(endpoint) })],
  ['{ jwt }', () => HttpResponse.json({ jwt: mint(endpoint) })],
])('accepts a token as %s', async (_what, make) => {
  answer = make;
  expect(await settle(open().messenger.login())).toMatchObject({ status: 'signed-in' });
});

it.each([
  ['401', () => new HttpResponse(null, { status: 401 })],
  ['204', () => new HttpResponse(null, { status: 204 })],
  ['{ token: null }', () => HttpResponse.json({ token: null })],
  ['{ jwt: null }', () => HttpResponse.json({ jwt: null, ok: true })],
  ['the word null', () => text('null')],
])('takes %s to mean that nobody is signed in to the site', async (_what, make) => {
  answer = make;
  const page = open();
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-out', live: true });
  expect(requests).toHaveLength(1);
});

it.each([400, 403, 404, 405, 419, 422])(
  'does not repeat the request after %i, and the error says why',
  async (status) => {
    answer = () => new HttpResponse(null, { status });
    const error = await failureOf(open().messenger.login());
    expect(error.code).toBe('token_rejected');
    expect(error.message).toContain(String(status));
    await pass(3_600_000);
    window.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(requests).toHaveLength(1);
  },
);

/** Opens a page with a signed-in visitor whose endpoint has refused the first renewal. */
async function openRefused() {
  endpoint.lifetimeS = 600;
  answer = () => (requests.length === 2 ? new HttpResponse(null, { status: 404 }) : text(mint(endpoint)));
  const page = open();
  await settle(page.messenger.login());
  await pass(540_000);
  expect(requests).toHaveLength(2);
  return page;
}

it('repeats a refused renewal when the visitor comes back, and not before', async () => {
  const page = await openRefused();
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in' });
  await pass(900_000);
  expect(requests).toHaveLength(2);
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'token_rejected' } });
  window.dispatchEvent(new Event('online'));
  await pass(1000);
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in' });
});

it('repeats a refused renewal at login(), even while the current token is good', async () => {
  const page = await openRefused();
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  await pass(1_200_000);
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
});

it.each([
  ['408', () => new HttpResponse(null, { status: 408 })],
  ['425', () => new HttpResponse(null, { status: 425 })],
  ['500', () => new HttpResponse(null, { status: 500 })],
  ['502', () => new HttpResponse(null, { status: 502 })],
  ['a network error', () => HttpResponse.error()],
])('repeats the request after %s', async (_what, make) => {
  answer = () => (requests.length === 1 ? make() : text(mint(endpoint)));
  expect(await settle(open().messenger.login())).toMatchObject({ status: 'signed-in' });
  expect(requests).toHaveLength(2);
});

it.each([408, 425])('reports token_failed, with the status, when the endpoint keeps answering %i', async (status) => {
  answer = () => new HttpResponse(null, { status });
  const error = await failureOf(open().messenger.login());
  expect(error).toMatchObject({ code: 'token_failed', message: expect.stringContaining(`(${status})`) });
  expect(requests.length).toBeGreaterThan(2);
});

it('repeats the request after a time-out', async () => {
  answer = async () => {
    if (requests.length === 1) await delay('infinite');
    return text(mint(endpoint));
  };
  const login = open().messenger.login();
  await pass(10_000);
  expect(requests[0]!.signal.aborted).toBe(true);
  expect(await settle(login)).toMatchObject({ status: 'signed-in' });
});

it.each([
  [429, { 'retry-after': '7' }, 7000],
  [503, { 'retry-after': '7' }, 7000],
  [
    429,
    {
      'retry-after': new Date(START_MS + 3_600_000 + 9000).toUTCString(),
      date: new Date(START_MS + 3_600_000).toUTCString(),
    },
    9000,
  ],
  [429, { 'retry-after': '86400' }, 300_000],
  [408, { 'retry-after': '7' }, 7000],
  [500, { 'retry-after': '7' }, 7000],
] as const)('obeys the Retry-After of a %i with the headers %o', async (status, headers, delayMs) => {
  answer = () => (requests.length === 1 ? new HttpResponse(null, { status, headers }) : text(mint(endpoint)));
  const page = open();
  const login = page.messenger.login();
  login.catch(() => {});
  await pass(delayMs - 200);
  expect(requests).toHaveLength(1);
  // The wait does not end when the visitor leaves and comes back.
  window.dispatchEvent(new Event('online'));
  await pass(100);
  expect(requests).toHaveLength(1);
  await pass(2000);
  expect(requests).toHaveLength(2);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
});

it.each([
  [
    'an HTML page',
    () => new HttpResponse('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    'token_malformed',
  ],
  ['nothing', () => text(''), 'token_malformed'],
  ['JSON without a token', () => HttpResponse.json({ ok: true }), 'token_malformed'],
  ['the word undefined', () => text('undefined'), 'token_malformed'],
])('fails with the matching error when the endpoint answers %s', async (_what, make, code) => {
  answer = make;
  expect((await failureOf(open().messenger.login())).code).toBe(code);
});

it('does not repeat half of a JSON answer in the error', async () => {
  answer = () => text(`{"token": "${mint(endpoint).slice(0, -50)}`);
  const error = await failureOf(open().messenger.login());
  expect(error.code).toBe('token_malformed');
  expect(`${error.stack} ${error.cause}`).not.toContain('eyJ');
});

it("reads the server's clock from the Date header, so a cached token does not look fresh", async () => {
  const issued = mint(endpoint);
  const date = new Date(START_MS + 1_800_000).toUTCString();
  answer = () => text(issued, { date });
  const page = open();
  await settle(page.messenger.login());
  expect(page.messenger.getSnapshot().expiresAtMs).toBe(START_MS + 1_800_000);
});

it('adds the Age header of a cache', async () => {
  const issued = mint(endpoint);
  answer = () => text(issued, { date: new Date(START_MS).toUTCString(), age: '600' });
  const page = open();
  await settle(page.messenger.login());
  expect(page.messenger.getSnapshot().expiresAtMs).toBe(START_MS + 3_000_000);
});

it("makes no second request for a visitor's wrong clock if the server's clock is known", async () => {
  const ahead = 86_400_000;
  endpoint.clockSkewMs = -ahead;
  answer = () => text(mint(endpoint), { date: new Date(Date.now() - ahead).toUTCString() });
  const page = open();
  page.backend.clockSkewMs = -ahead;
  await settle(page.messenger.login());
  expect(requests).toHaveLength(1);
  endpoint.clockSkewMs = 0;
});

/** Makes a body of at most this many pieces of 1 kB, and records how it was read. */
function pieces(count: number) {
  const seen = { pulls: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (seen.pulls++ < count) controller.enqueue(new Uint8Array(1024).fill(97));
      else controller.close();
    },
    cancel: () => void (seen.isCancelled = true),
  });
  return { seen, stream };
}

it('stops reading when the body is too long for a token', async () => {
  const { seen, stream } = pieces(5000);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(stream));
  await failureOf(open().messenger.login());
  expect(seen.isCancelled).toBe(true);
  // This is 64 kB and what streams buffer.
  expect(seen.pulls).toBeGreaterThan(64);
  expect(seen.pulls).toBeLessThan(80);
});

it.each([
  ['that says its short length', { 'content-length': '900' }, true],
  ['without a length', {}, false],
  ['that says a length above the limit', { 'content-length': '65537' }, false],
])('reads a body %s to its end only if its length is known', async (_what, headers, isReadByText) => {
  const response = new Response(mint(endpoint), { headers: headers as HeadersInit });
  const read = vi.spyOn(response, 'text');
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(response);
  expect(await settle(open().messenger.login())).toMatchObject({ status: 'signed-in' });
  expect(read.mock.calls.length > 0).toBe(isReadByText);
});

it.each([
  ['whose body is undefined', () => ({ headers: new Headers() })],
  ['whose body is null', () => ({ headers: new Headers(), body: null })],
  ['that has no headers', () => ({})],
])('reads the text of an answer %s, as mocks and polyfills of fetch make it', async (_what, make) => {
  const response = { ok: true, status: 200, text: async () => mint(endpoint), ...make() };
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(response as never);
  expect(await settle(open().messenger.login())).toMatchObject({ status: 'signed-in' });
});

it('reports the status of an answer that has neither headers nor a body', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue({ ok: false, status: 503 } as never);
  expect((await failureOf(open().messenger.login())).message).toContain('(503)');
});

it.each([401, 403, 404, 429, 503])('cancels the body without reading it after %i', async (status) => {
  const { seen, stream } = pieces(5000);
  vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async () => new Response(stream, { status }));
  const page = open();
  void page.messenger.login();
  await pass(100);
  expect(seen).toMatchObject({ isCancelled: true });
  expect(seen.pulls).toBeLessThan(10);
});

it.each([
  ['keeps the Date header', 0],
  ['sets the Date header to the current time', 400],
])('takes a good token from a CDN that %s and adds Age', async (_what, dateS) => {
  // The CDN has kept the token for 400 of its 600 seconds.
  const iat = START_MS / 1000 - 400;
  const cached = mint({ ...endpoint, claims: { iat, exp: iat + 600 } });
  answer = () => text(cached, { date: new Date((iat + dateS) * 1000).toUTCString(), age: '400' });
  const page = open();
  expect(await settle(page.messenger.login())).toMatchObject({
    status: 'signed-in',
    expiresAtMs: START_MS + 200_000,
  });
});
