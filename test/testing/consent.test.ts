// @vitest-environment jsdom
// `messenger:set cookies`: consent that is withdrawn, and given again.
import { describe, expect, it, vi } from 'vitest';
import {
  BOTH_BUILDS,
  kinds,
  logins,
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

useFakePage();

describe.each(BOTH_BUILDS)('Withdrawn consent, build %s', (build) => {
  const setCookies = (value: unknown) => zE('messenger:set', 'cookies', value);
  const launcher = () => document.querySelector('#launcher');

  it.each(['none', false])('[M 66] (%s) removes the identity and the launcher, without a request', async (value) => {
    const { backend, messenger } = await startSignedIn(build);
    await messenger.send('hello');
    expect(launcher()).not.toBeNull();
    const before = backend.requests.length;
    setCookies(value);
    expect([readStored(), whoIs(messenger), launcher()]).toEqual([{}, 'none', null]);
    expect(Object.keys({ ...localStorage, ...sessionStorage })).toEqual([own('clientId')]);
    await pass(5000);
    expect(backend.requests).toHaveLength(before);
  });

  it.each(['all', 'functional', true])('[M 66] comes back as %s: with the launcher, and nobody', async (value) => {
    const { messenger } = await startSignedIn(build);
    setCookies('none');
    setCookies(value);
    await pass(5000);
    expect(launcher()).not.toBeNull();
    expect([readStored(), whoIs(messenger)]).toEqual([{}, 'none']);
    await signIn(token('alice'));
    expect([Object.keys(readStored()), whoIs(messenger)]).toEqual([['appUserId'], 'alice']);
  });

  it('[M 67] [M 54] lets users sign in, in memory only, until the next login after it came back', async () => {
    const { backend, messenger } = await startMessenger(build);
    setCookies('none');
    await signIn(token('alice'));
    expect(await messenger.send('hello')).toEqual({ sentAs: 'user', externalId: 'alice' });
    expect(readStored()).toEqual({});
    setCookies('all');
    zE('messenger', 'logoutUser');
    await pass(2000);
    expect([readStored(), whoIs(messenger)]).toEqual([{}, 'alice']);
    await signIn(token('alice', { n: 2 }));
    expect(readStored()).toMatchObject({ appUserId: backend.user('alice')!.id });
  });

  it('[M 67] lets another user take the place of the first, without a sign-out and without an identity', async () => {
    const { backend, messenger } = await startMessenger(build);
    setCookies('none');
    await signIn(token('alice'));
    await signIn(token('bob'));
    expect([logins(backend), whoIs(messenger)]).toEqual([['alice with nothing', 'bob with nothing'], 'bob']);
    expect(kinds(backend).filter((kind) => kind.startsWith('logout'))).toEqual([]);
  });

  it.each([0, 100])('[M 68] lets a login say that it was accepted, but nobody is signed in (%d ms)', async (waitMs) => {
    const { backend, messenger } = await startMessenger(build);
    backend.answerAlways('login', { delayMs: 600 });
    const loginCallback = vi.fn();
    zE('messenger', 'loginUser', (answer: (jwt: string) => void) => answer(token('alice')), loginCallback);
    if (waitMs > 0) await pass(waitMs);
    setCookies('none');
    await pass(1000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect([readStored(), whoIs(messenger)]).toEqual([{}, 'none']);
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
    expect(readStored()).toEqual({});
  });

  it.each(['functional', 'all', true])('[M 69] was never withdrawn: %s changes nothing', async (value) => {
    const { messenger } = await startSignedIn(build);
    const before = { ...localStorage };
    setCookies(value);
    expect([{ ...localStorage }, whoIs(messenger)]).toEqual([before, 'alice']);
  });
});
