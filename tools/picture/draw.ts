// The life of a visitor's tokens: four lanes over one time axis.
import * as Plot from '@observablehq/plot';
import { drawPicture, type Key } from '../charts/picture.js';
import { WIDTH, widthOf } from '../charts/style.js';
import { describe, nameSeconds } from './describe.js';
import { readInstants, readSignedIn, readTokens, type Recording } from './recording.js';

// The frame of the time axis. Lanes are wider.
const [LEFT, RIGHT] = [30, WIDTH - 40];
const [TOP, HEAD, GAP, AXIS] = [46, 36, 8, 38];
// The height of a lane below its head, and of a token in it: a label, then the bar.
const [STRIP, ROW, BAR_AT, BAR] = [32, 52, 30, 14];
const STEP_MS = 20_000;

const COLORS = {
  light: { lane: '#f3f5f8', token: '#1158c7', visitor: '#17702f', refused: '#c4261d' },
  dark: { lane: '#1b212a', token: '#6cb0ff', visitor: '#4fc565', refused: '#ff8a80' },
} as const;

const LABELS = {
  'sign-in': 'Sign-in: the first token',
  renewal: 'Renewed ahead of time',
  invalid_auth: 'A fresh one, at once',
};

type Pen = Pick<CanvasPath, 'moveTo' | 'lineTo'>;
const TICK = {
  draw(context: Pen) {
    context.moveTo(-7, 0);
    context.lineTo(-2, 5);
    context.lineTo(7, -6);
  },
};
const CROSS = {
  draw(context: Pen) {
    context.moveTo(-6, -6);
    context.lineTo(6, 6);
    context.moveTo(6, -6);
    context.lineTo(-6, 6);
  },
};

/** @throws Error if the recording is not of a visitor who signs in and out */
export function drawLife(recording: Recording): string {
  const tokens = readTokens(recording);
  const signedIn = readSignedIn(recording);
  const endMs = Math.max(...tokens.map(({ expiresMs }) => expiresMs), ...signedIn.map(([, untilMs]) => untilMs));

  const endpoint = TOP + HEAD;
  const library = endpoint + STRIP + GAP + HEAD;
  const zendesk = library + ROW * tokens.length + GAP + HEAD;
  const visitor = zendesk + STRIP + GAP + HEAD;
  const bottom = visitor + STRIP;
  const lanes = [
    { name: 'Your token endpoint', top: endpoint, keys: [key('token', '●', 'is asked for a token')] },
    { name: 'This library', top: library, keys: [key('token', '■', 'token in use'), key('token', '□', 'not used')] },
    {
      name: 'Zendesk’s messenger',
      top: zendesk,
      keys: [key('visitor', '✓', 'accepts it'), key('refused', '✕', 'refuses it')],
    },
    { name: 'The visitor', top: visitor, keys: [key('visitor', '■', 'signed in')] },
  ].map((lane) => ({ ...lane, bottom: lane.top + (lane.top === library ? ROW * tokens.length : STRIP) }));
  const [requestAt, verdictAt] = [endpoint + STRIP / 2, zendesk + STRIP / 2];
  const rows = tokens.map((token, row) => ({ ...token, y: library + ROW * row + BAR_AT }));
  const refusals = rows.flatMap(({ refusedMs, y }) => (refusedMs === undefined ? [] : [{ x: refusedMs, y }]));

  const labels = rows.map(({ why, requestedMs, refusedMs, y }) => {
    const text = LABELS[why] + (refusedMs === undefined ? '' : ', then revoked');
    return { text, x: requestedMs, y: y - 8 };
  });
  labels.push({ text: 'signs out', x: signedIn.at(-1)![1], y: visitor + 23 });
  const fits = ({ text, x }: (typeof labels)[number]) =>
    LEFT + ((RIGHT - LEFT) * x) / endMs + 9 + widthOf(text) <= WIDTH - 20;
  const labelStyle = {
    text: 'text',
    y: 'y',
    lineAnchor: 'bottom',
    fill: 'var(--ink)',
    stroke: 'var(--lane)',
    strokeWidth: 5,
  } as const;

  const steps = Array.from({ length: Math.floor(endMs / STEP_MS) + 1 }, (_, i) => i * STEP_MS);
  const way = { x: 'x', y1: 'y1', y2: 'y2', strokeWidth: 1.5 };
  const crosses = [...refusals.map(({ x, y }) => ({ x, y: y + BAR / 2 })), ...points('token-refused')];
  const symbols = { x: 'x', y: 'y', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

  function points(type: 'login-accepted' | 'token-refused') {
    return readInstants(recording, type).map((x) => ({ x, y: verdictAt }));
  }

  return drawPicture(
    {
      height: bottom + AXIS,
      marginTop: 0,
      marginLeft: LEFT,
      marginRight: WIDTH - RIGHT,
      marginBottom: AXIS,
      x: { domain: [0, endMs], axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        Plot.rect(lanes, {
          className: 'lane',
          y1: ({ top }: { top: number }) => top - HEAD,
          y2: 'bottom',
          insetLeft: 8 - LEFT,
          insetRight: 8 - WIDTH + RIGHT,
          rx: 8,
          fill: 'var(--lane)',
        }),
        Plot.ruleX(steps, { className: 'grid', y1: endpoint, y2: bottom, stroke: 'var(--quiet)', strokeOpacity: 0.25 }),
        Plot.axisX(steps, { className: 'quiet', tickFormat: nameSeconds, tickSize: 0, label: null }),
        Plot.ruleX(
          rows.flatMap(({ requestedMs, signInsMs, y }) => [
            { x: requestedMs, y1: requestAt, y2: y },
            ...signInsMs.map((x) => ({ x, y1: y + BAR, y2: verdictAt })),
          ]),
          { ...way, className: 'way', stroke: 'var(--quiet)' },
        ),
        // Over the others, because the next token is requested at the same time.
        Plot.ruleX(
          refusals.map(({ x, y }) => ({ x, y1: y + BAR, y2: verdictAt })),
          { ...way, className: 'no-way', stroke: 'var(--refused)' },
        ),
        // Keeps the heads free of lines.
        Plot.rect(lanes, {
          className: 'head',
          y1: ({ top }: { top: number }) => top - HEAD + 4,
          y2: 'top',
          insetLeft: 20 - LEFT,
          fill: 'var(--lane)',
        }),
        Plot.dot(rows, { className: 'request', x: 'requestedMs', y: requestAt, r: 6, fill: 'var(--token)' }),
        Plot.rect(rows, {
          className: 'rest',
          ...bar('endMs', 'expiresMs'),
          fill: 'var(--lane)',
          stroke: 'var(--token)',
          strokeWidth: 1.5,
          strokeDasharray: '4 3',
        }),
        Plot.rect(rows, { className: 'token', ...bar('requestedMs', 'endMs'), fill: 'var(--token)' }),
        Plot.rect(
          signedIn.map(([fromMs, untilMs]) => ({ fromMs, untilMs, y: visitor + 9 })),
          { className: 'visitor', ...bar('fromMs', 'untilMs'), fill: 'var(--visitor)' },
        ),
        Plot.dot(points('login-accepted'), {
          className: 'tick',
          ...symbols,
          symbol: TICK,
          stroke: 'var(--visitor)',
          strokeWidth: 3.5,
        }),
        // With an edge, so that a cross stands out on a bar.
        Plot.dot(crosses, { className: 'edge', ...symbols, symbol: CROSS, stroke: 'var(--lane)', strokeWidth: 8 }),
        Plot.dot(crosses, {
          className: 'cross',
          ...symbols,
          symbol: CROSS,
          stroke: 'var(--refused)',
          strokeWidth: 3.5,
        }),
        Plot.text(labels.filter(fits), { ...labelStyle, x: 'x', textAnchor: 'start', dx: 9 }),
        Plot.text(
          labels.filter((label) => !fits(label)),
          { ...labelStyle, x: endMs, textAnchor: 'end', dx: WIDTH - 20 - RIGHT },
        ),
      ],
    },
    {
      title: 'The life of a visitor’s tokens',
      desc: describe(tokens, signedIn),
      lines: [
        {
          y: 32,
          name: `One visitor, ${tokens.length} tokens of ${nameSeconds(tokens[0]!.expiresMs - tokens[0]!.requestedMs)} each`,
        },
        ...lanes.map(({ name, top, keys }) => ({ y: top - HEAD + 27, name, keys })),
      ],
      colors: COLORS,
    },
  );
}

const key = (color: string, sign: string, text: string): Key => ({ color, sign, text });

const bar = (x1: string, x2: string) => ({ x1, x2, y1: 'y', y2: ({ y }: { y: number }) => y + BAR, rx: 3 });
