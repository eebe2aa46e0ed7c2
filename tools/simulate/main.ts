// `npm run simulate` simulates, and prints the two tables. `-- --write` also writes the results, tables and charts into
// docs/. `-- --draw` only draws the written results again. `-- --tabs 100000` simulates fewer tabs.
// `-- --outages` simulates only the eight hours of outage, in a minute, and draws them with the other written results.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { format, resolveConfig } from 'prettier';
import { drawDocs } from './draw-docs.js';
import { RESULTS, type Results, summarizeOutages } from './results.js';
import { createJobs, toResults } from './run.js';
import { TABS } from './scenarios.js';

if (isMainThread) await main();
else {
  const { tabs, at } = workerData as { tabs: number; at: number };
  parentPort!.postMessage(createJobs(tabs)[at]!());
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tabs: { type: 'string' },
      write: { type: 'boolean' },
      draw: { type: 'boolean' },
      outages: { type: 'boolean' },
    },
  });
  const tabs = Number(values.tabs ?? TABS);
  if (!(tabs > 0) || tabs % 10 !== 0) throw new Error('--tabs takes a multiple of 10, such as 100000.');
  const written = () => JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  // The fingerprint stays, because it is that of a full run.
  const simulate = async () =>
    values.outages ? { ...written(), outages: summarizeOutages() } : toResults(tabs, await runInWorkers(tabs));
  const results = values.draw ? written() : await simulate();
  const { tables, files } = await drawDocs(results);
  console.log(tables);
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(RESULTS)), parser: 'json' });
  if (values.write) writeFileSync(RESULTS, json);
  if (values.write || values.draw) for (const [path, text] of files) writeFileSync(path, text);
}

/** Runs the jobs on all processors. Returns their outcomes in their order. */
async function runInWorkers(tabs: number): Promise<unknown[]> {
  const outcomes: unknown[] = createJobs(tabs).map(() => undefined);
  const waiting = outcomes.keys();
  let done = 0;
  const work = async () => {
    for (const at of waiting) {
      const worker = new Worker(new URL(import.meta.url), { workerData: { tabs, at } });
      outcomes[at] = ((await once(worker, 'message')) as unknown[])[0];
      process.stderr.write(`${++done} of ${outcomes.length} simulated\n`);
    }
  };
  await Promise.all(Array.from(Array(availableParallelism()), work));
  return outcomes;
}
