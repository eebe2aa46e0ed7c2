// Bars: for how much of the visible time a tab has a valid token.
import * as Plot from '@observablehq/plot';
import { drawPicture } from '../charts/picture.js';
import { CHART_COLORS } from './colors.js';
import type { MonthResult } from './results.js';
import { nameLifetime } from './table.js';

const COLORS = ['first', 'second', 'quiet'];

export function drawMonths(months: readonly MonthResult[]): string {
  const integrations = [...new Set(months.map(({ integration }) => integration))];
  const rows = months.map(({ lifetimeMs, integration, withToken }) => ({
    fy: `Tokens of ${nameLifetime(lifetimeMs)}`,
    y: integration,
    x: withToken * 100,
    // Cut, not rounded: 99.99 % are not 100 %.
    text: `${(Math.floor(withToken * 1000) / 10).toFixed(1)} %`,
    fill: `var(--${COLORS[integrations.indexOf(integration)]})`,
  }));
  const lifetimes = [...new Set(rows.map(({ fy }) => fy))];
  const desc = months.map(({ lifetimeMs, integration, withToken }) => {
    return `${nameLifetime(lifetimeMs)}, ${integration}: ${Math.floor(withToken * 100)} %`;
  });
  return drawPicture(
    {
      height: 690,
      marginTop: 84,
      marginLeft: 276,
      marginRight: 114,
      marginBottom: 44,
      x: { domain: [0, 100], label: null },
      y: { domain: integrations, label: null, tickSize: 0, padding: 0.3, insetTop: 34 },
      fy: { domain: lifetimes, axis: null, padding: 0 },
      marks: [
        Plot.gridX({ ticks: [0, 50, 100], stroke: 'var(--quiet)', strokeOpacity: 0.3 }),
        Plot.axisX({
          ticks: [0, 50, 100],
          tickFormat: (share: number) => `${share} %`,
          tickSize: 0,
          className: 'quiet',
        }),
        Plot.barX(rows, { x1: 0, x2: ({ x }: { x: number }) => Math.max(x, 0.3), y: 'y', fy: 'fy', fill: 'fill' }),
        Plot.text(rows, { x: 'x', y: 'y', fy: 'fy', text: 'text', textAnchor: 'start', dx: 6 }),
        Plot.text(lifetimes, {
          fy: lifetimes,
          text: lifetimes,
          frameAnchor: 'top-left',
          dx: -256,
          dy: 8,
          className: 'quiet',
        }),
      ],
    },
    {
      title: 'Visible time with a valid token in hand',
      desc: desc.join('; '),
      lines: [
        { y: 32, name: 'With a valid token in hand' },
        { y: 62, note: 'share of the visible time in 30 days of one tab' },
      ],
      colors: CHART_COLORS,
    },
  );
}
