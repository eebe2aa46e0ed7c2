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
  readonly args?: { readonly data?: { readonly message?: string } };
}

const END = 'signed-in';
const TIMEOUT_MS = 30_000;

// The page itself tells when it is signed in: whoever asked it would run scripts that count.
const TELL = `Object.defineProperty(window, 'signIn', {
  set: (signIn) => void signIn.then(() => (console.timeStamp('${END}'), tellSignedIn(''))),
});`;

/**
 * How long scripts ran until the visitor was signed in, with the processor slowed down, milliseconds. What they set off
 * in the browser, such as a request, is in it.
 *
 * @param path - of the page
 */
export async function measureMainThread(browser: Browser, path: string): Promise<number> {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'tellSignedIn' });
  const signedIn = new Promise((resolve, reject) => {
    session.once('Runtime.bindingCalled', resolve);
    setTimeout(() => reject(new Error(`${path} has not signed in within ${TIMEOUT_MS} ms.`)), TIMEOUT_MS).unref();
  });
  await page.evaluateOnNewDocument(TELL);
  await page.emulateCPUThrottling(SLOWDOWN);
  await page.tracing.start({ categories: ['devtools.timeline', 'v8'] });
  await Promise.all([page.goto(ORIGIN + path), signedIn]);
  const trace = await page.tracing.stop();
  const { traceEvents } = JSON.parse(Buffer.from(trace!).toString()) as { traceEvents: TraceEvent[] };
  return addUp(traceEvents) / 1000;
}

/** The outermost ones, before the visitor was signed in. */
export function addUp(events: readonly TraceEvent[]): number {
  const end = events.find(({ args }) => args?.data?.message === END)!;
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
