// What a sign-in costs the page's main thread: all scripts of the page, from a trace of Chromium.
import type { Browser } from 'puppeteer-core';
import { ORIGIN } from './servers.js';

export const SLOWDOWN = 6;

/** Whatever runs script; microtasks are those of promises. */
const TASKS = ['EvaluateScript', 'v8.compile', 'FunctionCall', 'RunMicrotasks', 'TimerFire', 'EventDispatch'];

/** As a trace has it; instants and durations in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time, which another process cannot stretch. */
  readonly tdur?: number;
}

/**
 * How long scripts ran until the visitor was signed in, with the processor slowed down, milliseconds. What they set off
 * in the browser, such as a request, is in it.
 *
 * @param path - of the page
 */
export async function measureMainThread(browser: Browser, path: string): Promise<number> {
  const page = await browser.newPage();
  await page.emulateCPUThrottling(SLOWDOWN);
  await page.tracing.start({ categories: ['devtools.timeline', 'v8', 'blink.user_timing'] });
  await page.goto(ORIGIN + path);
  await page.waitForFunction("'signIn' in window");
  await page.evaluate("signIn.then(() => performance.mark('signed-in'))");
  const trace = await page.tracing.stop();
  const { traceEvents } = JSON.parse(Buffer.from(trace!).toString()) as { traceEvents: TraceEvent[] };
  return addUp(traceEvents) / 1000;
}

/** The outermost ones, before the visitor was signed in. */
export function addUp(events: readonly TraceEvent[]): number {
  const end = events.find(({ name }) => name === 'signed-in')!;
  const tasks = events
    .filter(({ name, ph, pid, tid, ts }) => {
      return ph === 'X' && TASKS.includes(name) && pid === end.pid && tid === end.tid && ts < end.ts;
    })
    .sort((a, b) => a.ts - b.ts);
  let sum = 0;
  let until = 0;
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    if (ts < until) continue;
    sum += tdur;
    until = ts + dur;
  }
  return sum;
}
