// Lines: token requests per second over time, with and without spreading, one panel for each scenario.
import * as Plot from '@observablehq/plot';
import { drawPicture } from '../charts/picture.js';
import { CHART_COLORS } from './colors.js';
import { HOUR_MS, MINUTE_MS } from './mint.js';
import type { FleetResult } from './results.js';
import { FLEETS, TABS } from './scenarios.js';
import { toNormal } from './table.js';

// On a logarithmic scale there is no zero. Lower rates are drawn here.
const LOWEST_RATE = 10;

export function drawFleets(fleets: readonly FleetResult[]): string {
  const panels = [
    { scenario: FLEETS[0]!, spread: fleets[0]!, without: fleets[1]! },
    { scenario: FLEETS[2]!, spread: fleets[2]!, without: fleets[3]! },
  ];
  const endMs = Math.max(...panels.map(({ scenario }) => scenario.fleet.endMs));
  const points = ({ perMinute, tabs }: FleetResult, fy: string) =>
    perMinute.map((requests, minute) => ({
      x: (minute + 0.5) * MINUTE_MS,
      y: Math.max(LOWEST_RATE, ((requests / 60) * TABS) / tabs),
      fy,
    }));
  const names = panels.map(({ scenario }) => scenario.name);
  const line = (kind: 'spread' | 'without', stroke: string) =>
    panels.map((panel) => Plot.line(points(panel[kind], panel.scenario.name), { x: 'x', y: 'y', fy: 'fy', stroke }));
  const outages = panels.flatMap(({ scenario: { name, fleet } }) => {
    return fleet.outage ? [{ ...fleet.outage, fy: name }] : [];
  });
  const middle = ({ fromMs, untilMs }: { fromMs: number; untilMs: number }) => (fromMs + untilMs) / 2;
  const peaks = panels.map(({ scenario, spread, without }) => {
    return `${scenario.name}: ${toNormal(spread)} times with this library, ${toNormal(without)} times without spreading`;
  });
  return drawPicture(
    {
      height: 678,
      marginTop: 104,
      marginLeft: 104,
      marginRight: 40,
      marginBottom: 92,
      x: { domain: [0, endMs], label: null },
      y: { type: 'log', domain: [LOWEST_RATE, 20_000], label: null, insetTop: 50 },
      fy: { domain: names, axis: null, padding: 0 },
      marks: [
        Plot.gridY({ ticks: [10, 100, 1000, 10_000], stroke: 'var(--quiet)', strokeOpacity: 0.3 }),
        Plot.axisY({
          ticks: [10, 100, 1000, 10_000],
          tickFormat: (rate: number) => (rate === LOWEST_RATE ? '≤ ' : '') + rate.toLocaleString('en'),
          tickSize: 0,
          className: 'quiet',
        }),
        Plot.axisX({
          ticks: [0, 1, 2, 3].map((hour) => hour * HOUR_MS),
          tickFormat: (ms: number) => `${ms / HOUR_MS} h`,
          label: 'time since the start',
          labelAnchor: 'center',
          labelArrow: 'none',
          tickPadding: 16,
          labelOffset: 74,
          color: 'var(--quiet)',
          className: 'quiet',
        }),
        Plot.rect(outages, {
          x1: 'fromMs',
          x2: 'untilMs',
          fy: 'fy',
          fill: 'var(--quiet)',
          fillOpacity: 0.2,
          insetTop: 50,
        }),
        Plot.text(outages, { x: middle, fy: 'fy', text: ['down'], frameAnchor: 'top', dy: 18 }),
        Plot.text(names, { fy: names, text: names, frameAnchor: 'top-left', dy: 18 }),
        ...line('without', 'var(--second)'),
        ...line('spread', 'var(--first)'),
      ],
    },
    {
      title: 'Token requests per second',
      desc: `Two charts over ${endMs / HOUR_MS} hours. The busiest minute, compared to the normal rate: ${peaks.join('; ')}.`,
      lines: [
        { y: 32, name: 'Token requests per second' },
        { y: 62, note: 'of a million tabs, tokens of 1 h, logarithmic' },
        {
          y: 92,
          keys: [
            { color: 'first', sign: '━━', text: 'this library' },
            { color: 'second', sign: '━━', text: 'without spreading' },
          ],
        },
      ],
      colors: CHART_COLORS,
    },
  );
}
