// What a run of the simulation measured. The tables and charts are drawn from it, so changing them needs no new run.
import { createHash } from 'node:crypto';
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS, type IntegrationName } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { FLEETS, type FleetScenario, LIFETIMES_MS, SEED } from './scenarios.js';

export const RESULTS = 'docs/evidence/simulation.json';

export interface Results {
  /** Identifies these numbers and the code that they come from. */
  readonly fingerprint: string;
  readonly months: readonly MonthResult[];
  /** In the order of `FLEETS`. */
  readonly fleets: readonly FleetResult[];
}

export interface MonthResult extends Month {
  readonly lifetimeMs: number;
  readonly integration: IntegrationName;
}

/** Rates are token requests per second of all tabs. `perMinute` are the requests in each minute since the start. */
export interface FleetResult {
  readonly name: string;
  readonly tabs: number;
  readonly normalRate: number;
  readonly busiestMinuteRate: number;
  readonly busiest10sRate: number;
  readonly perMinute: readonly number[];
}

/** @param requests - in each second since the start */
export const meanRate = (requests: Uint32Array, fromS: number, untilS: number) =>
  requests.subarray(fromS, untilS).reduce((sum, count) => sum + count, 0) / (untilS - fromS);

/** Returns the mean rate of the busiest window of this length. */
export function peakRate(requests: Uint32Array, fromS: number, untilS: number, windowS: number): number {
  let peak = 0;
  for (let s = fromS; s + windowS <= untilS; s += windowS) peak = Math.max(peak, meanRate(requests, s, s + windowS));
  return peak;
}

export function summarizeFleet({ name, normalS, busyS }: FleetScenario, tabs: number, requests: Uint32Array) {
  return {
    name,
    tabs,
    normalRate: meanRate(requests, ...normalS),
    busiestMinuteRate: peakRate(requests, ...busyS, 60),
    busiest10sRate: peakRate(requests, ...busyS, 10),
    perMinute: Array.from({ length: requests.length / 60 }, (_, minute) => {
      return requests.subarray(minute * 60, minute * 60 + 60).reduce((sum, count) => sum + count, 0);
    }),
  };
}

/**
 * Returns a hash that changes if the core, the simulation or the results change. A full run takes 20 minutes, so this
 * repeats a small part of it, which takes a second.
 */
export function takeFingerprint({ months, fleets }: Omit<Results, 'fingerprint'>): string {
  const hash = createHash('sha256');
  FLEETS.forEach(({ fleet, normalS, busyS }, i) => {
    hash.update(JSON.stringify([[...simulateFleet({ ...fleet, tabs: 20 }, SEED, i)], normalS, busyS]));
  });
  for (const lifetimeMs of LIFETIMES_MS.slice(1)) {
    for (const [name, integrate] of Object.entries(INTEGRATIONS)) {
      hash.update(JSON.stringify([name, simulateMonth(integrate, lifetimeMs, SEED, 0)]));
    }
  }
  hash.update(JSON.stringify({ months, fleets }));
  return hash.digest('hex').slice(0, 12);
}
