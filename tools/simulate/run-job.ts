// One job, and what comes of it: numbers only, so that a worker can hand them over.
import { simulateFleet } from './fleet.js';
import { INTEGRATIONS } from './integrations.js';
import { type Month, simulateMonth } from './month.js';
import { FLEETS, type IntegrationName, MONTHS } from './scenarios.js';

export type Job =
  | {
      readonly kind: 'fleet';
      readonly index: number;
      readonly tabs: number;
      readonly seed: number;
      readonly stream: number;
    }
  | {
      readonly kind: 'month';
      readonly integration: IntegrationName;
      readonly lifetimeMs: number;
      readonly seed: number;
    };

/** Token requests in each second; or the mean of some months. */
export type Outcome = Uint32Array | Month;

export function runJob(job: Job): Outcome {
  if (job.kind === 'fleet') {
    const { fleet } = FLEETS[job.index]!;
    return simulateFleet({ ...fleet, tabs: job.tabs }, job.seed, job.stream);
  }
  const months = Array.from({ length: MONTHS }, (_, stream) => {
    return simulateMonth(INTEGRATIONS[job.integration], job.lifetimeMs, job.seed, stream);
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
