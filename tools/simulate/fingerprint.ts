// Whether what is written down is still what the code does: a small part of everything is simulated again, which takes
// a second, and hashed together with what is written.
import { createHash } from 'node:crypto';
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { simulateMonth } from './month.js';
import { FLEETS, type IntegrationName, LIFETIMES_MS } from './scenarios.js';

export const SEED = 20_260_601;

/** Changes with whatever the core, the simulation or the written text does differently. */
export function takeFingerprint(written: readonly string[]): string {
  const hash = createHash('sha256');
  FLEETS.forEach(({ fleet, normalS, busyS }, i) => {
    hash.update(JSON.stringify([[...simulateFleet({ ...fleet, tabs: 20 }, SEED, i)], normalS, busyS]));
  });
  for (const lifetimeMs of LIFETIMES_MS.slice(1)) {
    for (const name of Object.keys(INTEGRATIONS) as IntegrationName[]) {
      hash.update(JSON.stringify([name, simulateMonth(INTEGRATIONS[name], lifetimeMs, SEED, 0)]));
    }
  }
  written.forEach((text) => hash.update(text.trim()));
  return hash.digest('hex').slice(0, 12);
}
