// A full simulation takes minutes. What the documentation and docs/ show of it is kept honest by its fingerprint.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { takeFingerprint } from '../../tools/simulate/fingerprint.js';
import { FLEETS, TABS } from '../../tools/simulate/scenarios.js';
import { CHARTS, readWritten } from '../../tools/simulate/written.js';
import { DOCS } from '../docs/read-docs.js';

it('shows what the code does: if not, npm run simulate -- --write', () => {
  const { texts, fingerprint } = readWritten(DOCS);
  expect(takeFingerprint(texts)).toBe(fingerprint);
});

const [fleetTable] = DOCS.split('<!-- simulate -->')[1]!.match(/\| What happens[^]*?\n\n/)!;
const column = (at: number) =>
  fleetTable
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.split('|')[at]!.trim());

it('shows every one of the tabs, not a part of them', () => {
  expect(column(2)).toEqual(FLEETS.map(() => TABS.toLocaleString('en')));
});

it('tells with the chart of fleets how high its curves rise, and that the lowest line stands for less, too', () => {
  const [, chart] = CHARTS.map((path) => readFileSync(path, 'utf8')) as [string, string];
  const [, told] = /<desc id="desc">(.*?)<\/desc>/.exec(chart)!;
  expect(told!.match(/[\d.]+(?= times)/g)).toEqual(column(5).slice(0, 4));
  expect(chart.match(/>≤ 10</g)).toHaveLength(2);
  expect(chart).not.toContain('>10<');
});
