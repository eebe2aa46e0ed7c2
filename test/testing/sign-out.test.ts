// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { insertTag, install, kinds, pass, signIn, startMessenger, token, useFakePage, zE } from './start-messenger.js';

useFakePage();

describe('logoutUser', () => {
  it('[M 33] clears fields and tags, sends a request, clears the storage and closes the window', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token());
    await messenger.send('hello');
    zE('messenger:set', 'conversationFields', [{ id: '1', value: 'x' }]);
    zE('messenger:set', 'conversationTags', ['vip']);
    // Fields that are set just before would apply after it [M 73].
    await pass();
    zE('messenger', 'open');
    expect(zE('messenger', 'logoutUser')).toBeUndefined();
    await pass();
    expect(kinds(backend).at(-1)).toBe('logout 200');
    expect(backend.user('user-1')).toMatchObject({ signedIn: false, messages: [{ text: 'hello' }] });
    expect(messenger).toMatchObject({
      visitor: { kind: 'none' },
      conversationFields: [],
      conversationTags: [],
      isOpen: false,
      messages: [],
    });
    expect(localStorage).toHaveLength(0);
    expect(await messenger.send('next')).toEqual({ sentAs: 'anonymous' });
  });

  it('[M 33] sends a request only if a user was signed in, and a 401 does not cause an ask', async () => {
    const { backend, messenger } = await startMessenger();
    zE('messenger', 'logoutUser');
    await pass();
    expect(kinds(backend)).toEqual(['compose 200']);
    const { jwtCallback } = await signIn(token('user-1', {}, 4));
    await pass(6000);
    zE('messenger', 'logoutUser');
    await pass(5000);
    expect(kinds(backend).at(-1)).toBe('logout 401');
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('[M 33] makes an open login fail with Not latest request if the token has not arrived', async () => {
    const { backend, messenger } = await startMessenger();
    const loginCallback = vi.fn();
    zE(
      'messenger',
      'loginUser',
      (answer: (jwt: string) => void) => setTimeout(() => answer(token()), 100),
      loginCallback,
    );
    zE('messenger', 'logoutUser');
    await pass(5000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ reason: 'Not latest request' }));
    expect(messenger.visitor).toEqual({ kind: 'none' });
    expect(kinds(backend)).toEqual(['compose 200']);
  });

  it('[M 33] signs out the other tabs too', async () => {
    const { messenger } = await startMessenger();
    await signIn(token());
    const key = localStorage.key(0)!;
    // A browser fires this event in the other tabs of a site.
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: null }));
    expect(messenger.visitor.kind).toBe('user');
    const written: string[] = [];
    const setItem = vi.spyOn(Storage.prototype, 'setItem').mockImplementation((_, value) => void written.push(value));
    zE('messenger', 'logoutUser');
    setItem.mockRestore();
    await signIn(token());
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: written[0]! }));
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it.each(['logoutUser', 'resetWidget'])('[M 34] forgets an anonymous visitor too, as %s', async (command) => {
    const { backend, messenger } = await startMessenger();
    await messenger.send('lost');
    zE('messenger', command);
    expect(messenger.visitor).toEqual({ kind: 'none' });
    expect(localStorage).toHaveLength(0);
    await messenger.send('new');
    expect(backend.visitors.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['lost'], ['new']]);
  });
});

it('[M 34] the messenger forgets a user of an earlier page after three 401s, without an ask', async () => {
  const { backend, messenger } = await startMessenger();
  await signIn(token());
  messenger.uninstall();
  const next = install(backend);
  insertTag();
  await pass();
  const before = backend.requests.length;
  const sending = next.send('hello');
  await pass(1500);
  expect(await sending).toEqual({ failed: '401: Invalid JWT' });
  expect(kinds(backend).slice(before)).toEqual(['send 401', 'send 401', 'send 401']);
  expect(next.asks).toBe(0);
  expect(await next.send('again')).toEqual({ sentAs: 'anonymous' });
});
