// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { FakeMessenger, FakeOutcome } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  failure,
  kinds,
  pass,
  readStored,
  signIn,
  startMessenger,
  token,
  useFakePage,
  zE,
  type Answer,
} from './start-messenger.js';

useFakePage();

const USER = { sentAs: 'user', externalId: 'user-1' };
const REFUSED = { failed: '401: Invalid JWT' };
const short = (n = 0) => token('user-1', { n }, 4);

describe('The messenger', () => {
  it.each(BOTH_BUILDS)('[M 26] never asks without a 401 in %s, even if the token expired long ago', async (build) => {
    const { backend, messenger } = await startMessenger(build);
    const { jwtCallback } = await signIn(short());
    zE('messenger', 'open');
    await pass(3_600_000);
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(kinds(backend)).toEqual(['compose 200', 'login 200', 'conversations 200']);
  });

  it.each([
    ['a message', (messenger: FakeMessenger) => messenger.send('hello')],
    ['a background request', (messenger: FakeMessenger) => messenger.request()],
    ['the realtime socket', (messenger: FakeMessenger) => messenger.connectRealtime()],
  ])('[M 26] asks 500 ms after a 401 to %s', async (_, act) => {
    const { messenger } = await startMessenger();
    const jwtCallback = vi.fn((answer: Answer) => answer(short(jwtCallback.mock.calls.length)));
    zE('messenger', 'loginUser', jwtCallback);
    await pass(6000);
    const acting = act(messenger);
    await pass(499);
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(jwtCallback).toHaveBeenCalledTimes(2);
    expect(await acting).toEqual(USER);
    expect(messenger.renewalAsks).toBe(1);
  });

  it.each([
    ['B25', { status: 409 }, 0],
    ['B26', { status: 409 }, 1],
    ['B25', { status: 429 }, 0],
    ['B26', { status: 429 }, 1],
    ['B25', { status: 401 }, 1],
    ['B26', { status: 401 }, 1],
    ['B25', { status: 403 }, 0],
    ['B26', { status: 403 }, 0],
    ['B26', { status: 404 }, 0],
    ['B25', { status: 500 }, 0],
    ['B26', { status: 500 }, 0],
    ['B26', 'network-error', 0],
  ] as const)(
    '[M 26] [M 27] in %s, after one login answer %j: asks %d times, and sends the login again',
    async (build, outcome, asks) => {
      const { backend, messenger } = await startMessenger(build);
      backend.answerNext('login', outcome);
      await signIn(token(), token('user-1', { n: 2 }));
      await pass(5000);
      expect(messenger.renewalAsks).toBe(asks);
      expect(kinds(backend).filter((kind) => kind.startsWith('login'))).toHaveLength(2);
      expect(messenger.visitor.kind).toBe('user');
    },
  );

  it('[M 26] sends the login again after a 403 in a session', async () => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback, loginCallback } = await signIn(token());
    backend.answerNext('send', { status: 403 });
    const before = backend.requests.length;
    const sending = messenger.send('hello');
    await pass(600);
    expect(await sending).toEqual(USER);
    expect(
      kinds(backend)
        .slice(before)
        .filter((kind) => !kind.startsWith('conv')),
    ).toEqual(['send 403', 'login 200', 'send 201']);
    expect([jwtCallback.mock.calls.length, loginCallback.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('A refused request', () => {
  it.each(BOTH_BUILDS)('[M 27] causes one ask in %s, two retries, and then a silent sign-out', async (build) => {
    const { backend, messenger } = await startMessenger(build);
    const { jwtCallback, loginCallback } = await signIn(token());
    await messenger.send('before');
    zE('messenger', 'open');
    backend.answerAlways('send', { status: 401 });
    const before = backend.requests.length;
    const start = Date.now();
    const sending = messenger.send('hello');
    await pass(1499);
    expect(messenger.visitor.kind).toBe('user');
    await pass(1);
    expect(await sending).toEqual(REFUSED);
    expect(backend.requests.slice(before).map(({ atMs }) => atMs - start)).toEqual([0, 500, 1000]);
    expect(jwtCallback).toHaveBeenCalledTimes(2);
    expect(loginCallback).toHaveBeenCalledTimes(1);
    expect(messenger).toMatchObject({ visitor: { kind: 'none' }, isOpen: false, messages: [] });
    expect(readStored()).toEqual({});
    backend.answerAlways('send', undefined);
    expect(await messenger.send('next')).toEqual({ sentAs: 'anonymous' });
    expect(messenger.visitor.kind).toBe('anonymous');
    expect(jwtCallback).toHaveBeenCalledTimes(2);
  });

  it('[M 27] is sent three times if it is a login, and then ends with loginCallback and a local sign-out', async () => {
    const { backend, messenger } = await startMessenger();
    await messenger.send('hello');
    const { jwtCallback, loginCallback } = await signIn(
      token('user-1', { scope: 'x' }),
      token('user-1', { scope: 'y' }),
    );
    await pass(2000);
    expect(kinds(backend).filter((kind) => kind.startsWith('login'))).toEqual(['login 401', 'login 401', 'login 401']);
    expect(jwtCallback).toHaveBeenCalledTimes(2);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure('401: Invalid JWT'));
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('[M 27] is retried with the old token if the answer is falsy', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token(), undefined);
    backend.answerNext('send', { status: 401 });
    const sending = messenger.send('hello');
    await pass(600);
    expect(await sending).toEqual(USER);
  });

  it('[M 27] causes only one ask, even if the new token is refused too', async () => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback } = await signIn(token(), token('user-1', { n: 2 }), token('user-1', { n: 3 }));
    backend.answerAlways('send', { status: 401 });
    const sending = messenger.send('hello');
    await pass(1500);
    expect(await sending).toEqual(REFUSED);
    expect(jwtCallback).toHaveBeenCalledTimes(2);
  });

  it('[M 26] causes no second ask about the same token, but is retried with it', async () => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback } = await signIn(token());
    for (let round = 0; round < 2; round += 1) {
      backend.answerNext('send', { status: 401 });
      const sending = messenger.send('hello');
      await pass(600);
      expect(await sending).toEqual(USER);
    }
    expect(jwtCallback).toHaveBeenCalledTimes(2);
  });

  it('[M 26] causes another ask if it is the next request, and its token is the renewed one', async () => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback } = await signIn(token(), token('user-1', { n: 2 }), token('user-1', { n: 3 }));
    for (let round = 0; round < 2; round += 1) {
      backend.revokeAll();
      const sending = messenger.send('hello');
      await pass(600);
      expect(await sending).toEqual(USER);
    }
    expect(jwtCallback).toHaveBeenCalledTimes(3);
  });
});

describe('The answer to an ask', () => {
  it('[M 28] has no time limit: without it, the request hangs forever', async () => {
    const { backend, messenger } = await startMessenger();
    let late: Answer | undefined;
    const jwtCallback = vi.fn((answer: Answer) => {
      if (jwtCallback.mock.calls.length === 1) answer(short());
      else late = answer;
    });
    zE('messenger', 'loginUser', jwtCallback);
    await pass(6000);
    const settled = vi.fn();
    void messenger.send('hello').then(settled);
    await pass(3_600_000);
    expect(settled).not.toHaveBeenCalled();
    expect(messenger.waitingAsks).toBe(1);
    expect(messenger.visitor.kind).toBe('user');
    late?.(token());
    await pass();
    expect(settled).toHaveBeenCalledExactlyOnceWith(USER);
    expect(backend.user('user-1')?.messages).toHaveLength(1);
  });

  it('[M 28] is not awaited by a parallel request with the same token, which signs the visitor out after 1.5 s', async () => {
    const { messenger } = await startMessenger();
    let late: Answer | undefined;
    const jwtCallback = vi.fn((answer: Answer) => {
      if (jwtCallback.mock.calls.length === 1) answer(short());
      else late = answer;
    });
    zE('messenger', 'loginUser', jwtCallback);
    await pass(6000);
    const hanging = vi.fn();
    void messenger.send('one').then(hanging);
    const parallel = messenger.request();
    await pass(1500);
    expect(await parallel).toEqual(REFUSED);
    expect(messenger.visitor).toEqual({ kind: 'none' });
    expect(hanging).not.toHaveBeenCalled();
    // A late answer to an ask of an earlier session changes nothing.
    late?.(token());
    await pass(1);
    expect(hanging).toHaveBeenCalledExactlyOnceWith({ failed: 'signed out meanwhile' });
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('[M 28] has no effect on the session of the next user if it is late', async () => {
    const { backend, messenger } = await startMessenger();
    const answers: Answer[] = [];
    zE('messenger', 'loginUser', (answer: Answer) => answers.push(answer));
    answers[0]?.(token('ann'));
    await pass();
    backend.revokeAll();
    void messenger.send('hanging');
    await pass(600);
    expect(answers).toHaveLength(2);
    const { loginCallback } = await signIn(token('bob'));
    // Ann's own sign-out is refused three times, too.
    await pass(2000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    answers[1]?.(token('ann', { n: 2 }));
    await pass();
    expect(await messenger.send('hello')).toEqual({ sentAs: 'user', externalId: 'bob' });
    expect(backend.requests.at(-1)).toMatchObject({ kind: 'send', externalId: 'bob' });
  });
});

it("[M 29] the messenger uses another user's token inside the first user's session, where it is refused", async () => {
  const { backend, messenger } = await startMessenger();
  await signIn(token('ann'), token('bob'));
  backend.answerNext('send', { status: 401 });
  const sending = messenger.send('hello');
  await pass(600);
  expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'ann' });
  expect(backend.requests.at(-1)).toMatchObject({ kind: 'send', externalId: 'bob', status: 401 });
  await pass(1000);
  expect(await sending).toEqual(REFUSED);
  expect(messenger.visitor).toEqual({ kind: 'none' });
});

describe('A 401 without CORS headers', () => {
  it('[M 30] looks like a network error: the messenger does not ask, and the request fails with Unknown error', async () => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback } = await signIn(short());
    backend.withoutCors = true;
    await pass(6000);
    expect(await messenger.send('hello')).toEqual({ failed: 'Unknown error' });
    await pass(5000);
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    expect(messenger.visitor.kind).toBe('user');
    // Only a push with a fresh token helps.
    await signIn(token());
    expect(await messenger.send('hello')).toEqual(USER);
  });

  it('[M 30] makes a login fail with Unknown error, and the anonymous visitor stays', async () => {
    const { backend, messenger } = await startMessenger();
    await messenger.send('hello');
    backend.withoutCors = true;
    const { loginCallback } = await signIn(token('user-1', {}, -1));
    await pass(2000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure('Unknown error'));
    expect(messenger.visitor.kind).toBe('anonymous');
  });
});

describe('As in the measured run, a page', () => {
  it.each(BOTH_BUILDS)('[M 32] loses the visitor in %s if it always answers with its first token', async (build) => {
    const { backend, messenger } = await startMessenger(build);
    zE('messenger', 'open');
    const { jwtCallback } = await signIn(short());
    await pass(6000);
    const before = backend.requests.length;
    const sending = messenger.send('one');
    await pass(1500);
    expect(await sending).toEqual(REFUSED);
    expect(kinds(backend).slice(before)).toEqual(['send 401', 'send 401', 'send 401']);
    expect(backend.requests.at(-1)?.reason).toBe('expired');
    expect(jwtCallback).toHaveBeenCalledTimes(2);
    expect(messenger.isOpen).toBe(false);
    expect(await messenger.send('two')).toEqual({ sentAs: 'anonymous' });
  });

  it.each(BOTH_BUILDS)(
    '[M 32] sees one 401 in %s, and no other, if it answers with a fresh token at once',
    async (build) => {
      const { backend, messenger } = await startMessenger(build);
      const jwtCallback = vi.fn((answer: Answer) => answer(short(jwtCallback.mock.calls.length)));
      zE('messenger', 'loginUser', jwtCallback);
      await pass(6000);
      const before = backend.requests.length;
      const one = messenger.send('one');
      await pass(600);
      expect(await one).toEqual(USER);
      expect(await messenger.send('two')).toEqual(USER);
      expect(kinds(backend).slice(before)).toEqual(['send 401', 'send 201', 'send 201']);
    },
  );
});

it.each(BOTH_BUILDS)('[M 32] %s asks once for two simultaneous requests with an expired token', async (build) => {
  const { backend, messenger } = await startMessenger(build);
  const { jwtCallback } = await signIn(short(), token());
  await pass(6000);
  const both = Promise.all([messenger.send('one'), messenger.request()]);
  await pass(600);
  expect(await both).toEqual([USER, USER]);
  expect(jwtCallback).toHaveBeenCalledTimes(2);
  expect(backend.user('user-1')?.messages).toHaveLength(1);
});

it.each<[FakeOutcome]>([['network-error'], [{ status: 500 }], [{ status: 429 }], [{ status: 404 }]])(
  '[M 26] the answer %j to a message causes no ask, no retry and no sign-out',
  async (outcome) => {
    const { backend, messenger } = await startMessenger();
    const { jwtCallback } = await signIn(token());
    backend.answerNext('send', outcome);
    expect(await messenger.send('hello')).toHaveProperty('failed');
    await pass(5000);
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    expect(await messenger.send('hello')).toEqual(USER);
  },
);
