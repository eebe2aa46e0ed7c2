// @vitest-environment jsdom
// What the messenger stores, and what a page load does with it.
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  kinds,
  own,
  pass,
  readStored,
  signIn,
  startAsAnonymous,
  startMessenger,
  startWithLeftover,
  token,
  useFakePage,
  whoIs,
  zE,
} from './start-messenger.js';

useFakePage();

describe.each(BOTH_BUILDS)('The storage, build %s', (build) => {
  it('[M 40] has the ids of the browser before the messenger was used, and no identity', async () => {
    await startMessenger(build);
    const clientId = localStorage.getItem(own('clientId'));
    expect(clientId).toMatch(/^[\da-f]{32}$/);
    expect(localStorage.getItem('ZD-buid')).toBe(clientId);
    expect(Object.keys(localStorage).sort()).toEqual([own('clientId'), 'ZD-buid', 'ZD-suid'].sort());
    expect(Object.keys(sessionStorage)).toEqual(['ZD-widgetOpen']);
    expect(readStored()).toEqual({});
  });

  it('[M 40] has an anonymous visitor with its session, and after a login only the user', async () => {
    const { backend, messenger } = await startMessenger(build);
    await messenger.send('hello');
    expect(readStored()).toEqual({
      appUserId: backend.visitors[0]!.id,
      sessionToken: expect.any(String),
      conversationStartedAt: expect.any(String),
    });
    await signIn(token('alice'));
    const { id } = backend.user('alice')!;
    expect(readStored()).toEqual({ appUserId: id, conversationStartedAt: expect.any(String) });
  });

  it("[M 40] [M 65] is the tab's own with the history setting forget", async () => {
    const { backend } = await startMessenger(build, {}, { history: 'forget' });
    await signIn(token('alice'));
    expect(readStored(sessionStorage)).toEqual({ appUserId: backend.user('alice')!.id });
    expect(Object.keys(localStorage).sort()).toEqual(['ZD-buid', 'ZD-suid']);
    zE('messenger', 'logoutUser');
    await pass();
    expect(readStored(sessionStorage)).toEqual({});
  });

  it(`[M 41] ${build === 'B26' ? 'keeps' : 'never has'} the user's name and e-mail after a sign-out`, async () => {
    const { backend } = await startMessenger(build);
    backend.sendsProfile = true;
    const profile = { name: 'Ann Mary Lee', email: 'ann@example.com', email_verified: true };
    await signIn(token('alice', profile));
    zE('messenger', 'logoutUser');
    await pass();
    const kept = ['givenName', 'surname', 'email'].map((name) => localStorage.getItem(own(name)));
    expect(kept).toEqual(build === 'B26' ? ['Ann', 'Mary Lee', 'ann@example.com'] : [null, null, null]);
  });

  it.each(['logoutUser', 'resetWidget'])('[M 42] loses three keys to %s, in order and in one task', async (command) => {
    const { messenger } = await startMessenger(build);
    await signIn(token('alice'));
    await messenger.send('hello');
    const clientId = localStorage.getItem(own('clientId'));
    const removed: string[] = [];
    const remove = Storage.prototype.removeItem;
    vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(function (this: Storage, key) {
      if (removed.push(key) === 1) void Promise.resolve().then(() => removed.push('end of the task'));
      remove.call(this, key);
    });
    zE('messenger', command);
    await pass();
    const keys = ['appUserId', 'sessionToken', 'conversationStartedAt'].map(own);
    expect(removed).toEqual([...keys, 'end of the task']);
    expect(localStorage.getItem(own('clientId'))).toBe(clientId);
  });

  it('[M 43] tells a user from an anonymous visitor by the session token', async () => {
    const { messenger } = await startMessenger(build);
    await messenger.send('hello');
    expect('sessionToken' in readStored()).toBe(true);
    await signIn(token('alice'));
    expect('sessionToken' in readStored()).toBe(false);
  });
});

describe.each(BOTH_BUILDS)('A page load, build %s', (build) => {
  it('[M 44] reads an anonymous visitor who is stored', async () => {
    const { backend, messenger } = await startAsAnonymous(build);
    expect(kinds(backend).slice(-2)).toEqual(['compose 200', 'read-visitor 200']);
    expect(whoIs(messenger)).toBe('anonymous');
    await messenger.send('again');
    expect(backend.visitors).toMatchObject([{ messages: [{ text: 'as nobody' }, { text: 'again' }] }]);
  });

  it("[M 45] does nothing with a user's identity, which the first message overwrites", async () => {
    const { backend, messenger } = await startWithLeftover(build);
    const before = readStored();
    await pass(5000);
    zE('messenger:set', 'locale', 'fr');
    await pass();
    expect(kinds(backend).at(-1)).toBe('compose 200');
    expect(readStored()).toEqual(before);
    expect(whoIs(messenger)).toBe('none');
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
    expect(readStored()['appUserId']).not.toBe(before['appUserId']);
    expect(readStored()).toHaveProperty('sessionToken');
  });
});

it('the storage of the old widget has none of these keys [M 37]', async () => {
  install(createFakeBackend({ build: 'classic' }));
  insertTag();
  await pass();
  expect({ ...localStorage, ...sessionStorage }).toEqual({});
});
