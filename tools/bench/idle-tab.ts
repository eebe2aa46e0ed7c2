// A tab that is left alone, and one that lives for years: in Chromium, with a clock that the bench moves.
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
  /** Whether an ask got the renewed token before the call returned. */
  readonly answersInSameTick: boolean;
  readonly hours: readonly IdleHour[];
  /** Processor time of the whole page, its fakes included, microseconds. */
  readonly renewalUs: number;
  /** What was on the heap more after 10,000 renewals than after the first 500. */
  readonly heapGrowthBytes: number;
}

/** The mean of a day's. */
export interface IdleHour {
  /** Of the tokens. */
  readonly lifetime: string;
  readonly renewals: number;
  /** Timers of the library that went off, but for those of the renewals. */
  readonly otherWakeUps: number;
}

// The endpoint answers at once: a timer that goes off is the library's.
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
      // In steps: what follows a timer takes a promise or two, within the time limits.
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

/** @param files - of the site, which get what the tab needs */
export async function measureIdleTab(browser: Browser, files: Map<string, string>, library: string): Promise<IdleTab> {
  files.set(PATH, longLifePage('IIFE', SCRIPT));
  files.set('/dist/zendesk-messenger-auth.iife.min.js', library);
  const page = await browser.newPage();
  await page.goto(ORIGIN + PATH);
  const hours: IdleHour[] = [];
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
  // Twice: what a finalizer lets go of is collected by the next.
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { taskS, heapBytes: usedSize };
}
