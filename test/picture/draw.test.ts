// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLOURS, drawLife, widthOf } from '../../picture/draw.js';
import { type Recording, readSignedIn, readTokens } from '../../picture/recording.js';
import { PICTURE, RECORDING } from '../../picture/written.js';
import { README } from '../docs/read-readme.js';

const written = JSON.parse(readFileSync(RECORDING, 'utf8')) as Recording;

const at = (...marks: [string, number][]) => marks.map(([type, atMs]) => ({ type, atMs })) as Recording['marks'];

const LIFE: Recording = {
  lifetimeMs: 10_000,
  marks: at(
    ['token-requested', 0],
    ['token-received', 100],
    ['login-called', 150],
    ['login-accepted', 200],
    ['token-requested', 4000],
    ['token-received', 4050],
    ['push-called', 4060],
    ['login-accepted', 4100],
    ['token-refused', 7000],
    ['token-requested', 7000],
    ['token-received', 7050],
    ['answered', 7060],
    ['push-called', 8000],
    ['login-accepted', 8050],
    ['signed-out', 9000],
  ),
};

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');

it('reads what each token went through', () => {
  expect(readTokens(LIFE)).toEqual([
    { why: 'sign-in', requestedMs: 0, handedMs: 150, refusedMs: undefined, endMs: 4060, expiresMs: 10_000 },
    { why: 'renewal', requestedMs: 4000, handedMs: 4060, refusedMs: 7000, endMs: 7000, expiresMs: 14_000 },
    { why: 'refusal', requestedMs: 7000, handedMs: 7060, refusedMs: undefined, endMs: 9000, expiresMs: 17_000 },
  ]);
  expect(readSignedIn(LIFE)).toEqual([200, 9000]);
});

it('says what is missing in a recording', () => {
  const withoutEnd = { ...LIFE, marks: LIFE.marks.filter(({ type }) => type !== 'signed-out') };
  expect(() => readTokens(withoutEnd)).toThrow('The recording has no "signed-out"');
});

it('draws bars where they must be', () => {
  const page = parse(drawLife(LIFE));
  // 720 units for 17 s.
  const scale = 720 / 17_000;
  const read = (kind: string) =>
    [...page.querySelectorAll(`svg > rect.${kind}`)].map((rect) => {
      const [x, width] = ['x', 'width'].map((name) => Number(rect.getAttribute(name)));
      return [x! - 20, x! - 20 + width!].map((end) => Math.round(end / scale / 10) * 10);
    });
  // To a tenth of a unit, which is 2.4 ms.
  expect(read('token')).toEqual([
    [0, 4060],
    [4000, 7000],
    [7000, 9000],
  ]);
  expect(read('rest')).toEqual([
    [0, 10_000],
    [7000, 17_000],
  ]);
  expect(read('visitor')).toEqual([[200, 9000]]);
  expect(page.querySelectorAll('svg > path.cross')).toHaveLength(1);
  expect(page.querySelectorAll('svg > circle.hand')).toHaveLength(3);
});

it('tells it in words, too', () => {
  const page = parse(drawLife(LIFE));
  expect(page.querySelector('svg')!.getAttribute('aria-labelledby')).toBe('title desc');
  expect(page.querySelector('#desc')!.textContent).toBe(
    'A token is fetched at 0 s for the sign-in, in use until 4 s; it would have expired at 10 s. ' +
      'A token is fetched at 4 s as a renewal, refused by Zendesk at 7 s; it would have expired at 14 s. ' +
      'A token is fetched at 7 s after the refusal, in use until 9 s; it would have expired at 17 s. ' +
      'The visitor is signed in from 0 s to 9 s without a break.',
  );
});

describe.each([
  ['the example', written],
  ['a short life', LIFE],
])('%s', (_name, recording) => {
  it('has no text over another, nor out of the picture', () => {
    const page = parse(drawLife(recording));
    expect(page.querySelector('parsererror')).toBeNull();
    const [, , width, height] = page.querySelector('svg')!.getAttribute('viewBox')!.split(' ').map(Number);
    const boxes = [...page.querySelectorAll('text')].map((text) => {
      const shift = Number(/\((\d+(?:\.\d+)?)/.exec(text.parentElement!.getAttribute('transform') ?? '')?.[1] ?? 0);
      const wide = widthOf(text.textContent);
      const kind = text.getAttribute('class') ?? '';
      const x =
        Number(text.getAttribute('x')) + shift - (kind.includes('end') ? wide : kind.includes('middle') ? wide / 2 : 0);
      const y = Number(text.getAttribute('y'));
      return { what: text.textContent, left: x, right: x + wide, top: y - 12, bottom: y + 4 };
    });
    expect(boxes.length).toBeGreaterThan(8);
    for (const box of boxes) {
      expect(box.left, box.what).toBeGreaterThanOrEqual(0);
      expect(box.right, box.what).toBeLessThanOrEqual(width!);
      expect(box.bottom, box.what).toBeLessThanOrEqual(height!);
      const over = boxes.filter(
        (other) =>
          other !== box &&
          other.left < box.right &&
          other.right > box.left &&
          other.top < box.bottom &&
          other.bottom > box.top,
      );
      expect(
        over.map(({ what }) => what),
        box.what,
      ).toEqual([]);
    }
  });
});

it.each(['light', 'dark'] as const)('every text has the contrast that WCAG asks for (AA), %s', (scheme) => {
  const { paper, token: _token, visitor: _visitor, ...texts } = COLOURS[scheme];
  for (const colour of Object.values(texts)) expect(contrast(colour, paper), colour).toBeGreaterThanOrEqual(4.5);
  // What is drawn.
  for (const colour of [COLOURS[scheme].token, COLOURS[scheme].visitor]) {
    expect(contrast(colour, paper), colour).toBeGreaterThanOrEqual(3);
  }
});

it('the picture is what is drawn of the recording, which is a life of the library that is here', () => {
  expect(readFileSync(PICTURE, 'utf8')).toBe(drawLife(written));
  const tokens = readTokens(written);
  expect(tokens.map(({ why }) => why)).toEqual(['sign-in', 'renewal', 'refusal', 'renewal']);
  // Signed in without a break, as it says: a token is in use at each instant.
  const [inMs, outMs] = readSignedIn(written);
  for (const [index, { endMs }] of tokens.entries()) {
    expect(endMs - (tokens[index + 1]?.handedMs ?? outMs), `token ${index}`).toBeGreaterThan(-100);
  }
  expect(inMs).toBeLessThan(1000);
  expect(written.marks.filter(({ type }) => type === 'signed-out')).toHaveLength(1);
  expect(written.marks.filter(({ type }) => type === 'login-rejected')).toEqual([]);
  const events = readFileSync('src/core/events.ts', 'utf8').match(/(?<=^ {2}'?)[\w-]+(?='?: )/gm);
  expect(events).toEqual(expect.arrayContaining([...new Set(written.marks.map(({ type }) => type))]));
});

it('the README shows it', () => {
  expect(README).toMatch(new RegExp(`!\\[[^\\]]{20,}\\]\\(${PICTURE}\\)`));
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
