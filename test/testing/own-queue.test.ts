// @vitest-environment jsdom
// A page that replaces zE after the snippet has created its stub, and before the messenger is live.
import { describe, expect, it } from 'vitest';
import { createFakeBackend, type FakeBuild, type InstalledMessenger } from '../../src/testing/index.js';
import type { ZeFunction } from '../../src/testing/page-globals.js';
import { BOTH_BUILDS, insertTag, install, page, pass, useFakePage, zE } from './start-messenger.js';

useFakePage();

/** Runs the snippet. The messenger goes live after 10 ms. */
async function startLoading(build: FakeBuild): Promise<InstalledMessenger> {
  const backend = createFakeBackend({ build });
  backend.answerNext('compose', { delayMs: 10 });
  const messenger = install(backend);
  insertTag();
  await pass();
  return messenger;
}

function createQueue(): ZeFunction {
  const queue: unknown[] = [];
  return Object.assign((...command: unknown[]) => void queue.push(command), { _: queue });
}

describe.each(BOTH_BUILDS)('A page that replaces zE before the messenger is live, in %s', (build) => {
  it("[M 81] has its own queue run, and not the stub's", async () => {
    const messenger = await startLoading(build);
    zE('messenger:set', 'locale', 'de');
    const own = createQueue();
    page.zE = own;
    zE('messenger', 'open');
    await pass(10);
    expect(messenger).toMatchObject({ live: true, isOpen: true, locale: undefined });
  });

  it('[M 5] [M 81] keeps its own function, which is a dead queue from then on', async () => {
    const messenger = await startLoading(build);
    const own = createQueue();
    page.zE = own;
    await pass(10);
    expect(page.zE).toBe(own);
    expect(page.zE.widget).toBeUndefined();
    zE('messenger', 'open');
    await pass(1000);
    expect(messenger.isOpen).toBe(false);
    expect(page.zEmbed?.widget).toBe('messenger');
    page.zEmbed?.('messenger', 'open');
    expect(messenger.isOpen).toBe(true);
  });

  it('[M 81] has nothing run if its function has no queue', async () => {
    const messenger = await startLoading(build);
    zE('messenger', 'open');
    page.zE = () => undefined;
    await pass(10);
    expect(messenger).toMatchObject({ live: true, isOpen: false });
  });
});
