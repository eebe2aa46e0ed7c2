// Lines: token requests per second over time, with and without spreading, one panel for each scenario.
import * as Plot from '@observablehq/plot';
import { drawPicture, type Key } from '../charts/picture.js';
import { SERIES } from '../charts/style.js';
import type { FleetResult } from './results.js';
import { FLEETS, TABS } from './scenarios.js';
import { HOUR_MS, MINUTE_MS } from './world.js';

// A logarithmic scale has no zero. Lower rates are drawn here.
const LOWEST_RATE = 10;

export function drawFleets(fleets: readonly FleetResult[]): string {
  const panels = [0, 2].map((at) => ({ ...FLEETS[at]!, spread: fleets[at]!, without: fleets[at + 1]! }));
  const endMs = Math.max(...panels.map(({ fleet }) => fleet.endMs));
  const names = panels.map(({ name }) => name);
  const drawLines = (kind: 'spread' | 'without', stroke: string) =>
    panels.map(({ name, [kind]: { perMinute, tabs } }) => {
      const points = perMinute.map((requests, minute) => ({
        x: (minute + 0.5) * MINUTE_MS,
        y: Math.max(LOWEST_RATE, ((requests / 60) * TABS) / tabs),
        fy: name,
      }));
      return Plot.line(points, { x: 'x', y: 'y', fy: 'fy', stroke });
    });
  const outages = panels.flatMap(({ name, fleet: { outage } }) => {
    return outage ? [{ ...outage, middleMs: (outage.fromMs + outage.untilMs) / 2, fy: name }] : [];
  });
  const peaks = panels.map(({ name, spread, without }) => {
    return `${name}: ${toNormal(spread)} times with this library, ${toNormal(without)} times without spreading`;
  });
  const rates = [LOWEST_RATE, 100, 1000, 10_000];
  const nameRate = (rate: number) => (rate === LOWEST_RATE ? '≤ ' : '') + rate.toLocaleString('en');
  const hours = { ticks: [0, 1, 2, 3].map((hour) => hour * HOUR_MS), tickFormat: (ms: number) => `${ms / HOUR_MS} h` };
  const timeLabel = {
    label: 'time since the start',
    labelAnchor: 'center',
    labelArrow: 'none',
    labelOffset: 74,
  } as const;
  const down = { x1: 'fromMs', x2: 'untilMs', fy: 'fy', fill: 'var(--quiet)', fillOpacity: 0.2, insetTop: 50 };
  const keys: Key[] = [
    ['first', '━━', 'this library'],
    ['second', '━━', 'without spreading'],
  ];
  const margins = { marginTop: 104, marginRight: 40, marginBottom: 92, marginLeft: 104 };
  return drawPicture(
    {
      height: 678,
      ...margins,
      x: { domain: [0, endMs], label: null },
      y: { type: 'log', domain: [LOWEST_RATE, 20_000], label: null, insetTop: 50 },
      fy: { domain: names, axis: null, padding: 0 },
      marks: [
        Plot.gridY({ ticks: rates, stroke: 'var(--quiet)', strokeOpacity: 0.3 }),
        Plot.axisY({ ticks: rates, tickFormat: nameRate, tickSize: 0, className: 'quiet' }),
        Plot.axisX({ ...hours, ...timeLabel, tickPadding: 16, color: 'var(--quiet)', className: 'quiet' }),
        Plot.rect(outages, down),
        Plot.text(outages, { x: 'middleMs', fy: 'fy', text: ['down'], frameAnchor: 'top', dy: 18 }),
        Plot.text(names, { fy: names, text: names, frameAnchor: 'top-left', dy: 18 }),
        ...drawLines('without', 'var(--second)'),
        ...drawLines('spread', 'var(--first)'),
      ],
    },
    {
      title: 'Token requests per second',
      desc: `Two charts over ${endMs / HOUR_MS} hours. The busiest minute, compared to the normal rate: ${peaks.join('; ')}.`,
      lines: ['Token requests per second', 'of a million tabs, tokens of 1 h, logarithmic', keys],
      colors: SERIES,
    },
  );
}

export const toNormal = ({ normalRate, busiestMinuteRate }: FleetResult) => (busiestMinuteRate / normalRate).toFixed(2);
