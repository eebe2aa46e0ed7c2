// Measures an idle tab, and one with 10,000 renewals, in Chromium with a clock that the page moves.
import type { Browser, CDPSession } from 'puppeteer-core';
import { ORIGIN } from './servers.js';

const RENEWALS = 10_000;
const LIFETIMES = { '1 h': 3600, '1 day': 86_400 };

/** The counts of one day. `otherWakeUps` are the library's timers that neither renew nor hand over a token. */
interface Day {
  readonly renewals: number;
  /** How many renewed tokens were handed over. */
  readonly pushes: number;
  readonly otherWakeUps: number;
  /** Whether a request of the messenger got the renewed token before the call returned. */
  readonly answersInSameTick: boolean;
}

export interface IdleTab {
  readonly days: readonly (Day & { readonly lifetime: string })[];
  /** Processor time of the whole page with its fakes, microseconds. */
  readonly renewalUs: number;
  /** How much the heap grows from renewal 500 to 10,500. */
  readonly heapGrowthBytes: number;
}

export async function measureIdleTab(browser: Browser): Promise<IdleTab> {
  const page = await browser.newPage();
  await page.goto(`${ORIGIN}/idle-tab`);
  const days = [];
  for (const [lifetime, lifetimeS] of Object.entries(LIFETIMES)) {
    days.push({ lifetime, ...((await page.evaluate(`lives.idleDay(${lifetimeS})`)) as Day) });
  }
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  await page.evaluate('lives.renewals(500)');
  const before = await read(session);
  await page.evaluate(`lives.renewals(${RENEWALS})`);
  const after = await read(session);
  const renewalUs = ((after.taskS - before.taskS) * 1e6) / RENEWALS;
  return { days, renewalUs, heapGrowthBytes: after.heapBytes - before.heapBytes };
}

async function read(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics');
  const taskS = metrics.find(({ name }) => name === 'TaskDuration')!.value;
  // Twice: the second run collects what finalizers released.
  for (let run = 0; run < 2; run++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { taskS, heapBytes: usedSize };
}
