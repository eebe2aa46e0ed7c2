// @vitest-environment jsdom
// The wipe of a sign-out comes when the server call has ended. What happens until then, and what other ways there are.
import { describe, expect, it, vi } from 'vitest';
import {
  BOTH_BUILDS,
  kinds,
  loadNextPage,
  logins,
  own,
  pass,
  readStored,
  signIn,
  startMessenger,
  startSignedIn,
  startWithLeftover,
  token,
  useFakePage,
  whoIs,
  zE,
  type Answer,
  type Started,
} from './start-messenger.js';
import type { FakeOutcome } from '../../src/testing/index.js';

useFakePage();

const logout = () => zE('messenger', 'logoutUser');
const logIn = (who: string, loginCallback = vi.fn()) => {
  zE('messenger', 'loginUser', (answer: Answer) => answer(token(who)), loginCallback);
  return loginCallback;
};
const deleteKeys = () =>
  ['appUserId', 'sessionToken', 'conversationStartedAt'].forEach((name) => localStorage.removeItem(own(name)));
const count = ({ backend }: Started, kind: string) => kinds(backend).filter((entry) => entry.startsWith(kind)).length;

describe.each(BOTH_BUILDS)('After logoutUser, build %s', (build) => {
  it.each<[string, FakeOutcome, number, number]>([
    ['0 ms', { delayMs: 0 }, 20, 1],
    ['300 ms', { delayMs: 300 }, 300, 1],
    ['3 s', { delayMs: 3000 }, 3000, 1],
    ['500', { status: 500 }, 1500, 3],
    ['offline', 'network-error', 1500, 3],
  ])('[M 51] the key is there until the call has ended: %s', async (_, outcome, wipedMs, calls) => {
    const started = await startSignedIn(build);
    const { backend, messenger } = started;
    backend.answerAlways('logout', outcome);
    logout();
    await pass(wipedMs - 20);
    if (wipedMs > 20) expect([Object.keys(readStored()), whoIs(messenger)]).toEqual([['appUserId'], 'alice']);
    await pass(40);
    expect([readStored(), whoIs(messenger), count(started, 'logout')]).toEqual([{}, 'none', calls]);
    await signIn(token('bob'));
    expect(logins(backend).at(-1)).toBe('bob with nothing');
  });

  it('[M 51] the key stays for ever while the call hangs', async () => {
    const { backend, messenger } = await startSignedIn(build);
    backend.answerAlways('logout', 'hang');
    logout();
    await pass(3_600_000);
    expect([Object.keys(readStored()), whoIs(messenger)]).toEqual([['appUserId'], 'alice']);
  });

  it.each([0, 100])(
    '[M 52] (%d ms) another user in the same tick costs a second call, and carries the identity',
    async (delayMs) => {
      const started = await startSignedIn(build);
      started.backend.answerAlways('logout', { delayMs });
      logout();
      logIn('bob');
      await pass(300);
      expect(count(started, 'logout')).toBe(2);
      expect(logins(started.backend).at(-1)).toBe('bob with alice');
      expect(started.backend.breaches).toHaveLength(1);
    },
  );

  it.each([
    ['resetWidget', () => zE('messenger', 'resetWidget')],
    ['deleted keys', deleteKeys],
  ])('[M 53] and %s, another user signs in clean, and the late wipe signs that user out', async (_, forget) => {
    const started = await startSignedIn(build);
    const { backend, messenger } = started;
    backend.answerAlways('logout', { delayMs: 1000 });
    logout();
    forget();
    expect(readStored()).toEqual({});
    const loginCallback = logIn('bob');
    await pass(500);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect([logins(backend).at(-1), whoIs(messenger)]).toEqual(['bob with nothing', 'bob']);
    await pass(600);
    expect([readStored(), whoIs(messenger), count(started, 'logout')]).toEqual([{}, 'none', 1]);
    expect(loginCallback).toHaveBeenCalledTimes(1);
  });

  it.each([
    [200, 50],
    [500, 100],
    [300, 600],
  ])('[M 80] the same user is signed out again: sign-out %d ms, login %d ms', async (signOutMs, signInMs) => {
    const { backend, messenger } = await startSignedIn(build);
    backend.answerAlways('logout', { delayMs: signOutMs });
    backend.answerAlways('login', { delayMs: signInMs });
    logout();
    const loginCallback = logIn('alice');
    await pass(1000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect([readStored(), whoIs(messenger)]).toEqual([{}, 'none']);
    await signIn(token('alice'));
    await pass(1000);
    expect(whoIs(messenger)).toBe('alice');
  });

  it('[M 80] the same user stays signed in if neither takes any time', async () => {
    const { messenger } = await startSignedIn(build);
    logout();
    logIn('alice');
    await pass(1000);
    expect(whoIs(messenger)).toBe('alice');
  });

  it.each([
    ['the page was left at once', () => undefined, ['appUserId']],
    ['the page deleted the keys and was left', deleteKeys, []],
    ['resetWidget', () => zE('messenger', 'resetWidget'), []],
  ])('[M 56] the next page finds this, if %s', async (_, before, found) => {
    const started = await startSignedIn(build);
    started.backend.answerAlways('logout', { delayMs: 300 });
    logout();
    before();
    await loadNextPage(started);
    await pass(1000);
    expect(Object.keys(readStored())).toEqual(found);
    expect(count(started, 'logout')).toBe(1);
  });
});

describe.each(BOTH_BUILDS)('Without a stored key, build %s', (build) => {
  it('[M 54] logoutUser leaves the user signed in', async () => {
    const started = await startSignedIn(build);
    deleteKeys();
    logout();
    await pass(2000);
    expect([whoIs(started.messenger), count(started, 'logout')]).toEqual(['alice', 0]);
    expect(await started.messenger.send('hello')).toEqual({ sentAs: 'user', externalId: 'alice' });
  });
});

describe.each(BOTH_BUILDS)('resetWidget, build %s', (build) => {
  it('[M 55] [M 58] wipes without a server call and calls back, all before it returns', async () => {
    const started = await startSignedIn(build);
    const { backend, messenger } = started;
    const callback = vi.fn(() => expect(readStored()).toEqual({}));
    zE('messenger', 'resetWidget', callback);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(whoIs(messenger)).toBe('none');
    logout();
    await signIn(token('bob'));
    await pass(2000);
    expect([logins(backend).at(-1), whoIs(messenger)]).toEqual(['bob with nothing', 'bob']);
    expect(count(started, 'logout')).toBe(0);
  });

  it(`[M 59] ${build === 'B26' ? 'is ignored' : 'works'} while an anonymous visitor is being created`, async () => {
    const { backend, messenger } = await startMessenger(build);
    backend.answerNext('visitor', { delayMs: 300 });
    const sending = messenger.send('hello');
    await pass(100);
    const callback = vi.fn();
    zE('messenger', 'resetWidget', callback);
    await pass(1000);
    await sending;
    expect(callback).toHaveBeenCalledTimes(build === 'B26' ? 0 : 1);
  });

  it(`[M 60] [M 33] ${build === 'B26' ? 'clears' : 'keeps'} fields and tags; logoutUser clears them`, async () => {
    const { messenger } = await startWithLeftover(build);
    zE('messenger:set', 'conversationTags', ['vip']);
    zE('messenger', 'resetWidget');
    expect(messenger.conversationTags).toEqual(build === 'B26' ? [] : ['vip']);
    logout();
    expect(messenger.conversationTags).toEqual([]);
  });

  it.each(['logoutUser', 'resetWidget'])('[M 57] a login in flight never calls back after %s', async (command) => {
    const { backend, messenger } = await startMessenger(build);
    backend.answerAlways('login', { delayMs: 600 });
    const loginCallback = logIn('alice');
    await pass(100);
    zE('messenger', command);
    await pass(5000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect([readStored(), whoIs(messenger)]).toEqual([{}, 'none']);
  });
});
