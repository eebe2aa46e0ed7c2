// What is simulated. Each is a job of its own, so that they can run side by side.
import type { Fleet } from './fleet.js';
import type { INTEGRATIONS } from './integrations.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './mint.js';

export const SEED = 20_260_601;
export const TABS = 1_000_000;
export const LIFETIMES_MS = [MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, DAY_MS];
/** Months of one tab, of which the mean is told. */
export const MONTHS = 4;

export type IntegrationName = keyof typeof INTEGRATIONS;

export interface FleetScenario {
  readonly name: string;
  readonly fleet: Omit<Fleet, 'tabs'>;
  /** Where the normal rate is seen, and where the busiest moment is looked for. Seconds since the start. */
  readonly normalS: readonly [from: number, until: number];
  readonly busyS: readonly [from: number, until: number];
}

// About the time between two renewals: loaded evenly within it, a fleet is as if it had been there all along.
const STEADY_MS = 2550 * SECOND_MS;
const DOWN_MS = 90 * MINUTE_MS;
const UP_MS = DOWN_MS + 10 * MINUTE_MS;
const NIGHT_MS = 2 * HOUR_MS;

const togetherLoaded = {
  fleet: { lifetimeMs: HOUR_MS, loadedWithinMs: MINUTE_MS, endMs: 3 * HOUR_MS, isSpread: true },
  normalS: [3600, 10_800],
  busyS: [3600, 10_800],
} as const;
const outage = {
  fleet: {
    lifetimeMs: HOUR_MS,
    loadedWithinMs: STEADY_MS,
    endMs: UP_MS + 80 * MINUTE_MS,
    outage: { fromMs: DOWN_MS, untilMs: UP_MS },
    isSpread: true,
  },
  normalS: [2550, 5400],
  busyS: [6000, 10_800],
} as const;

export const FLEETS: readonly FleetScenario[] = [
  { name: 'all load within a minute', ...togetherLoaded },
  {
    ...togetherLoaded,
    name: 'the same, without spreading',
    fleet: { ...togetherLoaded.fleet, isSpread: false },
  },
  { name: '10-minute outage', ...outage },
  { ...outage, name: 'the same, without spreading', fleet: { ...outage.fleet, isSpread: false } },
  {
    ...outage,
    name: '10-minute outage, `Retry-After: 60`',
    fleet: { ...outage.fleet, outage: { ...outage.fleet.outage, retryAfterMs: MINUTE_MS } },
  },
  {
    name: 'all laptops are opened within a minute',
    fleet: {
      ...outage.fleet,
      outage: undefined,
      endMs: NIGHT_MS + 3 * HOUR_MS,
      night: { fromMs: HOUR_MS, untilMs: NIGHT_MS, openedWithinMs: MINUTE_MS },
    },
    normalS: [10_800, 18_000],
    busyS: [10_800, 18_000],
  },
];
