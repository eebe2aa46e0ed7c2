// One job of a worker. Its result is numbers only, so that it can be posted as a message.
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { FLEETS, type IntegrationName, MONTHS, SEED } from './scenarios.js';

export type Job =
  | { readonly kind: 'fleet'; readonly index: number; readonly tabs: number; readonly stream: number }
  | { readonly kind: 'month'; readonly integration: IntegrationName; readonly lifetimeMs: number };

/** Returns the token requests of a fleet in each second, or the mean of some months. */
export function runJob(job: Job): Uint32Array | Month {
  if (job.kind === 'fleet') {
    return simulateFleet({ ...FLEETS[job.index]!.fleet, tabs: job.tabs }, SEED, job.stream);
  }
  const months = Array.from({ length: MONTHS }, (_, stream) => {
    return simulateMonth(INTEGRATIONS[job.integration], job.lifetimeMs, SEED, stream);
  });
  const mean = (name: keyof Month) => months.reduce((sum, month) => sum + month[name], 0) / MONTHS;
  return {
    withToken: mean('withToken'),
    signedIn: mean('signedIn'),
    signOuts: mean('signOuts'),
    requests: mean('requests'),
    least: mean('least'),
  };
}
