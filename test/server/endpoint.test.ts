import { describe, expect, it } from 'vitest';
import { inspectToken } from '../../src/inspect/index.js';
import { createTokenEndpoint, type TokenEndpointError, type TokenEndpointOptions } from '../../src/server/index.js';
import { keepErrors } from './keep-console.js';
import { KEY } from './keys.js';

const URL_OF_ENDPOINT = 'https://shop.example/zendesk-token';
const ADA = { externalId: 42, name: "Zoë O'Hara 👋" };

/** Sends a request to an endpoint for which Ada is signed in. */
async function send(
  headers: Record<string, string> = {},
  { method = 'POST', ...options }: Partial<TokenEndpointOptions> & { method?: string } = {},
) {
  let calls = 0;
  const errors: TokenEndpointError[] = [];
  const endpoint = createTokenEndpoint({
    ...KEY,
    getUser: () => (calls++, ADA),
    onError: (error) => errors.push(error),
    ...options,
  });
  const response = await endpoint(new Request(URL_OF_ENDPOINT, { method, headers }));
  const body = await response.text();
  return { response, body, calls, errors, header: (name: string) => response.headers.get(name) };
}

const CORS = /^access-control-/;
const listCors = ({ headers }: Response) => [...headers.keys()].filter((name) => CORS.test(name));

describe('the endpoint', () => {
  it('answers with a right token that nobody may keep', async () => {
    const { response, body, header } = await send({ 'sec-fetch-site': 'same-origin' });
    expect(response.status).toBe(200);
    const { token } = JSON.parse(body);
    expect(inspectToken(token, { isNew: true })).toEqual([]);
    expect(header('content-type')).toBe('application/json; charset=utf-8');
    expect(header('cache-control')).toBe('no-store');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(listCors(response)).toEqual([]);
  });

  it.each([null, undefined, false as never, '' as never])('answers null if getUser returns %s', async (user) => {
    const { response, body, header, errors } = await send({}, { getUser: async () => user });
    expect([response.status, body, header('cache-control')]).toEqual([200, '{"token":null}', 'no-store']);
    expect(header('content-type')).toBe('application/json; charset=utf-8');
    expect(errors).toEqual([]);
  });

  it('passes the request and what else it gets to getUser', async () => {
    const got: unknown[] = [];
    const endpoint = createTokenEndpoint({
      ...KEY,
      getUser: (request, context: { env: string }) => (got.push(request, context), null),
    });
    const request = new Request(URL_OF_ENDPOINT, { method: 'POST' });
    await endpoint(request, { env: 'test' });
    expect(got[0]).toBe(request);
    expect(got[1]).toEqual({ env: 'test' });
  });

  it.each<[string, unknown]>([
    ['the request of Express', { method: 'POST', url: '/', headers: { cookie: 'session=ada' }, get: () => '' }],
    ['the event of SvelteKit', { request: new Request(URL_OF_ENDPOINT), url: new URL(URL_OF_ENDPOINT) }],
    ['nothing', undefined],
  ])('rejects, and says what to do, if it is called with %s', async (_what, request) => {
    const endpoint = createTokenEndpoint({ ...KEY, getUser: () => ADA });
    await expect(endpoint(request as Request)).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringMatching(/toNodeHandler\(endpoint\).*endpoint\(event\.request, event\)/),
    });
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const { response, calls, header } = await send({ origin: 'https://shop.example' }, { method });
    expect([response.status, header('allow'), calls, header('cache-control')]).toEqual([405, 'POST', 0, 'no-store']);
    expect(listCors(response)).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of another origin of the same site', { 'sec-fetch-site': 'same-site', origin: 'https://www.shop.example' }],
    ['of another site that says the own origin', { 'sec-fetch-site': 'cross-site', origin: 'https://shop.example' }],
    ['that is no page, but a form that was sent again', { 'sec-fetch-site': 'none' }],
    ['of another origin, in an older browser', { origin: 'https://evil.example' }],
    ['of another port, in an older browser', { origin: 'https://shop.example:8443' }],
    ['of another port, behind a proxy', { origin: 'https://www.shop.example:8443', host: 'www.shop.example:443' }],
    ['behind a proxy that tells no host', { origin: 'https://www.shop.example', host: 'a b', 'x-forwarded-host': '' }],
    ['of a sandboxed frame, in an older browser', { origin: 'null' }],
    ['with a broken origin', { origin: 'shop' }],
  ])('refuses a page %s', async (_what, headers) => {
    const { response, calls, body, header } = await send(headers);
    expect([response.status, calls, header('cache-control')]).toEqual([403, 0, 'no-store']);
    expect(body).toContain('allowedOrigins');
    expect(listCors(response)).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['without any of the headers, which is no browser', {}],
    ['of the own page', { 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' }],
    ['of the own page, in an older browser', { origin: 'https://shop.example' }],
    ['behind a proxy that keeps Host', { origin: 'https://www.shop.example', host: 'www.shop.example' }],
    ['behind a proxy that adds the port to Host', { origin: 'https://www.shop.example', host: 'www.shop.example:443' }],
    ['behind a proxy that tells the host', { origin: 'https://a.example', 'x-forwarded-host': 'a.example, b.example' }],
  ])('answers a request %s', async (_what, headers) => {
    expect((await send(headers)).response.status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['prefetch', { 'sec-purpose': 'prefetch' }],
    ['prerendering', { 'sec-purpose': 'prefetch;prerender' }],
    ['prefetch in older Chromium', { purpose: 'prefetch' }],
    ['prefetch in Firefox', { 'x-moz': 'prefetch' }],
  ])('refuses a %s, as a failure that is tried again', async (_what, headers) => {
    const { response, calls, header } = await send(headers);
    expect([response.status, calls, header('retry-after')]).toEqual([503, 0, '1']);
  });
});

describe('an allowed origin', () => {
  const allowedOrigins = ['https://www.shop.example'];
  const headers = { origin: 'https://www.shop.example', 'sec-fetch-site': 'same-site' };

  it('may read the answer, and the clock of the server', async () => {
    const { response, header } = await send(headers, { allowedOrigins });
    expect(response.status).toBe(200);
    expect(header('access-control-allow-origin')).toBe('https://www.shop.example');
    expect(header('access-control-allow-credentials')).toBe('true');
    expect(header('access-control-expose-headers')).toContain('Date');
  });

  it('may read errors, too', async () => {
    const getUser = () => Promise.reject(new Error('down'));
    const { response, header } = await send(headers, { allowedOrigins, getUser });
    expect([response.status, header('access-control-allow-origin')]).toEqual([500, 'https://www.shop.example']);
  });

  it('may send headers such as a CSRF token', async () => {
    const asked = { ...headers, 'access-control-request-headers': 'x-csrf-token' };
    const { response, calls, header } = await send(asked, { allowedOrigins, method: 'OPTIONS' });
    expect([response.status, calls]).toEqual([204, 0]);
    expect(header('access-control-allow-methods')).toBe('POST');
    expect(header('access-control-allow-headers')).toBe('x-csrf-token');
  });

  it('is the only one', async () => {
    const { response } = await send({ ...headers, origin: 'https://evil.example' }, { allowedOrigins });
    expect([response.status, listCors(response)]).toEqual([403, []]);
    const preflight = await send({ origin: 'https://evil.example' }, { allowedOrigins, method: 'OPTIONS' });
    expect([preflight.response.status, listCors(preflight.response)]).toEqual([405, []]);
  });
});

describe('an error', () => {
  it.each<[string, () => unknown, string]>([
    ['a user without an id', () => ({ name: 'Ada' }), 'external_id_missing'],
    ['a user who is a text', () => 'ada', 'user_invalid'],
    [
      'a getUser that throws',
      () => {
        throw new Error('secret detail');
      },
      'get_user_failed',
    ],
    ['a getUser whose promise is rejected', () => Promise.reject(new Error('secret detail')), 'get_user_failed'],
  ])('because of %s is told to onError, and not to the browser', async (_what, getUser, code) => {
    const { response, body, errors, header } = await send({}, { getUser: getUser as never });
    expect([response.status, header('cache-control')]).toEqual([500, 'no-store']);
    expect(body).toBe('No token could be signed. The reason is in the log of the server.\n');
    expect(errors).toMatchObject([{ name: 'TokenEndpointError', code }]);
  });

  it('has the original error as its cause', async () => {
    const original = new Error('The database is down');
    const { errors } = await send({}, { getUser: () => Promise.reject(original) });
    expect(errors[0]!.cause).toBe(original);
    expect(errors[0]!.message).toBe('getUser failed. See the cause. [get_user_failed]');
  });

  it('says that a redirect is no user', async () => {
    const { errors } = await send(
      {},
      {
        getUser() {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- as some frameworks do it
          throw Response.redirect('https://shop.example/login');
        },
      },
    );
    expect(errors[0]!.message).toContain('threw a response, such as a redirect. Return null');
  });

  it('is written to the console by default', async () => {
    const written = keepErrors();
    await send({}, { getUser: () => Promise.reject(new Error('down')), onError: undefined });
    expect(written).toMatchObject([{ code: 'get_user_failed' }]);
  });

  it('of onError does not reach the browser, and nothing is lost', async () => {
    const written = keepErrors();
    const failure = new Error('The log is full');
    const { response } = await send(
      {},
      { getUser: () => Promise.reject(new Error('down')), onError: () => Promise.reject(failure) },
    );
    expect(response.status).toBe(500);
    expect(written).toMatchObject([{ code: 'get_user_failed' }, failure]);
  });

  it('waits for onError, so that a worker is not ended before', async () => {
    let isWritten = false;
    const onError = () => new Promise<void>((resolve) => setImmediate(() => ((isWritten = true), resolve())));
    await send({}, { getUser: () => Promise.reject(new Error('down')), onError });
    expect(isWritten).toBe(true);
  });

  it('that came because the visitor left is nobody’s business', async () => {
    const errors: unknown[] = [];
    const visitor = new AbortController();
    const endpoint = createTokenEndpoint({
      ...KEY,
      getUser: async ({ signal }) => {
        visitor.abort();
        signal.throwIfAborted();
        return null;
      },
      onError: (error) => errors.push(error),
    });
    const response = await endpoint(new Request(URL_OF_ENDPOINT, { method: 'POST', signal: visitor.signal }));
    expect([response.status, errors]).toEqual([500, []]);
  });
});
