// Runs all scenarios on all processors. Each worker repeats this module, and simulates the part that it is given.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { summarizeFleet, takeFingerprint, type Results } from './results.js';
import { FLEETS, MONTH_SCENARIOS, MONTHS, SEED } from './scenarios.js';

// A fleet is split into this many parts.
const PARTS = 10;

type Part =
  | { readonly kind: 'fleet'; readonly index: number; readonly tabs: number; readonly stream: number }
  | { readonly kind: 'month'; readonly index: number };

/** Simulates one part of a fleet, or the mean of some months, and posts the result. */
export function runPart(): void {
  const part = workerData as Part;
  if (part.kind === 'fleet') {
    const { fleet } = FLEETS[part.index]!;
    return parentPort!.postMessage(simulateFleet({ ...fleet, tabs: part.tabs }, SEED, part.stream));
  }
  const { integration, lifetimeMs } = MONTH_SCENARIOS[part.index]!;
  const months = Array.from({ length: MONTHS }, (_, stream) => {
    return simulateMonth(INTEGRATIONS[integration], lifetimeMs, SEED, stream);
  });
  const names = Object.keys(months[0]!) as (keyof Month)[];
  const mean = names.map((name) => [name, months.reduce((sum, month) => sum + month[name], 0) / MONTHS]);
  parentPort!.postMessage(Object.fromEntries(mean));
}

/** @param tabs - of each fleet; a multiple of 10 */
export async function simulate(script: URL, tabs: number): Promise<Results> {
  const fleetParts = FLEETS.flatMap((_, index) =>
    Array.from({ length: PARTS }, (_, part): Part => {
      return { kind: 'fleet', index, tabs: tabs / PARTS, stream: index + part * FLEETS.length };
    }),
  );
  const parts = [...fleetParts, ...MONTH_SCENARIOS.map((_, index): Part => ({ kind: 'month', index }))];
  const outcomes: unknown[] = [];
  const waiting = parts.entries();
  let done = 0;
  const work = async () => {
    for (const [at, part] of waiting) {
      outcomes[at] = ((await once(new Worker(script, { workerData: part }), 'message')) as unknown[])[0];
      process.stderr.write(`${++done} of ${parts.length} simulated\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const fleets = FLEETS.map((scenario, i) => {
    const counts = outcomes.slice(i * PARTS, (i + 1) * PARTS) as Uint32Array[];
    const sum = counts[0]!.map((_, second) => counts.reduce((total, count) => total + count[second]!, 0));
    return summarizeFleet(scenario, tabs, sum);
  });
  const months = MONTH_SCENARIOS.map((scenario, i) => ({ ...scenario, ...(outcomes[fleetParts.length + i] as Month) }));
  return { fingerprint: takeFingerprint({ months, fleets }), months, fleets };
}
