// `npm run picture` takes more than a minute, so its recording and picture are in the repository.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawLife } from '../../tools/picture/draw.js';
import { type Recording, readSignedIn, readTokens } from '../../tools/picture/recording.js';
import { PICTURE, RECORDING } from '../../tools/picture/written.js';
import { type PlacedToken, placeToken } from '../../src/core/lifetime.js';
import { DOCS } from '../docs/read-docs.js';

const json = readFileSync(RECORDING, 'utf8');
const recording = JSON.parse(json) as Recording;
const svg = readFileSync(PICTURE, 'utf8');

it('the picture shows the recording. If this fails, run `npm run picture`', () => {
  expect(svg).toBe(drawLife(recording));
});

it('all events of the recording exist in the library', () => {
  const [, events] = readFileSync('src/core/events.ts', 'utf8').split('interface MessengerEventTypes {');
  const types = events!.match(/(?<=^ {2}'?)[\w-]+(?='?: )/gm);
  expect(types).toEqual(expect.arrayContaining(['asked', 'signed-out']));
  expect(types).toEqual(expect.arrayContaining([...new Set(recording.events.map(({ type }) => type))]));
});

it('the recording is of the life that the documentation describes', () => {
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
  const [, alt] = DOCS.match(/!\[([^\]]*)\]\(\.\/images\/token-life\.svg\)/)!;
  expect(alt).toContain('four tokens');
  expect(DOCS).toContain('with tokens that expire after a minute');
  expect(tokens.map(({ requestedMs, expiresMs }) => expiresMs - requestedMs)).toEqual(tokens.map(() => 60_000));
});

it('the tokens of the recording are renewed when the code renews them', () => {
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

it('the recording and the picture contain no token and no personal data', () => {
  const names = [...recording.events, ...recording.visitor].flatMap((told) => Object.keys(told));
  expect([...new Set(names)].sort()).toEqual(
    ['atMs', 'expiresAtMs', 'kind', 'lifetimeMs', 'reason', 'refreshAtMs', 'type', 'withToken'].sort(),
  );
  const texts = [...recording.events, ...recording.visitor].flatMap((told) => Object.values(told));
  for (const text of texts) if (typeof text === 'string') expect(text).toMatch(/^[a-z_-]{4,20}$/);
  for (const written of [json, svg]) expect(written).not.toMatch(/eyJ|@(?!media)|demo-|\bada\b/i);
});

it('the documentation shows the picture with an alt text, and lists the command', () => {
  const [, alt] = DOCS.match(new RegExp(`!\\[([^\\]]*)\\]\\(${PICTURE.replace('docs', '.')}\\)`)) ?? [];
  expect(alt).toMatch(/^[A-Z][^.]{40,200}$/);
  expect(DOCS).toContain('`npm run picture`');
});
