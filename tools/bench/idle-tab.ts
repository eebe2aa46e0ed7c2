// Measures an idle tab, and one with years of renewals, in Chromium with a clock that the bench moves.
import type { Browser, CDPSession } from 'puppeteer-core';
import { ORIGIN } from './servers.js';
import { longLifePage } from '../../test/browsers/long-life-page.js';

const HOURS = 24;
const RENEWALS = 10_000;
const PATH = '/idle-tab';
const LIFETIMES = [
  ['1 h', 3600],
  ['1 day', 86_400],
] as const;

export interface IdleTab {
  /** Whether a request of the messenger got the renewed token before the call returned. */
  readonly answersInSameTick: boolean;
  /** The means of a day, by token lifetime. `otherWakeUps` are the library's timers that renew nothing. */
  readonly hours: readonly { readonly lifetime: string; readonly renewals: number; readonly otherWakeUps: number }[];
  /** Processor time of the whole page with its fakes, microseconds. */
  readonly renewalUs: number;
  /** How much the heap grows from renewal 500 to 10,500. */
  readonly heapGrowthBytes: number;
}

// The endpoint answers at once, so every timer is the library's.
const SCRIPT = `
  let count = 0;
  let latest;
  const { setTimeout } = window;
  let wakeUps = 0;
  const createIdle = (lifetimeS) => {
    window.setTimeout = (callback, ms) => setTimeout(() => { wakeUps++; callback(); }, ms);
    const idle = create({
      getToken() {
        const iat = Math.floor(Date.now() / 1000);
        const claims = { external_id: 'user-1', iat, exp: iat + lifetimeS, n: count++ };
        return (latest = [encode({ alg: 'HS256' }), encode(claims), 'c2lnbmVk'].join('.'));
      },
    });
    window.setTimeout = setTimeout;
    return idle;
  };
  window.bench = {
    async idle(hours, lifetimeS) {
      const idle = createIdle(lifetimeS);
      await start(idle);
      const before = [wakeUps, count];
      // In steps, so that promises settle between the timers.
      for (let second = 0; second < hours * 3600; second++) await pass(1000);
      idle.destroy();
      return [wakeUps - before[0], count - before[1]];
    },
    async ask() {
      const idle = createIdle(3600);
      await start(idle);
      emit('open');
      for (const before = count; count === before; ) await pass(1000);
      let token;
      kept((answer) => (token = answer));
      const isAnswered = token === latest;
      emit('close');
      idle.destroy();
      return isAnswered;
    },
  };
`;

/** @param files - the site's files; the tab's page is added to them */
export async function measureIdleTab(browser: Browser, files: Map<string, string>, library: string): Promise<IdleTab> {
  files.set(PATH, longLifePage('IIFE', SCRIPT));
  files.set('/dist/zendesk-messenger-auth.iife.min.js', library);
  const page = await browser.newPage();
  await page.goto(ORIGIN + PATH);
  const hours: IdleTab['hours'][number][] = [];
  for (const [lifetime, lifetimeS] of LIFETIMES) {
    const [wakeUps, renewals] = (await page.evaluate(`bench.idle(${HOURS}, ${lifetimeS})`)) as [number, number];
    hours.push({ lifetime, renewals: renewals / HOURS, otherWakeUps: (wakeUps - renewals) / HOURS });
  }
  const answersInSameTick = (await page.evaluate('bench.ask()')) as boolean;
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  await page.evaluate('lives.renewals(500)');
  const before = await read(session);
  await page.evaluate(`lives.renewals(${RENEWALS})`);
  const after = await read(session);
  return {
    answersInSameTick,
    hours,
    renewalUs: ((after.taskS - before.taskS) * 1e6) / RENEWALS,
    heapGrowthBytes: after.heapBytes - before.heapBytes,
  };
}

async function read(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics');
  const taskS = metrics.find(({ name }) => name === 'TaskDuration')!.value;
  // Twice: the second run collects what finalizers released.
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { taskS, heapBytes: usedSize };
}
