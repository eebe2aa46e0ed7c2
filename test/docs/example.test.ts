// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMessenger, type Messenger } from '../../src/index.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../../src/testing/index.js';

let backend: FakeBackend;
let zendesk: InstalledMessenger;
let messenger: Messenger;

beforeEach(() => {
  backend = createFakeBackend();
  zendesk = installFakeMessenger({ fetch: backend.fetch });
  // Your page creates its own messenger. Give it the fake's key, and tokens signed with the fake's secret.
  messenger = createMessenger({ key: backend.account.key, getToken: () => sign({ external_id: 'user-1' }) });
});

afterEach(() => {
  messenger.destroy();
  zendesk.uninstall();
  localStorage.clear();
});

function sign(claims: Record<string, unknown>): string {
  const nowS = Math.floor(Date.now() / 1000);
  return signToken({ scope: 'user', iat: nowS, exp: nowS + 900, ...claims }, backend.account);
}

it('signs the visitor in and out', async () => {
  await messenger.login();
  expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  await messenger.logout();
  expect(zendesk.visitor).toEqual({ kind: 'none' });
});

it('stays signed in when Zendesk refuses the token', async () => {
  await messenger.login();
  backend.revokeAll();
  expect(await zendesk.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
});
