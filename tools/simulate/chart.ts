// The two charts, as SVG for light and dark pages.
import { meanRate } from './rate.js';
import type { FleetScenario } from './scenarios.js';
import { TABS } from './scenarios.js';
import { composeStyle, PAGE, WIDTH } from './style.js';
import { line, paper, round, svg, text } from './svg.js';
import { fleetPeak, type FleetRow, type MonthRow, nameLifetime } from './table.js';

const STYLE = composeStyle(
  {
    light: { ...PAGE.light, first: '#1158c7', second: '#b3540b' },
    dark: { ...PAGE.dark, first: '#6cb0ff', second: '#f0944d' },
  },
  `rect.first{fill:var(--first)}
rect.second{fill:var(--second)}
rect.third{fill:var(--quiet)}
line.first,polyline.first{stroke:var(--first)}
line.second,polyline.second{stroke:var(--second)}
line.first,line.second,polyline{fill:none;stroke-width:2}
.down{fill:var(--quiet);fill-opacity:.2}`,
);

const KINDS = ['first', 'second', 'third'] as const;

const [LEFT, TITLE_AT] = [20, 32];

/** How much of the visible time one has a valid token in hand. */
export function drawMonths(rows: readonly MonthRow[]): string {
  const [left, top, width, row, bar] = [276, 84, 330, 30, 20];
  const body: string[] = [];
  const integrations = [...new Set(rows.map(({ integration }) => integration))];
  let y = top;
  rows.forEach(({ lifetimeMs, integration, month }, i) => {
    if (lifetimeMs !== rows[i - 1]?.lifetimeMs) {
      body.push(text(LEFT, y + 22, `Tokens of ${nameLifetime(lifetimeMs)}`, 'quiet'));
      y += 34;
    }
    body.push(
      text(left - 8, y + 19, integration, 'end'),
      `<rect x="${left}" y="${y + 3}" width="${round(Math.max(1, width * month.withToken))}" height="${bar}" class="${KINDS[integrations.indexOf(integration)]}"/>`,
      text(left + width * month.withToken + 6, y + 19, `${(Math.floor(month.withToken * 1000) / 10).toFixed(1)} %`),
    );
    y += row;
  });
  const shares = [0, 50, 100].map((share) => [share, left + (width * share) / 100] as const);
  const desc = rows
    .map((row) => `${nameLifetime(row.lifetimeMs)}, ${row.integration}: ${Math.floor(row.month.withToken * 100)} %`)
    .join('; ');
  const height = y + 42;
  return svg(WIDTH, height, 'Visible time with a valid token in hand', desc, STYLE, [
    paper(WIDTH, height),
    text(LEFT, TITLE_AT, 'With a valid token in hand', 'name'),
    text(LEFT, TITLE_AT + 30, 'share of the visible time in 30 days of one tab', 'quiet'),
    ...shares.map(([, x]) => line(x, top, x, y + 6, 'grid')),
    ...body,
    ...shares.map(([share, x]) => text(x, y + 28, `${share} %`, 'quiet middle')),
  ]);
}

/** Requests per second over time, with and without the spreading. */
export function drawFleets(panels: readonly { readonly spread: FleetRow; readonly without: FleetRow }[]): string {
  const [left, width, height, gap, top] = [104, 570, 170, 100, 116];
  const end = top + panels.length * (height + gap) - 16;
  const body = [
    paper(WIDTH, end),
    text(LEFT, TITLE_AT, 'Token requests per second', 'name'),
    text(LEFT, TITLE_AT + 30, 'of a million tabs, tokens of 1 h, logarithmic', 'quiet'),
    line(LEFT, 86, LEFT + 24, 86, 'first'),
    text(LEFT + 32, 92, 'this library'),
    line(LEFT + 230, 86, LEFT + 254, 86, 'second'),
    text(LEFT + 262, 92, 'without spreading'),
  ];
  panels.forEach(({ spread, without }, i) => {
    const y0 = top + i * (height + gap);
    const { fleet, name }: FleetScenario = spread.scenario;
    const x = (ms: number) => left + (width * ms) / fleet.endMs;
    // From 10 to 100,000 per second; what is less lies on the lowest line.
    const y = (rate: number) => y0 + height - (height * (Math.log10(Math.max(rate, 10)) - 1)) / 4;
    body.push(text(left, y0 + 20, name));
    if (fleet.outage) {
      const { fromMs, untilMs } = fleet.outage;
      body.push(
        `<rect x="${round(x(fromMs))}" y="${y0 + 28}" width="${round(x(untilMs) - x(fromMs))}" height="${height - 28}" class="down"/>`,
        text(x((fromMs + untilMs) / 2), y0 + 20, 'down', 'middle'),
      );
    }
    for (const rate of [10, 100, 1000, 10_000]) {
      body.push(line(left, y(rate), left + width, y(rate), 'grid'));
      body.push(text(left - 6, y(rate) + 6, (rate === 10 ? '≤ ' : '') + rate.toLocaleString('en'), 'quiet end'));
    }
    for (let ms = 0; ms <= fleet.endMs; ms += 3_600_000) {
      body.push(text(x(ms), y0 + height + 36, `${ms / 3_600_000} h`, 'quiet middle'));
    }
    body.push(text(left + width / 2, y0 + height + 66, 'time since the start', 'quiet middle'));
    for (const [row, kind] of [
      [without, 'second'],
      [spread, 'first'],
    ] as const) {
      const points = Array.from({ length: fleet.endMs / 60_000 }, (_, minute) => {
        const rate = (meanRate(row.requests, minute * 60, minute * 60 + 60) * TABS) / row.tabs;
        return `${round(x((minute + 0.5) * 60_000))},${round(y(rate))}`;
      });
      body.push(`<polyline points="${points.join(' ')}" class="${kind}"/>`);
    }
  });
  const peaks = panels.map(({ spread, without }) => {
    const [one, other] = [fleetPeak(spread).toNormal, fleetPeak(without).toNormal];
    return `${spread.scenario.name}: ${one} times with this library, ${other} times without spreading`;
  });
  const desc = `Two diagrams over some hours. The busiest minute has, in terms of the normal rate: ${peaks.join('; ')}.`;
  return svg(WIDTH, end, 'Token requests per second', desc, STYLE, body);
}
