// The two charts, as SVG for light and dark pages.
import { meanRate } from './rate.js';
import type { FleetScenario } from './scenarios.js';
import { TABS } from './scenarios.js';
import { line, round, svg, text } from './svg.js';
import { type FleetRow, type MonthRow, nameLifetime } from './table.js';

const STYLE = `text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-size: 14px; font-weight: 600 }
.end { text-anchor: end }
.mid { text-anchor: middle }
.grid { stroke: #888; stroke-opacity: .35 }
.a { --c: #1f77c4 } .b { --c: #d2691e } .c { --c: #808080 }
line.a, line.b, polyline { stroke: var(--c); fill: none; stroke-width: 1.5 }
rect { fill: var(--c) }
.down { fill: #888; fill-opacity: .2 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .a { --c: #5aa9f0 } .b { --c: #f0944d } }`;

const KINDS = ['a', 'b', 'c'] as const;

/** How much of the visible time one has a valid token in hand. */
export function drawMonths(rows: readonly MonthRow[]): string {
  const [left, top, width, bar] = [190, 46, 400, 15];
  const body = [text(0, 18, 'Visible time with a valid token in hand, 30 days of one tab', 'title')];
  let y = top;
  rows.forEach(({ lifetimeMs, integration, month }, i) => {
    const isFirst = lifetimeMs !== rows[i - 1]?.lifetimeMs;
    if (isFirst && i) y += 10;
    if (isFirst) body.push(text(0, y + 12, nameLifetime(lifetimeMs)));
    const kind = KINDS[namesOf(rows).indexOf(integration)]!;
    body.push(
      text(left - 8, y + 12, integration, 'end'),
      `<rect x="${left}" y="${y}" width="${round(Math.max(1, width * month.withToken))}" height="${bar - 2}" class="${kind}"/>`,
      text(left + width * month.withToken + 5, y + 12, `${(Math.floor(month.withToken * 1000) / 10).toFixed(1)} %`),
    );
    y += bar;
  });
  for (const share of [0, 25, 50, 75, 100]) {
    const x = left + (width * share) / 100;
    body.unshift(line(x, top - 6, x, y + 4, 'grid'));
    body.push(text(x, y + 18, `${share} %`, 'mid'));
  }
  body.push(text(0, 36, "Token's lifetime"), text(left + width / 2, y + 36, 'share of the visible time', 'mid'));
  const desc = rows
    .map((row) => `${nameLifetime(row.lifetimeMs)}, ${row.integration}: ${Math.floor(row.month.withToken * 100)} %`)
    .join('; ');
  return svg(660, y + 44, 'Visible time with a valid token in hand', desc, STYLE, body);
}

const namesOf = (rows: readonly MonthRow[]) => [...new Set(rows.map(({ integration }) => integration))];

/** Requests per second over time, with and without the spreading. */
export function drawFleets(panels: readonly { readonly spread: FleetRow; readonly without: FleetRow }[]): string {
  const [left, width, height, gap, top] = [64, 570, 170, 76, 50];
  const body = [
    line(left, 34, left + 24, 34, 'a'),
    text(left + 30, 38, 'this library'),
    line(left + 130, 34, left + 154, 34, 'b'),
    text(left + 160, 38, 'without spreading'),
    text(0, 18, 'Token requests of a million tabs, tokens of 1 h (logarithmic)', 'title'),
  ];
  panels.forEach(({ spread, without }, i) => {
    const y0 = top + i * (height + gap);
    const { fleet, name }: FleetScenario = spread.scenario;
    const x = (ms: number) => left + (width * ms) / fleet.endMs;
    // From 10 to 100,000 per second.
    const y = (rate: number) => y0 + height - (height * (Math.log10(Math.max(rate, 10)) - 1)) / 4;
    body.push(text(left, y0 + 12, name));
    if (fleet.outage) {
      const { fromMs, untilMs } = fleet.outage;
      body.push(
        `<rect x="${round(x(fromMs))}" y="${y0 + 18}" width="${round(x(untilMs) - x(fromMs))}" height="${height - 18}" class="down"/>`,
        text(x((fromMs + untilMs) / 2), y0 + 12, 'down', 'mid'),
      );
    }
    for (const rate of [10, 100, 1000, 10_000]) {
      body.push(line(left, y(rate), left + width, y(rate), 'grid'));
      body.push(text(left - 6, y(rate) + 4, rate.toLocaleString('en'), 'end'));
    }
    for (let ms = 0; ms <= fleet.endMs; ms += 1_800_000) {
      body.push(text(x(ms), y0 + height + 16, `${ms / 3_600_000} h`, 'mid'));
    }
    body.push(
      text(left + width / 2, y0 + height + 34, 'time since the start', 'mid'),
      `<text transform="translate(12 ${y0 + height / 2}) rotate(-90)" class="mid">requests per second</text>`,
    );
    for (const [row, kind] of [
      [without, 'b'],
      [spread, 'a'],
    ] as const) {
      const points = Array.from({ length: fleet.endMs / 60_000 }, (_, minute) => {
        const rate = (meanRate(row.requests, minute * 60, minute * 60 + 60) * TABS) / row.tabs;
        return `${round(x((minute + 0.5) * 60_000))},${round(y(rate))}`;
      });
      body.push(`<polyline points="${points.join(' ')}" class="${kind}"/>`);
    }
  });
  const desc =
    'Two diagrams over some hours: all tabs load within a minute, and an endpoint that is down for ten minutes. ' +
    'With this library the rate is nearly level; without spreading all tabs come together.';
  return svg(660, top + panels.length * (height + gap) - 30, 'Token requests per second', desc, STYLE, body);
}
