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

describe('zE', () => {
  it.each(BOTH_BUILDS)('[M 10] throws at an unknown command when %s is live', async (build) => {
    await startMessenger(build);
    expect(() => zE('messenger', 'foo')).toThrow('Method messenger.foo does not exist');
    expect(() => zE('messenger', 'sendMessage', 'documented, but not there')).toThrow('does not exist');
    expect(() => zE('messenger:set', 'toString', 1)).toThrow('does not exist');
    expect(() => zE('webWidget', 'open')).toThrow('does not exist');
    expect(() => zE()).toThrow('does not exist');
  });

  it('[M 10] only warns about an unknown command in the queue, and runs the rest of the queue', async () => {
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

  it.each(BOTH_BUILDS)('[M 15] accepts the commands of both builds in %s', async (build) => {
    await startMessenger(build);
    for (const command of IN_BOTH) expect(() => zE(...command)).not.toThrow();
  });

  it.each(IN_B26_ONLY)('[M 10] accepts %s %s in B26, and throws in B25', async (...command) => {
    const { messenger } = await startMessenger('B26');
    expect(() => zE(...command)).not.toThrow();
    messenger.uninstall();
    await startMessenger('B25');
    expect(() => zE(...command)).toThrow('does not exist');
  });
});

describe('The kill switch', () => {
  it('[M 11] makes every call throw in B26, after an API answer with the header', async () => {
    const { backend, messenger } = await startMessenger('B26');
    backend.killSwitch = true;
    expect(() => zE('messenger', 'open')).not.toThrow();
    await messenger.send('hello');
    expect(messenger.isKilled).toBe(true);
    for (const command of [['messenger', 'close'], [() => undefined], ['messenger:on', 'open', () => undefined]]) {
      expect(() => zE(...command)).toThrow(/^The Messaging Web Widget API is temporarily unavailable/);
    }
  });

  it('[M 11] has no effect in B25', async () => {
    const { backend, messenger } = await startMessenger('B25');
    backend.killSwitch = true;
    await messenger.send('hello');
    expect(() => zE('messenger', 'close')).not.toThrow();
  });

  it('[M 11] is not in the answer with the configuration', async () => {
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
  it('[M 13] returns nothing if the stub takes the call', async () => {
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
  ] as const)('[M 13] in %s, for the event %s, returns the type %s', async (build, event, type) => {
    const { messenger } = await startMessenger(build);
    const listener = vi.fn();
    const unsubscribe = zE('messenger:on', event, listener) as (() => void) | undefined;
    listener.mockClear();
    expect(typeof unsubscribe).toBe(type);
    unsubscribe?.();
    messenger.emit(event);
    expect(listener).toHaveBeenCalledTimes(type === 'function' ? 0 : 1);
  });

  it('[M 13] passes an object about open and close in B26, and nothing in B25', async () => {
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

  it('[M 13] calls a listener of unreadMessages at once with the count, and again with every new count', async () => {
    const { messenger } = await startMessenger();
    messenger.setUnread(3);
    const counts: unknown[] = [];
    zE('messenger:on', 'unreadMessages', (count: unknown) => counts.push(count));
    expect(counts).toEqual([3]);
    messenger.setUnread(4);
    messenger.openWindow();
    expect(counts).toEqual([3, 4, 0]);
  });

  it('[M 13] ignores exceptions in listeners', async () => {
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

it('[M 14] no event reports that the messenger is ready, or a sign-in, a failed sign-in, an expiry or a sign-out', async () => {
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

describe('A setting of the page', () => {
  it('[M 15] appears on the handle', async () => {
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
});

it('[M 37] the old widget has none of the commands, and calls jwtFn', async () => {
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

it('[M 37] the messenger never calls jwtFn', async () => {
  const jwtFn = vi.fn();
  page.zESettings = { webWidget: { authenticate: { chat: { jwtFn }, jwtFn } } };
  await startMessenger();
  await pass(10_000);
  expect(jwtFn).not.toHaveBeenCalled();
});
