// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Messenger } from '../../../src/index.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../../../src/testing/index.js';

let backend: FakeBackend;
let zendesk: InstalledMessenger;
let messenger: Messenger;
/** What your token endpoint signs. Without claims, nobody is signed in to your site. */
let claims: { scope: string; external_id: string } | undefined;

beforeEach(() => {
  backend = createFakeBackend({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b' }); // the key in messenger.ts
  zendesk = installFakeMessenger({ fetch: backend.fetch });
  claims = { scope: 'user', external_id: 'user-1' };
  vi.stubGlobal('fetch', async (url: string) => {
    expect(new URL(url).pathname).toBe('/zendesk-token');
    if (!claims) return new Response(null, { status: 401 });
    const iat = Math.floor(Date.now() / 1000);
    return new Response(signToken({ iat, exp: iat + 900, ...claims }, backend.account));
  });
});

afterEach(() => {
  messenger.destroy();
  zendesk.uninstall();
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** Does what a page load does: your server writes the user into the page, and messenger.ts runs. */
async function loadPage(): Promise<void> {
  document.body.dataset.userId = claims?.external_id ?? '';
  vi.resetModules();
  ({ messenger } = await import('./messenger'));
}

const logins = () => backend.requests.filter(({ kind }) => kind === 'login');

it('signs in the user of the site', async () => {
  await loadPage();
  await vi.waitFor(() => expect(messenger.getSnapshot().status).toBe('signed-in'), 10_000);
  expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  expect(logins()).toMatchObject([{ status: 200, externalId: 'user-1' }]);
});

it('signs the user out', async () => {
  await loadPage();
  await vi.waitFor(() => expect(messenger.getSnapshot().status).toBe('signed-in'), 10_000);
  await messenger.logout();
  expect(zendesk.visitor).toEqual({ kind: 'none' });
});

it('lets an anonymous visitor write', async () => {
  claims = undefined;
  await loadPage();
  await vi.waitFor(() => expect(messenger.getSnapshot().live).toBe(true), 10_000);
  expect(zendesk.visitor).toEqual({ kind: 'none' });
  expect(await zendesk.send('hello')).toEqual({ sentAs: 'anonymous' });
  expect(zendesk.visitor).toMatchObject({ kind: 'anonymous' });
});

it('shows the error when Zendesk refuses the token', async () => {
  claims = { scope: 'wrong', external_id: 'user-1' };
  await loadPage();
  const expectError = () => expect(messenger.getSnapshot().error).toMatchObject({ code: 'invalid_auth' });
  await vi.waitFor(expectError, { timeout: 10_000 }); // the messenger repeats a refused request
  expect(logins()[0]).toMatchObject({ status: 401, reason: 'scope is not "user"' });
});
