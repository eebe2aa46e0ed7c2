// Splits the simulation into jobs that can run in workers, and makes results of their outcomes.
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { summarizeFleet, summarizeOutages, takeFingerprint, type OutageResult, type Results } from './results.js';
import { FLEETS, MONTH_SCENARIOS, MONTHS, SEED } from './scenarios.js';

// A fleet is split into this many parts.
const PARTS = 10;

/** Returns the parts of all fleets, then the months, and then the outages. */
export function createJobs(tabs: number): (() => Uint32Array | Month | OutageResult[])[] {
  const fleetJobs = FLEETS.flatMap(({ fleet }, i) =>
    Array.from(Array(PARTS), (_, part) => () => {
      return simulateFleet({ ...fleet, tabs: tabs / PARTS }, SEED, i + part * FLEETS.length);
    }),
  );
  const monthJobs = MONTH_SCENARIOS.map(({ integration, lifetimeMs }) => () => {
    const months = Array.from(Array(MONTHS), (_, stream) => {
      return simulateMonth(INTEGRATIONS[integration], lifetimeMs, SEED, stream);
    });
    const names = Object.keys(months[0]!) as (keyof Month)[];
    const mean = names.map((name) => [name, months.reduce((sum, month) => sum + month[name], 0) / MONTHS]);
    return Object.fromEntries(mean) as Month;
  });
  return [...fleetJobs, ...monthJobs, () => summarizeOutages()];
}

/** @param outcomes - of the jobs, in their order */
export function toResults(tabs: number, outcomes: readonly unknown[]): Results {
  const fleets = FLEETS.map((scenario, i) => {
    const parts = outcomes.slice(i * PARTS, (i + 1) * PARTS) as Uint32Array[];
    const requests = parts[0]!.map((_, second) => parts.reduce((sum, part) => sum + part[second]!, 0));
    return summarizeFleet(scenario, tabs, requests);
  });
  const means = outcomes.slice(FLEETS.length * PARTS, -1) as Month[];
  const outages = outcomes.at(-1) as OutageResult[];
  const months = MONTH_SCENARIOS.map((scenario, i) => ({ ...scenario, ...means[i]! }));
  return { fingerprint: takeFingerprint({ months, fleets, outages }), months, fleets, outages };
}
