// @vitest-environment jsdom
// Whose identity a login carries.
import { describe, expect, it } from 'vitest';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  kinds,
  logins,
  own,
  page,
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
  type Answer,
} from './start-messenger.js';

useFakePage();

describe.each(BOTH_BUILDS)('The login, build %s', (build) => {
  it.each(['live', 'queued'])("[M 46] carries another user's identity, %s", async (when) => {
    const first = await startMessenger(build);
    await signIn(token('alice'));
    first.messenger.uninstall();
    const headers: (string | null)[] = [];
    const { backend } = first;
    const fetch = (input: string, init?: RequestInit) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/login')) headers.push(request.headers.get('x-zendesk-userid'));
      return backend.handle(request);
    };
    install(backend, { fetch });
    insertTag();
    if (when === 'live') await pass();
    else
      page.zE = page.zEmbed = Object.assign(() => undefined, {
        _: [['messenger', 'loginUser', (answer: Answer) => answer(token('bob'))]],
      });
    if (when === 'live') await signIn(token('bob'));
    await pass();
    expect(logins(backend)).toEqual(['alice with nothing', 'bob with alice']);
    expect(kinds(backend).filter((kind) => kind.startsWith('logout'))).toEqual([]);
    expect(headers).toEqual([build === 'B26' ? backend.user('alice')!.id : null]);
    expect(backend.breaches).toMatchObject([{ kind: 'foreign-identity', userId: 'bob', belongsTo: 'alice' }]);
  });

  it("[M 46] carries the same user's identity without a breach", async () => {
    const { backend } = await startWithLeftover(build);
    await signIn(token('alice'));
    expect(logins(backend).at(-1)).toBe('alice with alice');
    expect(backend.breaches).toEqual([]);
  });

  it('[M 46] carries an anonymous visitor with its session, who is merged, without a breach', async () => {
    const { backend } = await startAsAnonymous(build);
    await signIn(token('alice'));
    expect(logins(backend)).toEqual(['alice with anonymous']);
    expect(backend.user('alice')?.messages).toMatchObject([{ text: 'as nobody' }]);
    expect(backend.breaches).toEqual([]);
  });

  it("[M 47] is tried three times with another user's identity, and then wipes it before the callback", async () => {
    const { backend } = await startWithLeftover(build);
    backend.answerAlways('login', { status: 401 });
    const stored: unknown[] = [];
    zE(
      'messenger',
      'loginUser',
      (answer: Answer) => answer(token('bob')),
      () => stored.push(readStored()),
    );
    await pass(2000);
    expect(logins(backend).slice(1)).toEqual(['bob with alice', 'bob with alice', 'bob with alice']);
    expect(backend.breaches).toHaveLength(3);
    expect(stored).toEqual([{}]);
  });

  it('[M 48] [M 18] carries what was stored when it was called: the previous user after a direct switch', async () => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token('alice'));
    const before = backend.requests.length;
    backend.answerNext('logout', { delayMs: 300 });
    await signIn(token('bob'));
    expect(whoIs(messenger)).toBe('alice');
    await pass(300);
    expect(kinds(backend).slice(before)).toEqual(['logout 200', 'login 200', 'conversations 200']);
    expect(logins(backend).at(-1)).toBe('bob with alice');
    expect(whoIs(messenger)).toBe('bob');
  });
});

describe.each(BOTH_BUILDS)('What makes a clean login, build %s', (build) => {
  it.each([
    ['logoutUser', () => zE('messenger', 'logoutUser')],
    ['resetWidget', () => zE('messenger', 'resetWidget')],
    ['deleted keys', () => Object.keys(readStored()).forEach((name) => localStorage.removeItem(own(name)))],
  ])("[M 49] with another user's identity stored: %s, at once and without a server call", async (_, forget) => {
    const { backend, messenger } = await startWithLeftover(build);
    forget();
    expect(readStored()).toEqual({});
    await signIn(token('bob'));
    expect(logins(backend).at(-1)).toBe('bob with nothing');
    expect(kinds(backend).filter((kind) => kind.startsWith('logout'))).toEqual([]);
    expect(whoIs(messenger)).toBe('bob');
    expect(backend.breaches).toEqual([]);
  });

  it('[M 50] [M 34] loses the conversation of an anonymous visitor', async () => {
    const { backend } = await startAsAnonymous(build);
    zE('messenger', 'logoutUser');
    expect(readStored()).toEqual({});
    await signIn(token('alice'));
    expect(logins(backend)).toEqual(['alice with nothing']);
    expect(backend.user('alice')?.messages).toEqual([]);
  });
});
