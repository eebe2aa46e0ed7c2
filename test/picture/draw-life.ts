// The picture of one visit: a lane for each token, and one for the visitor.
import * as Plot from '@observablehq/plot';
import { drawPicture, type Key } from '../../tools/charts/picture.js';
import { type Life, readTokens, type TokenLife } from './read-life.js';

export const PICTURE = 'docs/images/token-life.svg';

const COLORS = {
  light: { lane: '#f3f5f8', token: '#1158c7', visitor: '#17702f', refused: '#c4261d' },
  dark: { lane: '#1b212a', token: '#6cb0ff', visitor: '#4fc565', refused: '#ff8a80' },
} as const;
const KEYS: Key[][] = [
  [
    ['token', '■', 'in use'],
    ['token', '□', 'not used'],
    ['refused', '✕', 'refused'],
  ],
  [
    ['visitor', '■', 'signed in'],
    ['visitor', '○', 'Zendesk accepts a token'],
  ],
];
const REASONS = {
  'sign-in': 'requested for the sign-in',
  renewal: 'a renewal before expiry',
  invalid_auth: 'requested at once after the refusal',
};
const VISITOR = 'The visitor: signed in until the sign-out';
const STEP_MS = 20_000;
const [TOP, LANE, BOTTOM] = [116, 64, 40];

export function drawLife(life: Life): string {
  const tokens = readTokens(life).map((token, i) => ({ ...token, lane: nameLane(token, i) }));
  const lifetimeMs = tokens[0]!.expiresMs - tokens[0]!.requestedMs;
  const lanes = [...tokens.map(({ lane }) => lane), VISITOR];
  const endMs = Math.max(...tokens.map(({ expiresMs }) => expiresMs));
  const steps = Array.from({ length: Math.floor(endMs / STEP_MS) + 1 }, (_, i) => i * STEP_MS);
  const refusals = tokens.filter(({ isRefused }) => isRefused);
  const signedIn = life.signedIn.map(([fromMs, untilMs]) => ({ fromMs, untilMs, lane: VISITOR }));
  const accepted = life.events.flatMap(({ type, atMs }) =>
    type === 'login-accepted' ? [{ atMs, lane: VISITOR }] : [],
  );
  const lane = { y: lanes, inset: 3, insetLeft: -22, insetRight: -32 };
  const label = { frameAnchor: 'left', dx: -10, dy: -12, strokeWidth: 5 } as const;
  const bar = { y: 'lane', insetTop: 36, insetBottom: 12, rx: 3 };
  const unused = { fill: 'var(--lane)', stroke: 'var(--token)', strokeDasharray: '4 3' };
  const mark = { y: 'lane', dy: 12, r: 7, strokeWidth: 3.5 };
  const ring = { ...mark, fill: 'var(--lane)', stroke: 'var(--visitor)' };
  const cross = { ...mark, x: 'endMs', symbol: 'times' } as const;
  const margins = { marginTop: TOP, marginRight: 40, marginBottom: BOTTOM, marginLeft: 30 };
  return drawPicture(
    {
      height: TOP + LANE * lanes.length + BOTTOM,
      ...margins,
      x: { domain: [0, endMs], axis: null },
      y: { domain: lanes, axis: null, padding: 0 },
      marks: [
        Plot.barX(lanes, { ...lane, className: 'lane', x1: 0, x2: endMs, rx: 8, fill: 'var(--lane)' }),
        Plot.ruleX(steps, { className: 'grid', stroke: 'var(--quiet)', strokeOpacity: 0.25 }),
        Plot.axisX(steps, { className: 'quiet', tickFormat: nameSeconds, tickSize: 0, label: null }),
        Plot.text(lanes, { ...label, y: lanes, text: lanes, fill: 'var(--ink)', stroke: 'var(--lane)' }),
        Plot.barX(tokens, { ...bar, ...unused, className: 'rest', x1: 'endMs', x2: 'expiresMs' }),
        Plot.barX(tokens, { ...bar, className: 'token', x1: 'requestedMs', x2: 'endMs', fill: 'var(--token)' }),
        Plot.barX(signedIn, { ...bar, className: 'visitor', x1: 'fromMs', x2: 'untilMs', fill: 'var(--visitor)' }),
        Plot.dot(accepted, { ...ring, className: 'accepted', x: 'atMs' }),
        // With an edge, so that a cross stands out on a bar.
        Plot.dot(refusals, { ...cross, className: 'edge', stroke: 'var(--lane)', strokeWidth: 8 }),
        Plot.dot(refusals, { ...cross, className: 'cross', stroke: 'var(--refused)' }),
      ],
    },
    {
      title: 'The life of a visitor’s tokens',
      desc: describe(tokens, life),
      lines: [`One visitor, ${tokens.length} tokens of ${nameSeconds(lifetimeMs)} each`, ...KEYS],
      colors: COLORS,
    },
  );
}

const nameSeconds = (ms: number) => `${Math.round(ms / 1000)} s`;
const nameLane = ({ reason, isRefused }: TokenLife, at: number) =>
  `Token ${at + 1}: ${REASONS[reason]}${isRefused ? ', then revoked' : ''}`;

/** The same in words, for screen readers. */
function describe(tokens: readonly TokenLife[], { signedIn }: Life): string {
  const lives = tokens.map((token, i) => {
    const [start, end, expiry] = [token.requestedMs, token.endMs, token.expiresMs].map(nameSeconds);
    const used = `Requested at ${start}, ${token.isRefused ? 'refused at' : 'in use until'} ${end}`;
    return `${nameLane(token, i)}. ${used}, expires at ${expiry}.`;
  });
  const spans = signedIn.map((span) => `from ${span.map(nameSeconds).join(' to ')}`);
  return [...lives, `The visitor is signed in ${spans.join(' and ')}.`].join(' ');
}
