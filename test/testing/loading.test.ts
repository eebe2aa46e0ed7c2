// @vitest-environment jsdom
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT } from '../../src/testing/index.js';
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

describe('The stub', () => {
  it('[M 1] exists after the script has run, keeps arguments in zE._, and is both zE and zEmbed', async () => {
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

  it('[M 1] is not created if the page has its own function', async () => {
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

describe('A script tag', () => {
  it.each([
    ['without the id', (tag: HTMLScriptElement) => tag.removeAttribute('id')],
    ['without the key', (tag: HTMLScriptElement) => (tag.src = 'https://static.zdassets.com/ekr/snippet.js')],
  ])('[M 2] only causes one console.error %s', async (_, change) => {
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

  it('[M 2] is not the snippet if its src is another one, and fails to load', async () => {
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

describe('The configuration', () => {
  it.each([
    ['a network error', 'network-error'],
    ['a 204', { status: 204 }],
    ['a 404', { status: 404 }],
    ['a text instead of JSON', { status: 200, body: '<html>' }],
  ] as const)('[M 3] fails to load without a message after %s', async (_, outcome) => {
    const spies = (['error', 'warn', 'log'] as const).map((level) => vi.spyOn(console, level));
    const backend = createFakeBackend();
    backend.answerNext('compose', outcome);
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

  it('names both keys at once if the page uses another key than the fake', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const messenger = install(createFakeBackend({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b' }));
    insertTag();
    await pass();
    expect(error).toHaveBeenCalledExactlyOnceWith(
      `Fake messenger: the page uses the key ${FAKE_ACCOUNT.key}, but the fake has the key ` +
        '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b, so no messenger starts. ' +
        `Pass the page's key: createFakeBackend({ key: '${FAKE_ACCOUNT.key}' }).`,
    );
    expect(messenger.live).toBe(false);
  });

  it('[M 3] is fetched again if the tag is inserted again, and the stub keeps its queue', async () => {
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

  it('[M 3] fails to load if the answer has no CORS headers', async () => {
    const backend = createFakeBackend();
    const messenger = install(backend, {
      fetch: async () => Response.json({ build: 'B26', baseUrl: 'https://x', appId: '1' }),
    });
    insertTag();
    await pass();
    expect(messenger.live).toBe(false);
  });
});

describe('The messenger', () => {
  it('[M 4] goes live after onload, calls queued functions then and later ones at once, and sets widget and version', async () => {
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

  it('[M 5] does not replace zE if the page defined only zE, and is live at zEmbed', async () => {
    const own = ownQueue();
    page.zE = own;
    zE('messenger', 'open');
    const { messenger } = await startMessenger();
    expect(page.zE).toBe(own);
    // What was in its queue has run [M 81]. What comes later stays there.
    expect(messenger.isOpen).toBe(true);
    zE('messenger', 'close');
    await pass(1000);
    expect(messenger.isOpen).toBe(true);
    page.zEmbed?.('messenger', 'close');
    expect(messenger.isOpen).toBe(false);
  });

  it('[M 5] copies the own properties of the stub, so zE._ does not show whether the messenger is live', async () => {
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

  it('[M 6] runs the queue in the same step, so nothing is shown before a queued hide', async () => {
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

  it('[M 7] boots twice if two tags follow in quick succession', async () => {
    const backend = createFakeBackend();
    const messenger = install(backend);
    insertTag();
    insertTag();
    await pass();
    expect(messenger.boots).toBe(2);
    expect(document.querySelectorAll('iframe[data-product="web_widget"]')).toHaveLength(2);
  });

  it('[M 7] ignores a second tag after it has booted, whatever the key', async () => {
    const { backend, messenger } = await startMessenger();
    insertTag((tag) => (tag.src = `${SNIPPET_URL}0`));
    await pass();
    expect(messenger.boots).toBe(1);
    expect(backend.requests).toHaveLength(1);
  });
});

describe('The frames', () => {
  it('[M 8] are an invisible one in the body, and the launcher in an element of the body', async () => {
    await startMessenger();
    const frame = document.querySelector<HTMLElement>('body > iframe[data-product="web_widget"]');
    expect(frame?.style.display).toBe('none');
    expect(document.querySelector<HTMLElement>('body > div iframe#launcher')?.style.display).toBe('block');
  });

  it('[M 8] stop the messenger when the first one is removed: after that, zE does nothing', async () => {
    const { backend, messenger } = await startMessenger();
    const before = page.zE;
    document.querySelector('iframe[data-product="web_widget"]')!.remove();
    expect(messenger.live).toBe(false);
    expect(page.zE).toBe(before);
    const called = vi.fn();
    expect(zE(called)).toBeUndefined();
    expect(zE('messenger', 'noSuchMethod')).toBeUndefined();
    zE('messenger', 'logoutUser');
    zE('messenger:set', 'conversationFields', [], called);
    await pass(10_000);
    expect(called).not.toHaveBeenCalled();
    expect(messenger.boots).toBe(1);
    expect(await messenger.send('hello')).toEqual({ failed: 'the messenger is not live' });
    expect(backend.requests).toHaveLength(1);
  });

  it('[M 8] do not start the messenger again when the first one is put back', async () => {
    const { messenger } = await startMessenger();
    const frame = document.querySelector('iframe[data-product="web_widget"]')!;
    frame.remove();
    document.body.append(frame);
    expect(messenger).toMatchObject({ live: false, widgets: 0, boots: 1 });
  });

  it('[M 9] are shown at the render command in B26 if autorender is false', async () => {
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

  it('[M 9] are shown in B25, which ignores autorender', async () => {
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
  ] as const)('simulates a script that is "%s", which fires the events %j', async (script, expected, stays) => {
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

  it.each(BOTH_BUILDS)('notices an earlier tag, waits for the given delays, and starts %s', async (build) => {
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

  it('returns a handle that a test runner can print: all of its state is in own, readable properties', async () => {
    const { messenger } = await startMessenger();
    expect(Object.keys(messenger)).toEqual(expect.arrayContaining(['live', 'visitor', 'script', 'send']));
    // A failing comparison prints the difference, and that must not throw another error.
    expect(() => expect(messenger).toMatchObject({ visitor: { kind: 'user' } })).toThrow(/to match object/);
  });

  it('leaves nothing in the window after uninstall(), and ignores later tags', async () => {
    const { messenger } = await startMessenger();
    messenger.uninstall();
    expect([page.zE, page.zEmbed, page.zEACLoaded]).toEqual([undefined, undefined, undefined]);
    expect(document.querySelectorAll('iframe, script')).toHaveLength(0);
    insertTag();
    await pass(1000);
    expect(page.zE).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('removes its listeners at uninstall(), because one test file installs many messengers', async () => {
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
