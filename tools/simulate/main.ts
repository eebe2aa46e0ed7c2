// `npm run simulate` simulates, and prints the two tables. `-- --write` also writes the results, tables and charts into
// docs/. `-- --draw` draws the tables and charts of the written results again, which takes a second.
// `-- --tabs 100000` simulates fewer tabs, which takes a tenth of the time.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort } from 'node:worker_threads';
import { format, resolveConfig } from 'prettier';
import { drawDocs } from './draw-docs.js';
import { RESULTS, type Results } from './results.js';
import { type Job, runJob } from './run-job.js';
import { TABS } from './scenarios.js';
import { simulate } from './simulate.js';

if (isMainThread) await main();
else parentPort!.on('message', (job: Job) => parentPort!.postMessage(runJob(job)));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { tabs: { type: 'string' }, write: { type: 'boolean' }, draw: { type: 'boolean' } },
  });
  const tabs = Number(values.tabs ?? TABS);
  if (!(tabs > 0) || tabs % 10 !== 0) {
    console.error('--tabs takes a multiple of 10, such as 100000.');
    process.exitCode = 1;
    return;
  }
  const results = values.draw
    ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results)
    : await simulate(new URL(import.meta.url), tabs);
  const { tables, files } = await drawDocs(results);
  console.log(tables);
  if (values.write) {
    const json = JSON.stringify(results);
    writeFileSync(RESULTS, await format(json, { ...(await resolveConfig(RESULTS)), parser: 'json' }));
  }
  if (values.write || values.draw) for (const [path, text] of files) writeFileSync(path, text);
}
