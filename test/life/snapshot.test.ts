// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { isMessengerAuthError } from '../../src/index.js';
import { failureOf, openPage, pass, settle, signInPage, usePages } from './start-page.js';

usePages();

it('is the same object between changes, and subscribers hear of each change', async () => {
  const page = openPage();
  const seen: string[] = [];
  let last = page.messenger.getSnapshot();
  const off = page.messenger.subscribe(() => {
    expect(page.messenger.getSnapshot()).not.toBe(last);
    last = page.messenger.getSnapshot();
    seen.push(`${last.status}${last.live ? ' live' : ''}`);
  });
  const { getSnapshot } = page.messenger;
  expect(getSnapshot()).toBe(getSnapshot());
  await settle(page.messenger.login());
  expect(getSnapshot()).toBe(last);
  expect(seen[0]).toBe('signing-in');
  expect(seen.at(-1)).toBe('signed-in live');
  await pass(1000);
  expect(getSnapshot()).toBe(last);
  off();
  await settle(page.messenger.logout());
  expect(getSnapshot()).not.toBe(last);
  expect(getSnapshot().status).toBe('signed-out');
});

it('calls a listener once for each of its subscriptions', () => {
  const page = openPage();
  const listener = vi.fn();
  const off = page.messenger.subscribe(listener);
  page.messenger.subscribe(listener);
  void page.messenger.login();
  const { length } = listener.mock.calls;
  expect(length).toBeGreaterThan(1);
  off();
  void page.messenger.logout();
  expect(listener.mock.calls.length).toBe(length + 1);
});

it('delivers a change that a subscriber causes', async () => {
  const page = await signInPage();
  page.messenger.subscribe(() => {
    if (page.messenger.getSnapshot().status === 'signed-out') void page.messenger.login();
  });
  await pass(1500);
  await settle(page.messenger.logout());
  await pass(2000);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
});

it('logs a failure once if nobody handles the promise, and leaves no unhandled rejection', async () => {
  const page = openPage({ endpoint: { instead: { returns: 'oops' } } });
  void page.messenger.login();
  void page.messenger.load();
  await pass(10_000);
  expect(page.messenger.getSnapshot().status).toBe('failed');
  expect(console.error).toHaveBeenCalledOnce();
  const [name, error] = vi.mocked(console.error).mock.calls[0]!;
  expect(name).toContain('zendesk-messenger-auth');
  expect(isMessengerAuthError(error)).toBe(true);
});

it('reports events in order, and nothing of the token but its lifetime', async () => {
  const page = openPage({ endpoint: { claims: { name: 'Secret Name', email: 'secret@example.com' } } });
  await settle(page.messenger.login());
  page.backend.revoke(page.endpoint.tokens[0]!);
  await pass(2000);
  await settle(page.zendesk.send('hello'));
  page.endpoint.instead = { returns: 'oops' };
  await pass(3_600_000);
  await settle(page.messenger.logout());
  expect(page.events.map(({ type }) => type).filter((type, i, all) => all.indexOf(type) === i)).toEqual([
    'load-requested',
    'token-requested',
    'messenger-live',
    'token-received',
    'renewal-planned',
    'login-called',
    'asked',
    'answered',
    'login-accepted',
    'token-refused',
    'push-called',
    'token-failed',
    'explanation-requested',
    'signed-out',
    'sign-out-completed',
  ]);
  expect(page.events.every(({ atMs }) => atMs > 0)).toBe(true);
  expect(page.events.find(({ type }) => type === 'token-received')).toMatchObject({ lifetimeMs: 3_600_000 });
  const text = JSON.stringify(page.events);
  for (const secret of [
    'Secret Name',
    'secret@',
    'user-1',
    ...page.endpoint.tokens.flatMap((token) => token.split('.')),
  ]) {
    expect(text).not.toContain(secret);
  }
});

it('recognizes an error from another copy of the library', async () => {
  const error = await failureOf(openPage({ endpoint: { instead: { returns: 'oops' } } }).messenger.login());
  vi.resetModules();
  const copy = await import('../../src/index.js');
  expect(error).not.toBeInstanceOf(copy.MessengerAuthError);
  expect(copy.isMessengerAuthError(error)).toBe(true);
  for (const other of [new Error('x'), null, undefined, 'token_expired', {}, { code: 'token_expired' }]) {
    expect(copy.isMessengerAuthError(other)).toBe(false);
  }
});
