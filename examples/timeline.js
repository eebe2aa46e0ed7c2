// The timeline: three lanes on one time axis, with "now" in the middle. It is drawn from onEvent. The snapshot only tells
// when there is no current token any more.
import { label, make } from './svg.js';

const LANES = [
  { name: 'Token endpoint', y: 24 },
  { name: 'Current token', y: 92 },
  { name: 'Zendesk', y: 160 },
];
const BAR = { dy: 22, height: 20 };
const REST = { dy: 44, height: 4 };
const HEIGHT = 250;
const AXIS_Y = 222;
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];

// Each mark has its own shape, because color alone is not accessible. The shapes are centered on 0,0.
const SHAPES = {
  handed: { text: 'token passed to the messenger', d: 'M0 -8 L7 6 H-7 Z' },
  accepted: { text: 'accepted', d: 'M-7 0 L-2 5 L7 -6', isLine: true },
  refused: { text: 'refused', d: 'M-6 -6 L6 6 M6 -6 L-6 6', isLine: true },
  failed: { text: 'failed', d: 'M-6 -6 L6 6 M6 -6 L-6 6', isLine: true },
  'signed-out': { text: 'signed out', d: 'M-6 -6 H6 V6 H-6 Z' },
  message: { text: 'message sent', d: 'M-7 -5 H7 V5 H-1 L-5 9 V5 H-7 Z' },
  planned: { text: 'next request planned', d: 'M0 -7 L7 0 L0 7 L-7 0 Z' },
};

const LEGEND = [
  ['bar request', 'request'],
  ['bar request failed', 'failed request'],
  ['bar token', 'current token'],
  ['bar rest', 'unused lifetime'],
  ['planned'],
  ['handed'],
  ['accepted'],
  ['refused'],
  ['message'],
  ['signed-out'],
  ['bar asleep', 'asleep'],
];

export function createTimeline(place, legend, clock) {
  const requests = [];
  const tokens = [];
  const marks = [];
  const sleeps = [];
  let lifetimeMs = 60_000;
  let retryAtMs;

  const svg = make('svg', {
    role: 'img',
    'aria-label': 'Timeline of the tokens. The log shows the same events as text.',
  });
  const back = make('g');
  const moving = make('g');
  const front = make('g');
  svg.append(back, moving, front);
  place.append(svg);
  legend.append(...LEGEND.map(([kind, text]) => legendEntry(kind, text)));

  // ── The events ─────────────────────────────────────────────────────────────────────────────────────────────────────

  const mark = (kind, atMs = clock.nowMs()) => marks.push({ kind, atMs });

  function endRequest(atMs, outcome) {
    const open = requests.findLast((request) => request.endMs === undefined);
    if (open) Object.assign(open, { endMs: atMs, outcome });
  }

  function endToken(atMs, end) {
    const last = tokens.at(-1);
    if (last && last.endMs === undefined) Object.assign(last, { endMs: Math.min(atMs, last.expiresAtMs), end });
  }

  const tellers = {
    'token-requested'({ atMs }) {
      retryAtMs = undefined;
      requests.push({ startMs: atMs });
    },
    'token-received'(event) {
      endRequest(event.atMs, 'received');
      endToken(event.atMs, 'replaced');
      const expiresAtMs = event.lifetimeMs ? (requests.at(-1)?.startMs ?? event.atMs) + event.lifetimeMs : Infinity;
      tokens.push({ fromMs: event.atMs, expiresAtMs });
      if (event.lifetimeMs) lifetimeMs = event.lifetimeMs;
    },
    'renewal-planned': ({ refreshAtMs, expiresAtMs }) => Object.assign(tokens.at(-1), { refreshAtMs, expiresAtMs }),
    'token-absent': ({ atMs }) => endRequest(atMs, 'absent'),
    'token-failed'(event) {
      retryAtMs = event.retryAtMs;
      endRequest(event.atMs, 'failed');
    },
    'token-cancelled': ({ atMs }) => endRequest(atMs, 'cancelled'),
    'token-refused': ({ atMs }) => mark('refused', atMs),
    answered: ({ atMs, withToken }) => withToken && mark('handed', atMs),
    'login-accepted': ({ atMs }) => mark('accepted', atMs),
    'login-rejected': ({ atMs, code }) => code !== 'invalid_auth' && mark('failed', atMs),
    'signed-out'({ atMs }) {
      retryAtMs = undefined;
      mark('signed-out', atMs);
    },
  };

  // ── The drawing ────────────────────────────────────────────────────────────────────────────────────────────────────

  function draw() {
    const width = place.clientWidth;
    if (width === 0) return;
    const now = clock.nowMs();
    // The past shows seconds, and the future may reach an hour ahead. So each side has its own scale.
    const futureMs = Math.max(15_000, lifetimeMs * 1.15);
    // At least 15 px per second, so that events close together remain distinguishable.
    const pastMs = Math.min(futureMs, Math.max(15_000, width * 33));
    const x = (ms) => (width / 2) * (1 + (ms - now) / (ms < now ? pastMs : futureMs));
    svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    svg.setAttribute('height', HEIGHT);

    // Drops what has left the left edge.
    const goneMs = now - 240_000;
    for (const list of [requests, tokens, marks, sleeps]) {
      while (list.length > 1 && (list[0].atMs ?? list[0].toMs ?? list[0].expiresAtMs ?? list[0].endMs) < goneMs)
        list.shift();
    }

    const drawBar = (lane, className, fromMs, toMs, title, { dy, height } = BAR) => {
      const left = Math.max(x(fromMs), -20);
      const right = Math.min(x(toMs), width + 20);
      if (right < 0 || left > width) return [];
      const size = { x: left, y: LANES[lane].y + dy, width: Math.max(right - left, 3), height };
      return [make('rect', { class: className, rx: Math.min(4, size.width / 2, height / 2), ...size }, title)];
    };
    const drawMark = (kind, lane, atMs) => {
      const at = x(atMs);
      if (at < -10 || at > width + 10) return [];
      const { d, text, isLine } = SHAPES[kind];
      const middle = LANES[lane].y + BAR.dy + BAR.height / 2;
      const attributes = { class: `mark ${kind}${isLine ? ' line' : ''}`, d, transform: `translate(${at} ${middle})` };
      return [make('path', attributes, text)];
    };

    back.replaceChildren(
      ...LANES.map(({ y }) => make('rect', { class: 'lane', x: 0, y: y + BAR.dy - 6, width, height: BAR.height + 12 })),
      ...axis(width, -pastMs),
      ...axis(width, futureMs),
    );
    moving.replaceChildren(
      ...sleeps.flatMap(({ fromMs, toMs }) => {
        const left = Math.max(x(fromMs), 0);
        const sleepWidth = x(toMs) - left;
        if (sleepWidth <= 0) return [];
        const top = LANES[0].y + BAR.dy - 6;
        return [make('rect', { class: 'asleep', x: left, y: top, width: sleepWidth, height: AXIS_Y - top }, 'asleep')];
      }),
      ...tokens.flatMap(({ fromMs, expiresAtMs, endMs = expiresAtMs, end }) => {
        const isOver = end === undefined && expiresAtMs <= now;
        return [
          ...(end === 'replaced' && endMs < expiresAtMs
            ? drawBar(1, 'rest', endMs, expiresAtMs, 'was still valid', REST)
            : []),
          ...drawBar(1, `token${isOver ? ' over' : ''}`, fromMs, endMs, isOver ? 'expired' : 'current token'),
        ];
      }),
      // A planned request that was never sent is not shown.
      ...tokens
        .filter(({ refreshAtMs, endMs = Infinity }) => refreshAtMs <= endMs)
        .flatMap(({ refreshAtMs }) => drawMark('planned', 1, refreshAtMs)),
      ...requests.flatMap(({ startMs, endMs = now, outcome = 'open' }) => [
        ...drawBar(0, `request ${outcome}`, startMs, endMs, `request: ${outcome}`),
        ...(outcome === 'failed' ? drawMark('failed', 0, endMs) : []),
      ]),
      ...(retryAtMs === undefined ? [] : drawMark('planned', 0, retryAtMs)),
      ...spread(marks, (2 * pastMs) / width, now).flatMap(({ kind, shownAtMs }) => drawMark(kind, 2, shownAtMs)),
    );
    front.replaceChildren(
      make('line', { class: 'now', x1: width / 2, x2: width / 2, y1: LANES[0].y + BAR.dy - 10, y2: AXIS_Y }),
      label('now', width / 2, AXIS_Y + 18, 'now-label'),
      ...LANES.map(({ name, y }) => label(name, 0, y + BAR.dy - 12, 'lane-label')),
    );
  }

  /** One half of the axis. `spanMs` is negative for the past. */
  function axis(width, spanMs) {
    const half = width / 2;
    // Ticks are at least 64 px apart.
    const stepS = STEPS_S.find((step) => ((step * 1000) / Math.abs(spanMs)) * half >= 64) ?? 3600;
    const nodes = [
      make('line', { class: 'axis', x1: half, x2: half + Math.sign(spanMs) * half, y1: AXIS_Y, y2: AXIS_Y }),
    ];
    for (let s = stepS; s * 1000 < Math.abs(spanMs); s += stepS) {
      const at = half * (1 + (s * 1000 * Math.sign(spanMs)) / Math.abs(spanMs));
      nodes.push(make('line', { class: 'axis', x1: at, x2: at, y1: AXIS_Y, y2: AXIS_Y + 4 }));
      if (at > 24 && at < width - 24)
        nodes.push(label(`${spanMs < 0 ? '−' : '+'}${short(s)}`, at, AXIS_Y + 18, 'tick'));
    }
    return nodes;
  }

  // With reduced motion, it is redrawn once per second.
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  let drawnAt = -Infinity;
  let isChanged = true;
  requestAnimationFrame(function frame(at) {
    if (isChanged || at - drawnAt >= (isCalm.matches ? 1000 : 33)) {
      drawnAt = at;
      isChanged = false;
      draw();
    }
    requestAnimationFrame(frame);
  });

  return {
    /** Adds an event of the library. */
    tell(event) {
      tellers[event.type]?.(event);
      isChanged = true;
    },
    /** Ends the token's bar when the library's snapshot has no token any more. */
    see({ expiresAtMs }) {
      if (expiresAtMs === undefined && tokens.at(-1)?.expiresAtMs < Infinity) endToken(clock.nowMs(), 'ended');
      isChanged = true;
    },
    mark(kind) {
      mark(kind);
      isChanged = true;
    },
    /** Shows that the page sleeps for `ms` from now. Call this before the clock advances. */
    sleep(ms) {
      sleeps.push({ fromMs: clock.nowMs(), toMs: clock.nowMs() + ms });
    },
  };
}

// Moves marks that are milliseconds apart side by side, so that all are visible, but none into the future.
function spread(marks, msPerPixel, now) {
  const shown = marks.map((mark) => ({ ...mark, shownAtMs: mark.atMs }));
  const gapMs = 17 * msPerPixel;
  let earliest = -Infinity;
  for (const mark of shown) earliest = (mark.shownAtMs = Math.max(mark.shownAtMs, earliest)) + gapMs;
  let latest = now - 9 * msPerPixel;
  for (const mark of shown.reverse()) latest = (mark.shownAtMs = Math.min(mark.shownAtMs, latest)) - gapMs;
  return shown;
}

const short = (s) => (s < 120 ? `${s} s` : `${s / 60} min`);

function legendEntry(kind, text) {
  const entry = document.createElement('li');
  const icon = make('svg', { viewBox: '-11 -11 22 22', width: 22, height: 22, 'aria-hidden': 'true' });
  const [isBar, ...names] = kind.split(' ');
  if (isBar === 'bar')
    icon.append(make('rect', { class: names.join(' '), x: -10, y: -6, width: 20, height: 12, rx: 3 }));
  else icon.append(make('path', { class: `mark ${kind}${SHAPES[kind].isLine ? ' line' : ''}`, d: SHAPES[kind].d }));
  entry.append(icon, text ?? SHAPES[kind].text);
  return entry;
}
