// The life of a visitor's tokens, as an SVG for light and dark pages.
import { type Recording, readSignedIn, readTokens, type TokenLife } from './recording.js';

export const COLOURS = {
  light: {
    paper: '#ffffff',
    ink: '#24292f',
    quiet: '#57606a',
    token: '#1f6feb',
    visitor: '#1a7f37',
    refused: '#c4261d',
  },
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    quiet: '#9da7b3',
    token: '#58a6ff',
    visitor: '#3fb950',
    refused: '#ff7b72',
  },
};

const [WIDTH, MARGIN, TOP, ROW] = [760, 20, 52, 46];
const BAR = 14;

const TEXTS: Readonly<Record<TokenLife['why'], string>> = {
  'sign-in': 'The visitor signs in: your endpoint is asked, and Zendesk gets the token',
  renewal: 'Renewed before its end, and handed over',
  refusal: 'A fresh one at once, before the visitor notices',
};

const variables = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

const STYLE = `<style>
svg{${variables(COLOURS.light)}}
@media (prefers-color-scheme:dark){svg{${variables(COLOURS.dark)}}}
.paper{fill:var(--paper)}
text{font:15px system-ui,sans-serif;fill:var(--ink)}
.title{font-size:17px;font-weight:600}
.quiet{fill:var(--quiet)}
.refused{fill:var(--refused);font-weight:600}
.end{text-anchor:end}
.middle{text-anchor:middle}
.token{fill:var(--token)}
.rest{fill:none;stroke:var(--token);stroke-dasharray:4 3}
.visitor{fill:var(--visitor)}
.grid{stroke:var(--quiet);stroke-opacity:.35}
.hand{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
.cross{stroke:var(--refused);stroke-width:3}
</style>`;

export function drawLife(recording: Recording): string {
  const tokens = readTokens(recording);
  const [inMs, outMs] = readSignedIn(recording);
  const lastMs = Math.max(outMs, ...tokens.map(({ expiresMs }) => expiresMs));
  const x = (ms: number) => round(MARGIN + ((WIDTH - 2 * MARGIN) * ms) / lastMs);
  const yOf = (row: number) => TOP + ROW * row;
  const bottom = yOf(tokens.length + 1) + 6;
  const name = (ms: number) => `${Math.round(ms / 1000)} s`;

  const parts = [
    `<rect class="paper" width="${WIDTH}" height="${bottom + 66}" rx="8"/>`,
    text(
      MARGIN,
      30,
      `One visitor, ${count(tokens.length)} tokens that live for ${name(recording.lifetimeMs)} each`,
      'title',
    ),
  ];
  const stepMs = 20_000;
  for (let ms = 0; ms <= lastMs; ms += stepMs) {
    parts.push(
      `<line class="grid" x1="${x(ms)}" x2="${x(ms)}" y1="${TOP - 8}" y2="${bottom}"/>`,
      text(x(ms), bottom + 16, name(ms), `quiet ${ms === 0 ? '' : 'middle'}`.trim()),
    );
  }
  tokens.forEach((token, row) => {
    const y = yOf(row);
    parts.push(...label(x(token.requestedMs), y + 12, TEXTS[token.why]));
    parts.push(...drawToken(token, x, y + 18));
    if (token.refusedMs !== undefined) {
      parts.push(text(x(token.refusedMs) + 14, y + 30, 'Revoked: Zendesk answers 401', 'refused'));
    }
  });
  const y = yOf(tokens.length);
  parts.push(
    text(x(inMs), y + 12, 'Signed in to the messenger, without a break'),
    bar('visitor', x(inMs), y + 18, x(outMs) - x(inMs)),
    text(x(outMs) + 8, y + 30, 'The visitor signs out', 'quiet'),
    ...drawLegend(bottom + 44),
  );
  const desc = describe(tokens, [inMs, outMs], name);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 66}" width="${WIDTH}" height="${bottom + 66}" role="img" aria-labelledby="title desc">
<title id="title">The life of a visitor's tokens</title>
<desc id="desc">${desc}</desc>
${STYLE}
${parts.join('\n')}
</svg>
`;
}

/** What is used of it is filled; what is left when another takes its place is an outline. */
function drawToken(token: TokenLife, x: (ms: number) => number, y: number): string[] {
  const { requestedMs, handedMs, refusedMs, endMs, expiresMs } = token;
  const middle = y + BAR / 2;
  return [
    ...(refusedMs === undefined ? [bar('rest', x(requestedMs), y, x(expiresMs) - x(requestedMs))] : []),
    bar('token', x(requestedMs), y, x(endMs) - x(requestedMs)),
    `<circle class="hand" cx="${x(handedMs)}" cy="${middle}" r="5"/>`,
    ...(refusedMs === undefined ? [] : [cross(x(refusedMs), middle)]),
  ];
}

const cross = (cx: number, cy: number) => `<path class="cross" d="M${round(cx - 6)} ${cy - 6}l12 12m0-12l-12 12"/>`;

function drawLegend(y: number): string[] {
  const items: [mark: string, width: number, name: string][] = [
    [bar('token', 0, y - 12, 22), 22, 'a token in use'],
    [bar('rest', 0, y - 12, 22), 22, 'not needed'],
    [`<circle class="hand" cx="6" cy="${y - 5}" r="5"/>`, 12, 'handed to Zendesk'],
    [cross(6, y - 5), 12, 'refused by Zendesk'],
  ];
  let left = MARGIN;
  return items.map(([mark, width, name]) => {
    const item = `<g transform="translate(${left} 0)">${mark}${text(width + 7, y, name, 'quiet')}</g>`;
    left += width + 7 + widthOf(name) + 18;
    return item;
  });
}

/** From its bar's start, or where it would not fit, up to the picture's edge. */
function label(left: number, y: number, content: string): string[] {
  const fits = left + widthOf(content) <= WIDTH - MARGIN;
  return [fits ? text(left, y, content) : text(WIDTH - MARGIN, y, content, 'end')];
}

/** At 15 px, in any system's font: rather too much. */
export const widthOf = (content: string) => content.length * 8.2;

function describe(
  tokens: readonly TokenLife[],
  [inMs, outMs]: readonly [number, number],
  name: (ms: number) => string,
) {
  const lives = tokens.map(({ why, requestedMs, refusedMs, endMs, expiresMs }) => {
    const end = refusedMs === undefined ? `in use until ${name(endMs)}` : `refused by Zendesk at ${name(refusedMs)}`;
    const begin = { 'sign-in': 'for the sign-in', renewal: 'as a renewal', refusal: 'after the refusal' }[why];
    return `A token is fetched at ${name(requestedMs)} ${begin}, ${end}; it would have expired at ${name(expiresMs)}.`;
  });
  return [...lives, `The visitor is signed in from ${name(inMs)} to ${name(outMs)} without a break.`].join(' ');
}

const bar = (kind: string, x: number, y: number, width: number) =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${round(width)}" height="${BAR}" rx="3"/>`;
const text = (x: number, y: number, content: string, kind = '') =>
  `<text x="${round(x)}" y="${y}"${kind && ` class="${kind}"`}>${content}</text>`;
const round = (n: number) => Math.round(n * 10) / 10;
const count = (n: number) => ['no', 'one', 'two', 'three', 'four', 'five', 'six'][n] ?? String(n);
