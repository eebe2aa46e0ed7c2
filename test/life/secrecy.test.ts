// @vitest-environment jsdom
// No part of a token, an e-mail address or a secret becomes visible, no matter what goes wrong.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { MessengerErrorCode } from '../../src/index.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { findSecrets, tell } from '../marks.js';
import { failureOf, mint, openPage, pass, settle, signInPage, sleep, usePages } from './start-page.js';
import type { Page, PageOptions } from './start-page.js';

usePages();

// The test searches for each of these in every encoding. The last one is the signing secret.
const E_MAIL = 'ada.zq7x.lovelace@mail-w4k.example';
const NAME = 'Augusta Zq81xw King Kv72';
const SECRETS = [E_MAIL, NAME, FAKE_ACCOUNT.secret];
const MARKED = { email: E_MAIL, email_verified: true, name: NAME };

const nowS = () => Math.floor(Date.now() / 1000);
const signed: string[] = [];

/** Signs a token with the marked e-mail address and name. */
function sign(claims: Record<string, unknown> = {}): string {
  const all = { scope: 'user', external_id: 'user-1', iat: nowS(), exp: nowS() + 900, ...MARKED, ...claims };
  const token = signToken({ ...all, jti: `${signed.length}` }, FAKE_ACCOUNT);
  signed.push(token);
  return token;
}

/** Signs a token of another system, which must never be taken out of an answer. */
const foreign = () => sign({ scope: 'openid', external_id: undefined, sub: E_MAIL });

// What the site itself throws is kept as the cause, so it is not searched: "Put no token into what you throw".
const thrown = new Set<unknown>();
function throwing(error: unknown): { throws: unknown } {
  thrown.add(error);
  return { throws: error };
}

/** Returns everything that is visible from outside, as one text. */
function lookAround(page: Page, failures: readonly unknown[]): string {
  const printed = (['error', 'warn', 'log', 'info', 'debug'] as const).map((name) => {
    const { mock } = console[name] as unknown as { mock?: { calls: unknown } };
    return mock?.calls;
  });
  const dispatched = [document.cookie, location.href, document.title, document.documentElement.outerHTML];
  const kept = [localStorage, sessionStorage].map((storage) => ({ ...storage }));
  const { messenger, events } = page;
  return tell([failures, printed, events, messenger.getSnapshot(), dispatched, kept, history.state], thrown);
}

const reached = new Set<MessengerErrorCode>();

/** The code of the expected error, the page's setup, and what goes wrong on the page. */
type Path = [
  code: MessengerErrorCode | 'none',
  what: string,
  setUp: () => PageOptions,
  goWrong?: (page: Page) => Promise<unknown> | void,
];

const returning = (make: () => unknown) => (): PageOptions => ({ endpoint: { instead: { returns: make() } } });
const answering = (respond: (token: string) => Response | Promise<Response>) => (): PageOptions => {
  vi.stubGlobal('fetch', async () => respond(sign()));
  return { options: { getToken: undefined, tokenUrl: 'https://shop.example/zendesk-token' } };
};
const marked = (): PageOptions => ({ endpoint: { claims: MARKED } });
const zendeskSays = (status: number) => (page: Page) =>
  page.backend.answerAlways('login', { status, description: `${sign()} of ${E_MAIL}` });

/** Wraps the page's `zE` the way error trackers do. */
function wrapZe(change: (call: (...args: any[]) => unknown, args: any[]) => unknown) {
  return async (page: Page) => {
    await settle(page.messenger.load());
    const live = (window as any).zE;
    (window as any).zE = (window as any).zEmbed = Object.assign(
      (...args: any[]) => (args[1] === 'loginUser' ? change(live, args) : live(...args)),
      { widget: 'messenger' },
    );
  };
}

const PATHS: Path[] = [
  // Values that getToken may return or throw.
  ['token_not_string', 'an object', returning(() => ({ data: foreign(), of: E_MAIL }))],
  ['token_not_string', 'an object with two tokens', returning(() => ({ a: sign(), b: sign({ jti: 'b' }) }))],
  ['token_not_string', 'an array', returning(() => [foreign(), E_MAIL])],
  ['token_not_string', 'a function', returning(() => Object.assign(() => {}, { token: sign() }))],
  [
    'external_id_missing',
    'an object that turns into the token',
    returning(() => ({ toString: () => sign(), toJSON: foreign })),
  ],
  ['token_not_string', 'nothing', returning(() => undefined)],
  ['token_malformed', 'a token after Bearer', returning(() => `Bearer ${foreign()}`)],
  ['token_malformed', 'half a token', returning(() => sign().slice(0, -50))],
  ['token_malformed', 'two tokens', returning(() => `${sign()} ${sign({ jti: 'b' })}`)],
  ['token_malformed', 'a token within a URL', returning(() => `https://shop.example/?token=${foreign()}`)],
  ['token_malformed', 'an e-mail address', returning(() => E_MAIL)],
  ['token_malformed', 'the secret', returning(() => FAKE_ACCOUNT.secret)],
  ['external_id_missing', 'no external_id', returning(() => sign({ external_id: undefined, userId: E_MAIL }))],
  ['external_id_not_string', 'an external_id that is an array', returning(() => sign({ external_id: [E_MAIL] }))],
  ['exp_invalid', 'an exp that is a string', returning(() => sign({ exp: E_MAIL }))],
  ['exp_invalid', 'an exp in milliseconds', returning(() => sign({ exp: Date.now() }))],
  ['token_expired', 'a token that has expired', returning(() => sign({ iat: nowS() - 9000, exp: nowS() - 5000 }))],
  [
    'token_repeated',
    'the same token again',
    marked,
    async (page) => {
      await settle(page.messenger.login());
      page.endpoint.instead = { returns: page.endpoint.tokens[0] };
      sleep(3_601_000);
    },
  ],
  ['token_failed', 'an error', () => ({ endpoint: { instead: throwing(new Error(`${sign()} ${E_MAIL}`)) } })],
  ['token_failed', 'a string that is thrown', () => ({ endpoint: { instead: throwing(sign()) } })],
  ['token_failed', 'a time-out', () => ({ endpoint: { claims: MARKED, instead: 'hangs' } })],
  // Answers of a token endpoint.
  ['token_malformed', '200 and an HTML page', answering(() => new Response(`<!doctype html>${foreign()} ${E_MAIL}`))],
  [
    'token_malformed',
    '200 and half of a JSON text',
    answering(() => new Response(`{"token":"${foreign()}","of":"${E_MAIL}`)),
  ],
  ['token_malformed', '200 and an empty body', answering(() => new Response(''))],
  ['token_not_string', '200 and JSON within JSON', answering(() => Response.json({ token: { token: foreign() } }))],
  ['token_malformed', '200 and JSON without a token', answering(() => Response.json({ data: foreign(), E_MAIL }))],
  [
    'token_malformed',
    '200 and a member named as the e-mail',
    answering(() => Response.json({ [E_MAIL]: 1, [foreign()]: 2 })),
  ],
  ['token_malformed', '200 and a list', answering(() => Response.json([foreign(), E_MAIL]))],
  ...[400, 403, 404, 405, 419, 422].map((status): Path => {
    const respond = (token: string) => new Response(`${token} ${E_MAIL}`, { status, statusText: token });
    return ['token_rejected', `${status} and the token`, answering(respond)];
  }),
  ...[429, 500, 502, 503].map((status): Path => {
    const respond = (token: string) =>
      new Response(`${token} ${E_MAIL}`, { status, statusText: token, headers: { 'retry-after': token, date: token } });
    return ['token_failed', `${status} and the token`, answering(respond)];
  }),
  [
    'token_failed',
    'a body that is cut off',
    answering((token) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(token));
        },
        pull: (controller) => controller.error(new TypeError('terminated')),
      });
      return new Response(body);
    }),
  ],
  ['token_failed', 'a network error', answering(() => Promise.reject(new TypeError('Failed to fetch')))],
  // Answers of Zendesk.
  ...[401, 403].map((status): Path => ['invalid_auth', `Zendesk's ${status}`, marked, zendeskSays(status)]),
  ['identity_conflict', "Zendesk's 409", marked, zendeskSays(409)],
  ['login_failed', "Zendesk's 429", marked, zendeskSays(429)],
  ['login_failed', "Zendesk's 500", marked, zendeskSays(500)],
  ['login_failed', 'a network error of Zendesk', marked, (page) => page.backend.answerAlways('login', 'network-error')],
  ['login_failed', 'no answer from Zendesk', marked, (page) => page.backend.answerAlways('login', 'hang')],
  [
    'invalid_auth',
    'a reason that quotes the token',
    marked,
    wrapZe((_call, [, , jwtCallback, done]) =>
      jwtCallback((token: string) => setTimeout(() => done({ reason: `401: ${token} ${E_MAIL}`, message: token }))),
    ),
  ],
  [
    'login_failed',
    'another reason that quotes the token',
    marked,
    wrapZe((_call, [, , jwtCallback, done]) =>
      jwtCallback((token: string) => setTimeout(() => done({ reason: `${token}: ${E_MAIL}` }))),
    ),
  ],
  [
    'login_failed',
    'a zE that throws',
    marked,
    wrapZe(() => {
      throw new Error('The Messaging Web Widget API is temporarily unavailable');
    }),
  ],
  [
    'login_failed',
    'a messenger that throws an error with the token',
    marked,
    wrapZe((_call, [, , jwtCallback]) =>
      jwtCallback((token: string) => {
        throw new Error(`${token} of ${E_MAIL}`);
      }),
    ),
  ],
  [
    'invalid_auth',
    'refusals in a running session',
    marked,
    async (page) => {
      await settle(page.messenger.login());
      await pass(60_000);
      page.backend.revokeAll();
      for (const kind of ['send', 'login'] as const)
        page.backend.answerAlways(kind, { status: 401, description: sign() });
      await settle(page.zendesk.send('hello'));
      await pass(10_000);
      // No other login() here, because it would start afresh.
      return page.messenger.getSnapshot().error;
    },
  ],
  // Failures of the messenger after a token has arrived.
  ['script_blocked', 'a blocked script', () => ({ ...marked(), zendesk: { script: 'blocked', scriptDelayMs: 500 } })],
  [
    'messenger_unavailable',
    'a messenger that is not available',
    marked,
    (page) => page.backend.answerAlways('compose', { status: 404 }),
  ],
  ['classic_widget', 'the old widget', () => ({ ...marked(), build: 'classic' })],
  [
    'key_conflict',
    'a second key',
    marked,
    async (page) => {
      await settle(page.messenger.login());
      return failureOf(page.another({ key: '00000000-0000-4000-8000-000000000000' }).load());
    },
  ],
  ['destroyed', 'destroy()', marked, (page) => settle(page.messenger.login()).then(() => page.messenger.destroy())],
  [
    'invalid_option',
    'a wrong option',
    marked,
    (page) => {
      try {
        return page.another({ key: `${sign()} ${E_MAIL}`, nonce: FAKE_ACCOUNT.secret }) as never;
      } catch (error) {
        return Promise.resolve(error);
      }
    },
  ],
  [
    'no_window',
    'a server',
    marked,
    async (page) => {
      vi.stubGlobal('window', undefined);
      const messenger = page.another();
      vi.unstubAllGlobals();
      return failureOf(messenger.login());
    },
  ],
];

describe('The library reveals no part of a token, an e-mail address or a secret', () => {
  const DOCTORS = [
    ['with the token doctor', {}],
    ['without the token doctor', { loadDoctor: () => Promise.reject(new Error('blocked')) }],
  ] as const;

  describe.each(DOCTORS)('%s', (_which, doctor) => {
    it.each(PATHS)('in the error %s after %s', async (code, _what, setUp, goWrong) => {
      for (const name of ['log', 'info', 'debug'] as const) vi.spyOn(console, name).mockImplementation(() => {});
      const page = openPage({ ...setUp(), ...doctor });
      try {
        const error = (await goWrong?.(page)) ?? (await failureOf(page.messenger.login()));
        expect(error).toMatchObject({ code });
        reached.add((error as { code: MessengerErrorCode }).code);
        await pass(20_000);
        const seen = lookAround(page, [error, page.messenger.getSnapshot().error]);
        expect(seen).toContain(`[${code}]`);
        expect(findSecrets(seen, [...SECRETS, ...signed, ...page.endpoint.tokens])).toEqual([]);
      } finally {
        vi.unstubAllGlobals();
        signed.splice(0);
        history.replaceState(null, '');
      }
    });
  });

  it('in any error, because these tests reach every error code', () => {
    const texts = readFileSync('test/core/errors.txt', 'utf8');
    const codes = [...texts.matchAll(/\[(\w+)\]$/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(15);
    expect([...reached].sort()).toEqual(codes.sort());
  });

  it('when signing in, renewing, answering and signing out succeed', async () => {
    const page = await signInPage({ endpoint: { claims: MARKED, lifetimeS: 600 } });
    await pass(1_200_000);
    page.backend.revokeAll();
    await settle(page.zendesk.send('hello'));
    mint(page.endpoint);
    await settle(page.messenger.logout());
    await pass(1000);
    expect(page.endpoint.tokens.length).toBeGreaterThan(3);
    expect(findSecrets(lookAround(page, []), [...SECRETS, ...page.endpoint.tokens])).toEqual([]);
  });
});

describe('The search for secrets', () => {
  const token = signToken({ ...MARKED }, FAKE_ACCOUNT);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  it.each<[string, unknown]>([
    ['a token', { detail: token }],
    ['a piece of a token', `The token …${token.slice(-30)}`],
    ['the claims of a token', atob(token.split('.')[1]!)],
    ['an e-mail address in the cause of an error', new Error('x', { cause: new Error(`of ${E_MAIL}`) })],
    ['an e-mail address in a URL', `/sign-in?as=${encodeURIComponent(E_MAIL)}`],
    ['an e-mail address in base64', base64(`{"email":"${E_MAIL}"}`)],
    ['an e-mail address in base64, one character later', base64(`{"e-mail":"${E_MAIL}"}`)],
    ['an e-mail address in base64, two characters later', base64(`{"e-mails":"${E_MAIL}"}`)],
    ['the secret in base64url', Buffer.from(`:${FAKE_ACCOUNT.secret}`).toString('base64url')],
    ['a name in the name of a property', { [NAME]: 1 }],
    [
      'a token in a property that is not enumerable',
      Object.defineProperty({}, 'hidden', { value: token, enumerable: false }),
    ],
  ])('finds %s', (_what, value) => {
    expect(findSecrets(tell(value), [...SECRETS, token])).not.toEqual([]);
  });

  it('skips what the site itself throws', () => {
    const cause = new Error(token);
    expect(findSecrets(tell(new Error('x', { cause }), new Set([cause])), [token])).toEqual([]);
  });
});

afterAll(() => vi.unstubAllGlobals());
