// @vitest-environment jsdom
// The fake's Web Widget (Classic). (D) is Zendesk's documentation of that widget. (code) was seen in the widget's code.
import { describe, expect, it, vi } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import {
  install,
  insertTag,
  kinds,
  page,
  pass,
  startMessenger,
  loadNextPage,
  useFakePage,
  zE,
} from './start-messenger.js';

useFakePage();

type Jwt = (callback: (token?: unknown) => void) => void;

const nowS = () => Math.floor(Date.now() / 1000);
const { chatSecret, helpCenterSecret, secret } = FAKE_ACCOUNT;
const claimsOf = (id: string) => ({
  name: id,
  email: `${id}@shop.example`,
  external_id: id,
  iat: nowS(),
  exp: nowS() + 300,
});
const chatToken = (id = 'ada', claims: object = {}) =>
  signToken({ ...claimsOf(id), ...claims }, { secret: chatSecret });
const helpCenterToken = (id = 'ada', claims: object = {}) =>
  signToken({ ...claimsOf(id), ...claims }, { secret: helpCenterSecret });

const answering = (...tokens: unknown[]) =>
  vi.fn<Jwt>((callback) => callback(tokens.length > 1 ? tokens.shift() : tokens[0]));
const settingsOf = (chat?: Jwt, helpCenter?: Jwt) => ({
  webWidget: { authenticate: { ...(chat && { chat: { jwtFn: chat } }), ...(helpCenter && { jwtFn: helpCenter }) } },
});

/** A live widget whose page had set these functions before the snippet. */
async function startClassic(chat?: Jwt, helpCenter?: Jwt) {
  page.zESettings = settingsOf(chat, helpCenter);
  return startMessenger('classic');
}
const ADA = { name: 'ada', externalId: 'ada' };
const BOB = { name: 'bob', externalId: 'bob' };
const NOBODY = { chat: undefined, helpCenter: undefined };

it('signs the visitor in to both products, each with its own token [M 37]', async () => {
  const { backend, messenger } = await startClassic(answering(chatToken()), answering(helpCenterToken('bob')));
  expect({ ...messenger.classicUsers }).toEqual({ chat: ADA, helpCenter: BOB });
  expect(kinds(backend)).toEqual(['compose 200', 'chat-login 200', 'help-center-login 200']);
  expect(backend.requests.map(({ externalId }) => externalId)).toEqual([undefined, 'ada', 'bob']);
  expect(messenger.visitor).toEqual({ kind: 'none' });
});

it('asks only the functions that are there [M 37]', async () => {
  const { backend, messenger } = await startClassic(undefined, answering(helpCenterToken()));
  expect({ ...messenger.classicUsers }).toEqual({ chat: undefined, helpCenter: ADA });
  expect(kinds(backend)).toEqual(['compose 200', 'help-center-login 200']);
});

it('reads the settings when it boots, and sees no later change (D)', async () => {
  const early = answering();
  const late = answering(chatToken());
  page.zESettings = settingsOf(early);
  const { messenger } = await startMessenger('classic');
  page.zESettings = settingsOf(late);
  zE('webWidget', 'chat:reauthenticate');
  await pass();
  expect([early.mock.calls.length, late.mock.calls.length]).toEqual([2, 0]);
  expect({ ...messenger.classicUsers }).toEqual(NOBODY);
});

it('takes other functions with updateSettings, and calls them at the next reauthenticate (D)', async () => {
  const { messenger } = await startClassic();
  const late = answering(chatToken());
  zE('webWidget', 'updateSettings', settingsOf(late));
  await pass();
  expect(late).not.toHaveBeenCalled();
  zE('webWidget', 'chat:reauthenticate');
  await pass();
  expect(messenger.classicUsers.chat).toEqual(ADA);
});

it('leaves the visitor anonymous if the function does not answer, and takes a late answer', async () => {
  const callbacks: ((token: unknown) => void)[] = [];
  const { messenger } = await startClassic((callback) => void callbacks.push(callback));
  await pass(60_000);
  expect({ ...messenger.classicUsers }).toEqual(NOBODY);
  callbacks[0]!(chatToken());
  await pass();
  expect(messenger.classicUsers.chat).toEqual(ADA);
});

it('takes only the first answer in the chat, and every answer in the help center (code)', async () => {
  const twice = (one: string, other: string): Jwt => {
    return (callback) => {
      callback(one);
      setTimeout(() => callback(other), 50);
    };
  };
  const { messenger } = await startClassic(
    twice(chatToken(), chatToken('bob')),
    twice(helpCenterToken(), helpCenterToken('bob')),
  );
  await pass(100);
  expect({ ...messenger.classicUsers }).toEqual({ chat: ADA, helpCenter: BOB });
});

it.each([undefined, null, '', 5, { token: 'a' }])('sends no request for the answer %j (code)', async (answer) => {
  const { backend, messenger } = await startClassic(answering(answer), answering(answer));
  expect(kinds(backend)).toEqual(['compose 200']);
  expect({ ...messenger.classicUsers }).toEqual(NOBODY);
});

describe('chat:reauthenticate', () => {
  it('ends the chat of the user before, and asks for another token [M 37]', async () => {
    const callbacks: ((token: unknown) => void)[] = [];
    const { messenger } = await startClassic((callback) => void callbacks.push(callback));
    callbacks[0]!(chatToken());
    await pass();
    zE('webWidget', 'chat:reauthenticate');
    expect(messenger.classicUsers.chat).toBeUndefined();
    callbacks[1]!(chatToken('bob'));
    await pass();
    expect(messenger.classicUsers.chat).toEqual(BOB);
  });

  it('only ends the chat without a function (D)', async () => {
    const { backend } = await startClassic();
    zE('webWidget', 'chat:reauthenticate');
    await pass();
    expect(kinds(backend)).toEqual(['compose 200']);
  });
});

describe('helpCenter:reauthenticate', () => {
  it('asks for a token if nobody is signed in [M 37]', async () => {
    const helpCenter = answering(undefined, helpCenterToken());
    const { messenger } = await startClassic(undefined, helpCenter);
    zE('webWidget', 'helpCenter:reauthenticate');
    await pass();
    expect(messenger.classicUsers.helpCenter).toEqual(ADA);
  });

  it('asks for none while a session is valid: another user is not signed in before a logout (code)', async () => {
    const helpCenter = answering(helpCenterToken(), helpCenterToken('bob'));
    const { messenger } = await startClassic(undefined, helpCenter);
    zE('webWidget', 'helpCenter:reauthenticate');
    await pass();
    expect(helpCenter).toHaveBeenCalledTimes(1);
    zE('webWidget', 'logout');
    zE('webWidget', 'helpCenter:reauthenticate');
    await pass();
    expect(messenger.classicUsers.helpCenter).toEqual(BOB);
  });

  it('asks for one when the session has expired (code)', async () => {
    const helpCenter = answering(helpCenterToken(), undefined);
    const { messenger } = await startClassic(undefined, helpCenter);
    await pass(2 * 60 * 60 * 1000);
    expect(messenger.classicUsers.helpCenter).toBeUndefined();
    zE('webWidget', 'helpCenter:reauthenticate');
    expect(helpCenter).toHaveBeenCalledTimes(2);
  });
});

it('the session of the help center outlives the page, and that of the chat does not (code)', async () => {
  const started = await startClassic(answering(chatToken()), answering(helpCenterToken()));
  page.zESettings = settingsOf(answering(), answering());
  const { messenger } = await loadNextPage(started);
  expect({ ...messenger.classicUsers }).toEqual({ chat: undefined, helpCenter: ADA });
});

describe('logout', () => {
  it('signs out of both, closes the window, and asks for no token (D)', async () => {
    const chat = answering(chatToken());
    const helpCenter = answering(helpCenterToken());
    const { messenger } = await startClassic(chat, helpCenter);
    messenger.openWindow();
    zE('webWidget', 'logout');
    await pass();
    expect({ ...messenger.classicUsers }).toEqual(NOBODY);
    expect(messenger.isOpen).toBe(false);
    expect([chat.mock.calls.length, helpCenter.mock.calls.length]).toEqual([1, 1]);
  });

  it('does not cancel an answer: a late one signs the user in again (code)', async () => {
    const callbacks: ((token: unknown) => void)[] = [];
    const { messenger } = await startClassic(undefined, (callback) => void callbacks.push(callback));
    zE('webWidget', 'logout');
    callbacks[0]!(helpCenterToken());
    await pass();
    expect(messenger.classicUsers.helpCenter).toEqual(ADA);
  });
});

it('a widget that was removed signs nobody in', async () => {
  const callbacks: ((token: unknown) => void)[] = [];
  const { backend, messenger } = await startClassic((callback) => void callbacks.push(callback));
  messenger.uninstall();
  callbacks[0]!(chatToken());
  await pass();
  expect(kinds(backend)).toEqual(['compose 200']);
});

it('answerNext() sets the answer to a token', async () => {
  page.zESettings = settingsOf(answering(chatToken(), chatToken('bob')));
  const { backend, messenger } = await startMessenger('classic');
  backend.answerNext('chat-login', { status: 503 });
  zE('webWidget', 'chat:reauthenticate');
  await pass();
  expect(messenger.classicUsers.chat).toBeUndefined();
  expect(kinds(backend).at(-1)).toBe('chat-login 503');
});

it('a failed sign-in to the help center ends the session before it (code)', async () => {
  const { backend, messenger } = await startClassic(undefined, answering(helpCenterToken()));
  messenger.uninstall();
  backend.answerNext('help-center-login', 'network-error');
  const next = install(backend);
  insertTag();
  await pass();
  expect(next.classicUsers.helpCenter).toBeUndefined();
});

describe('a token', () => {
  const signed = (claims: object, key: string, header?: object) =>
    signToken({ ...claimsOf('ada'), ...claims }, { secret: key, header: header as Record<string, unknown> });

  it.each<[reason: string, chat: () => string, helpCenter?: () => string]>([
    [
      'signature: made with another secret, or the token was changed',
      () => signed({}, helpCenterSecret),
      () => signed({}, chatSecret),
    ],
    [
      'header: kid is the id of a messaging key',
      () => signToken(claimsOf('ada'), { ...FAKE_ACCOUNT, secret: chatSecret }),
    ],
    ['scope: the token is for messaging', () => signed({ scope: 'user' }, secret)],
    ['header: alg is not HS256', () => signed({}, chatSecret, { alg: 'HS512' })],
    [
      'name is missing',
      () => signed({ name: undefined }, chatSecret),
      () => signed({ name: undefined }, helpCenterSecret),
    ],
    ['name is not a text', () => signed({ name: '' }, chatSecret)],
    [
      'email is missing',
      () => signed({ email: undefined }, chatSecret),
      () => signed({ email: undefined }, helpCenterSecret),
    ],
    ['external_id is not a text', () => signed({ external_id: {} }, chatSecret)],
    ['exp is missing', () => signed({ exp: undefined }, chatSecret)],
    ['exp is not a number', () => signed({ exp: `${nowS() + 60}` }, chatSecret)],
    ['exp is in milliseconds', () => signed({ exp: Date.now() + 60_000 }, chatSecret)],
    ['expired', () => signed({ exp: nowS() }, chatSecret), () => signed({ exp: nowS() }, helpCenterSecret)],
    [
      'iat is missing',
      () => signed({ iat: undefined }, chatSecret),
      () => signed({ iat: undefined }, helpCenterSecret),
    ],
    ['exp is more than 7 minutes after iat', () => signed({ exp: nowS() + 421 }, chatSecret)],
    ['the token is in quotes', () => `"${chatToken()}"`],
    ['not a JWT: three base64url parts are expected', () => 'nonsense'],
  ])('is refused: %s [M 37]', async (reason, chat, helpCenter) => {
    const { backend, messenger } = await startClassic(answering(chat()), helpCenter && answering(helpCenter()));
    expect({ ...messenger.classicUsers }).toEqual(NOBODY);
    const [, ...logins] = backend.requests;
    expect(logins.map((request) => [request.status, request.reason])).toEqual(
      [chat, helpCenter].filter(Boolean).map(() => [401, reason]),
    );
  });

  it('is accepted at the limits: 7 minutes in the chat, and any time or none in the help center', async () => {
    const longest = signed({ exp: nowS() + 420, external_id: undefined }, chatSecret);
    const { messenger } = await startClassic(
      answering(longest),
      answering(signed({ exp: undefined }, helpCenterSecret, { kid: 'one' })),
    );
    expect({ ...messenger.classicUsers }).toEqual({ chat: { name: 'ada', externalId: undefined }, helpCenter: ADA });
    zE('webWidget', 'logout');
    zE('webWidget', 'updateSettings', settingsOf(answering(signed({ external_id: 7 }, chatSecret))));
    zE('webWidget', 'chat:reauthenticate');
    await pass();
    expect(messenger.classicUsers.chat).toEqual({ name: 'ada', externalId: '7' });
  });

  it('that was revoked is refused', async () => {
    const { backend, messenger } = await startClassic(answering(chatToken()));
    backend.revokeAll();
    zE('webWidget', 'chat:reauthenticate');
    await pass();
    expect(messenger.classicUsers.chat).toBeUndefined();
    expect(backend.requests.at(-1)).toMatchObject({ status: 401, reason: 'revoked' });
  });
});
