// Runs all scenarios.
import { takeFingerprint } from './fingerprint.js';
import { INTEGRATIONS } from './integrations.js';
import type { Month } from './month.js';
import { summarizeFleet, type MonthResult, type Results } from './results.js';
import type { Job } from './run-job.js';
import { FLEETS, type IntegrationName, LIFETIMES_MS } from './scenarios.js';
import { runInWorkers } from './workers.js';

// A fleet is split into this many jobs.
const PARTS = 10;

/** @param tabs - of each fleet; a multiple of 10 */
export async function simulate(script: URL, tabs: number): Promise<Results> {
  const fleetJobs: Job[] = FLEETS.flatMap((_, index) =>
    Array.from({ length: PARTS }, (_, part) => {
      return { kind: 'fleet', index, tabs: tabs / PARTS, stream: index + part * FLEETS.length };
    }),
  );
  const monthJobs = LIFETIMES_MS.flatMap((lifetimeMs) =>
    (Object.keys(INTEGRATIONS) as IntegrationName[]).map((integration) => {
      return { kind: 'month', integration, lifetimeMs } as const;
    }),
  );
  const outcomes = await runInWorkers<Job, Uint32Array | Month>(script, [...fleetJobs, ...monthJobs]);
  const fleets = FLEETS.map((scenario, i) => {
    return summarizeFleet(scenario, tabs, add(outcomes.slice(i * PARTS, (i + 1) * PARTS) as Uint32Array[]));
  });
  const months = monthJobs.map(({ lifetimeMs, integration }, i): MonthResult => {
    return { lifetimeMs, integration, ...(outcomes[fleetJobs.length + i] as Month) };
  });
  return { fingerprint: takeFingerprint({ months, fleets }), months, fleets };
}

function add(parts: readonly Uint32Array[]): Uint32Array {
  return parts[0]!.map((_, at) => parts.reduce((sum, part) => sum + part[at]!, 0));
}
