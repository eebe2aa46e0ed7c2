// Bars: the share of the visible time in which a tab has a valid token.
import * as Plot from '@observablehq/plot';
import { drawPicture } from '../charts/picture.js';
import { SERIES } from '../charts/style.js';
import type { MonthResult } from './results.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './world.js';

const COLORS = ['first', 'second', 'quiet'];

export function drawMonths(months: readonly MonthResult[]): string {
  const integrations = [...new Set(months.map(({ integration }) => integration))];
  const rows = months.map(({ lifetimeMs, integration, withToken }) => ({
    fy: `Tokens of ${nameLifetime(lifetimeMs)}`,
    y: integration,
    x: withToken * 100,
    // A bar that can be seen.
    x2: Math.max(withToken * 100, 0.3),
    // Rounded down: 99.99 % are not 100 %.
    text: `${(Math.floor(withToken * 1000) / 10).toFixed(1)} %`,
    fill: `var(--${COLORS[integrations.indexOf(integration)]})`,
  }));
  const lifetimes = [...new Set(rows.map(({ fy }) => fy))];
  const desc = months.map(({ lifetimeMs, integration, withToken }) => {
    return `${nameLifetime(lifetimeMs)}, ${integration}: ${Math.floor(withToken * 100)} %`;
  });
  const ticks = [0, 50, 100];
  const tickFormat = (share: number) => `${share} %`;
  const place = { y: 'y', fy: 'fy' } as const;
  const corner = { frameAnchor: 'top-left', dx: -256, dy: 8, className: 'quiet' } as const;
  const margins = { marginTop: 84, marginRight: 114, marginBottom: 44, marginLeft: 276 };
  return drawPicture(
    {
      height: 690,
      ...margins,
      x: { domain: [0, 100], label: null },
      y: { domain: integrations, label: null, tickSize: 0, padding: 0.3, insetTop: 34 },
      fy: { domain: lifetimes, axis: null, padding: 0 },
      marks: [
        Plot.gridX({ ticks, stroke: 'var(--quiet)', strokeOpacity: 0.3 }),
        Plot.axisX({ ticks, tickFormat, tickSize: 0, className: 'quiet' }),
        Plot.barX(rows, { ...place, x1: 0, x2: 'x2', fill: 'fill' }),
        Plot.text(rows, { ...place, x: 'x', text: 'text', textAnchor: 'start', dx: 6 }),
        Plot.text(lifetimes, { ...corner, fy: lifetimes, text: lifetimes }),
      ],
    },
    {
      title: 'Visible time with a valid token in hand',
      desc: desc.join('; '),
      lines: ['With a valid token in hand', 'share of the visible time in 30 days of one tab'],
      colors: SERIES,
    },
  );
}

export function nameLifetime(lifetimeMs: number): string {
  if (lifetimeMs < HOUR_MS) return `${lifetimeMs / MINUTE_MS} min`;
  return lifetimeMs < DAY_MS ? `${lifetimeMs / HOUR_MS} h` : `${lifetimeMs / DAY_MS} day`;
}
