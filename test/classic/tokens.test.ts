// @vitest-environment jsdom
// Which answers of the site become tokens for the widget, and what is said about the others. No secret is in any of it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClassicAuthError } from '../../src/classic/index.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { findSecrets, tell } from '../marks.js';
import { pass, useFakePage, zE } from '../testing/start-messenger.js';
import { ADA, NOBODY, nowS, sign, startClassic, useClassicPages } from './start-classic.js';

useFakePage();
useClassicPages();
afterEach(() => vi.unstubAllGlobals());

const E_MAIL = 'ada.zq7x.lovelace@mail-w4k.example';
const messaging = (claims: object = {}) =>
  signToken({ scope: 'user', external_id: 'ada', iat: nowS(), exp: nowS() + 300, ...claims }, FAKE_ACCOUNT);
const chat = (claims: object = {}, header = {}) => sign('chat', 'ada', { email: E_MAIL, ...claims }, header);
const startWith = (instead: () => unknown, products: ('chat' | 'helpCenter')[] = ['chat']) =>
  startClassic({ products }, { instead });

describe('a token is taken', () => {
  it.each<[string, () => unknown]>([
    ['alone', () => chat()],
    ['out of { token }', () => ({ token: chat() })],
    ['out of { jwt }', () => ({ jwt: chat() })],
    ['out of JSON as a text', () => JSON.stringify({ token: chat() })],
    ['out of quotes and white space', () => ` "${chat()}"\n`],
    ['after Bearer', () => `Bearer ${chat()}`],
    ['in front of the 0 of WordPress', () => `${chat()}0`],
    ['valid for 7 minutes', () => chat({ iat: nowS(), exp: nowS() + 420 })],
    ['without exp: Zendesk decides', () => chat({ exp: undefined })],
    ['with a kid of its own', () => chat({}, { kid: 'my-key' })],
  ])('%s', async (_, instead) => {
    const { backend, errors } = await startWith(instead);
    expect(errors).toEqual([]);
    expect(backend.requests.filter(({ kind }) => kind === 'chat-login')).toHaveLength(1);
  });

  it.each([null, '', 'null', { token: null }, '{"jwt":null}'])('not out of %j', async (answer) => {
    const { backend, errors, widget } = await startWith(() => answer);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(backend.requests.map(({ kind }) => kind)).toEqual(['compose']);
    expect(errors.map(({ code }) => code)).toEqual(answer === '' ? ['token_malformed'] : []);
  });
});

describe('a token with a defect is not handed over:', () => {
  it.each<[code: string, what: string, instead: () => unknown]>([
    ['token_not_string', 'undefined', () => undefined],
    ['token_not_string', 'a number', () => 5],
    ['token_not_string', 'an object', () => ({ data: E_MAIL })],
    ['token_not_string', 'a number as the token', () => ({ token: 5 })],
    ['token_malformed', 'a web page', () => `<!doctype html>${E_MAIL}`],
    ['token_malformed', 'two tokens', () => `${chat()} ${chat({ jti: 'b' })}`],
    ['token_malformed', 'half a token', () => chat().split('.').slice(0, 2).join('.')],
    ['messaging_token', 'a token for messaging', () => messaging()],
    ['messaging_token', 'one with name and email', () => messaging({ name: 'Ada', email: E_MAIL })],
    ['messaging_token', 'the scope alone', () => chat({ scope: 'user' })],
    ['messaging_token', 'the key id alone', () => chat({}, { kid: FAKE_ACCOUNT.keyId })],
    ['name_or_email_missing', 'no name', () => chat({ name: undefined })],
    ['name_or_email_missing', 'an empty name', () => chat({ name: ' ' })],
    ['name_or_email_missing', 'no e-mail', () => chat({ email: undefined })],
    ['name_or_email_missing', 'an e-mail that is no text', () => chat({ email: [E_MAIL] })],
    ['time_invalid', 'exp as a text', () => chat({ exp: `${nowS() + 60}` })],
    ['time_invalid', 'exp in milliseconds', () => chat({ exp: Date.now() + 60_000 })],
    ['time_invalid', 'exp null', () => chat({ exp: null })],
    ['time_invalid', 'no iat', () => chat({ iat: undefined })],
    ['time_invalid', 'iat as a text', () => chat({ iat: `${nowS()}` })],
    ['time_invalid', 'iat in milliseconds', () => chat({ iat: Date.now() })],
    ['token_expired', 'exp before iat', () => chat({ iat: nowS(), exp: nowS() })],
    ['lifetime_long', 'valid for more than 7 minutes', () => chat({ iat: nowS(), exp: nowS() + 421 })],
    ['token_malformed', 'one of another system in a page', () => `<script>var idToken = "${chat()}"</script>`],
    ['token_malformed', 'one of another system in JSON with text before it', () => `Warning {"session":"${chat()}"}`],
    ['token_malformed', 'a signature that HS256 does not make', () => `${chat()}abc`],
  ])('%s: %s', async (code, _, instead) => {
    const given: string[] = [];
    const { backend, errors, widget } = await startWith(() => {
      const answer = instead();
      given.push(...[JSON.stringify(answer) ?? '', tell(answer)].filter((text) => text.length > 40));
      return answer;
    });
    await pass(2000);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(backend.requests.map(({ kind }) => kind)).toEqual(['compose']);
    expect(errors.map((error) => [error.code, error instanceof ClassicAuthError])).toEqual([[code, true]]);
    expect(errors[0].message).toMatch(/^[A-Z][^.]+ \(chat\)\. [A-Z].*\. \[\w+\]$/);
    const visible = tell([
      errors,
      (console.error as any).mock.calls,
      { ...localStorage },
      document.documentElement.outerHTML,
    ]);
    expect(findSecrets(visible, [E_MAIL, FAKE_ACCOUNT.chatSecret, ...given])).toEqual([]);
  });

  it('an expired one, by the clock of the endpoint', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    vi.stubGlobal('fetch', async () => new Response(chat(), { headers: { date } }));
    const { errors } = await startClassic({ products: ['chat'], tokenUrl: '/token' });
    expect(errors.map(({ code }) => code)).toEqual(['token_expired']);
  });
});

it('a token for the help center may be valid for longer than one for the chat', async () => {
  const { errors, widget } = await startWith(() => sign('helpCenter', 'ada', { exp: nowS() + 7200 }), ['helpCenter']);
  expect(errors).toEqual([]);
  expect(widget.classicUsers.helpCenter).toEqual(ADA);
});

describe('the clock of a visitor may be wrong', () => {
  const late = () => chat({ iat: nowS() - 86_400, exp: nowS() - 86_100 });

  it('with the clock of the endpoint', async () => {
    const date = new Date(Date.now() - 86_400_000).toUTCString();
    vi.stubGlobal('fetch', async () => new Response(late(), { headers: { date } }));
    const { backend, errors } = await startClassic({ products: ['chat'], tokenUrl: '/token' });
    expect(errors).toEqual([]);
    expect(backend.requests.map(({ kind }) => kind)).toContain('chat-login');
  });

  it('but an answer from a cache has the Date of a past time, and its Age', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const old = chat({ iat: nowS() - 3600, exp: nowS() - 3300 });
    vi.stubGlobal('fetch', async () => new Response(old, { headers: { date, age: '3600' } }));
    const { errors } = await startClassic({ products: ['chat'], tokenUrl: '/token' });
    expect(errors.map(({ code }) => code)).toEqual(['token_expired']);
  });

  it('without it: the second token is newer, so the endpoint does sign new ones', async () => {
    const { backend, errors, products } = await startWith(late);
    expect(products()).toEqual(['chat']);
    await pass(2000);
    expect(products()).toEqual(['chat', 'chat']);
    expect(errors).toEqual([]);
    expect(backend.requests.map(({ kind }) => kind)).toContain('chat-login');
    zE('webWidget', 'chat:reauthenticate');
    await pass(100);
    expect(products()).toHaveLength(3);
    expect(backend.requests.filter(({ kind }) => kind === 'chat-login')).toHaveLength(2);
  });

  it('and a sign-out during that wait ends it', async () => {
    const { auth, products } = await startWith(late);
    auth.logout();
    await pass(3000);
    expect(products()).toEqual(['chat']);
  });

  it('but the same old token again has expired', async () => {
    const old = late();
    const { errors, products } = await startWith(() => old);
    await pass(2000);
    expect(products()).toHaveLength(2);
    expect(errors.map(({ code }) => code)).toEqual(['token_expired']);
  });
});

describe('a request that fails', () => {
  it('is reported with what getToken threw, and the next question is the next try', async () => {
    const cause = new Error('no connection');
    const { site, errors, widget } = await startWith(() => {
      throw cause;
    });
    expect(errors).toMatchObject([
      { code: 'token_failed', cause, message: 'No token arrived (chat). Check the cause. [token_failed]' },
    ]);
    site.instead = undefined;
    zE('webWidget', 'chat:reauthenticate');
    await pass(100);
    expect(widget.classicUsers.chat).toEqual(ADA);
    expect(errors).toHaveLength(1);
  });

  it('has a time limit', async () => {
    const { site, errors, widget } = await startClassic(
      { products: ['chat'], tokenTimeoutMs: 3000 },
      { delayMs: 5000 },
    );
    await pass(2800);
    expect(errors).toEqual([]);
    await pass(200);
    expect(errors).toMatchObject([{ code: 'token_failed', message: expect.stringContaining('(chat: no answer)') }]);
    expect(site.requests[0]!.signal.aborted).toBe(true);
    await pass(10_000);
    expect(widget.classicUsers.chat).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of 10 seconds by default', async () => {
    const { errors } = await startClassic({ products: ['chat'] }, { delayMs: 60_000 });
    await pass(9800);
    expect(errors).toEqual([]);
    await pass(200);
    expect(errors).toHaveLength(1);
  });

  it('goes to the console without onError', async () => {
    await startClassic({ products: ['chat'], onError: undefined }, { instead: () => 5 });
    expect(console.error).toHaveBeenCalledWith(
      'zendesk-messenger-auth:',
      expect.objectContaining({ code: 'token_not_string' }),
    );
  });
});

describe('tokenUrl', () => {
  const serve = (status = 200) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(status === 200 ? chat() : null, { status })),
    );
  const calls = () => (fetch as any).mock.calls as [string, RequestInit][];

  it('gets a POST at the URL that it had when the page started', async () => {
    serve();
    const { backend } = await startClassic({ products: ['chat'], tokenUrl: 'token?a=1' });
    expect(calls()).toMatchObject([
      [new URL('token?a=1', document.baseURI).href, { method: 'POST', cache: 'no-store' }],
    ]);
    expect(calls()[0]![1].signal).toBeInstanceOf(AbortSignal);
    expect(backend.requests.map(({ kind, status }) => `${kind} ${status}`)).toContain('chat-login 200');
  });

  it('may have a method, headers, a body and credentials, whose functions are called for each request', async () => {
    serve();
    let n = 0;
    const headers = async () => ({ 'x-n': `${++n}` });
    const tokenUrl = { url: '/token', method: 'PUT', headers, body: () => 'a=1', credentials: 'include' as const };
    await startClassic({ products: ['chat'], tokenUrl });
    zE('webWidget', 'chat:reauthenticate');
    await pass(100);
    const expected = (count: string) => ({
      method: 'PUT',
      headers: { 'x-n': count },
      body: 'a=1',
      credentials: 'include',
    });
    expect(calls().map(([, init]) => init)).toMatchObject([expected('1'), expected('2')]);
  });

  it('has one for each product', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async (url: string) => new Response(sign(url.endsWith('/hc') ? 'helpCenter' : 'chat'))),
    );
    const { widget } = await startClassic({ tokenUrl: { chat: '/chat', helpCenter: { url: '/hc', method: 'GET' } } });
    expect(calls().map(([url, { method }]) => [new URL(url).pathname, method])).toEqual([
      ['/chat', 'POST'],
      ['/hc', 'GET'],
    ]);
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
  });

  it.each([204, 401])('that answers %i says that nobody is signed in', async (status) => {
    serve(status);
    const { errors, widget } = await startClassic({ products: ['chat'], tokenUrl: '/token' });
    expect([errors, widget.classicUsers.chat]).toEqual([[], undefined]);
  });

  it.each([
    [400, 'token_rejected'],
    [403, 'token_rejected'],
    [404, 'token_rejected'],
    [408, 'token_failed'],
    [425, 'token_failed'],
    [429, 'token_failed'],
    [500, 'token_failed'],
    [503, 'token_failed'],
  ])('that answers %i is reported as %s', async (status, code) => {
    serve(status);
    const { errors } = await startClassic({ products: ['chat'], tokenUrl: '/token' });
    expect(errors).toMatchObject([{ code, message: expect.stringContaining(`(chat: ${status})`) }]);
  });
});
