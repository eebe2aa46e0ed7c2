// @vitest-environment jsdom
// Two snippet tags on a page: another key while a messenger is live, and a page that keeps the second one from starting.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
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
} from './start-messenger.js';

useFakePage();

afterEach(() => delete page.zEACLoaded);

const ignoreWrites = (): void => {};

const stopLaterTags = (): void => {
  page.zEACLoaded = true;
};

/** Defines zEACLoaded so that only its first read lets a snippet run [M 79]. */
function guardLoading(setter?: (value: unknown) => void) {
  const reads: boolean[] = [];
  Object.defineProperty(window, 'zEACLoaded', {
    configurable: true,
    get: () => {
      reads.push(reads.length > 0);
      return reads.at(-1);
    },
    ...(setter && { set: setter }),
  });
  return reads;
}

describe.each(BOTH_BUILDS)('In %s, a second key', (build) => {
  it('[M 78] is ignored while a messenger is live: calls and tokens go to the first one', async () => {
    const { backend, messenger } = await startMessenger(build);
    const live = page.zE;
    insertTag((tag) => (tag.src = SNIPPET_URL.replace(/key=.*/, 'key=other')));
    await pass(10_000);
    expect(kinds(backend)).toEqual(['compose 200']);
    expect(page.zE).toBe(live);
    expect(messenger).toMatchObject({ boots: 1, widgets: 1 });
    await signIn(token('alice'));
    expect(backend.user('alice')?.signedIn).toBe(true);
  });
});

describe.each(BOTH_BUILDS)('In %s, zEACLoaded', (build) => {
  it('[M 79] is read once when a snippet executes, and written once when its configuration has come', async () => {
    const backend = createFakeBackend({ build });
    backend.answerNext('compose', { delayMs: 100 });
    install(backend);
    const written: unknown[] = [];
    const reads = guardLoading((value) => written.push(value));
    insertTag();
    await pass(90);
    expect([reads, written]).toEqual([[false], []]);
    await pass(10_000);
    expect([reads, written]).toEqual([[false], [true]]);
  });

  it('[M 79] does not stop a tag that executed before the page set it', async () => {
    const backend = createFakeBackend({ build });
    backend.answerAlways('compose', { delayMs: 100 });
    const messenger = install(backend);
    insertTag((tag) => (tag.onload = stopLaterTags));
    insertTag();
    await pass(10_000);
    expect(messenger.widgets).toBe(1);
    messenger.uninstall();
    // The other way around, both run.
    const again = install(backend);
    insertTag();
    insertTag((tag) => (tag.onload = stopLaterTags));
    await pass(10_000);
    expect(again.widgets).toBe(2);
  });

  it.each([
    ['before', 'a setter that does nothing', ignoreWrites],
    ['after', 'a setter that does nothing', ignoreWrites],
    ['before', 'no setter', undefined],
    ['after', 'no setter', undefined],
  ] as const)(
    "[M 79] keeps a tag %s the page's own from running if it is an accessor with %s",
    async (order, _, set) => {
      const backend = createFakeBackend({ build });
      const messenger = install(backend);
      const rejected = vi.fn();
      process.on('unhandledRejection', rejected);
      const reads = guardLoading(set);
      const onLoad = vi.fn();
      if (order === 'before') insertTag((tag) => (tag.onload = onLoad));
      insertTag();
      if (order === 'after') insertTag((tag) => (tag.onload = onLoad));
      await pass(10_000);
      insertTag();
      await pass(10_000);
      process.off('unhandledRejection', rejected);
      expect(onLoad).toHaveBeenCalledTimes(1);
      expect(messenger).toMatchObject({ live: true, boots: 1, widgets: 1 });
      expect(kinds(backend)).toEqual(['compose 200']);
      expect(reads).toEqual([false, true, true]);
      expect(rejected).not.toHaveBeenCalled();
    },
  );

  it('[M 79] must be defined anew before a retry after the configuration has failed', async () => {
    const backend = createFakeBackend({ build });
    backend.answerNext('compose', 'network-error');
    const messenger = install(backend);
    guardLoading(ignoreWrites);
    insertTag();
    await pass();
    document.querySelector('#ze-snippet')!.remove();
    insertTag();
    await pass();
    expect(kinds(backend)).toEqual(['compose network-error']);
    expect(messenger.live).toBe(false);
    document.querySelector('#ze-snippet')!.remove();
    delete page.zEACLoaded;
    guardLoading(ignoreWrites);
    insertTag();
    insertTag();
    await pass();
    expect(messenger).toMatchObject({ live: true, widgets: 1 });
  });
});
