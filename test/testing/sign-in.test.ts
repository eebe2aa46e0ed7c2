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

describe('the ask', () => {
  it('[M 16] one for each loginUser; only the first answer counts', async () => {
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
  ])('[M 16] [M 22] %s: a console.error, nothing else', async (_, callbacks) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { backend, messenger } = await startMessenger();
    zE('messenger', 'loginUser', ...callbacks);
    await pass(10_000);
    expect(error).toHaveBeenCalledTimes(1);
    expect(messenger.asks).toBe(0);
    expect(kinds(backend)).toEqual(['compose 200']);
  });

  it('[M 16] the latest jwtCallback is the one that is kept', async () => {
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
  ] as const)('[M 17] an answer after %d ms: %j', async (delayMs, result, kind) => {
    const { messenger } = await startMessenger();
    const loginCallback = vi.fn();
    zE('messenger', 'loginUser', (answer: Answer) => setTimeout(() => answer(token()), delayMs), loginCallback);
    await pass(10_000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(result);
    expect(messenger.visitor.kind).toBe(kind);
  });

  it('[M 17] no answer at all: fails after 4000 ms, not before', async () => {
    await startMessenger();
    const loginCallback = vi.fn();
    zE('messenger', 'loginUser', () => undefined, loginCallback);
    await pass(3999);
    expect(loginCallback).not.toHaveBeenCalled();
    await pass(2);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(LATE);
  });
});

describe('another user, and the same', () => {
  it('[M 18] the external_id comes from the token; another user is signed out first, fields and tags are cleared', async () => {
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

  it('[M 18] [M 31] the same user: no sign-out, but a login round trip and a reload of the conversation list', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token());
    zE('messenger:set', 'conversationTags', ['kept']);
    zE('messenger', 'open');
    const before = backend.requests.length;
    await signIn(token('user-1', { n: 2 }));
    expect(kinds(backend).slice(before)).toEqual(['login 200', 'conversations 200']);
    expect(messenger).toMatchObject({ conversationTags: ['kept'], isOpen: true });
  });

  it('[M 18] a user left over from an earlier page is signed out for another one', async () => {
    const { backend, messenger } = await startMessenger();
    await signIn(token('ann'));
    messenger.uninstall();
    const next = install(backend);
    insertTag();
    await pass();
    const before = backend.requests.length;
    await signIn(token('bob'));
    expect(kinds(backend).slice(before)).toEqual(['logout 401', 'login 200', 'conversations 200']);
    expect(next.visitor).toEqual({ kind: 'user', externalId: 'bob' });
  });
});

describe('the request', () => {
  it('[M 19] POST …/login with the token as bearer; the body has userId and the anonymous visitor', async () => {
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

  it.each(BOTH_BUILDS)('[M 19] %s: the anonymous conversation is merged into the user', async (build) => {
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

describe('success', () => {
  it('[M 20] loginCallback(null) comes in a later task', async () => {
    vi.useRealTimers();
    const { messenger } = await startRealMessenger();
    const steps: string[] = [];
    messenger.onChange(() => {
      if (messenger.visitor.kind === 'user' && steps.length === 0) {
        steps.push('signed in');
        // Longer than any chain of promises, but within the same task.
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

  it('[M 20] the token is not stored: after a page load nobody is signed in', async () => {
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

  it('[M 19] an anonymous visitor is remembered across a page load', async () => {
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

  it('denied storage: everything works, nothing is remembered', async () => {
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
    zE('messenger', 'logoutUser');
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });
});

describe('failure', () => {
  it.each(BOTH_BUILDS)('[M 21] %s: a refused token: status, colon, the words of the server', async (build) => {
    const { messenger } = await startMessenger(build);
    const { loginCallback } = await signIn(token('user-1', { scope: 'app' }));
    await pass(2000);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(INVALID);
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it.each([
    [{ status: 403 }, '403: Forbidden'],
    [{ status: 409, description: 'in use' }, '409: in use'],
    [{ status: 429 }, '429: Too Many Requests'],
    [{ status: 401, body: 'not JSON' }, 'Unknown error'],
    [{ status: 401, body: { error: 'flat' } }, 'Unknown error'],
    [{ status: 500 }, 'Unknown error'],
    [{ status: 503, code: 'x', description: 'structured' }, 'Unknown error'],
    ['network-error', 'Unknown error'],
  ] as const)('[M 21] %j: %s', async (outcome, reason) => {
    for (const build of BOTH_BUILDS) {
      const { backend, messenger } = await startMessenger(build);
      backend.answerAlways('login', outcome);
      const { loginCallback } = await signIn(token());
      await pass(5000);
      expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure(reason));
      messenger.uninstall();
    }
  });

  it('[M 21] the code invalid_auth stands in the body only', async () => {
    const { backend } = await startMessenger();
    const response = await backend.fetch('https://x.zendesk.com/sc/sdk/v2/apps/fedcba9876543210fedcba98/login', {
      method: 'POST',
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: { code: 'invalid_auth', description: 'Invalid JWT' } });
  });

  it.each([undefined, null, {}, 'x', 'a.b.c', 42])('[M 24] cb(%j): unreadable at once, no request', async (jwt) => {
    const { backend } = await startMessenger();
    const { loginCallback } = await signIn(jwt);
    expect(loginCallback).toHaveBeenCalledExactlyOnceWith(UNREADABLE);
    expect(kinds(backend)).toEqual(['compose 200']);
  });

  it('[M 21] jwtCallback throws: unreadable', async () => {
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

describe('superseded', () => {
  it('[M 23] two in a row: the first is not the latest, the second wins', async () => {
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
  ])('[M 22] after the token arrived, by %s: loginCallback is never called', async (_, supersede) => {
    const { backend, messenger } = await startMessenger();
    backend.answerNext('login', { delayMs: 300 });
    const { loginCallback } = await signIn(token());
    supersede();
    await pass(60_000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(messenger.visitor).toEqual({ kind: 'none' });
  });

  it('[M 22] a help-center session: loginCallback is never called', async () => {
    const { messenger } = await startMessenger('B26', { helpCenterSession: true });
    const { loginCallback } = await signIn(token());
    await pass(60_000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(messenger.asks).toBe(0);
  });
});

describe('what a rejected login costs', () => {
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
  ] as const)('[M 25] %s, %j: anonymous visitor lost: %s', async (build, outcome, lost) => {
    const { backend, messenger } = await startMessenger(build);
    await messenger.send('hello');
    zE('messenger', 'open');
    backend.answerAlways('login', outcome);
    await signIn(token());
    await pass(5000);
    expect(messenger.visitor.kind).toBe(lost ? 'none' : 'anonymous');
    expect(localStorage).toHaveLength(lost ? 0 : 1);
    expect(messenger.isOpen).toBe(!lost);
    expect(messenger.messages).toHaveLength(lost ? 0 : 1);
  });

  it.each(['network-error', { status: 503 }] as const)(
    '[M 25] a push that fails by %j leaves the session',
    async (outcome) => {
      const { backend, messenger } = await startMessenger();
      await signIn(token());
      backend.answerNext('login', outcome);
      const { loginCallback } = await signIn(token('user-1', { n: 2 }));
      expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure('Unknown error'));
      expect(await messenger.send('still me')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    },
  );
});
