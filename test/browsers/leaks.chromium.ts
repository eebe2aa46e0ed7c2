// Whether a tab that lives for months keeps what it should have let go of. In Chromium, which tells of its heap.
import { expect } from 'vitest';
import { describeInChromium, it } from './in-browser.js';
import { longLifePage } from './long-life-page.js';
import { LIBRARIES } from './pages.js';
import type { Visit } from './visit.js';

const RENEWALS = 10_000;
const CYCLES = 1000;
const MAX_GROWTH_BYTES = 200_000;

const live = (visit: Visit, name: string, count: number) => visit.page.evaluate(`lives.${name}(${count})`);

async function measure({ page }: Visit) {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  // Twice: what a finalizer lets go of is collected by the next.
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return {
    bytes: usedSize,
    pageListeners: metrics.find(({ name }) => name === 'JSEventListeners')?.value,
    timers: await page.evaluate('clock.countTimers()'),
    messengerListeners: await page.evaluate('[...listeners.values()].map((set) => set.size)'),
  };
}

async function openSite(visit: Visit, library: (typeof LIBRARIES)[number]) {
  await visit.open(longLifePage(library));
}

describeInChromium('nothing piles up', () => {
  it.for([
    ['renewals', RENEWALS, 'IIFE'],
    ['renewals', RENEWALS, 'ESM'],
    ['signInAndOut', CYCLES, 'IIFE'],
    ['signInAndOut', CYCLES, 'ESM'],
    ['createAndDestroy', CYCLES, 'ESM'],
  ] as const)('%s, %i times, %s file', async ([name, count, library], { visit: openVisit }) => {
    const visit = await openVisit();
    await openSite(visit, library);
    // Compiled, and every cache filled.
    await live(visit, name, 500);
    const before = await measure(visit);
    await live(visit, name, count);
    const after = await measure(visit);
    expect({ ...after, bytes: 0 }).toEqual({ ...before, bytes: 0 });
    // The next renewal, or the end of the time in which a late sign-out is expected.
    expect(after.timers).toBe(name === 'createAndDestroy' ? 0 : 1);
    expect(after.bytes - before.bytes).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it.for(LIBRARIES)('destroy() releases what the site passed in, %s file', async (library, { visit: openVisit }) => {
    const visit = await openVisit();
    await openSite(visit, library);
    const findKept = async () => {
      await measure(visit);
      return visit.page.evaluate('Object.keys(refs).filter((name) => refs[name].deref())');
    };
    await visit.page.evaluate(`(async () => {
      window.refs = {};
      const note = (name, value) => ((refs[name] = new WeakRef(value)), value);
      const another = create({
        getToken: note('getToken', (request) => getToken(request)),
        onEvent: note('onEvent', () => heard++),
      });
      another.on('open', note('on', () => heard++));
      another.subscribe(note('subscribe', () => heard++));
      await start(another);
      // A page that keeps the messenger keeps nothing else alive.
      window.another = another;
    })()`);
    expect(await findKept()).toEqual(['getToken', 'onEvent', 'on', 'subscribe']);
    await visit.page.evaluate('another.destroy()');
    expect(await findKept()).toEqual([]);
    // What the messenger has kept answers, with nothing.
    expect(await visit.page.evaluate('new Promise((resolve) => kept((token) => resolve(token ?? "none")))')).toBe(
      'none',
    );
  });
});
