// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { drawLife, PICTURE } from './draw-life.js';
import { type Life, readTokens } from './read-life.js';
import { DOCS } from '../docs/read-docs.js';
import { usePages } from '../life/start-page.js';
import { recordLife } from './record-life.js';

usePages();

let life: Life;
beforeEach(async () => void (life = await recordLife()));

const draw = (drawn: Life) => new DOMParser().parseFromString(drawLife(drawn), 'image/svg+xml');
const number = (element: Element, name: string) => Number(element.getAttribute(name));

/** The time axis has 650 units, from 30 on, and ends when the last token expires. Returns tenths of seconds. */
const toSeconds = (x: number) => Math.round(((x - 30) / 650) * 1251) / 10;

const spans = (page: Document, kind: string) =>
  [...page.querySelectorAll(`.${kind} rect`)].map((bar) => {
    const x = number(bar, 'x');
    return [toSeconds(x), toSeconds(x + number(bar, 'width'))];
  });

it('the picture in the documentation is the recorded life. If this fails, run `npm run picture`', async () => {
  await expect(drawLife(life)).toMatchFileSnapshot(`../../${PICTURE}`);
});

it('the life is the one that the documentation describes', () => {
  const tokens = readTokens(life);
  expect(tokens.map(({ reason }) => reason)).toEqual(['sign-in', 'renewal', 'invalid_auth', 'renewal']);
  for (const { endMs, expiresMs } of tokens) expect(endMs).toBeLessThan(expiresMs);
  expect(tokens.map(({ isRefused }) => isRefused)).toEqual([false, true, false, false]);
  // The next token is requested at once.
  expect(tokens[2]!.requestedMs).toBe(tokens[1]!.endMs);
  expect(life.events.filter(({ type }) => type === 'login-rejected')).toEqual([]);
  // The visitor is signed in without interruption until the sign-out.
  const { type, atMs } = life.events.at(-2)!;
  expect([type, life.events.at(-1)!.type]).toEqual(['signed-out', 'sign-out-completed']);
  expect(life.signedIn).toEqual([[expect.any(Number), atMs]]);
  expect(life.signedIn[0]![0]).toBeLessThan(100);
  const [, alt] = DOCS.match(new RegExp(`!\\[([^\\]]*)\\]\\(${PICTURE.replace('docs', '.')}\\)`))!;
  expect(alt).toContain('four tokens');
  expect(DOCS).toContain('tokens that expire after a minute');
  expect(tokens.map(({ requestedMs, expiresMs }) => expiresMs - requestedMs)).toEqual(tokens.map(() => 60_000));
  expect(readFileSync('CONTRIBUTING.md', 'utf8')).toMatch(
    /\| `test\/picture\/draw-life\.ts` +\| `npm run picture` +\|/,
  );
});

it('the picture contains no token and no personal data', () => {
  expect(drawLife(life)).not.toMatch(/eyJ|@(?!media)|user-1|demo-|\bada\b/i);
});

it('draws the used part of each token, and the part from there to its expiry', () => {
  const page = draw(life);
  expect(spans(page, 'token')).toEqual([
    [0, 25.1],
    [25, 37.6],
    [37.6, 65.1],
    [65.1, 74.2],
  ]);
  expect(spans(page, 'rest')).toEqual([
    [25.1, 60],
    [37.6, 85],
    [65.1, 97.6],
    [74.2, 125.1],
  ]);
});

it('draws when the visitor is signed in, with interruptions', () => {
  expect(spans(draw(life), 'visitor')).toEqual([[0.1, 74.2]]);
  const page = draw({
    ...life,
    signedIn: [
      [0, 50_000],
      [55_000, 74_000],
    ],
  });
  expect(spans(page, 'visitor')).toEqual([
    [0, 50],
    [55, 74],
  ]);
  expect(page.querySelector('#desc')!.textContent).toMatch(/from 0 s to 50 s and from 55 s to 74 s\.$/);
});

it('draws accepted tokens in the lane of the visitor, and the refusal on the bar of its token', () => {
  const page = draw(life);
  const circles = [...page.querySelectorAll('.accepted circle')];
  expect(circles.map((circle) => toSeconds(number(circle, 'cx')))).toEqual([0.1, 25.1, 42.6, 65.1]);
  const laneOf = (y: number) =>
    [...page.querySelectorAll('.lane rect')].findIndex((lane) => {
      const top = number(lane, 'y');
      return y > top - 4 && y < top + number(lane, 'height');
    });
  expect(circles.map((circle) => laneOf(number(circle, 'cy')))).toEqual([4, 4, 4, 4]);
  const crosses = [...page.querySelectorAll('.cross path')].map((cross) => {
    const [, x, y] = /translate\((.+),(.+)\)/.exec(cross.getAttribute('transform')!)!;
    return [toSeconds(Number(x)), laneOf(Number(y))];
  });
  expect(crosses).toEqual([[37.6, 1]]);
});

it('has a time axis in seconds', () => {
  const page = draw(life);
  const grid = [...page.querySelectorAll('.grid line')].map((line) => toSeconds(number(line, 'x1')));
  expect(grid.map(Math.round)).toEqual([0, 20, 40, 60, 80, 100, 120]);
  const names = [...page.querySelectorAll('.quiet text')].map(({ textContent }) => textContent);
  expect(names).toEqual(grid.map((s) => `${Math.round(s)} s`));
});

it('names each lane, and describes the life in words', () => {
  const page = draw(life);
  expect([...page.querySelectorAll('[aria-label="text"] text')].map(({ textContent }) => textContent)).toEqual([
    'Token 1: requested for the sign-in',
    'Token 2: a renewal before expiry, then revoked',
    'Token 3: requested at once after the refusal',
    'Token 4: a renewal before expiry',
    'The visitor: signed in until the sign-out',
  ]);
  expect(page.querySelector('#title')!.textContent).toBe('The life of a visitor’s tokens');
  expect(page.querySelector('#desc')!.textContent).toBe(
    'Token 1: requested for the sign-in. Requested at 0 s, in use until 25 s, expires at 60 s. ' +
      'Token 2: a renewal before expiry, then revoked. Requested at 25 s, refused at 38 s, expires at 85 s. ' +
      'Token 3: requested at once after the refusal. Requested at 38 s, in use until 65 s, expires at 98 s. ' +
      'Token 4: a renewal before expiry. Requested at 65 s, in use until 74 s, expires at 125 s. ' +
      'The visitor is signed in from 0 s to 74 s.',
  );
});

it('an incomplete life throws an error', () => {
  const without = (type: string) => ({ ...life, events: life.events.filter((event) => event.type !== type) });
  expect(() => readTokens(without('signed-out'))).toThrow('was not requested, never expires, or does not end');
  expect(() => readTokens(without('token-requested'))).toThrow('was not requested');
  const endless = life.events.map((event) =>
    event.type === 'token-received' ? { ...event, lifetimeMs: undefined } : event,
  );
  expect(() => readTokens({ ...life, events: endless })).toThrow('never expires');
});
