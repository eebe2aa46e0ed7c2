// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  page,
  pass,
  signIn,
  startMessenger,
  token,
  useFakePage,
  zE,
} from './start-messenger.js';

useFakePage();

const IN_B26_ONLY = [
  ['messenger', 'newConversation'],
  ['messenger', 'render'],
  ['messenger:get', 'config'],
  ['messenger:ui', 'anything'],
  ['messenger:set', 'customization', {}],
  ['messenger:on', 'show', () => undefined],
  ['messenger:on', 'hide', () => undefined],
];

const IN_BOTH = [
  ...['show', 'hide', 'open', 'close', 'logoutUser', 'resetWidget'].map((method) => ['messenger', method]),
  ['messenger', 'loginUser', () => undefined],
  ['messenger:set', 'locale', 'de'],
  ['messenger:set', 'zIndex', 1],
  ['messenger:set', 'cookies', 'all'],
  ['messenger:set', 'conversationFields', []],
  ['messenger:set', 'conversationTags', []],
  ['messenger:set', 'beforeMessageSent', () => undefined],
  ['messenger:set', 'beforeMessageDisplay', () => undefined],
  ...(
    'open close unreadMessages conversationStarted conversationOpened messagesShown messageReceived ' +
    'proactiveMessageDisplayed proactiveMessageClicked conversationWithAgentRequested conversationAgentAssigned ' +
    'newConversationButtonClicked postbackButtonClicked conversationExtensionOpened conversationExtensionDisplayed ' +
    'articleClicked articleBrowserClicked sourcesOpened sourcesClosed'
  )
    .split(' ')
    .map((event) => ['messenger:on', event, () => undefined]),
];

describe('unknown commands', () => {
  it.each(BOTH_BUILDS)('[M 10] %s: throw when live', async (build) => {
    await startMessenger(build);
    expect(() => zE('messenger', 'foo')).toThrow('Method messenger.foo does not exist');
    expect(() => zE('messenger', 'sendMessage', 'documented, but not there')).toThrow('does not exist');
    expect(() => zE('messenger:set', 'toString', 1)).toThrow('does not exist');
    expect(() => zE('webWidget', 'open')).toThrow('does not exist');
    expect(() => zE()).toThrow('does not exist');
  });

  it('[M 10] only warn in the queue, and the flush goes on', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const backend = createFakeBackend();
    backend.answerNext('compose', { delayMs: 10 });
    const messenger = install(backend);
    insertTag();
    await pass();
    zE('messenger', 'foo');
    zE(() => {
      throw new Error('of the page');
    });
    zE('messenger', 'open');
    await pass(10);
    expect(warn).toHaveBeenCalledTimes(2);
    expect(warn.mock.calls[0]?.[0]).toMatch(/^Method messenger\.foo does not exist/);
    expect(messenger.isOpen).toBe(true);
  });

  it.each(BOTH_BUILDS)('[M 15] %s: what both builds know', async (build) => {
    await startMessenger(build);
    for (const command of IN_BOTH) expect(() => zE(...command)).not.toThrow();
  });

  it.each(IN_B26_ONLY)('[M 10] %s %s: B26 yes, B25 throws', async (...command) => {
    const { messenger } = await startMessenger('B26');
    expect(() => zE(...command)).not.toThrow();
    messenger.uninstall();
    await startMessenger('B25');
    expect(() => zE(...command)).toThrow('does not exist');
  });
});

describe('the kill switch', () => {
  it('[M 11] B26: every call throws after an API answer with the header', async () => {
    const { backend, messenger } = await startMessenger('B26');
    backend.killSwitch = true;
    expect(() => zE('messenger', 'open')).not.toThrow();
    await messenger.send('hello');
    expect(messenger.isKilled).toBe(true);
    for (const command of [['messenger', 'close'], [() => undefined], ['messenger:on', 'open', () => undefined]]) {
      expect(() => zE(...command)).toThrow(/^The Messaging Web Widget API is temporarily unavailable/);
    }
  });

  it('[M 11] B25: knows no switch', async () => {
    const { backend, messenger } = await startMessenger('B25');
    backend.killSwitch = true;
    await messenger.send('hello');
    expect(() => zE('messenger', 'close')).not.toThrow();
  });

  it('[M 11] the configuration does not carry it', async () => {
    const backend = createFakeBackend();
    backend.killSwitch = true;
    const messenger = install(backend);
    insertTag();
    await pass();
    expect(messenger.live).toBe(true);
    expect(() => zE('messenger', 'open')).not.toThrow();
  });
});

describe('messenger:on', () => {
  it('[M 13] returns nothing through the stub', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', { delayMs: 10 });
    const messenger = install(backend);
    insertTag();
    await pass();
    const listener = vi.fn();
    expect(zE('messenger:on', 'conversationStarted', listener)).toBeUndefined();
    await pass(10);
    messenger.emit('conversationStarted', { id: 1 });
    expect(listener).toHaveBeenCalledExactlyOnceWith({ id: 1 });
  });

  it.each([
    ['B25', 'open', 'undefined'],
    ['B25', 'close', 'undefined'],
    ['B25', 'unreadMessages', 'undefined'],
    ['B25', 'messagesShown', 'function'],
    ['B26', 'open', 'function'],
    ['B26', 'close', 'function'],
    ['B26', 'unreadMessages', 'function'],
  ] as const)('[M 13] %s: on %s returns %s', async (build, event, type) => {
    const { messenger } = await startMessenger(build);
    const listener = vi.fn();
    const unsubscribe = zE('messenger:on', event, listener) as (() => void) | undefined;
    listener.mockClear();
    expect(typeof unsubscribe).toBe(type);
    unsubscribe?.();
    messenger.emit(event);
    expect(listener).toHaveBeenCalledTimes(type === 'function' ? 0 : 1);
  });

  it('[M 13] B26 describes open and close, B25 says nothing', async () => {
    const b26 = vi.fn();
    const { messenger } = await startMessenger('B26');
    zE('messenger:on', 'open', b26);
    zE('messenger:on', 'close', b26);
    zE('messenger', 'open');
    messenger.closeWindow();
    expect(b26.mock.calls).toEqual([
      [{ id: expect.any(String), createdAt: expect.any(String), type: 'open' }],
      [{ id: expect.any(String), createdAt: expect.any(String), type: 'close' }],
    ]);
    messenger.uninstall();
    const b25 = vi.fn();
    await startMessenger('B25');
    zE('messenger:on', 'open', b25);
    zE('messenger', 'open');
    zE('messenger', 'open');
    expect(b25.mock.calls).toEqual([[]]);
  });

  it('[M 13] unreadMessages is called at once with the count, and with every later one', async () => {
    const { messenger } = await startMessenger();
    messenger.setUnread(3);
    const counts: unknown[] = [];
    zE('messenger:on', 'unreadMessages', (count: unknown) => counts.push(count));
    expect(counts).toEqual([3]);
    messenger.setUnread(4);
    messenger.openWindow();
    expect(counts).toEqual([3, 4, 0]);
  });

  it('[M 13] swallows exceptions in listeners', async () => {
    const { messenger } = await startMessenger();
    const second = vi.fn();
    zE('messenger:on', 'open', () => {
      throw new Error('of the page');
    });
    zE('messenger:on', 'open', second);
    zE('messenger', 'open');
    expect(messenger.isOpen).toBe(true);
    expect(second).toHaveBeenCalledTimes(1);
  });
});

it('[M 14] no event tells of ready, sign-in, a failed sign-in, expiry or sign-out', async () => {
  const { messenger } = await startMessenger('B26');
  const listener = vi.fn();
  for (const [target, event] of IN_BOTH) {
    if (target === 'messenger:on' && event !== 'unreadMessages') zE(target, event, listener);
  }
  await signIn(token('user-1', {}, 4));
  await pass(6000);
  await Promise.all([messenger.send('expired'), pass(2000)]);
  await signIn('x');
  await signIn(token());
  zE('messenger', 'logoutUser');
  await pass();
  expect(messenger.asks).toBe(4);
  expect(listener).not.toHaveBeenCalled();
});

describe('what the page sets', () => {
  it('[M 15] shows on the handle', async () => {
    const { messenger } = await startMessenger();
    const done = vi.fn();
    zE('messenger:set', 'conversationFields', [{ id: '1', value: 'x' }], done);
    zE('messenger:set', 'conversationTags', ['vip']);
    zE('messenger:set', 'locale', 'fr');
    zE('messenger:set', 'zIndex', 7);
    zE('messenger', 'hide');
    await pass();
    expect(messenger).toMatchObject({
      conversationFields: [{ id: '1', value: 'x' }],
      conversationTags: ['vip'],
      locale: 'fr',
      zIndex: 7,
      isHidden: true,
    });
    expect(document.querySelector<HTMLElement>('#launcher')!.style.zIndex).toBe('7');
    expect(done).toHaveBeenCalledTimes(1);
    expect(zE('messenger:get', 'config')).toMatchObject({ locale: 'fr', zIndex: 7 });
    zE('messenger', 'show');
    expect(messenger.isHidden).toBe(false);
  });

  it('[M 15] cookies none: the visitor is not remembered', async () => {
    const { messenger } = await startMessenger();
    await messenger.send('hello');
    expect(localStorage).toHaveLength(1);
    zE('messenger:set', 'cookies', 'none');
    expect(localStorage).toHaveLength(0);
    expect(await messenger.send('again')).toEqual({ sentAs: 'anonymous' });
    expect(localStorage).toHaveLength(0);
  });
});

it('[M 37] the old widget knows none of the commands, and asks jwtFn', async () => {
  const chat = vi.fn();
  const helpCenter = vi.fn();
  page.zESettings = { webWidget: { authenticate: { chat: { jwtFn: chat }, jwtFn: helpCenter } } };
  const { messenger } = await startMessenger('classic');
  expect(page.zE?.widget).toBe('classic');
  expect(() => zE('messenger', 'loginUser', () => undefined)).toThrow('Method messenger.loginUser does not exist');
  expect([chat.mock.calls.length, helpCenter.mock.calls.length]).toEqual([1, 1]);
  zE('webWidget', 'chat:reauthenticate');
  zE('webWidget', 'helpCenter:reauthenticate');
  expect([chat.mock.calls.length, helpCenter.mock.calls.length]).toEqual([2, 2]);
  zE('webWidget', 'toggle');
  expect(messenger.isOpen).toBe(true);
  expect(messenger.asks).toBe(0);
});

it('[M 37] the messenger never asks jwtFn', async () => {
  const jwtFn = vi.fn();
  page.zESettings = { webWidget: { authenticate: { chat: { jwtFn }, jwtFn } } };
  await startMessenger();
  await pass(10_000);
  expect(jwtFn).not.toHaveBeenCalled();
});
