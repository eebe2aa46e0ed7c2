// Measures from a trace of Chromium how long a page's scripts occupy the main thread until the visitor is signed in.
import type { Browser } from 'puppeteer-core';
import { ORIGIN } from './servers.js';

/** The processor is slowed down by this factor. */
export const SLOWDOWN = 6;

/** The tasks that run scripts. */
const TASKS = ['EvaluateScript', 'v8.compile', 'FunctionCall', 'RunMicrotasks', 'TimerFire', 'EventDispatch'];
const END = 'signed-in';

/** Times are in microseconds. `tdur` is processor time, without the pauses that slow the thread down. */
type TraceEvent = Readonly<Record<'name' | 'ph', string> & Record<'pid' | 'tid' | 'ts', number>> & {
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly message?: string; readonly url?: string } };
};

/** The page reports the sign-in in a later task. A question from outside would run scripts that count. */
const REPORT = `Object.defineProperty(window, 'signIn', {
  set: (signIn) => void signIn.then(() => (console.timeStamp('${END}'), setTimeout(() => fetch('/${END}')))),
});`;

/** Returns milliseconds. What scripts start in the browser, such as a request, counts. */
export const measureMainThread = async (browser: Browser, path: string): Promise<number> =>
  addUp(findTasks(await traceSignIn(browser, path))) / 1000;

export async function traceSignIn(browser: Browser, path: string): Promise<readonly TraceEvent[]> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(REPORT);
  await page.emulateCPUThrottling(SLOWDOWN);
  await page.tracing.start({ categories: ['devtools.timeline', 'v8'] });
  await Promise.all([page.waitForRequest(`${ORIGIN}/${END}`), page.goto(ORIGIN + path)]);
  const trace = Buffer.from((await page.tracing.stop())!).toString();
  return (JSON.parse(trace) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** Returns the tasks of the page's main thread before the sign-in, by their start. */
export function findTasks(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const end = events.find(({ args }) => args?.data?.message === END)!;
  const isOnMainThread = ({ pid, tid }: TraceEvent) => pid === end.pid && tid === end.tid;
  const isTask = ({ name, ph, ts }: TraceEvent) => ph === 'X' && TASKS.includes(name) && ts < end.ts;
  return events.filter((event) => isOnMainThread(event) && isTask(event)).sort((a, b) => a.ts - b.ts);
}

/** Adds up the outermost tasks, which contain the others. Microseconds. */
export function addUp(tasks: readonly TraceEvent[]): number {
  let sum = 0;
  let endTs = 0;
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    if (ts < endTs) continue;
    sum += tdur;
    endTs = ts + dur;
  }
  return sum;
}
