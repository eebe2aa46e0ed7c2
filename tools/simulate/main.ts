// `npm run simulate` simulates, and prints the two tables. `-- --write` also writes the results, tables and charts into
// docs/. `-- --draw` only draws the written results again. `-- --tabs 100000` simulates fewer tabs.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { format, resolveConfig } from 'prettier';
import { drawDocs } from './draw-docs.js';
import { RESULTS, type Results } from './results.js';
import { runPart, simulate } from './run.js';
import { TABS } from './scenarios.js';

if (isMainThread) await main();
else runPart();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { tabs: { type: 'string' }, write: { type: 'boolean' }, draw: { type: 'boolean' } },
  });
  const tabs = Number(values.tabs ?? TABS);
  if (!(tabs > 0) || tabs % 10 !== 0) throw new Error('--tabs takes a multiple of 10, such as 100000.');
  const results = values.draw
    ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results)
    : await simulate(new URL(import.meta.url), tabs);
  const { tables, files } = await drawDocs(results);
  console.log(tables);
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(RESULTS)), parser: 'json' });
  if (values.write) writeFileSync(RESULTS, json);
  if (values.write || values.draw) for (const [path, text] of files) writeFileSync(path, text);
}
