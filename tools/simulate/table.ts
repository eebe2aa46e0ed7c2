// The two tables, as Markdown.
import { table } from './markdown.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './mint.js';
import type { Month } from './month.js';
import { meanRate, peakRate } from './rate.js';
import { type FleetScenario, type IntegrationName, TABS } from './scenarios.js';

export interface MonthRow {
  readonly lifetimeMs: number;
  readonly integration: IntegrationName;
  readonly month: Month;
}

export interface FleetRow {
  readonly scenario: FleetScenario;
  readonly requests: Uint32Array;
  readonly tabs: number;
}

/** Cut, not rounded: nearly all is not all. */
const percent = (share: number) => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
const whole = (n: number) => Math.round(n).toLocaleString('en');

export function nameLifetime(lifetimeMs: number): string {
  if (lifetimeMs < HOUR_MS) return `${lifetimeMs / MINUTE_MS} min`;
  return lifetimeMs === HOUR_MS ? '1 h' : `${lifetimeMs / HOUR_MS / 24} day`;
}

export function monthTable(rows: readonly MonthRow[]): string {
  return table(
    [
      'Lifetime',
      'Integration',
      'A valid token in hand',
      'Signed in',
      'Silent sign-outs',
      'Token requests',
      'To the least possible',
    ],
    rows.map(({ lifetimeMs, integration, month: { withToken, signedIn, signOuts, requests, least } }) => [
      nameLifetime(lifetimeMs),
      integration,
      percent(withToken),
      percent(signedIn),
      signOuts.toFixed(1),
      whole(requests),
      (requests / least).toFixed(2),
    ]),
  );
}

export function fleetPeak({ scenario, requests }: FleetRow) {
  const normal = meanRate(requests, ...scenario.normalS);
  const minute = peakRate(requests, ...scenario.busyS, 60);
  return { normal, minute, toNormal: (minute / normal).toFixed(2) };
}

export function fleetTable(rows: readonly FleetRow[]): string {
  return table(
    [
      'What happens',
      'Tabs simulated',
      'Normal rate',
      'Busiest minute',
      'to normal',
      'Busiest 10 s to normal',
      'Requests to the least possible',
    ],
    rows.map((row) => {
      const { scenario, requests, tabs } = row;
      const { name, fleet, busyS } = scenario;
      const { normal, minute, toNormal } = fleetPeak(row);
      const least = tabs / (fleet.lifetimeMs / SECOND_MS);
      const perSecond = (rate: number) => `${whole((rate * TABS) / tabs)}/s`;
      return [
        name,
        whole(tabs),
        perSecond(normal),
        perSecond(minute),
        toNormal,
        (peakRate(requests, ...busyS, 10) / normal).toFixed(2),
        (normal / least).toFixed(2),
      ];
    }),
  );
}
