// The example's server, without a browser.
import { request, type IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import { signToken } from '../../src/testing/index.js';

const REAL = {
  ZENDESK_KEY: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
  ZENDESK_KEY_ID: 'app_0123456789abcdef01234567',
  ZENDESK_SECRET: 'a_secret_for_tests_only_that_has_the_shape_of_a_real_one',
};
const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(env = {}) {
  const server = await startServer({ port: 0, env });
  servers.push(server);
  return server;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

const ask = (
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  { body, host = 'localhost' }: { readonly body?: string; readonly host?: string } = {},
) =>
  new Promise<Answer>((resolve, reject) => {
    request({ port, host, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode, body, headers: response.headers }));
    })
      .on('error', reject)
      .end(body);
  });

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

/** Signs in as the page does. Returns the cookie as the server sets it, and as the browser sends it. */
async function signIn(port: number, user = 'ada', cookie = '') {
  const { headers } = await ask(port, '/demo/sign-in', { cookie }, 'POST', { body: user });
  const [set] = headers['set-cookie']!;
  return { set: set!, cookie: set!.split(';')[0]! };
}

describe('the token endpoint', () => {
  it('refuses a request to a host name other than localhost', async () => {
    const { port } = await start(REAL);
    const { cookie } = await signIn(port);
    expect(await ask(port, '/zendesk-token', { cookie, host: 'evil.example' }, 'POST')).toMatchObject({ status: 403 });
    const answer = await ask(port, '/zendesk-token', { cookie, host: `localhost:${port}` }, 'POST');
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(TOKEN) });
  });

  it('cannot be reached from outside, because the server listens on the loopback address only', async () => {
    const { port } = await start();
    // Also a loopback address. A server that listens on all addresses would answer here.
    await expect(ask(port, '/', {}, 'GET', { host: '127.0.0.2' })).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL|ETIMEDOUT/,
    );
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'answers %s with 405, because it accepts only POST',
    async (method) => {
      const { port } = await start();
      const { cookie } = await signIn(port);
      const { status, headers, body } = await ask(port, '/zendesk-token', { cookie }, method);
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
      expect(body).not.toMatch(TOKEN);
    },
  );

  it.each<[string, Record<string, string>]>([
    ['a request from another site', { origin: 'https://evil.example' }],
    ['a request from a page without an origin', { origin: 'null' }],
    ['a request from another port of localhost', { origin: 'http://localhost:1' }],
    ['a request that the browser marks as cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a request that the browser marks as same-site', { 'sec-fetch-site': 'same-site' }],
    ['a request that the browser marks as coming from no page', { 'sec-fetch-site': 'none' }],
  ])('refuses %s', async (_what, headers) => {
    const { port } = await start();
    const { cookie } = await signIn(port);
    const answer = await ask(port, '/zendesk-token', { cookie, ...headers }, 'POST');
    expect(answer.status).toBe(403);
    expect(answer.body).not.toMatch(TOKEN);
    const own = { cookie, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' };
    expect(await ask(port, '/zendesk-token', own, 'POST')).toMatchObject({ status: 200 });
  });

  it('sends no CORS headers, and forbids caching', async () => {
    const { port } = await start();
    const { cookie } = await signIn(port);
    const origin = 'https://evil.example';
    for (const [method, headers] of [
      ['POST', { cookie }],
      ['POST', { cookie, origin }],
      ['POST', {}],
      ['GET', { cookie, origin }],
      ['OPTIONS', { origin, 'access-control-request-method': 'POST' }],
    ] as const) {
      const answer = await ask(port, '/zendesk-token', headers, method);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('signs a short-lived token for the user of the session, and ignores the rest of the request', async () => {
    const { port } = await start();
    const { cookie } = await signIn(port, 'ada');
    const body = JSON.stringify({ external_id: 'demo-grace', user: 'grace', exp: 9e9 });
    const headers = { cookie: `user=grace; ${cookie}; external_id=demo-grace`, 'x-user': 'grace' };
    const answer = await ask(port, '/zendesk-token?external_id=demo-grace&user=grace', headers, 'POST', { body });
    const { external_id, iat, exp } = claimsOf(answer.body);
    expect(external_id).toBe('demo-ada');
    expect(exp - iat).toBeLessThanOrEqual(3600);
    for (const lifetime of ['3601', '86400', '-1', 'Infinity']) {
      expect(await ask(port, '/demo/lifetime', {}, 'POST', { body: lifetime })).toMatchObject({ status: 400 });
    }
  });

  it('identifies the visitor by a random cookie that is HttpOnly and SameSite=Lax', async () => {
    const { port } = await start();
    const { set, cookie } = await signIn(port);
    expect(set).toMatch(/^session=[\da-f]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    for (const guess of ['', 'user=ada', 'session=ada', 'session=', 'session=0', `session=${'0'.repeat(32)}`]) {
      expect(await ask(port, '/zendesk-token', { cookie: guess }, 'POST')).toMatchObject({
        status: 200,
        body: '{"token":null}',
      });
    }
    // Signing in again ends the previous session, and signing out ends the current one.
    const again = await signIn(port, 'ada', cookie);
    expect(again.cookie).not.toBe(cookie);
    expect(await ask(port, '/zendesk-token', { cookie }, 'POST')).toMatchObject({
      status: 200,
      body: '{"token":null}',
    });
    expect(await ask(port, '/zendesk-token', { cookie: again.cookie }, 'POST')).toMatchObject({ status: 200 });
    await ask(port, '/demo/sign-out', { cookie: again.cookie }, 'POST');
    expect(await ask(port, '/zendesk-token', { cookie: again.cookie }, 'POST')).toMatchObject({
      status: 200,
      body: '{"token":null}',
    });
  });
});

it('never sends the secret', async () => {
  const { port } = await start(REAL);
  for (const path of [
    '/',
    '/index.js',
    '/demo-page.js',
    '/script-tag.html',
    '/script-tag.js',
    '/doctor/',
    '/doctor/doctor.js',
    '/server',
    '/server/main.js',
    '/main.js',
    '/../demo.js',
  ]) {
    expect((await ask(port, path)).body).not.toContain(REAL.ZENDESK_SECRET);
  }
});

it.each([
  ['the fake messenger', {}],
  ['the real messenger', REAL],
])('blocks all requests of the token doctor page when it runs with %s', async (_what, env) => {
  const { port } = await start(env);
  const { body, headers } = await ask(port, '/doctor/');
  const own = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(body)![1]!;
  expect(own).toContain("default-src 'none'");
  expect(own).toContain("connect-src 'none'");
  expect(headers['content-security-policy']).toBe(`${own}; frame-ancestors 'self'`);
});

it.each([
  ['an incomplete account', { ...REAL, ZENDESK_SECRET: '' }, 'ZENDESK_SECRET must be set, too'],
  ['an invalid key', { ...REAL, ZENDESK_KEY: 'abc' }, 'ZENDESK_KEY must be the UUID'],
])('rejects %s with an explanation', async (_what, env, text) => {
  await expect(startServer({ port: 0, env })).rejects.toThrow(text);
});

it.each([NaN, -1, 70_000, 80.5])('rejects port %d with an explanation', async (port) => {
  await expect(startServer({ port })).rejects.toThrow('PORT must be a number');
});

it("the page can ask for the logins that carried another user's identity", async () => {
  const { port, backend } = await startServer({ port: 0 }).then((server) => (servers.push(server), server));
  const { keyId, secret, appId } = backend!.account;
  const login = (externalId: string, carried: object) => {
    const authorization = `Bearer ${signToken({ scope: 'user', external_id: externalId }, { keyId, secret })}`;
    const body = JSON.stringify({ userId: externalId, ...carried });
    return ask(port, `/sc/sdk/v2/apps/${appId}/login`, { authorization }, 'POST', { body });
  };
  const readBreaches = async () => JSON.parse((await ask(port, '/demo/breaches', {}, 'POST')).body) as unknown;
  await login('ada', {});
  expect(await readBreaches()).toEqual([]);
  await login('grace', { appUserId: backend!.user('ada')!.id });
  expect(await readBreaches()).toMatchObject([{ userId: 'grace', belongsTo: 'ada' }]);
});
