// The life of a visitor's tokens, as an SVG: four lanes over one axis of time.
import { WIDTH, widthOf } from '../simulate/style.js';
import { line, paper, round, svg, text } from '../simulate/svg.js';
import { readInstants, readSignedIn, readTokens, type Recording, type TokenLife } from './recording.js';
import { STYLE } from './style.js';

// Text goes from edge to edge; time begins a little later, for what is drawn around an instant.
const [LEFT, START, RIGHT] = [20, 30, WIDTH - 24];
const [TOP, HEAD, GAP, AXIS] = [46, 36, 8, 38];
// A lane's height below its head, and a token's in it: a label, then the bar.
const [STRIP, ROW, BAR_AT, BAR] = [32, 52, 30, 14];
const STEP_MS = 20_000;

type X = (ms: number) => number;

/** @throws Error where the recording is none of a visitor who signs in and out */
export function drawLife(recording: Recording): string {
  const tokens = readTokens(recording);
  const signedIn = readSignedIn(recording);
  const lastMs = Math.max(...tokens.map(({ expiresMs }) => expiresMs), ...signedIn.map(([, untilMs]) => untilMs));
  const x: X = (ms) => round(START + ((RIGHT - START) * ms) / lastMs);

  const endpoint = TOP + HEAD;
  const library = endpoint + STRIP + GAP + HEAD;
  const zendesk = library + ROW * tokens.length + GAP + HEAD;
  const visitor = zendesk + STRIP + GAP + HEAD;
  const bottom = visitor + STRIP;
  const barOf = (row: number) => library + ROW * row + BAR_AT;
  const [askedAt, takenAt] = [endpoint + STRIP / 2, zendesk + STRIP / 2];

  const title = `One visitor, ${count(tokens.length)} tokens`;
  return svg(WIDTH, bottom + AXIS, 'The life of a visitor’s tokens', describe(tokens, signedIn), STYLE, [
    paper(WIDTH, bottom + AXIS),
    text(LEFT, 32, `${title} of ${seconds(tokens[0]!.expiresMs - tokens[0]!.requestedMs)} each`, 'name'),
    drawLane(endpoint, library - HEAD - GAP),
    drawLane(library, zendesk - HEAD - GAP),
    drawLane(zendesk, visitor - HEAD - GAP),
    drawLane(visitor, bottom),
    ...drawAxis(x, lastMs, endpoint, bottom),
    ...tokens.flatMap(({ requestedMs, signInsMs }, row) => [
      line(x(requestedMs), askedAt, x(requestedMs), barOf(row), 'way'),
      ...signInsMs.map((ms) => line(x(ms), barOf(row) + BAR, x(ms), takenAt, 'way')),
    ]),
    // Over the others: the token that follows is asked for in the same moment.
    ...tokens.flatMap(({ refusedMs: ms }, row) =>
      ms === undefined ? [] : [line(x(ms), barOf(row) + BAR, x(ms), takenAt, 'no-way')],
    ),
    ...drawHead(endpoint, 'Your token endpoint', ['token', '●', 'is asked for a token']),
    ...tokens.map(({ requestedMs }) => `<circle class="token" cx="${x(requestedMs)}" cy="${askedAt}" r="6"/>`),
    ...drawHead(library, 'This library', ['token', '■', 'token in use'], ['token', '□', 'not used']),
    ...tokens.flatMap((token, row) => drawToken(token, x, barOf(row))),
    ...drawHead(zendesk, 'Zendesk’s messenger', ['visitor', '✓', 'accepts it'], ['refused', '✕', 'refuses it']),
    ...readInstants(recording, 'login-accepted').map((ms) => tick(x(ms), takenAt)),
    ...readInstants(recording, 'token-refused').map((ms) => cross(x(ms), takenAt)),
    ...drawHead(visitor, 'The visitor', ['visitor', '■', 'signed in']),
    ...signedIn.map(([fromMs, untilMs]) => bar('visitor', x(fromMs), visitor + 9, x(untilMs) - x(fromMs))),
    ...label(x(signedIn.at(-1)![1]) + 10, visitor + 23, 'signs out'),
  ]);
}

const drawLane = (top: number, bottom: number) =>
  `<rect class="lane" x="8" y="${top - HEAD}" width="${WIDTH - 16}" height="${HEAD + bottom - top}" rx="8"/>`;

/** A lane's name, and what is drawn in it. No line runs through it. */
function drawHead(top: number, name: string, ...keys: readonly [kind: string, sign: string, meaning: string][]) {
  const legend = keys.map(
    ([kind, sign, meaning]) =>
      `<tspan class="quiet" dx=".8em"><tspan class="${kind}">${sign}</tspan> ${meaning}</tspan>`,
  );
  return [
    `<rect class="lane" x="${LEFT}" y="${top - HEAD + 4}" width="${RIGHT - LEFT}" height="${HEAD - 4}"/>`,
    text(LEFT, top - HEAD + 27, `<tspan class="name">${name}</tspan>${legend.join('')}`),
  ];
}

function drawAxis(x: X, lastMs: number, top: number, bottom: number): string[] {
  const steps = Array.from({ length: Math.floor(lastMs / STEP_MS) + 1 }, (_, index) => index * STEP_MS);
  return steps.flatMap((ms) => {
    const fits = x(ms) + widthOf(seconds(ms)) / 2 <= RIGHT;
    const name = fits
      ? text(x(ms), bottom + 28, seconds(ms), 'quiet middle')
      : text(RIGHT, bottom + 28, seconds(ms), 'quiet end');
    return [line(x(ms), top, x(ms), bottom + 6, 'grid'), name];
  });
}

/** What is used of it is filled; what is left of it then is an outline. */
function drawToken({ why, requestedMs, refusedMs, endMs, expiresMs }: TokenLife, x: X, y: number): string[] {
  const left = x(requestedMs);
  const isRefused = refusedMs !== undefined;
  const words = {
    'sign-in': 'Sign-in: the first token',
    renewal: 'Renewed ahead of time',
    invalid_auth: 'A fresh one, at once',
  };
  return [
    ...label(left + 9, y - 8, words[why], isRefused ? ', then revoked' : ''),
    bar('rest', x(endMs), y, x(expiresMs) - x(endMs)),
    bar('token', left, y, x(endMs) - left),
    ...(isRefused ? [cross(x(refusedMs), y + BAR / 2)] : []),
  ];
}

/** From there, or where it would not fit, up to the picture's edge. */
function label(left: number, y: number, content: string, bad = ''): string[] {
  const fits = left + widthOf(content + bad) <= RIGHT;
  const whole = content + (bad && `<tspan class="refused">${bad}</tspan>`);
  return [fits ? text(left, y, whole, 'over') : text(RIGHT, y, whole, 'over end')];
}

const bar = (kind: string, x: number, y: number, width: number) =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${round(width)}" height="${BAR}" rx="3"/>`;
const tick = (x: number, y: number) => `<path class="tick" d="M${round(x - 7)} ${y}l5 5 9-11"/>`;
/** On what is around it, so that it is seen on a bar, too. */
const cross = (x: number, y: number) =>
  ['edge', 'cross'].map((kind) => `<path class="${kind}" d="M${round(x - 6)} ${y - 6}l12 12m0-12l-12 12"/>`).join('');

function describe(tokens: readonly TokenLife[], signedIn: ReturnType<typeof readSignedIn>): string {
  const begins = { 'sign-in': 'for the sign-in', renewal: 'as a renewal', invalid_auth: 'after the refusal' };
  const lives = tokens.map(({ why, requestedMs, refusedMs, endMs, expiresMs }) => {
    const isRefused = refusedMs !== undefined;
    const end = isRefused ? `refused by Zendesk at ${seconds(refusedMs)}` : `in use until ${seconds(endMs)}`;
    const fetched = `A token is fetched at ${seconds(requestedMs)} ${begins[why]}, ${end}`;
    return `${fetched}; it would have expired at ${seconds(expiresMs)}.`;
  });
  const spans = signedIn.map(([fromMs, untilMs]) => `from ${seconds(fromMs)} to ${seconds(untilMs)}`);
  return [...lives, `The visitor is signed in ${spans.join(' and ')}.`].join(' ');
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
const count = (n: number) => ['no', 'one', 'two', 'three', 'four', 'five', 'six'][n] ?? String(n);
