// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  answerTokensAt,
  backend,
  currentVisitor,
  failTokenEndpoint,
  signInAs,
  zendesk,
} from '../../src/testing-setup/index.js';
import { createMessenger, type MessengerOptions } from '../../src/index.js';

const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const PATIENT = { timeout: 60_000 };
// What a module of the page does when it is imported.
const messenger = createMessenger({ key: KEY, tokenUrl: '/zendesk-token' });
void messenger.setUser(null);

afterEach(() => {
  vi.restoreAllMocks();
  expect(backend.breaches).toEqual([]);
});

it('the first test still has what the page has done when it was imported', async () => {
  await vi.waitFor(() => expect(messenger.getSnapshot().live).toBe(true), PATIENT);
  expect(backend.requests.map(({ kind }) => kind)).toContain('compose');
});

describe('a test after another one', () => {
  it.each(['user-1', 'user-2'])('begins with nobody, and signs in %s', async (user) => {
    expect(currentVisitor()).toEqual({ kind: 'none' });
    expect(messenger.getSnapshot()).toMatchObject({ status: 'signed-out', live: false });
    expect(backend.requests).toEqual([]);
    signInAs(user);
    await messenger.setUser(user);
    expect(currentVisitor()).toEqual({ kind: 'user', externalId: user });
  });
});

it.each<[string, MessengerOptions]>([
  ['another key', { key: '00000000-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' }],
  ['an absolute URL', { key: KEY, tokenUrl: 'https://api.shop.example/token?a=1' }],
  ['an object', { key: KEY, tokenUrl: { url: '/t', method: 'GET', headers: () => ({ authorization: 'x' }) } }],
])('a page with %s signs in', async (_, options) => {
  signInAs('user-1');
  expect(await createMessenger(options).login()).toMatchObject({ externalId: 'user-1' });
});

it('wrong options throw as usual', () => {
  expect(() => createMessenger({ key: 'a', tokenUrl: '/t' })).toThrow('key must be a UUID');
});

it('nobody is signed in by default: login() ends signed out', async () => {
  expect(await messenger.login()).toMatchObject({ status: 'signed-out' });
});

it('failTokenEndpoint() lasts until signInAs(), and wrong arguments throw', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  failTokenEndpoint(403);
  await expect(messenger.setUser('user-1')).rejects.toMatchObject({ code: 'token_rejected', reason: '403' });
  signInAs('user-1');
  expect(await messenger.login()).toMatchObject({ externalId: 'user-1' });
  expect(() => failTokenEndpoint(200)).toThrow('from 400 to 599');
  expect(() => signInAs('')).toThrow('external_id');
  expect(() => signInAs(5 as unknown as string)).toThrow('external_id');
});

it("a getToken that nobody answers says so at once, and answerTokensAt() answers it; the page's other requests stay", async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const getToken = async () => (await fetch('/api/token', { method: 'POST' })).text();
  const own = createMessenger({ key: KEY, getToken });
  signInAs('user-1');
  void own.login();
  await vi.waitFor(() => expect(error).toHaveBeenCalled(), PATIENT);
  expect(error.mock.calls[0]![0]).toContain("nothing answers /api/token. Call answerTokensAt('/api/token')");
  answerTokensAt('/api/token');
  await vi.waitFor(() => expect(own.getSnapshot().externalId).toBe('user-1'), PATIENT);
  await expect(fetch('data:text/plain,hello').then((response) => response.text())).resolves.toBe('hello');
});

it('the exports can be taken apart and written to', () => {
  zendesk.script = 'blocked';
  expect(zendesk.script).toBe('blocked');
  expect('send' in zendesk && Object.keys(backend).includes('requests')).toBe(true);
});

it('and the next test has new ones', () => {
  expect(zendesk.script).toBe('runs');
});
