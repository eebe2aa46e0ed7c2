// What a run of the simulation measured. The tables and charts are drawn from it, so changing them needs no new run.
import { createHash } from 'node:crypto';
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { simulateOutage, type Tries } from './outage.js';
import { FLEETS, type FleetScenario, MONTH_SCENARIOS, OUTAGE_TABS, OUTAGES, SEED } from './scenarios.js';
import { MINUTE_MS } from './world.js';

export const RESULTS = 'docs/evidence/simulation.json';

export interface Results {
  /** Identifies these numbers and the code that they come from. */
  readonly fingerprint: string;
  readonly months: readonly MonthResult[];
  /** In the order of `FLEETS`. */
  readonly fleets: readonly FleetResult[];
  /** In the order of `OUTAGES`. */
  readonly outages: readonly OutageResult[];
}

export type MonthResult = (typeof MONTH_SCENARIOS)[number] & Month;
export type FleetResult = Readonly<ReturnType<typeof summarizeFleet>>;

/** The most that any tab has tried. `all`: of all kinds together. */
export type OutageResult = Tries & { readonly all: number };

export function summarizeOutages(tabs = OUTAGE_TABS): OutageResult[] {
  return OUTAGES.map((scenario) => {
    const lives = Array.from(Array(tabs), (_, stream) => simulateOutage(scenario, SEED, stream));
    const most = (count: (tries: Tries) => number) => Math.max(...lives.map(count));
    return {
      tokens: most(({ tokens }) => tokens),
      scripts: most(({ scripts }) => scripts),
      logins: most(({ logins }) => logins),
      all: most(({ tokens, scripts, logins }) => tokens + scripts + logins),
    };
  });
}

/** @param requests - in each second since the start */
const countRequests = (requests: Uint32Array, fromS: number, untilS: number) =>
  requests.subarray(fromS, untilS).reduce((sum, count) => sum + count, 0);

export const meanRate = (requests: Uint32Array, fromS: number, untilS: number) =>
  countRequests(requests, fromS, untilS) / (untilS - fromS);

/** Returns the mean rate of the busiest window of this length. */
export function peakRate(requests: Uint32Array, fromS: number, untilS: number, windowS: number): number {
  let peak = 0;
  for (let s = fromS; s + windowS <= untilS; s += windowS) peak = Math.max(peak, meanRate(requests, s, s + windowS));
  return peak;
}

/** Rates are token requests per second of all tabs. `perMinute` is the number in each minute since the start. */
export function summarizeFleet({ name, normalS, busyS }: FleetScenario, tabs: number, requests: Uint32Array) {
  return {
    name,
    tabs,
    normalRate: meanRate(requests, ...normalS),
    busiestMinuteRate: peakRate(requests, ...busyS, 60),
    busiest10sRate: peakRate(requests, ...busyS, 10),
    perMinute: Array.from(Array(requests.length / 60), (_, i) => countRequests(requests, 60 * i, 60 * i + 60)),
  };
}

/**
 * Returns a hash that changes if the core, the simulation or the results change. A full run takes 20 minutes, so this
 * repeats a small part of it, which takes a second.
 */
export function takeFingerprint({ months, fleets, outages }: Omit<Results, 'fingerprint'>): string {
  const hash = createHash('sha256');
  FLEETS.forEach(({ fleet, normalS, busyS }, i) => {
    hash.update(JSON.stringify([[...simulateFleet({ ...fleet, tabs: 20 }, SEED, i)], normalS, busyS]));
  });
  for (const { integration, lifetimeMs } of MONTH_SCENARIOS.filter(({ lifetimeMs }) => lifetimeMs > MINUTE_MS)) {
    hash.update(JSON.stringify([integration, simulateMonth(INTEGRATIONS[integration], lifetimeMs, SEED, 0)]));
  }
  hash.update(JSON.stringify([OUTAGES, summarizeOutages(1)]));
  hash.update(JSON.stringify({ months, fleets, outages }));
  return hash.digest('hex').slice(0, 12);
}
