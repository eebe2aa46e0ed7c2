// The README's token endpoint, run with the real Express and jose.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import * as jose from 'jose';
import { afterEach, expect, it } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT } from '../../src/testing/index.js';
import { blockWith } from './read-docs.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** The README's lines in an app where `user` is signed in. */
async function startApp(user: { id: number } | undefined): Promise<string> {
  const app = express();
  app.use((request, _response, next) => {
    Object.assign(request, { user });
    next();
  });
  const code = blockWith("app.post('/zendesk-token'").replace(/^import .*/m, '');
  const env = { ZENDESK_KEY_ID: FAKE_ACCOUNT.keyId, ZENDESK_SECRET: FAKE_ACCOUNT.secret };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the block is a part of the README
  new Function('app', 'SignJWT', 'process', code)(app, jose.SignJWT, { env });
  const server = app.listen(0);
  await once(server, 'listening');
  closing.push(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/zendesk-token`;
}

it("signs a token for the session's user that Zendesk accepts", async () => {
  const response = await fetch(await startApp({ id: 42 }), { method: 'POST' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const token = await response.text();

  const backend = createFakeBackend();
  const { subdomain, appId } = backend.account;
  const login = await backend.fetch(`https://${subdomain}.zendesk.com/sc/sdk/v2/apps/${appId}/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: '42' }),
  });
  expect(login.status).toBe(200);
  expect(backend.requests).toMatchObject([{ kind: 'login', status: 200, externalId: '42' }]);
  const { exp = 0, iat = 0 } = jose.decodeJwt(token);
  expect(exp - iat).toBe(900);
});

it('answers 204 when nobody is signed in', async () => {
  const response = await fetch(await startApp(undefined), { method: 'POST' });
  expect(response.status).toBe(204);
});
