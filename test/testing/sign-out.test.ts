// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { kinds, pass, readStored, signIn, startMessenger, token, useFakePage, zE } from './start-messenger.js';

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
    expect(readStored()).toEqual({});
    expect(await messenger.send('next')).toEqual({ sentAs: 'anonymous' });
  });

  it('[M 33] [M 51] sends a request only if a user was signed in, and tries it three times', async () => {
    const { backend, messenger } = await startMessenger();
    zE('messenger', 'logoutUser');
    await pass();
    expect(kinds(backend)).toEqual(['compose 200']);
    const { jwtCallback } = await signIn(token('user-1', {}, 4));
    await pass(6000);
    zE('messenger', 'logoutUser');
    await pass(1400);
    expect(messenger.visitor.kind).toBe('user');
    await pass(200);
    expect(kinds(backend).slice(-3)).toEqual(['logout 401', 'logout 401', 'logout 401']);
    // As for every refused request, the messenger asks once [M 26].
    expect(jwtCallback).toHaveBeenCalledTimes(2);
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

  it.each(['logoutUser', 'resetWidget'])('[M 34] forgets an anonymous visitor too, as %s', async (command) => {
    const { backend, messenger } = await startMessenger();
    await messenger.send('lost');
    zE('messenger', command);
    expect(messenger.visitor).toEqual({ kind: 'none' });
    expect(readStored()).toEqual({});
    await messenger.send('new');
    expect(backend.visitors.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['lost'], ['new']]);
  });
});
