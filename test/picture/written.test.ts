// @vitest-environment jsdom
// What `npm run picture` wrote: a run takes more than a minute, so that its results are in the repository.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawLife } from '../../picture/draw.js';
import { type Recording, readSignedIn, readTokens } from '../../picture/recording.js';
import { PICTURE, RECORDING } from '../../picture/written.js';
import { type PlacedToken, placeToken } from '../../src/core/lifetime.js';
import { README, tableOf } from '../docs/read-readme.js';

const json = readFileSync(RECORDING, 'utf8');
const recording = JSON.parse(json) as Recording;
const svg = readFileSync(PICTURE, 'utf8');

it('the picture is what is drawn of the recording: if not, npm run picture', () => {
  expect(svg).toBe(drawLife(recording));
});

it('the recording knows no event that the library does not have', () => {
  const [, events] = readFileSync('src/core/events.ts', 'utf8').split('interface MessengerEventTypes {');
  const types = events!.match(/(?<=^ {2}'?)[\w-]+(?='?: )/gm);
  expect(types).toEqual(expect.arrayContaining(['asked', 'signed-out']));
  expect(types).toEqual(expect.arrayContaining([...new Set(recording.events.map(({ type }) => type))]));
});

it('it is the life that the README tells of', () => {
  const tokens = readTokens(recording);
  expect(tokens.map(({ why }) => why)).toEqual(['sign-in', 'renewal', 'invalid_auth', 'renewal']);
  // Replaced before its end, or refused, or the visitor has left.
  for (const { endMs, expiresMs } of tokens) expect(endMs).toBeLessThan(expiresMs);
  expect(tokens.filter(({ refusedMs }) => refusedMs !== undefined)).toEqual([tokens[1]]);
  expect(recording.events.filter(({ type }) => type === 'login-rejected')).toEqual([]);
  const spans = readSignedIn(recording);
  expect(spans).toHaveLength(1);
  // Until the visitor signed out, and not by a renewal that came too late.
  const [, untilMs] = spans[0]!;
  expect(Math.abs(untilMs - recording.events.at(-1)!.atMs)).toBeLessThan(100);
  const [, alt] = README.match(/!\[([^\]]*)\]\(docs\/token-life\.svg\)/)!;
  expect(alt).toContain('four tokens');
  expect(README).toContain('with tokens of a minute');
  expect(tokens.map(({ requestedMs, expiresMs }) => expiresMs - requestedMs)).toEqual(tokens.map(() => 60_000));
});

it('its tokens are renewed when the code renews them', () => {
  let placed: PlacedToken | undefined;
  let requestedMs = NaN;
  let plannedMs = NaN;
  let iat = 0;
  for (const event of recording.events) {
    if (event.type === 'token-requested') {
      requestedMs = event.atMs;
      if (event.reason === 'renewal') expect(Math.abs(requestedMs - plannedMs)).toBeLessThan(100);
    }
    if (event.type !== 'renewal-planned') continue;
    plannedMs = event.refreshAtMs;
    const token = { text: '', externalId: '', iat: ++iat, exp: iat + 60 };
    const [latest, earliest] = [0, 1].map((random) => placeToken(token, requestedMs, undefined, placed, random)) as [
      PlacedToken,
      PlacedToken,
    ];
    expect(event.expiresAtMs).toBe(latest.expiresAtMs);
    expect(plannedMs).toBeGreaterThanOrEqual(Math.floor(earliest.refreshAtMs));
    expect(plannedMs).toBeLessThanOrEqual(Math.ceil(latest.refreshAtMs));
    placed = latest;
  }
  expect(iat).toBe(4);
});

it('nothing of a token or a person is in it', () => {
  const names = [...recording.events, ...recording.visitor].flatMap((told) => Object.keys(told));
  expect([...new Set(names)].sort()).toEqual(
    ['atMs', 'expiresAtMs', 'kind', 'lifetimeMs', 'reason', 'refreshAtMs', 'type', 'withToken'].sort(),
  );
  const texts = [...recording.events, ...recording.visitor].flatMap((told) => Object.values(told));
  for (const text of texts) if (typeof text === 'string') expect(text).toMatch(/^[a-z_-]{4,20}$/);
  for (const written of [json, svg]) expect(written).not.toMatch(/eyJ|@(?!media)|demo-|\bada\b/i);
});

it('the picture is a file of its own: it runs and loads nothing', () => {
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(page.querySelector('parsererror')).toBeNull();
  const kinds = [...page.querySelectorAll('*')].map(({ localName }) => localName);
  const drawn = ['svg', 'title', 'desc', 'style', 'rect', 'line', 'circle', 'path', 'text', 'tspan'];
  expect([...new Set(kinds)].sort()).toEqual(drawn.sort());
  const attributes = [...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
  expect(attributes.filter((name) => /^(on|href|xlink|style)/.test(name))).toEqual([]);
  expect(svg).not.toMatch(/url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
  expect(svg).toContain('system-ui');
});

it.each([
  ['light', /^svg\{(.*)\}$/m],
  ['dark', /^@media \(prefers-color-scheme:dark\)\{svg\{(.*)\}\}$/m],
])('every colour can be read on what is behind it, as WCAG asks for text (AA): %s', (_scheme, declared) => {
  const colours = new Map(
    [...declared.exec(svg)![1]!.matchAll(/--(\w+):(#[\da-f]{6})/g)].map(([, name, hex]) => [name!, hex!]),
  );
  const [paper, lane] = ['paper', 'lane'].map((name) => colours.get(name)!) as [string, string];
  const drawn = ['ink', 'quiet', 'token', 'visitor', 'refused'];
  expect([...colours.keys()]).toEqual(['paper', 'lane', ...drawn]);
  for (const name of drawn) {
    for (const behind of [paper, lane]) expect(contrast(colours.get(name)!, behind), name).toBeGreaterThanOrEqual(4.5);
  }
  // A cross lies on its bar, with an edge of the lane's colour around it.
  expect(svg).toMatch(/class="edge" (d="[^"]*")\/><path class="cross" \1/);
  expect(svg).toContain('.edge{stroke:var(--lane)');
  for (const [, name] of svg.matchAll(/var\(--(\w+)\)/g)) expect([...colours.keys()]).toContain(name);
});

it('the README shows it, with a sentence for who cannot see it, and names the command', () => {
  const [, alt] = README.match(new RegExp(`!\\[([^\\]]*)\\]\\(${PICTURE}\\)`)) ?? [];
  expect(alt).toMatch(/^[A-Z][^.]{40,200}$/);
  expect(tableOf('Command').map(([command]) => command)).toContain('npm run picture');
});

/** Of WCAG 2: from 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = colour.match(/[\da-f]{2}/g)!.map((hex) => {
      const share = parseInt(hex, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}
