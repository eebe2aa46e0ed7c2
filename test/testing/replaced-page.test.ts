// @vitest-environment jsdom
// A page that removes the messenger's elements, and one that starts the messenger again.
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend, type FakeFetch, type InstalledMessenger } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  kinds,
  page,
  pass,
  signIn,
  SNIPPET_URL,
  startMessenger,
  token,
  useFakePage,
  zE,
} from './start-messenger.js';

useFakePage({ realFrames: true });

const FRAMES = 'iframe[data-product="web_widget"], iframe#launcher';
const FRAME = '[data-product="web_widget"]';
const framesInPage = () => document.querySelectorAll(FRAMES).length;
const replaceBody = () => document.documentElement.replaceChild(document.createElement('body'), document.body);

/** What makes a page ready for one working messenger again [M 76]. */
function removeMessenger({ keepFrames = false } = {}): void {
  document.querySelector('#ze-snippet')?.remove();
  if (!keepFrames)
    for (const child of [...document.body.children])
      if (child.matches(FRAMES) || child.querySelector(FRAMES) !== null) child.remove();
  delete page.zE;
  delete page.zEmbed;
  delete page.zEACLoaded;
}

async function startAgain(change?: (tag: HTMLScriptElement) => void): Promise<void> {
  insertTag(change);
  await pass();
}

async function expectWorking(messenger: InstalledMessenger, externalId: string): Promise<void> {
  const { loginCallback } = await signIn(token(externalId));
  expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
  expect(messenger).toMatchObject({ live: true, widgets: 1, visitor: { kind: 'user', externalId } });
  expect(await messenger.send('hello')).toEqual({ sentAs: 'user', externalId });
}

describe.each(BOTH_BUILDS)('In %s, a page that replaces its body', (build) => {
  it('[M 74] gets no event, zE.widget stays, and calls do not throw', async () => {
    const { messenger } = await startMessenger(build);
    const listener = vi.fn();
    for (const event of ['close', 'conversationStarted', 'messagesShown']) zE('messenger:on', event, listener);
    zE('messenger', 'open');
    replaceBody();
    await pass(10_000);
    expect(listener).not.toHaveBeenCalled();
    expect(page.zE?.widget).toBe('messenger');
    expect(page.zE?.version).toBe(build);
    for (const command of ['show', 'hide', 'open', 'close', 'logoutUser', 'resetWidget', 'noSuchMethod'])
      expect(zE('messenger', command)).toBeUndefined();
    expect(messenger).toMatchObject({ live: false, widgets: 0 });
    expect(framesInPage()).toBe(0);
  });

  it('[M 74] is asked for its token by loginUser, and then nothing comes', async () => {
    const { backend, messenger } = await startMessenger(build);
    replaceBody();
    const { jwtCallback, loginCallback } = await signIn(token());
    const late = vi.fn();
    const neverAnswers = vi.fn();
    zE('messenger', 'loginUser', neverAnswers, late);
    await pass(60_000);
    expect(jwtCallback).toHaveBeenCalledTimes(1);
    expect(neverAnswers).toHaveBeenCalledTimes(1);
    expect(messenger.asks).toBe(2);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(late).not.toHaveBeenCalled();
    expect(kinds(backend)).toEqual(['compose 200']);
  });

  it('[M 74] gets no answer to a login or to fields that were under way', async () => {
    const { backend, messenger } = await startMessenger(build);
    backend.answerNext('login', { delayMs: 100 });
    backend.answerNext('fields', { delayMs: 100 });
    const callback = vi.fn();
    const { loginCallback } = await signIn(token());
    zE('messenger:set', 'conversationFields', [{ id: 1, value: 'x' }], callback);
    replaceBody();
    await pass(10_000);
    expect(loginCallback).not.toHaveBeenCalled();
    expect(callback).not.toHaveBeenCalled();
    expect(messenger.conversationFields).toEqual([]);
  });

  it('[M 74] gets no answer to a login that has just been accepted', async () => {
    const { backend, messenger } = await startMessenger(build);
    // The callback comes in a later task [M 20]. The body is replaced before that.
    messenger.onChange(() => messenger.visitor.kind === 'user' && replaceBody());
    const { loginCallback } = await signIn(token());
    expect(backend.user('user-1')?.signedIn).toBe(true);
    expect(messenger.live).toBe(false);
    await pass(10_000);
    expect(loginCallback).not.toHaveBeenCalled();
  });

  it('[M 74] has no messenger after a new tag alone, whose configuration is not even requested', async () => {
    const { backend, messenger } = await startMessenger(build);
    replaceBody();
    document.querySelector('#ze-snippet')!.remove();
    await startAgain();
    expect(messenger).toMatchObject({ live: false, widgets: 0, boots: 1 });
    expect(kinds(backend)).toEqual(['compose 200']);
  });
});

describe.each(BOTH_BUILDS)('In %s, a page that only removes the element with the launcher', (build) => {
  it('[M 75] has a messenger that works, and no launcher any more', async () => {
    const { messenger } = await startMessenger(build);
    document.querySelector('body > div:has(#launcher)')!.remove();
    expect(messenger.live).toBe(true);
    await expectWorking(messenger, 'alice');
    for (const command of ['hide', 'show', 'open']) zE('messenger', command);
    zE('messenger:set', 'zIndex', 7);
    await pass();
    expect(document.querySelector('#launcher')).toBeNull();
    expect(document.querySelectorAll(FRAME)).toHaveLength(1);
  });
});

describe.each(BOTH_BUILDS)('In %s, a page that removes frames, tag and globals', (build) => {
  it('[M 76] gets one working messenger from a new tag, also after its body was replaced', async () => {
    const { messenger } = await startMessenger(build);
    for (const replace of [false, true]) {
      if (replace) replaceBody();
      removeMessenger();
      expect(messenger).toMatchObject({ live: false, widgets: 0 });
      await startAgain();
      expect(framesInPage()).toBe(2);
      await expectWorking(messenger, 'alice');
    }
    expect(messenger.boots).toBe(3);
  });

  it('[M 76] signs nobody out: the storage stays, and there is no request', async () => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token('alice'));
    const stored = JSON.stringify(localStorage);
    expect(stored).not.toBe('{}');
    removeMessenger();
    await pass(10_000);
    expect(JSON.stringify(localStorage)).toBe(stored);
    expect(kinds(backend)).not.toContain('logout 200');
    await startAgain();
    expect(JSON.stringify(localStorage)).toBe(stored);
    // A new messenger has nobody in memory [M 20], nor the fields of the old one.
    expect(messenger).toMatchObject({ visitor: { kind: 'none' }, conversationFields: [] });
  });

  it('[M 76] can start the messenger of another key', async () => {
    const other = createFakeBackend({ build, key: 'other', appId: 'a'.repeat(24), subdomain: 'other' });
    const first = createFakeBackend({ build });
    const fetch: FakeFetch = (url, init) => (/compose\/other$|\/other\./.test(url) ? other : first).fetch(url, init);
    const messenger = install(first, { fetch });
    await startAgain();
    await expectWorking(messenger, 'alice');
    removeMessenger();
    await startAgain((tag) => (tag.src = SNIPPET_URL.replace(/key=.*/, 'key=other')));
    await expectWorking(messenger, 'bob');
    expect([first.user('bob'), other.user('alice')]).toEqual([undefined, undefined]);
    expect(other.user('bob')?.messages).toHaveLength(1);
  });

  it('[M 76] has two widgets if the frames are kept', async () => {
    const { messenger } = await startMessenger(build);
    removeMessenger({ keepFrames: true });
    await startAgain();
    expect(messenger).toMatchObject({ live: true, widgets: 2 });
    expect(document.querySelectorAll(FRAME)).toHaveLength(2);
  });

  it('[M 77] can do that ten times in a row', async () => {
    const { messenger } = await startMessenger(build);
    for (let times = 1; times <= 10; times += 1) {
      removeMessenger();
      await startAgain();
      await expectWorking(messenger, 'alice');
      expect(framesInPage()).toBe(2);
    }
    expect(messenger.boots).toBe(11);
  });
});
