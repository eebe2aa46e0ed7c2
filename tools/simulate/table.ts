// The two tables, as Markdown.
import { table } from '../markdown-table.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './mint.js';
import type { FleetResult, MonthResult } from './results.js';
import { FLEETS, TABS } from './scenarios.js';

/** Cut, not rounded: nearly all is not all. */
const percent = (share: number) => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
const whole = (n: number) => Math.round(n).toLocaleString('en');

export function nameLifetime(lifetimeMs: number): string {
  if (lifetimeMs < HOUR_MS) return `${lifetimeMs / MINUTE_MS} min`;
  return lifetimeMs === HOUR_MS ? '1 h' : `${lifetimeMs / HOUR_MS / 24} day`;
}

export function monthTable(rows: readonly MonthResult[]): string {
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
    rows.map(({ lifetimeMs, integration, withToken, signedIn, signOuts, requests, least }) => [
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

export const toNormal = ({ normalRate, busiestMinuteRate }: FleetResult) => (busiestMinuteRate / normalRate).toFixed(2);

export function fleetTable(rows: readonly FleetResult[]): string {
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
    rows.map((row, i) => {
      const { name, tabs, normalRate, busiestMinuteRate, busiest10sRate } = row;
      const least = tabs / (FLEETS[i]!.fleet.lifetimeMs / SECOND_MS);
      const perSecond = (rate: number) => `${whole((rate * TABS) / tabs)}/s`;
      return [
        name,
        whole(tabs),
        perSecond(normalRate),
        perSecond(busiestMinuteRate),
        toNormal(row),
        (busiest10sRate / normalRate).toFixed(2),
        (normalRate / least).toFixed(2),
      ];
    }),
  );
}
