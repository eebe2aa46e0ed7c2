// The example's server by itself, on this computer.
import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';

const REAL = {
  ZENDESK_KEY: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
  ZENDESK_KEY_ID: 'app_0123456789abcdef01234567',
  ZENDESK_SECRET: 'a-secret-for-tests-only',
};
const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(env = {}) {
  const server = await startServer({ port: 0, env });
  servers.push(server);
  return server;
}

const ask = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; body: string; policy: unknown }>((resolve, reject) => {
    request({ port, host: 'localhost', path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode, body, policy: response.headers['content-security-policy'] }),
      );
    })
      .on('error', reject)
      .end();
  });

it('gives tokens to nobody but a page of this computer', async () => {
  const { port } = await start(REAL);
  const cookie = 'user=ada';
  expect(await ask(port, '/zendesk-token', { cookie, host: 'evil.example' }, 'POST')).toMatchObject({ status: 403 });
  const answer = await ask(port, '/zendesk-token', { cookie, host: `localhost:${port}` }, 'POST');
  expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
});

it('never sends the secret', async () => {
  const { port } = await start(REAL);
  for (const path of [
    '/',
    '/index.js',
    '/demo-page.js',
    '/script-tag.html',
    '/script-tag.js',
    '/doctor.html',
    '/doctor.js',
    '/server',
    '/server/main.js',
    '/main.js',
    '/../demo.js',
  ]) {
    expect((await ask(port, path)).body).not.toContain(REAL.ZENDESK_SECRET);
  }
});

it.each([
  ['the stand-in', {}],
  ['the real messenger', REAL],
])('lets the token doctor send nothing, with %s', async (_what, env) => {
  const { port } = await start(env);
  const { body, policy } = await ask(port, '/doctor.html');
  const own = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(body)![1]!;
  expect(own).toContain("default-src 'none'");
  expect(own).toContain("connect-src 'none'");
  expect(policy).toBe(`${own}; frame-ancestors 'none'`);
});

it.each([
  ['only some of the account', { ...REAL, ZENDESK_SECRET: '' }, 'ZENDESK_SECRET must be set, too'],
  ['a key that is none', { ...REAL, ZENDESK_KEY: 'abc' }, 'ZENDESK_KEY must be the UUID'],
])('says what is wrong with %s', async (_what, env, text) => {
  await expect(startServer({ port: 0, env })).rejects.toThrow(text);
});

it.each([NaN, -1, 70_000, 80.5])('says what is wrong with port %d', async (port) => {
  await expect(startServer({ port })).rejects.toThrow('PORT must be a number');
});
