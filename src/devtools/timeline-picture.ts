// Draws what the timeline knows: three lanes on one time axis, with "now" in the middle.
import { createLabel, createSvgElement } from './svg.js';
import { createScale, drawHalfAxis, type TimeScale } from './timeline-axis.js';
import type { RecordedToken, TimelineRecord } from './timeline-record.js';
import { type DrawnMark, markClass, SHAPES } from './timeline-shapes.js';

interface Lane {
  readonly name: string;
  readonly y: number;
}

// Without anything computed from them here: a bundler keeps what it cannot evaluate.
const ENDPOINT: Lane = { name: 'Token endpoint', y: 24 };
const TOKEN: Lane = { name: 'Current token', y: 92 };
const ZENDESK: Lane = { name: 'Zendesk', y: 160 };
const LANES = [ENDPOINT, TOKEN, ZENDESK];

const BAR = { dy: 22, height: 20 };
/** The thin bar of a lifetime that was not used. */
const REST = { dy: 44, height: 4 };
const AXIS_Y = 222;
const HEIGHT_PX = 250;
/** The top of the first lane. */
const LANE_TOP_Y = 40;
/** Between two marks, so that both are visible. */
const MARK_GAP_PX = 17;

/** Draws into the element, in place of what was there. */
export function drawTimeline(svg: SVGSVGElement, record: TimelineRecord, widthPx: number, nowMs: number): void {
  const scale = createScale(widthPx, nowMs, record.lifetimeMs);
  svg.setAttribute('viewBox', `0 0 ${widthPx} ${HEIGHT_PX}`);
  svg.setAttribute('height', String(HEIGHT_PX));
  svg.replaceChildren(
    ...drawBackground(scale),
    ...record.sleeps.flatMap((sleep) => drawSleep(scale, sleep)),
    ...record.tokens.flatMap((token) => drawToken(scale, token, nowMs)),
    ...record.tokens.flatMap((token) => drawPlan(scale, token)),
    ...drawRequests(scale, record, nowMs),
    ...spreadMarks(record.marks, (2 * scale.pastMs) / widthPx, nowMs).flatMap(({ kind, shownAtMs }) =>
      drawMark(scale, kind, ZENDESK, shownAtMs),
    ),
    ...drawFront(scale),
  );
}

function drawBackground({ widthPx, pastMs, futureMs }: TimeScale): SVGElement[] {
  return [
    ...LANES.map(({ y }) =>
      createSvgElement('rect', { class: 'lane', x: 0, y: y + BAR.dy - 6, width: widthPx, height: BAR.height + 12 }),
    ),
    ...drawHalfAxis(widthPx, -pastMs, AXIS_Y),
    ...drawHalfAxis(widthPx, futureMs, AXIS_Y),
  ];
}

function drawFront({ widthPx }: TimeScale): SVGElement[] {
  const middle = widthPx / 2;
  return [
    createSvgElement('line', { class: 'now', x1: middle, x2: middle, y1: ENDPOINT.y + BAR.dy - 10, y2: AXIS_Y }),
    createLabel('now', middle, AXIS_Y + 18, 'now-label'),
    ...LANES.map(({ name, y }) => createLabel(name, 0, y + BAR.dy - 12, 'lane-label')),
  ];
}

function drawSleep({ x }: TimeScale, { fromMs, toMs }: TimelineRecord['sleeps'][number]): SVGElement[] {
  const left = Math.max(x(fromMs), 0);
  const width = x(toMs) - left;
  const size = { x: left, y: LANE_TOP_Y, width, height: AXIS_Y - LANE_TOP_Y };
  return width > 0 ? [createSvgElement('rect', { class: 'asleep', ...size }, 'asleep')] : [];
}

function drawToken(scale: TimeScale, token: RecordedToken, nowMs: number): SVGElement[] {
  const { fromMs, expiresAtMs, endMs = expiresAtMs, end } = token;
  const hasExpired = end === undefined && expiresAtMs <= nowMs;
  const rest =
    end === 'replaced' && endMs < expiresAtMs
      ? drawBar(scale, TOKEN, 'rest', endMs, expiresAtMs, 'was still valid', REST)
      : [];
  const text = hasExpired ? 'expired' : 'current token';
  return [...rest, ...drawBar(scale, TOKEN, `token${hasExpired ? ' over' : ''}`, fromMs, endMs, text)];
}

/** A planned request that was never sent is not shown. */
function drawPlan(scale: TimeScale, { refreshAtMs, endMs = Infinity }: RecordedToken): SVGElement[] {
  return refreshAtMs !== undefined && refreshAtMs <= endMs ? drawMark(scale, 'planned', TOKEN, refreshAtMs) : [];
}

function drawRequests(scale: TimeScale, { requests, retryAtMs }: TimelineRecord, nowMs: number): SVGElement[] {
  const retry = retryAtMs === undefined ? [] : drawMark(scale, 'planned', ENDPOINT, retryAtMs);
  return [
    ...requests.flatMap(({ startMs, endMs = nowMs, outcome = 'open' }) => [
      ...drawBar(scale, ENDPOINT, `request ${outcome}`, startMs, endMs, `request: ${outcome}`),
      ...(outcome === 'failed' ? drawMark(scale, 'failed', ENDPOINT, endMs) : []),
    ]),
    ...retry,
  ];
}

function drawBar(
  { widthPx, x }: TimeScale,
  lane: Lane,
  className: string,
  fromMs: number,
  toMs: number,
  title: string,
  { dy, height } = BAR,
): SVGElement[] {
  const left = Math.max(x(fromMs), -20);
  const right = Math.min(x(toMs), widthPx + 20);
  if (right < 0 || left > widthPx) return [];
  // A very short request is visible, too.
  const width = Math.max(right - left, 3);
  const rx = Math.min(4, width / 2, height / 2);
  return [createSvgElement('rect', { class: className, rx, x: left, y: lane.y + dy, width, height }, title)];
}

function drawMark({ widthPx, x }: TimeScale, kind: DrawnMark, lane: Lane, atMs: number): SVGElement[] {
  const at = x(atMs);
  if (at < -10 || at > widthPx + 10) return [];
  const { d, text } = SHAPES[kind];
  const transform = `translate(${at} ${lane.y + BAR.dy + BAR.height / 2})`;
  return [createSvgElement('path', { class: markClass(kind), d, transform }, text)];
}

/** Moves marks that are milliseconds apart side by side, so that all are visible, but none into the future. */
export function spreadMarks(marks: TimelineRecord['marks'], msPerPx: number, nowMs: number) {
  const shown = marks.map((mark) => ({ ...mark, shownAtMs: mark.atMs }));
  const gapMs = MARK_GAP_PX * msPerPx;
  let earliest = -Infinity;
  for (const mark of shown) earliest = (mark.shownAtMs = Math.max(mark.shownAtMs, earliest)) + gapMs;
  let latest = nowMs - 9 * msPerPx;
  for (const mark of shown.reverse()) latest = (mark.shownAtMs = Math.min(mark.shownAtMs, latest)) - gapMs;
  return shown;
}
