// The README's token endpoint, run with the real Express, and as a handler of requests.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { decodeJwt } from 'jose';
import { afterEach, expect, it } from 'vitest';
import * as server from '../../src/server/index.js';
import { createFakeBackend, FAKE_ACCOUNT } from '../../src/testing/index.js';
import { BLOCKS } from './read-docs.js';

const README_BLOCKS = BLOCKS.filter(({ file }) => file === 'README.md').map(({ code }) => code);

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Runs a block of the README with what it takes from around it, and returns what it exports as POST. */
function runBlock(part: string, around: object): unknown {
  const code = README_BLOCKS.find((block) => block.includes(part))!
    .replace(/^import .*/m, '')
    .replace('export const POST =', 'return');
  const { createTokenEndpoint, toNodeHandler } = server;
  const env = { ZENDESK_KEY_ID: FAKE_ACCOUNT.keyId, ZENDESK_SECRET: FAKE_ACCOUNT.secret };
  const all = { createTokenEndpoint, toNodeHandler, process: { env }, ...around };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the block is a part of the README
  return new Function(...Object.keys(all), code)(...Object.values(all));
}

/** The README's lines in an app where `user` is signed in. */
async function startApp(user: { id: number } | undefined): Promise<string> {
  const app = express();
  app.use((request, _response, next) => {
    Object.assign(request, { user });
    next();
  });
  runBlock('toNodeHandler(zendeskToken)', { app });
  const listening = app.listen(0);
  await once(listening, 'listening');
  closing.push(() => listening.close());
  return `http://localhost:${(listening.address() as AddressInfo).port}/zendesk-token`;
}

it("signs a token for the session's user that Zendesk accepts", async () => {
  const url = await startApp({ id: 42 });
  const response = await fetch(url, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { token } = await response.json();

  const backend = createFakeBackend();
  const { subdomain, appId } = backend.account;
  const login = await backend.fetch(`https://${subdomain}.zendesk.com/sc/sdk/v2/apps/${appId}/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: '42' }),
  });
  expect(login.status).toBe(200);
  expect(backend.requests).toMatchObject([{ kind: 'login', status: 200, externalId: '42' }]);
  const { exp = 0, iat = 0 } = decodeJwt(token);
  expect(exp - iat).toBe(900);
});

it('answers with a null token when nobody is signed in', async () => {
  const response = await fetch(await startApp(undefined), { method: 'POST' });
  expect([response.status, await response.text()]).toEqual([200, '{"token":null}']);
});

it.each([
  ['of the session', { id: 42, name: 'Ada' }, '42'],
  ['who is nobody', null, undefined],
])('answers requests of other servers, for the user %s', async (_what, user, externalId) => {
  const POST = runBlock('export const POST', { currentUser: async () => user }) as server.TokenEndpoint;
  const { token } = await (await POST(new Request('https://shop.example/zendesk-token', { method: 'POST' }))).json();
  expect(token && decodeJwt(token).external_id).toBe(externalId ?? null);
});
