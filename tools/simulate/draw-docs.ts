// The files of the documentation that show the results.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { writeMarkedText } from '../marked-text.js';
import { drawFleets } from './fleet-chart.js';
import { drawMonths } from './month-chart.js';
import type { Results } from './results.js';
import { fleetTable, monthTable } from './table.js';

export const PAGE = 'docs/evidence/simulation.md';
export const CHARTS = ['docs/images/simulate-month.svg', 'docs/images/simulate-fleet.svg'] as const;

export async function drawDocs({ months, fleets, fingerprint }: Results) {
  const parts = [
    monthTable(months),
    '![The first column of shares as bars](../images/simulate-month.svg)',
    fleetTable(fleets),
    '![Requests per second over time, with and without spreading](../images/simulate-fleet.svg)',
  ];
  const tables = await format(parts.join('\n\n'), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  const files = new Map<string, string>([
    [PAGE, writeMarkedText(readFileSync(PAGE, 'utf8'), 'simulate', `\n\n${tables}\n`, fingerprint)],
    [CHARTS[0], drawMonths(months)],
    [CHARTS[1], drawFleets(fleets)],
  ]);
  return { tables, files };
}
