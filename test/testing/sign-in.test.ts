// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  failure,
  insertTag,
  install,
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

async function startRealMessenger() {
  const messenger = install(createFakeBackend());
  insertTag();
  await vi.waitUntil(() => messenger.live);
  return { messenger };
}

const INVALID = failure('401: Invalid JWT');
const LATE = failure('JWT request did not resolve within an acceptable time');
const UNREADABLE = failure('Error occurred reading from jwt');
const SUPERSEDED = failure('Not latest request');

describe('loginUser', () => {
  it('[M 16] asks for one token, and uses only the first answer', async () => {
    const { backend, messenger } = await startMessenger();
    const loginCallback = vi.fn();
    zE(
      'messenger',
      'loginUser',
      (answer: Answer) => {
        answer(token('first'));
        answer(token('second'));
      },
      loginCallback,
    );
    await pass(10_000);
    expect(messenger.asks).toBe(1);
    expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'first' });
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect(backend.visitors.map(({ externalId }) => externalId)).toEqual(['first']);
  });

  it.each([
    ['no callback', []],
    ['a token instead of a callback', ['eyJ…']],
    ['a loginCallback that is none', [() => undefined, 'x']],
  ])('[M 16] [M 22] only causes a console.error if it gets %s', async (_, callbacks) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { backend, messenger } = await startMessenger();
    zE('messenger', 'loginUser', ...callbacks);
    await pass(10_000);
    expect(error).toHaveBeenCalledTimes(1);
    expect(messenger.asks).toBe(0);
    expect(kinds(backend)).toEqual(['compose 200']);
  });

  it('[M 16] replaces the jwtCallback of an earlier call', async () => {
    const { backend, messenger } = await startMessenger();
    const first = await signIn(token());
    const second = await signIn(token('user-1', { n: 2 }), token('user-1', { n: 3 }));
    backend.answerNext('send', { status: 401 });
    const sending = messenger.send('hello');
    await pass(600);
    expect(await sending).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect([first.jwtCallback.mock.calls.length, second.jwtCallback.mock.calls.length]).toEqual([1, 2]);
  });

  it.each([
    [3999, null, 'user'],
    [4001, LATE, 'none'],
  ] as const)('[M 17] passes, for an answer after %d ms, %j to loginCallback', async (delayMs, result, kind) => {
    const { messenger } = await startMessenger();
    const loginCallback = vi.fn();
    zE('messenger', 'loginUser', (answer: Answer) => setTimeout(() => answer(token()), delayMs), loginCallback);
    await pass(10_000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(result);
    expect(messenger.visitor.kind).toBe(kind);
  });

  it('[M 17] fails after 4000 ms, and not before, if there is no answer', async () => {
    await startMessenger();
    const loginCallback = vi.fn();
    zE('messenger', 'loginUser', () => undefined, loginCallback);
    await pass(3999);
    expect(loginCallback).not.toHaveBeenCalled();
    await pass(2);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(LATE);
  });
});

describe('The next loginUser', () => {
  it('[M 18] signs the previous user out first, and clears fields and tags, if the token has another external_id', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token('ann'));
    zE('messenger:set', 'conversationFields', [{ id: '1', value: 'of Ann' }]);
    zE('messenger:set', 'conversationTags', ['ann']);
    await messenger.send('from Ann');
    const before = backend.requests.length;
    const { loginCallback } = await signIn(token('bob'));
    expect(kinds(backend).slice(before)).toEqual(['logout 200', 'login 200', 'conversations 200']);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect(messenger).toMatchObject({
      visitor: { kind: 'user', externalId: 'bob' },
      conversationFields: [],
      conversationTags: [],
      messages: [],
    });
    expect(backend.user('ann')).toMatchObject({ signedIn: false, messages: [{ text: 'from Ann' }] });
    expect(backend.user('bob')).toMatchObject({ signedIn: true, messages: [] });
  });

  it('[M 18] [M 31] sends the login and reloads the conversation list, without a sign-out, for the same user', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token());
    zE('messenger:set', 'conversationTags', ['kept']);
    zE('messenger', 'open');
    const before = backend.requests.length;
    await signIn(token('user-1', { n: 2 }));
    expect(kinds(backend).slice(before)).toEqual(['login 200', 'conversations 200']);
    expect(messenger).toMatchObject({ conversationTags: ['kept'], isOpen: true });
  });
});

describe('The login request', () => {
  it('[M 19] is POST …/login with a bearer token, and its body has the userId and the anonymous visitor', async () => {
    const backend = createFakeBackend();
    const seen: Request[] = [];
    const messenger = install(backend, {
      fetch: (input, init) => {
        const request = new Request(input, init);
        seen.push(request.clone());
        return backend.handle(request);
      },
    });
    insertTag();
    await pass();
    await messenger.send('hello');
    const { visitor } = messenger;
    const jwt = token('user-1');
    await signIn(jwt);
    const login = seen.find(({ url }) => url.endsWith('/login'))!;
    expect(login.url).toBe('https://fake-account.zendesk.com/sc/sdk/v2/apps/fedcba9876543210fedcba98/login');
    expect(login.method).toBe('POST');
    expect(login.headers.get('authorization')).toBe(`Bearer ${jwt}`);
    expect(await login.json()).toEqual({
      userId: 'user-1',
      appUserId: (visitor as { id: string }).id,
      sessionToken: expect.any(String),
    });
  });

  it.each(BOTH_BUILDS)('[M 19] merges the anonymous conversation into the user in %s', async (build) => {
    const { backend, messenger } = await startMessenger(build);
    expect(await messenger.send('as nobody')).toEqual({ sentAs: 'anonymous' });
    expect(backend.visitors).toMatchObject([{ externalId: undefined, messages: [{ text: 'as nobody' }] }]);
    await signIn(token());
    expect(backend.visitors).toMatchObject([{ externalId: 'user-1', messages: [{ text: 'as nobody' }] }]);
    expect(messenger.messages.map(({ text }) => text)).toEqual(['as nobody']);
    expect(await messenger.send('as user')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect(messenger.messages.map(({ text }) => text)).toEqual(['as nobody', 'as user']);
  });
});

describe('After a sign-in', () => {
  it('[M 20] the messenger calls loginCallback(null) in a later task', async () => {
    vi.useRealTimers();
    const { messenger } = await startRealMessenger();
    const steps: string[] = [];
    messenger.onChange(() => {
      if (messenger.visitor.kind === 'user' && steps.length === 0) {
        steps.push('signed in');
        // Waits longer than any chain of promises, but within the same task.
        void (async () => {
          for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
          steps.push('end of the task');
        })();
      }
    });
    await new Promise<void>((resolve) => {
      zE(
        'messenger',
        'loginUser',
        (answer: Answer) => answer(token()),
        (result: unknown) => {
          steps.push(`callback ${String(result)}`);
          resolve();
        },
      );
    });
    expect(steps).toEqual(['signed in', 'end of the task', 'callback null']);
  });

  it('[M 20] the token is not stored, so nobody is signed in after a page load', async () => {
    const { backend, messenger } = await startMessenger();
    const jwt = token();
    await signIn(jwt);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(jwt.split('.')[2]);
    expect(document.cookie).toBe('');
    messenger.uninstall();
    const next = install(backend);
    insertTag();
    await pass();
    expect(next.visitor).toEqual({ kind: 'none' });
  });

  it('[M 19] the messenger remembers an anonymous visitor across a page load', async () => {
    const { backend, messenger } = await startMessenger();
    await messenger.send('before');
    messenger.uninstall();
    const next = install(backend);
    insertTag();
    await pass();
    expect(next.visitor.kind).toBe('anonymous');
    await next.send('after');
    expect(backend.visitors).toMatchObject([{ messages: [{ text: 'before' }, { text: 'after' }] }]);
  });

  it('the messenger works without storage, but remembers nothing', async () => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(denied);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(denied);
    vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(denied);
    const { messenger } = await startMessenger();
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
    const { loginCallback } = await signIn(token());
    expect(loginCallback).toHaveBeenCalledWith(null);
    // Without a stored identity, only resetWidget signs out [M 54].
    zE('messenger', 'logoutUser');
    await pass(2000);
    expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    zE('messenger', 'resetWidget');
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('the messenger works with a full storage, and does not throw', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const { messenger } = await startMessenger();
    expect(await messenger.send('hello')).toEqual({ sentAs: 'anonymous' });
    const { loginCallback } = await signIn(token());
    expect(loginCallback).toHaveBeenCalledWith(null);
    expect(readStored()).toEqual({});
  });
});

describe('A failed login', () => {
  it.each(BOTH_BUILDS)(
    '[M 21] reports status, colon and the message of the server in %s if the token is refused',
    async (build) => {
      const { messenger } = await startMessenger(build);
      const { loginCallback } = await signIn(token('user-1', { scope: 'app' }));
      await pass(2000);
      expect(loginCallback).toHaveBeenCalledExactlyOnceWith(INVALID);
      expect(messenger.visitor).toEqual({ kind: 'none' });
    },
  );

  it.each([
    [{ status: 403 }, '403: Forbidden'],
    [{ status: 409, description: 'in use' }, '409: in use'],
    [{ status: 429 }, '429: Too Many Requests'],
    [{ status: 401, body: 'not JSON' }, 'Unknown error'],
    [{ status: 401, body: { error: 'flat' } }, 'Unknown error'],
    [{ status: 500 }, 'Unknown error'],
    [{ status: 503, code: 'x', description: 'structured' }, 'Unknown error'],
    ['network-error', 'Unknown error'],
  ] as const)('[M 21] reports, for the answer %j, "%s"', async (outcome, reason) => {
    for (const build of BOTH_BUILDS) {
      const { backend, messenger } = await startMessenger(build);
      backend.answerAlways('login', outcome);
      const { loginCallback } = await signIn(token());
      await pass(5000);
      expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure(reason));
      messenger.uninstall();
    }
  });

  it.each([undefined, null, {}, 'x', 'a.b.c', 42])(
    '[M 24] reports an unreadable token at once, without a request, after the answer %j',
    async (jwt) => {
      const { backend } = await startMessenger();
      const { loginCallback } = await signIn(jwt);
      expect(loginCallback).toHaveBeenCalledExactlyOnceWith(UNREADABLE);
      expect(kinds(backend)).toEqual(['compose 200']);
    },
  );

  it('[M 21] reports an unreadable token if jwtCallback throws', async () => {
    await startMessenger();
    const loginCallback = vi.fn();
    const throws = () => {
      throw new Error('of the page');
    };
    expect(() => zE('messenger', 'loginUser', throws, loginCallback)).not.toThrow();
    await pass();
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(UNREADABLE);
  });
});

describe('A superseded login', () => {
  it('[M 23] fails with Not latest request, and the second one succeeds', async () => {
    const { backend, messenger } = await startMessenger();
    const first = vi.fn();
    zE('messenger', 'loginUser', (answer: Answer) => answer(token('first')), first);
    const { loginCallback } = await signIn(token('second'));
    expect(first).toHaveBeenCalledExactlyOnceWith(SUPERSEDED);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
    expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'second' });
    expect(backend.user('first')).toBeUndefined();
  });

  it.each([
    ['another loginUser', () => zE('messenger', 'loginUser', () => undefined)],
    ['logoutUser', () => zE('messenger', 'logoutUser')],
  ])('[M 22] never calls loginCallback if %s follows after the token has arrived', async (_, supersede) => {
    const { backend, messenger } = await startMessenger();
    backend.answerNext('login', { delayMs: 300 });
    const { loginCallback } = await signIn(token());
    supersede();
    await pass(60_000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('[M 22] never calls loginCallback if there is a help center session', async () => {
    const { messenger } = await startMessenger('B26', { helpCenterSession: true });
    const { loginCallback } = await signIn(token());
    await pass(60_000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(messenger.asks).toBe(0);
  });
});

describe('A rejected login', () => {
  it.each([
    ['B25', { status: 401 }, true],
    ['B26', { status: 401 }, true],
    ['B25', { status: 409 }, false],
    ['B26', { status: 409 }, true],
    ['B25', { status: 429 }, false],
    ['B26', { status: 429 }, true],
    ['B25', { status: 403 }, false],
    ['B26', { status: 403 }, true],
    ['B26', { status: 404, body: 'no structure' }, false],
    ['B25', { status: 500 }, false],
    ['B26', { status: 500 }, false],
    ['B25', 'network-error', false],
    ['B26', 'network-error', false],
  ] as const)('[M 25] in %s, with the answer %j, loses the anonymous visitor: %s', async (build, outcome, lost) => {
    const { backend, messenger } = await startMessenger(build);
    await messenger.send('hello');
    zE('messenger', 'open');
    backend.answerAlways('login', outcome);
    await signIn(token());
    await pass(5000);
    expect(messenger.visitor.kind).toBe(lost ? 'none' : 'anonymous');
    expect(Object.keys(readStored())).toHaveLength(lost ? 0 : 3);
    expect(messenger.isOpen).toBe(!lost);
    expect(messenger.messages).toHaveLength(lost ? 0 : 1);
  });

  it.each([
    ['B25', 'network-error', 'user'],
    ['B25', { status: 503 }, 'user'],
    ['B25', { status: 429 }, 'user'],
    ['B25', { status: 403 }, 'user'],
    ['B25', { status: 401 }, 'wiped'],
    ['B26', 'network-error', 'tokenless'],
    ['B26', { status: 503 }, 'tokenless'],
    ['B26', { status: 429 }, 'wiped'],
    ['B26', { status: 403 }, 'wiped'],
    ['B26', { status: 401 }, 'wiped'],
  ] as const)('[M 25] in %s, with the answer %j to a repeated login, leaves: %s', async (build, outcome, left) => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token());
    const { id } = backend.user('user-1')!;
    backend.answerAlways('login', outcome);
    const { loginCallback } = await signIn(token('user-1', { n: 2 }));
    await pass(2000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'LoginFailedError' }));
    expect(readStored()).toEqual(left === 'wiped' ? {} : { appUserId: id });
    expect(messenger.visitor.kind).toBe(left === 'user' ? 'user' : 'none');
    expect(await messenger.send('next')).toEqual(
      left === 'user' ? { sentAs: 'user', externalId: 'user-1' } : { sentAs: 'anonymous' },
    );
  });

  it('[M 25] in B26, loses the user of a failed repeated login, without an ask, and the next login merges', async () => {
    const { backend, messenger } = await startMessenger('B26');
    const { jwtCallback } = await signIn(token());
    const { id } = backend.user('user-1')!;
    backend.answerAlways('login', { status: 500 });
    await signIn(token('user-1', { n: 2 }));
    await pass(2000);
    const before = backend.requests.length;
    expect(await messenger.request()).toEqual({ failed: '401: Invalid JWT' });
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    await messenger.send('as nobody');
    const anonymous = readStored();
    expect(anonymous).toMatchObject({ appUserId: expect.not.stringContaining(id), sessionToken: expect.any(String) });
    expect(kinds(backend).slice(before)).toEqual(['conversations 401', 'visitor 201', 'send 201']);
    backend.answerAlways('login', undefined);
    await signIn(token('user-1', { n: 3 }));
    const { appUserId } = anonymous;
    expect(backend.requests.filter(({ kind }) => kind === 'login').at(-1)).toMatchObject({
      appUserId,
      userId: 'user-1',
    });
    expect(backend.user('user-1')?.messages).toMatchObject([{ text: 'as nobody' }]);
    expect(backend.breaches).toEqual([]);
  });
});
