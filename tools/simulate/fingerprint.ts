// Tells whether the results are still what the code does. A full run takes 20 minutes. This repeats a small part of it,
// which takes a second, and hashes what comes out together with the results.
import { createHash } from 'node:crypto';
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { simulateMonth } from './month.js';
import type { Results } from './results.js';
import { FLEETS, type IntegrationName, LIFETIMES_MS, SEED } from './scenarios.js';

/** Changes if the core, the simulation or the results change. */
export function takeFingerprint({ months, fleets }: Omit<Results, 'fingerprint'>): string {
  const hash = createHash('sha256');
  FLEETS.forEach(({ fleet, normalS, busyS }, i) => {
    hash.update(JSON.stringify([[...simulateFleet({ ...fleet, tabs: 20 }, SEED, i)], normalS, busyS]));
  });
  for (const lifetimeMs of LIFETIMES_MS.slice(1)) {
    for (const name of Object.keys(INTEGRATIONS) as IntegrationName[]) {
      hash.update(JSON.stringify([name, simulateMonth(INTEGRATIONS[name], lifetimeMs, SEED, 0)]));
    }
  }
  hash.update(JSON.stringify({ months, fleets }));
  return hash.digest('hex').slice(0, 12);
}
