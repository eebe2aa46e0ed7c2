// The tables of the results, and the files of the documentation that show them.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { table } from '../markdown-table.js';
import { writeMarkedText } from '../marked-text.js';
import { drawFleets, toNormal } from './fleet-chart.js';
import type { FleetResult, MonthResult, OutageResult, Results } from './results.js';
import { FLEETS, OUTAGES, TABS } from './scenarios.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './world.js';

export const PAGE = 'docs/evidence/simulation.md';
export const CHART = 'docs/images/simulate-fleet.svg';

export async function drawDocs({ months, fleets, outages, fingerprint }: Results) {
  const parts = [
    tableOf(months.map(monthRow)),
    tableOf(fleets.map(fleetRow)),
    tableOf(outages.map(outageRow)),
    '![Requests per second over time, with and without spreading](../images/simulate-fleet.svg)',
  ];
  const tables = await format(parts.join('\n\n'), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  const files = new Map<string, string>([
    [PAGE, writeMarkedText(readFileSync(PAGE, 'utf8'), 'simulate', `\n\n${tables}\n`, fingerprint)],
    [CHART, drawFleets(fleets)],
  ]);
  return { tables, files };
}

/** Rounded down, because nearly all is not all. */
const percent = (share: number) => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
const whole = (n: number) => Math.round(n).toLocaleString('en');

const tableOf = (rows: readonly Readonly<Record<string, string>>[]) =>
  table(Object.keys(rows[0]!), rows.map(Object.values));

const monthRow = ({ lifetimeMs, integration, withToken, signedIn, signOuts, requests, least }: MonthResult) => ({
  Lifetime: nameLifetime(lifetimeMs),
  Integration: integration,
  'Time with a valid token': percent(withToken),
  'Signed in': percent(signedIn),
  'Silent sign-outs': signOuts.toFixed(1),
  'Token requests': whole(requests),
  'To the least possible': (requests / least).toFixed(2),
});

function fleetRow(fleet: FleetResult, at: number) {
  const { name, tabs, normalRate, busiestMinuteRate, busiest10sRate } = fleet;
  const least = tabs / (FLEETS[at]!.fleet.lifetimeMs / SECOND_MS);
  const perSecond = (rate: number) => `${whole((rate * TABS) / tabs)}/s`;
  return {
    'What happens': name,
    'Tabs simulated': whole(tabs),
    'Normal rate': perSecond(normalRate),
    'Busiest minute': perSecond(busiestMinuteRate),
    'to normal': toNormal(fleet),
    'Busiest 10 s to normal': (busiest10sRate / normalRate).toFixed(2),
    'Requests to the least possible': (normalRate / least).toFixed(2),
  };
}

function outageRow({ tokens, scripts, logins, all }: OutageResult, at: number) {
  const { fails, happens } = OUTAGES[at]!;
  return {
    'What fails for eight hours': fails,
    'What happens meanwhile': happens,
    'Token requests': whole(tokens),
    'Script tags': whole(scripts),
    '`loginUser` calls': whole(logins),
    'All of them': whole(all),
  };
}

function nameLifetime(lifetimeMs: number): string {
  if (lifetimeMs < HOUR_MS) return `${lifetimeMs / MINUTE_MS} min`;
  return lifetimeMs < DAY_MS ? `${lifetimeMs / HOUR_MS} h` : `${lifetimeMs / DAY_MS} day`;
}
