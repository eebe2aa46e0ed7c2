// What a run of the simulation measured. The tables and charts are drawn from it, so changing them needs no new run.
import { meanRate, peakRate } from './rate.js';
import type { Month } from './month.js';
import type { FleetScenario, IntegrationName } from './scenarios.js';

export const RESULTS = 'docs/evidence/simulation.json';

export interface Results {
  /** Identifies these numbers and the code that they come from. */
  readonly fingerprint: string;
  /** The mean month of a tab. */
  readonly months: readonly MonthResult[];
  /** In the order of `FLEETS`. */
  readonly fleets: readonly FleetResult[];
}

export interface MonthResult extends Month {
  readonly lifetimeMs: number;
  readonly integration: IntegrationName;
}

export interface FleetResult {
  readonly name: string;
  readonly tabs: number;
  /** Token requests per second of all these tabs. */
  readonly normalRate: number;
  readonly busiestMinuteRate: number;
  readonly busiest10sRate: number;
  /** Token requests in each minute since the start. */
  readonly perMinute: readonly number[];
}

/** @param requests - token requests in each second since the start */
export function summarizeFleet(scenario: FleetScenario, tabs: number, requests: Uint32Array): FleetResult {
  return {
    name: scenario.name,
    tabs,
    normalRate: meanRate(requests, ...scenario.normalS),
    busiestMinuteRate: peakRate(requests, ...scenario.busyS, 60),
    busiest10sRate: peakRate(requests, ...scenario.busyS, 10),
    perMinute: Array.from({ length: requests.length / 60 }, (_, minute) => {
      return requests.subarray(minute * 60, minute * 60 + 60).reduce((sum, count) => sum + count, 0);
    }),
  };
}
