// @vitest-environment jsdom
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import type { ZeFunction } from '../../src/testing/page-globals.js';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  page,
  pass,
  SNIPPET_URL,
  startMessenger,
  useFakePage,
  zE,
} from './start-messenger.js';

useFakePage({ realFrames: true });

function ownQueue(): ZeFunction {
  const queue: unknown[] = [];
  return Object.assign((...command: unknown[]) => void queue.push(command), { _: queue });
}

describe('the stub', () => {
  it('[M 1] is there after the script ran, keeps arguments in zE._, and is both zE and zEmbed', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', 'hang');
    install(backend);
    expect(page.zE).toBeUndefined();
    insertTag();
    await pass();
    expect(zE('messenger', 'noSuchMethod', 1)).toBeUndefined();
    expect(page.zE).toBe(page.zEmbed);
    const [queued] = page.zE?._ as [ArrayLike<unknown>];
    expect(Object.prototype.toString.call(queued)).toBe('[object Arguments]');
    expect(Array.from(queued)).toEqual(['messenger', 'noSuchMethod', 1]);
    expect(page.zE?.widget).toBeUndefined();
    expect(page.zE?.version).toBeUndefined();
  });

  it('[M 1] is not made where the page has a function of its own', async () => {
    const own = (page.zE = vi.fn<ZeFunction>());
    const backend = createFakeBackend();
    backend.answerNext('compose', 'hang');
    install(backend);
    insertTag();
    await pass();
    expect(page.zE).toBe(own);
    expect(page.zEmbed).toBeUndefined();
  });
});

describe('the tag', () => {
  it.each([
    ['without the id', (tag: HTMLScriptElement) => tag.removeAttribute('id')],
    ['without the key', (tag: HTMLScriptElement) => (tag.src = 'https://static.zdassets.com/ekr/snippet.js')],
  ])('[M 2] %s: one console.error, nothing else', async (_, change) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const backend = createFakeBackend();
    const messenger = install(backend);
    insertTag(change);
    await pass(1000);
    expect(error).toHaveBeenCalledTimes(1);
    expect(page.zE).toBeUndefined();
    expect(backend.requests).toEqual([]);
    expect(messenger.live).toBe(false);
  });

  it('[M 2] with another src is no snippet, and fails to load', async () => {
    const messenger = install(createFakeBackend());
    const onError = vi.fn();
    insertTag((tag) => {
      tag.src = 'https://static.zdassets.com/ekr/snipet.js?key=1';
      tag.onerror = onError;
    });
    await pass(1000);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(messenger.live).toBe(false);
  });
});

describe('the configuration', () => {
  it.each([
    ['an unknown key', undefined],
    ['a network error', 'network-error'],
    ['a 204', { status: 204 }],
    ['a 404', { status: 404 }],
    ['a text instead of JSON', { status: 200, body: '<html>' }],
  ] as const)('[M 3] fails silently: %s', async (_, outcome) => {
    const spies = (['error', 'warn', 'log'] as const).map((level) => vi.spyOn(console, level));
    const backend = createFakeBackend(outcome === undefined ? { key: 'another' } : {});
    if (outcome !== undefined) backend.answerNext('compose', outcome);
    const messenger = install(backend);
    const events: string[] = [];
    insertTag((tag) => {
      tag.onload = () => events.push('load');
      tag.onerror = () => events.push('error');
    });
    await pass(60_000);
    expect(events).toEqual(['load']);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    expect(page.zEACLoaded).toBeUndefined();
    expect(page.zE?._).toEqual([]);
    expect(messenger.live).toBe(false);
  });

  it('[M 3] is fetched again by a tag that is inserted again, and the queue of the stub is kept', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', 'network-error');
    const messenger = install(backend);
    const tag = insertTag();
    await pass();
    zE('messenger', 'open');
    tag.remove();
    insertTag();
    await pass();
    expect(page.zEACLoaded).toBe(true);
    expect(messenger.live).toBe(true);
    expect(messenger.isOpen).toBe(true);
  });

  it('[M 3] an answer without CORS headers counts as a failure', async () => {
    const backend = createFakeBackend();
    const messenger = install(backend, {
      fetch: async () => Response.json({ build: 'B26', baseUrl: 'https://x', appId: '1' }),
    });
    insertTag();
    await pass();
    expect(messenger.live).toBe(false);
  });
});

describe('going live', () => {
  it('[M 4] comes after onload, calls queued functions then and later ones at once, and sets widget and version', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', { delayMs: 500 });
    const messenger = install(backend);
    const steps: string[] = [];
    insertTag((tag) => (tag.onload = () => steps.push(`load ${typeof page.zE} ${page.zE?.widget}`)));
    await pass();
    zE(() => steps.push(`queued ${page.zE?.widget} ${page.zE?.version}`));
    await pass(490);
    expect(steps).toEqual(['load function undefined']);
    expect(messenger.live).toBe(false);
    await pass(10);
    zE(() => steps.push('live'));
    expect(steps).toEqual(['load function undefined', 'queued messenger B26', 'live']);
    expect(messenger.live).toBe(true);
  });

  it('[M 5] replaces a queue that the page defined as zE and zEmbed, with an array _', async () => {
    const own = ownQueue();
    page.zE = page.zEmbed = own;
    zE('messenger', 'open');
    const { messenger } = await startMessenger();
    expect(page.zE).not.toBe(own);
    expect(messenger.isOpen).toBe(true);
  });

  it('[M 5] leaves a page that set only zE with a dead function; the live one is zEmbed', async () => {
    const own = ownQueue();
    page.zE = own;
    zE('messenger', 'open');
    const { messenger } = await startMessenger();
    expect(page.zE).toBe(own);
    expect(messenger.isOpen).toBe(false);
    page.zEmbed?.('messenger', 'open');
    expect(messenger.isOpen).toBe(true);
  });

  it('[M 5] copies the own properties of the stub, so that _ says nothing about liveness', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', { delayMs: 10 });
    install(backend);
    insertTag();
    await pass();
    const stub = page.zE;
    Object.assign(stub!, { mark: 'mine' });
    await pass(10);
    expect(page.zE).not.toBe(stub);
    expect(page.zE).toHaveProperty('mark', 'mine');
    expect(Array.isArray(page.zE?._)).toBe(true);
  });

  it('[M 6] flushes the queue in the same step: nothing is shown before a queued hide', async () => {
    const backend = createFakeBackend();
    backend.answerNext('compose', { delayMs: 10 });
    const messenger = install(backend);
    const seen: string[] = [];
    messenger.onChange(() => {
      if (page.zE?.widget !== undefined) seen.push(`${messenger.isHidden} ${messenger.locale}`);
    });
    insertTag();
    await pass();
    zE('messenger', 'hide');
    zE('messenger:set', 'locale', 'de');
    expect(document.querySelector('#launcher')).toBeNull();
    await pass(10);
    expect(seen.at(-1)).toBe('true de');
    expect(document.querySelector<HTMLElement>('#launcher')!.style.display).toBe('none');
  });

  it('[M 7] two tags in quick succession boot two widgets', async () => {
    const backend = createFakeBackend();
    const messenger = install(backend);
    insertTag();
    insertTag();
    await pass();
    expect(messenger.boots).toBe(2);
    expect(document.querySelectorAll('iframe[data-product="web_widget"]')).toHaveLength(2);
  });

  it('[M 7] a second tag after a boot is ignored, whatever its key', async () => {
    const { backend, messenger } = await startMessenger();
    insertTag((tag) => (tag.src = `${SNIPPET_URL}0`));
    await pass();
    expect(messenger.boots).toBe(1);
    expect(backend.requests).toHaveLength(1);
  });
});

describe('the frames', () => {
  it('[M 8] are in the body: an invisible one, and the launcher', async () => {
    await startMessenger();
    const frame = document.querySelector<HTMLElement>('body > iframe[data-product="web_widget"]');
    expect(frame?.style.display).toBe('none');
    expect(document.querySelector<HTMLElement>('body > iframe#launcher')?.style.display).toBe('block');
  });

  it('[M 8] kill the messenger when removed: zE is a dead function that does nothing', async () => {
    const { backend, messenger } = await startMessenger();
    const before = page.zE;
    document.querySelector('iframe[data-product="web_widget"]')!.remove();
    expect(messenger.live).toBe(false);
    expect(page.zE).toBe(before);
    const called = vi.fn();
    expect(zE(called)).toBeUndefined();
    expect(zE('messenger', 'noSuchMethod')).toBeUndefined();
    zE('messenger', 'loginUser', called, called);
    await pass(10_000);
    expect(called).not.toHaveBeenCalled();
    expect(messenger.boots).toBe(1);
    expect(await messenger.send('hello')).toEqual({ failed: 'the messenger is not live' });
    expect(backend.requests).toHaveLength(1);
  });

  it('[M 9] B26: autorender false waits for render', async () => {
    page.zEMessenger = { autorender: false };
    const { messenger } = await startMessenger('B26');
    const launcher = document.querySelector<HTMLElement>('#launcher')!;
    expect(messenger.live).toBe(true);
    expect(launcher.style.display).toBe('none');
    const callback = vi.fn();
    zE('messenger', 'render', {}, callback);
    await pass();
    expect(launcher.style.display).toBe('block');
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('[M 9] B25: autorender is not known', async () => {
    page.zEMessenger = { autorender: false };
    const { messenger } = await startMessenger('B25');
    expect(messenger.isRendered).toBe(true);
  });
});

describe('installFakeMessenger', () => {
  it.each([
    ['blocked', ['error'], true],
    ['silently-removed', [], false],
    ['hangs', [], true],
  ] as const)('script %s: events %j', async (script, expected, stays) => {
    const backend = createFakeBackend();
    const messenger = install(backend, { script });
    const events: string[] = [];
    const tag = insertTag((inserted) => {
      inserted.onload = () => events.push('load');
      inserted.onerror = () => events.push('error');
    });
    await pass(60_000);
    expect(events).toEqual(expected);
    expect(tag.isConnected).toBe(stays);
    expect(page.zE).toBeUndefined();
    messenger.script = 'runs';
    insertTag();
    await pass();
    expect(messenger.live).toBe(true);
  });

  it.each(BOTH_BUILDS)('sees a tag that was there before, waits as long as told, and starts %s', async (build) => {
    insertTag();
    const messenger = install(createFakeBackend({ build }), { scriptDelayMs: 80, bootDelayMs: 400 });
    await pass(79);
    expect(page.zE).toBeUndefined();
    await pass(2);
    expect(page.zEACLoaded).toBe(true);
    await pass(390);
    expect(messenger.live).toBe(false);
    await pass(10);
    expect(messenger.live).toBe(true);
    expect(page.zE?.version).toBe(build);
  });

  it('shows its state to a test runner: everything is an own, readable property', async () => {
    const { messenger } = await startMessenger();
    expect(Object.keys(messenger)).toEqual(expect.arrayContaining(['live', 'visitor', 'script', 'send']));
    // What a failing comparison does to print the difference: it must not end in another error.
    expect(() => expect(messenger).toMatchObject({ visitor: { kind: 'user' } })).toThrow(/to match object/);
  });

  it('uninstall leaves nothing in the window, and sees no further tag', async () => {
    const { messenger } = await startMessenger();
    messenger.uninstall();
    expect([page.zE, page.zEmbed, page.zEACLoaded]).toEqual([undefined, undefined, undefined]);
    expect(document.querySelectorAll('iframe, script')).toHaveLength(0);
    insertTag();
    await pass(1000);
    expect(page.zE).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('uninstall lets go of the window: a test file lives through many', async () => {
    const kept = new Set<unknown>();
    const add = vi.spyOn(window, 'addEventListener').mockImplementation((_type, listener) => void kept.add(listener));
    const remove = vi.spyOn(window, 'removeEventListener');
    remove.mockImplementation((_type, listener) => void kept.delete(listener));
    onTestFinished(() => [add, remove].forEach((spy) => spy.mockRestore()));
    const { messenger } = await startMessenger();
    expect(kept.size).toBeGreaterThan(0);
    messenger.uninstall();
    expect(kept.size).toBe(0);
  });
});
