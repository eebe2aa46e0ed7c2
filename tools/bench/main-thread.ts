// Measures from a trace of Chromium how long a page's scripts occupy the main thread until the visitor is signed in.
import type { Browser } from 'puppeteer-core';
import { ORIGIN } from './servers.js';

export const SLOWDOWN = 6;

/** The tasks that run scripts. */
const TASKS = ['EvaluateScript', 'v8.compile', 'FunctionCall', 'RunMicrotasks', 'TimerFire', 'EventDispatch'];

/** Times are in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time, without the pauses that slow the thread down. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly message?: string; readonly url?: string } };
}

const END = 'signed-in';
const TIMEOUT_MS = 30_000;

// The page reports the sign-in. To ask it from outside would run scripts that are counted.
const TELL = `Object.defineProperty(window, 'signIn', {
  set: (signIn) => void signIn.then(() => (console.timeStamp('${END}'), tellSignedIn(''))),
});`;

/** Returns milliseconds, with the processor slowed down. What scripts start in the browser, such as a request, counts. */
export async function measureMainThread(browser: Browser, path: string): Promise<number> {
  return addUp(findTasks(await traceSignIn(browser, path))) / 1000;
}

/** Traces until the visitor is signed in, and a little longer. */
export async function traceSignIn(browser: Browser, path: string): Promise<readonly TraceEvent[]> {
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
  return (JSON.parse(Buffer.from(trace!).toString()) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** Returns the tasks of the page's main thread before the sign-in, by their start. */
export function findTasks(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const end = events.find(({ args }) => args?.data?.message === END)!;
  return events
    .filter(({ name, ph, pid, tid, ts }) => {
      return ph === 'X' && TASKS.includes(name) && pid === end.pid && tid === end.tid && ts < end.ts;
    })
    .sort((a, b) => a.ts - b.ts);
}

/** Adds up the outermost tasks, which contain the others. Microseconds. */
export function addUp(tasks: readonly TraceEvent[]): number {
  let sum = 0;
  let until = 0;
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    if (ts < until) continue;
    sum += tdur;
    until = ts + dur;
  }
  return sum;
}
