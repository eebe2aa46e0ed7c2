// `npm run simulate`: prints the two tables, and draws a chart of each into build/simulate. With `-- --write` the
// README and docs/ get them, too. `-- --tabs 100000` takes a tenth of the time: each of them stands for ten.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { format, resolveConfig } from 'prettier';
import { drawFleets, drawMonths } from './chart.js';
import { SEED, takeFingerprint } from './fingerprint.js';
import { INTEGRATIONS } from './integrations.js';
import { type Job, type Outcome, runJob } from './run-job.js';
import { FLEETS, type IntegrationName, LIFETIMES_MS, TABS } from './scenarios.js';
import { type FleetRow, fleetTable, type MonthRow, monthTable } from './table.js';
import { CHARTS, readWritten, writeTables } from './written.js';

const FOLDER = 'build/simulate';
const PAGE = 'docs/evidence/simulation.md';
// So that the processors share the work, and progress is to be seen.
const PARTS = 10;

if (isMainThread) await main();
else parentPort!.on('message', (job: Job) => parentPort!.postMessage(runJob(job)));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tabs: { type: 'string' }, write: { type: 'boolean' } } });
  const tabs = Number(values.tabs ?? TABS);
  if (!(tabs > 0) || tabs % PARTS !== 0) {
    console.error(`--tabs takes a multiple of ${PARTS}, such as 100000.`);
    process.exitCode = 1;
    return;
  }
  const fleetJobs: Job[] = FLEETS.flatMap((_, index) =>
    Array.from({ length: PARTS }, (_, part) => {
      return { kind: 'fleet', index, tabs: tabs / PARTS, seed: SEED, stream: index + part * FLEETS.length };
    }),
  );
  const monthJobs: Job[] = LIFETIMES_MS.flatMap((lifetimeMs) =>
    (Object.keys(INTEGRATIONS) as IntegrationName[]).map((integration) => {
      return { kind: 'month', integration, lifetimeMs, seed: SEED };
    }),
  );
  const outcomes = await runAll([...fleetJobs, ...monthJobs]);
  const fleets = FLEETS.map((scenario, i): FleetRow => {
    return { scenario, tabs, requests: add(outcomes.slice(i * PARTS, (i + 1) * PARTS) as Uint32Array[]) };
  });
  const months = monthJobs.map((job, i) => ({ ...job, month: outcomes[fleetJobs.length + i] }) as MonthRow & Job);

  const tables = [
    monthTable(months),
    `![The first column of shares as bars](../images/${basename(CHARTS[0])})`,
    fleetTable(fleets),
    `![Requests per second over time, with and without spreading](../images/${basename(CHARTS[1])})`,
  ];
  const text = await format(tables.join('\n\n'), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  console.log(text);
  console.log(`Seed ${SEED}.`);
  const charts = [
    drawMonths(months),
    drawFleets([
      { spread: fleets[0]!, without: fleets[1]! },
      { spread: fleets[2]!, without: fleets[3]! },
    ]),
  ];
  for (const folder of [FOLDER, ...(values.write ? ['docs/images'] : [])]) {
    mkdirSync(folder, { recursive: true });
    charts.forEach((chart, i) => writeFileSync(`${folder}/${basename(CHARTS[i]!)}`, chart));
  }
  if (!values.write) return;
  const readme = writeTables(readFileSync(PAGE, 'utf8'), text, '');
  const { texts } = readWritten(readme);
  writeFileSync(PAGE, writeTables(readme, text, takeFingerprint(texts)));
}

function add(parts: readonly Uint32Array[]): Uint32Array {
  return parts[0]!.map((_, at) => parts.reduce((sum, part) => sum + part[at]!, 0));
}

/** Side by side in workers, the longest first; says on stderr how far it is. */
async function runAll(jobs: readonly Job[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...jobs.keys()];
  let done = 0;
  const work = async () => {
    const worker = new Worker(new URL(import.meta.url));
    for (let index; (index = waiting.shift()) !== undefined;) {
      outcomes[index] = await new Promise<Outcome>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.postMessage(jobs[index]);
      });
      worker.removeAllListeners('error');
      process.stderr.write(`\r${++done} of ${jobs.length} simulated`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  process.stderr.write('\n');
  return outcomes;
}
