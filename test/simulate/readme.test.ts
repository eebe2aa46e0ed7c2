// A full simulation takes 20 minutes, so its results are in the repository, and the documentation shows them.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CHART, drawDocs, PAGE } from '../../tools/simulate/draw-docs.js';
import { RESULTS, type Results, takeFingerprint } from '../../tools/simulate/results.js';
import { FLEETS, TABS } from '../../tools/simulate/scenarios.js';
import { tableOf } from '../docs/read-docs.js';

const json = readFileSync(RESULTS, 'utf8');
const results = JSON.parse(json) as Results;
const column = (at: number) => tableOf('What happens').map((row) => row[at]!);

it('the results are what the code does. If this fails, run `npm run simulate -- --write`', () => {
  expect(takeFingerprint(results)).toBe(results.fingerprint);
});

it('the tables and charts show the results. If this fails, run `npm run simulate -- --draw`', async () => {
  const { files } = await drawDocs(results);
  expect([...files.keys()]).toEqual([PAGE, CHART]);
  for (const [path, text] of files) expect(readFileSync(path, 'utf8'), path).toBe(text);
});

it('the results are of all tabs, and the table says so', () => {
  expect(results.fleets.map(({ name, tabs }) => [name, tabs])).toEqual(FLEETS.map(({ name }) => [name, TABS]));
  expect(column(1)).toEqual(FLEETS.map(() => TABS.toLocaleString('en')));
});

it('the requests per minute agree with the busiest minute', () => {
  results.fleets.forEach(({ perMinute, busiestMinuteRate }, i) => {
    const [fromS, untilS] = FLEETS[i]!.busyS;
    expect(Math.max(...perMinute.slice(fromS / 60, untilS / 60)) / 60).toBeCloseTo(busiestMinuteRate, 6);
    expect(perMinute).toHaveLength(FLEETS[i]!.fleet.endMs / 60_000);
  });
});

it('the results are a small file', () => {
  expect(json.length).toBeLessThan(40_000);
});

it('the chart of fleets describes its peaks, and labels its lowest line as "≤ 10"', () => {
  const chart = readFileSync(CHART, 'utf8');
  const [, desc] = /<desc id="desc">(.*?)<\/desc>/.exec(chart)!;
  expect(desc!.match(/[\d.]+(?= times)/g)).toEqual(column(4).slice(0, 4));
  expect(chart.match(/>≤ 10</g)).toHaveLength(2);
  expect(chart).not.toContain('>10<');
});
