// @vitest-environment jsdom
// Two tabs of one site. The other tab is played by changes of the storage and the events that a browser sends for them.
import { describe, expect, it, vi } from 'vitest';
import {
  BOTH_BUILDS,
  own,
  pass,
  readStored,
  signIn,
  startMessenger,
  token,
  useFakePage,
  whoIs,
  zE,
  startSignedIn,
} from './start-messenger.js';
import { FAKE_ACCOUNT, type FakeBackend } from '../../src/testing/index.js';

useFakePage();

/** What another tab does to the shared storage. */
function changeElsewhere(name: string, newValue: string | null): void {
  if (newValue === null) localStorage.removeItem(own(name));
  else localStorage.setItem(own(name), newValue);
  window.dispatchEvent(new StorageEvent('storage', { key: own(name), newValue, storageArea: localStorage }));
}

/** Signs bob in, in the other tab. Returns his id. */
async function signInElsewhere(backend: FakeBackend): Promise<string> {
  await backend.fetch(`https://fake-account.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token('bob')}` },
  });
  const { id } = backend.user('bob')!;
  changeElsewhere('appUserId', id);
  return id;
}

describe.each(BOTH_BUILDS)('Another tab, build %s', (build) => {
  it('[M 61] signs this one out by removing the key, without a request and without an event', async () => {
    const { backend, messenger } = await startSignedIn(build);
    zE('messenger:set', 'conversationTags', ['vip']);
    zE('messenger', 'open');
    const closed = vi.fn();
    zE('messenger:on', 'close', closed);
    const before = backend.requests.length;
    changeElsewhere('appUserId', null);
    expect(whoIs(messenger)).toBe('none');
    await pass(5000);
    expect(backend.requests).toHaveLength(before);
    expect(closed).not.toHaveBeenCalled();
    // Fields and tags stay, and go with the next visitor's message [M 72].
    expect(messenger.conversationTags).toEqual(['vip']);
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
  });

  it('[M 61] signs this one out by removing everything, and not by removing another key', async () => {
    const { messenger } = await startSignedIn(build);
    changeElsewhere('sessionToken', null);
    changeElsewhere('clientId', null);
    // Another frame of this tab has emptied its sessionStorage.
    window.dispatchEvent(new StorageEvent('storage', { key: null, newValue: null, storageArea: sessionStorage }));
    expect(whoIs(messenger)).toBe('alice');
    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key: null, newValue: null, storageArea: localStorage }));
    expect(whoIs(messenger)).toBe('none');
  });

  it('[M 61] keeps what it has stored meanwhile, because this one signs out in memory only', async () => {
    const { backend, messenger } = await startSignedIn(build);
    const bob = await signInElsewhere(backend);
    // The event about the removal arrives after the other tab has signed in again.
    window.dispatchEvent(new StorageEvent('storage', { key: own('appUserId'), newValue: null }));
    expect([readStored()['appUserId'], whoIs(messenger)]).toEqual([bob, 'none']);
  });

  it('[M 61] is signed out by a logoutUser here, which removes the key, when the call has ended', async () => {
    const { backend } = await startSignedIn(build);
    const remove = vi.spyOn(Storage.prototype, 'removeItem');
    backend.answerAlways('logout', { delayMs: 300 });
    zE('messenger', 'logoutUser');
    await pass(200);
    expect(remove).not.toHaveBeenCalled();
    await pass(200);
    expect(remove).toHaveBeenCalledWith(own('appUserId'));
  });

  it('[M 62] is ignored if it signs another user in', async () => {
    const { backend, messenger } = await startSignedIn(build);
    await messenger.send('from alice');
    await signInElsewhere(backend);
    expect(whoIs(messenger)).toBe('alice');
    expect(await messenger.send('from alice, too')).toEqual({ sentAs: 'user', externalId: 'alice' });
    expect(backend.user('alice')?.messages).toHaveLength(2);
  });

  it.each(['send', 'startConversation'] as const)(
    '[M 63] has signed another user in: the next new conversation wipes the key for both (%s)',
    async (method) => {
      const { backend, messenger } = await startSignedIn(build);
      if (method === 'startConversation') await messenger.send('an old conversation');
      const bob = await signInElsewhere(backend);
      const before = backend.requests.length;
      const sending = messenger[method]('a new conversation');
      await pass(1600);
      expect(await sending).toEqual({ failed: '401: Invalid JWT' });
      expect(backend.requests.slice(before).map(({ kind, externalId }) => `${kind} ${externalId}`)).toEqual(
        Array(3).fill('read-visitor alice'),
      );
      expect(messenger.renewalAsks).toBe(1);
      expect([readStored(), whoIs(messenger)]).toEqual([{}, 'none']);
      expect(backend.user('bob')?.id).toBe(bob);
    },
  );

  it('[M 64] signs out and in as another user: this one is nobody, and its next message overwrites the key', async () => {
    const { backend, messenger } = await startSignedIn(build);
    changeElsewhere('appUserId', null);
    const bob = await signInElsewhere(backend);
    expect(whoIs(messenger)).toBe('none');
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
    expect(readStored()).toMatchObject({ appUserId: expect.not.stringContaining(bob) as string });
    expect(readStored()).toHaveProperty('sessionToken');
  });

  it('[M 65] does nothing to this one with the history setting forget', async () => {
    const { messenger } = await startMessenger(build, {}, { history: 'forget' });
    await signIn(token('alice'));
    changeElsewhere('appUserId', null);
    expect(whoIs(messenger)).toBe('alice');
    expect(readStored(sessionStorage)).toHaveProperty('appUserId');
  });
});
