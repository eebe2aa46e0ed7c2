// The two halves of the time axis. Between them is "now".
import { createLabel, createSvgElement } from './svg.js';

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
const TICK_DISTANCE_PX = 64;
/** A label nearer to an edge would be cut off. */
const LABEL_MARGIN_PX = 24;

export interface TimeScale {
  readonly widthPx: number;
  /** How much of the past and of the future is shown. The past shows seconds, the future may reach an hour ahead. */
  readonly pastMs: number;
  readonly futureMs: number;
  /** Returns the position of a time. */
  readonly x: (atMs: number) => number;
}

/** @param lifetimeMs - the lifetime of a token, which the future has room for */
export function createScale(widthPx: number, nowMs: number, lifetimeMs: number): TimeScale {
  const futureMs = Math.max(15_000, lifetimeMs * 1.15);
  // At least 15 px per second, so that events close together remain distinguishable.
  const pastMs = Math.min(futureMs, Math.max(15_000, widthPx * 33));
  const x = (atMs: number) => (widthPx / 2) * (1 + (atMs - nowMs) / (atMs < nowMs ? pastMs : futureMs));
  return { widthPx, pastMs, futureMs, x };
}

/** @param spanMs - the length of this half, negative for the past */
export function drawHalfAxis(widthPx: number, spanMs: number, y: number): SVGElement[] {
  const half = widthPx / 2;
  const sign = Math.sign(spanMs);
  const lengthMs = Math.abs(spanMs);
  const stepS = STEPS_S.find((step) => ((step * 1000) / lengthMs) * half >= TICK_DISTANCE_PX) ?? 3600;
  const nodes: SVGElement[] = [drawLine(half, half + sign * half, y, y)];
  for (let s = stepS; s * 1000 < lengthMs; s += stepS) {
    const at = half * (1 + (s * 1000 * sign) / lengthMs);
    nodes.push(drawLine(at, at, y, y + 4));
    if (at > LABEL_MARGIN_PX && at < widthPx - LABEL_MARGIN_PX)
      nodes.push(createLabel(`${sign < 0 ? '−' : '+'}${s < 120 ? `${s} s` : `${s / 60} min`}`, at, y + 18, 'tick'));
  }
  return nodes;
}

const drawLine = (x1: number, x2: number, y1: number, y2: number) =>
  createSvgElement('line', { class: 'axis', x1, x2, y1, y2 });
