// A timeline of one token, drawn to scale: issued, now, expires. The page shows the same as text.
import { label, make } from './svg.js';

const BAR = { y: 32, height: 26 };
const MIDDLE = BAR.y + BAR.height / 2;
const ROWS = [BAR.y + BAR.height + 24, BAR.y + BAR.height + 48];
// Space at both ends, for a lifetime whose start or end is unknown.
const MARGIN = 28;
const GAP = 14;
// Larger numbers are read as milliseconds, as in the library. In seconds, this is the year 5138.
const MAX_SECONDS = 1e11;
// The limit of Date.
const MAX_DATE_MS = 8.64e15;

/**
 * When a token was issued and when it expires, also when the claims are strings or in milliseconds. `undefined` means
 * unknown. `expiresMs` is Infinity for a token without exp.
 */
export function readTimes({ iat, exp }) {
  return { issuedMs: readInstant(iat), expiresMs: exp === undefined ? Infinity : readInstant(exp) };
}

function readInstant(value) {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^\s?-?\d{1,20}(\.\d{1,20})?\s?$/.test(value));
  const number = isNumber ? Number(value) : NaN;
  if (!Number.isFinite(number)) return undefined;
  return Math.abs(number) >= MAX_SECONDS ? number : number * 1000;
}

/** The same as text: a list of names and texts. */
export function describeTimes({ issuedMs, expiresMs }, nowMs) {
  const lifetimeMs = expiresMs - issuedMs;
  // Before the token is issued, its whole lifetime remains.
  const leftMs = expiresMs - Math.max(nowMs, issuedMs ?? nowMs);
  return [
    ['Issued (iat)', describeInstant(issuedMs)],
    ['Expires (exp)', describeInstant(expiresMs)],
    ['Now', describeInstant(nowMs)],
    ['Lifetime', expiresMs === Infinity ? 'unlimited' : describeLength(lifetimeMs)],
    ['Remaining', expiresMs === Infinity ? 'unlimited' : describeLength(leftMs)],
  ];
}

export function createTimeline(place) {
  const svg = make('svg', { role: 'img' });
  place.append(svg);

  return {
    draw(times, nowMs) {
      const { issuedMs, expiresMs } = times;
      const width = place.clientWidth;
      if (width === 0) return;
      const known = [issuedMs, nowMs, expiresMs].filter(Number.isFinite);
      const [first, last] = [Math.min(...known), Math.max(...known)];
      const x = (ms) => {
        if (ms === Infinity) return width;
        // There is no scale when only one point in time is known.
        return last > first ? MARGIN + ((ms - first) / (last - first)) * (width - 2 * MARGIN) : width / 2;
      };
      const labels = [
        { atMs: issuedMs, text: describeIssued(issuedMs, nowMs) },
        { atMs: expiresMs, text: describeExpires(expiresMs, nowMs) },
      ];
      svg.setAttribute('aria-label', `Timeline: ${labels.map(({ text }) => text).join(', ')}.`);
      svg.replaceChildren(make('line', { class: 'axis', x1: 0, x2: width, y1: MIDDLE, y2: MIDDLE }), ...drawLife());
      const height = drawLabels() + 8;
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      svg.setAttribute('height', height);

      function drawLife() {
        if (expiresMs === undefined || expiresMs <= issuedMs) return [];
        const from = issuedMs === undefined ? 0 : x(issuedMs);
        const isOver = expiresMs <= nowMs;
        const open = issuedMs === undefined ? ' open' : '';
        const left = x(Math.max(nowMs, issuedMs ?? nowMs));
        return [
          drawBar(`life${isOver ? ' over' : ''}${open}`, from, x(expiresMs), isOver ? 'expired' : 'lifetime'),
          ...(isOver ? [] : [drawBar('rest-of-life', left, x(expiresMs), 'remaining lifetime')]),
        ];
      }

      // The label of "now" is above the bar, and the other two are below it. If they would overlap, the later one goes one
      // row down. Returns the y of the lowest row.
      function drawLabels() {
        const below = labels.filter(({ atMs }) => atMs !== undefined).sort((one, other) => one.atMs - other.atMs);
        let takenTo = -Infinity;
        let bottom = ROWS[0];
        const stems = make('g');
        svg.append(stems);
        for (const { atMs, text } of below) {
          const { node, from, to } = addLabel(text, x(atMs), 'instant-label');
          const y = ROWS[from < takenTo ? 1 : 0];
          bottom = Math.max(bottom, y);
          node.setAttribute('y', y);
          takenTo = to + GAP;
          if (atMs !== Infinity)
            stems.append(make('line', { class: 'stem', x1: x(atMs), x2: x(atMs), y1: BAR.y - 4, y2: y - 12 }));
        }
        svg.append(
          make('line', { class: 'now', x1: x(nowMs), x2: x(nowMs), y1: BAR.y - 10, y2: BAR.y + BAR.height + 6 }),
        );
        addLabel('now', x(nowMs), 'instant-label now-label').node.setAttribute('y', BAR.y - 16);
        return bottom;
      }

      /** Adds a label as close to its point in time as possible without cutting it off. */
      function addLabel(text, at, className) {
        const node = label(text, 0, 0, className);
        svg.append(node);
        const length = node.getComputedTextLength();
        const from = Math.max(2, Math.min(width - length - 2, at - length / 2));
        node.setAttribute('x', from);
        return { node, from, to: from + length };
      }
    },
  };
}

function drawBar(className, from, to, title) {
  const attributes = { class: className, x: from, y: BAR.y, width: Math.max(to - from, 3), height: BAR.height, rx: 4 };
  return make('rect', attributes, title);
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function describeIssued(issuedMs, nowMs) {
  return issuedMs === undefined ? 'issued: unknown' : `issued ${describeDistance(issuedMs, nowMs)}`;
}

function describeExpires(expiresMs, nowMs) {
  if (expiresMs === undefined) return 'expires: unknown';
  if (expiresMs === Infinity) return 'never expires';
  return `${expiresMs > nowMs ? 'expires' : 'expired'} ${describeDistance(expiresMs, nowMs)}`;
}

function describeDistance(atMs, nowMs) {
  const distance = describeDuration(Math.abs(atMs - nowMs));
  return atMs > nowMs ? `in ${distance}` : `${distance} ago`;
}

function describeLength(ms) {
  if (Number.isNaN(ms)) return 'unknown';
  return ms > 0 ? describeDuration(ms) : 'none';
}

function describeInstant(ms) {
  if (ms === undefined) return 'unknown';
  if (ms === Infinity) return 'never';
  if (Math.abs(ms) > MAX_DATE_MS) return 'out of range';
  // 2026-01-31 12:00:00 UTC
  return `${new Date(ms).toISOString().slice(0, -5).replace('T', ' ')} UTC`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** With at most two units: `14 minutes 3 seconds`, `2 days 1 hour`, `56 years`. */
function describeDuration(ms) {
  const s = Math.ceil(ms / 1000);
  if (s >= 2 * 365 * 86_400) {
    const years = Math.floor(s / (365.2425 * 86_400));
    return years < 10_000 ? `${years} years` : 'thousands of years';
  }
  const index = Math.max(
    0,
    UNITS.findIndex(([, unitS]) => s >= unitS),
  );
  const [[name, unitS], [smallName, smallS] = []] = UNITS.slice(s < 1 ? 3 : index);
  const small = smallS === undefined ? 0 : Math.floor((s % unitS) / smallS);
  const count = Math.floor(s / unitS);
  return `${plural(count, name)}${small > 0 && count < 30 ? ` ${plural(small, smallName)}` : ''}`;
}

const plural = (count, name) => `${count} ${name}${count === 1 ? '' : 's'}`;
