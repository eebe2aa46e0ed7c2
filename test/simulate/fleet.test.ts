// The goals for a fleet, with fewer tabs than "npm run simulate" has, and windows as much longer, so that chance stays
// as small: a minute of a million tabs is as good as ten of some tens of thousands.
import { describe, expect, it } from 'vitest';
import { simulateFleet } from '../../tools/simulate/fleet.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../tools/simulate/mint.js';
import { meanRate, peakRate } from '../../tools/simulate/rate.js';
import { FLEETS, type FleetScenario } from '../../tools/simulate/scenarios.js';

// Long enough that chance counts little among so few tabs; a storm after an outage is over sooner.
const WINDOW_S = 300;
const STORM_S = 60;

function busiest(
  name: string,
  changes: Partial<FleetScenario['fleet']> = {},
  tabs = 20_000,
  windowS = WINDOW_S,
): number {
  const { fleet, normalS, busyS } = FLEETS.find((scenario) => scenario.name === name)!;
  const requests = simulateFleet({ ...fleet, tabs, ...changes }, 1);
  return peakRate(requests, ...busyS, windowS) / meanRate(requests, ...normalS);
}

describe('a fleet of tabs with tokens of an hour', () => {
  it('that was loaded within a minute parts: at most 1.5 times the mean from one lifetime on', () => {
    expect(busiest('all load within a minute')).toBeLessThan(1.5);
  });

  it('that woke within a minute parts, too', () => {
    expect(busiest('all laptops are opened within a minute')).toBeLessThan(1.5);
  });

  it('makes no storm after an outage of ten minutes: at most twice the normal rate', () => {
    expect(busiest('10-minute outage', {}, 20_000, STORM_S)).toBeLessThan(2);
  });

  it('makes none either when the outage tells everybody to come back in a minute', () => {
    expect(busiest('10-minute outage, `Retry-After: 60`', {}, 20_000, STORM_S)).toBeLessThan(2);
  });

  it('does all that by the spreading alone: with one random number for everybody it does not', () => {
    expect(busiest('all load within a minute', { isSpread: false }, 2000)).toBeGreaterThan(5);
  });
});

it('tabs without a token that are sent away in the same second do not come back in the same second', () => {
  const fleet = { lifetimeMs: HOUR_MS, loadedWithinMs: SECOND_MS, endMs: 3 * MINUTE_MS, isSpread: true };
  const outage = { fromMs: 0, untilMs: 10 * SECOND_MS, retryAfterMs: MINUTE_MS };
  const requests = simulateFleet({ ...fleet, tabs: 3000, outage }, 1);
  // Never sooner than they were told.
  expect(meanRate(requests, 1, 60)).toBe(0);
  expect(meanRate(requests, 60, 91) * 31).toBe(3000);
  expect(peakRate(requests, 60, 91, 1)).toBeLessThan(200);
});
