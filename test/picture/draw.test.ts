// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { drawLife } from '../../tools/picture/draw.js';
import type { Recording } from '../../tools/picture/recording.js';
import { SIZES, widthOf } from '../../tools/charts/style.js';
import { EARLY, LATE, LIFE } from './lives.js';

const draw = (recording: Recording) => new DOMParser().parseFromString(drawLife(recording), 'image/svg+xml');

const number = (element: Element, name: string) => Number(element.getAttribute(name));
const all = (page: Document, selector: string) => [...page.querySelectorAll(selector)];

/** The time axis has 650 units, from 30 on, and ends when the last token would expire. */
const toMs = (x: number, lastMs: number) => ((x - 30) / 650) * lastMs;

/** Where Plot has moved an element, with all groups around it. */
function shiftOf(element: Element): readonly [x: number, y: number] {
  const groups: Element[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) groups.push(at);
  const shifts = groups.map((group) => /translate\((\S+),(\S+)\)/.exec(group.getAttribute('transform') ?? '') ?? []);
  return [1, 2].map((i) => shifts.reduce((sum, shift) => sum + Number(shift[i] ?? 0), 0)) as [number, number];
}

/** In seconds, rounded to a tenth: one tenth of a unit is 20 ms. */
const spans = (page: Document, selector: string, lastMs: number) =>
  all(page, selector).map((rect) => {
    const x = number(rect, 'x') + shiftOf(rect)[0];
    return [x, x + number(rect, 'width')].map((at) => Math.round(toMs(at, lastMs) / 100) / 10);
  });

it('draws the used part of each token, and the part from there to its expiry', () => {
  const page = draw(LIFE);
  expect(spans(page, '.token rect', 130_000)).toEqual([
    [0.1, 30.1],
    [30, 40],
    [40, 70.1],
    [70, 80],
  ]);
  expect(spans(page, '.rest rect', 130_000)).toEqual([
    [30.1, 60.1],
    [40, 90],
    [70.1, 100],
    [80, 130],
  ]);
});

it('draws when the visitor is signed in, with interruptions', () => {
  expect(spans(draw(LIFE), '.visitor rect', 130_000)).toEqual([[0.2, 80]]);
  const [none, user, out] = LIFE.visitor as [any, any, any];
  const visitor = [none, user, { kind: 'none', atMs: 50_000 }, { kind: 'user', atMs: 55_000 }, out];
  expect(spans(draw({ ...LIFE, visitor }), '.visitor rect', 130_000)).toEqual([
    [0.2, 50],
    [55, 80],
  ]);
});

it('draws requests, accepted sign-ins and refusals in their lanes', () => {
  const page = draw(LIFE);
  const lanes = all(page, '.lane rect').map((lane) => {
    const top = number(lane, 'y');
    return [top, top + number(lane, 'height')] as const;
  });
  expect(lanes).toHaveLength(4);
  const laneOf = (y: number) => lanes.findIndex(([top, bottom]) => y > top && y < bottom);
  const seen = (selector: string, read: (element: Element) => readonly [number, number]) =>
    all(page, selector).map((element) => {
      const [x, y] = read(element);
      return [laneOf(y), Math.round(toMs(x, 130_000) / 1000)];
    });
  expect(seen('circle', (circle) => [number(circle, 'cx'), number(circle, 'cy')])).toEqual([
    [0, 0],
    [0, 30],
    [0, 40],
    [0, 70],
  ]);
  expect(seen('.tick path', shiftOf)).toEqual([
    [2, 0],
    [2, 30],
    [2, 45],
    [2, 70],
  ]);
  expect(seen('.cross path', shiftOf)).toEqual([
    [1, 40],
    [2, 40],
  ]);
  expect(
    all(page, 'tspan.name')
      .map(({ textContent }) => textContent)
      .slice(1),
  ).toEqual(['Your token endpoint', 'This library', 'Zendesk’s messenger', 'The visitor']);
});

it('draws lines from the endpoint to each token, and from there to the verdict of Zendesk', () => {
  const page = draw(LIFE);
  const bars = all(page, '.token rect').map((bar) => number(bar, 'y'));
  const [askedAt] = all(page, 'circle').map((circle) => number(circle, 'cy'));
  const place = (y: number) => {
    if (y === askedAt) return 'endpoint';
    const row = bars.findIndex((top) => y >= top && y <= top + 14);
    return row < 0 ? 'Zendesk' : `token ${row + 1}`;
  };
  const ways = (kind: string) =>
    all(page, `.${kind} line`).map((way) => {
      const seconds = Math.round(toMs(number(way, 'x1') + shiftOf(way)[0], 130_000) / 1000);
      return `${seconds} s: ${place(number(way, 'y1'))} → ${place(number(way, 'y2'))}`;
    });
  expect(ways('way')).toEqual([
    '0 s: endpoint → token 1',
    '0 s: token 1 → Zendesk',
    '30 s: endpoint → token 2',
    '30 s: token 2 → Zendesk',
    '40 s: endpoint → token 3',
    // This token answers a jwtCallback first, which has no verdict. A sign-in with it follows.
    '45 s: token 3 → Zendesk',
    '70 s: endpoint → token 4',
    '70 s: token 4 → Zendesk',
  ]);
  expect(ways('no-way')).toEqual(['40 s: token 2 → Zendesk']);
  // Drawn last. Otherwise the line of the next request would cover it.
  expect(all(page, '.way, .no-way').at(-1)!.classList).toContain('no-way');
});

it('has a time axis in seconds', () => {
  const page = draw(LIFE);
  const grid = all(page, '.grid line').map((step) =>
    Math.round(toMs(number(step, 'x1') + shiftOf(step)[0], 130_000) / 1000),
  );
  expect(grid).toEqual([0, 20, 40, 60, 80, 100, 120]);
  const names = all(page, '.quiet text').map(({ textContent }) => textContent);
  expect(names).toEqual(grid.map((s) => `${s} s`));
});

it('describes the life in words', () => {
  const page = draw(LIFE);
  expect(page.querySelector('svg')!.getAttribute('role')).toBe('img');
  expect(page.querySelector('svg')!.getAttribute('aria-labelledby')).toBe('title desc');
  expect(page.querySelector('#title')!.textContent).toBe('The life of a visitor’s tokens');
  expect(page.querySelector('#desc')!.textContent).toBe(
    'A token is fetched at 0 s for the sign-in, in use until 30 s; it would have expired at 60 s. ' +
      'A token is fetched at 30 s as a renewal, refused by Zendesk at 40 s; it would have expired at 90 s. ' +
      'A token is fetched at 40 s after the refusal, in use until 70 s; it would have expired at 100 s. ' +
      'A token is fetched at 70 s as a renewal, in use until 80 s; it would have expired at 130 s. ' +
      'The visitor is signed in from 0 s to 80 s.',
  );
});

interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The box of a text on a phone, where text is largest. */
function boxOf(text: Element): Box {
  const what = text.textContent;
  const name = text.querySelector('.name')?.textContent ?? '';
  const wide = widthOf(name, true) + widthOf(what.slice(name.length));
  const anchor = text.closest('[text-anchor]')!.getAttribute('text-anchor')!;
  const [dx, dy] = shiftOf(text);
  const left = number(text, 'x') + dx - { start: 0, middle: wide / 2, end: wide }[anchor]!;
  // A number is a coordinate. Plot also places text relative to its size.
  const y = text.getAttribute('y') ?? '0';
  const baseline = dy + parseFloat(y) * (y.endsWith('em') ? SIZES.narrow : 1);
  return { what, left, right: left + wide, top: baseline - 18, bottom: baseline + 6 };
}

function shapeOf(shape: Element): Box {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => number(shape, name)) as [
    any,
    any,
    any,
    any,
  ];
  const [cx, cy, r] = ['cx', 'cy', 'r'].map((name) => number(shape, name)) as [any, any, any];
  const what = shape.outerHTML;
  return r
    ? { what, left: cx - r, right: cx + r, top: cy - r, bottom: cy + r }
    : { what, left: x, right: x + width, top: y, bottom: y + height };
}

const areOver = (one: Box, other: Box) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

describe.each([
  ['an early life', EARLY],
  ['a usual life', LIFE],
  ['a late life', LATE],
])('%s', (_name, recording) => {
  it('has no text that overlaps another text or a bar, or leaves the picture', () => {
    const page = draw(recording);
    expect(page.querySelector('parsererror')).toBeNull();
    const [, , width, height] = page.querySelector('svg')!.getAttribute('viewBox')!.split(' ').map(Number);
    const texts = all(page, 'text').map(boxOf);
    const shapes = all(page, '.token rect, .rest rect, .visitor rect, circle').map(shapeOf);
    expect(texts.length).toBeGreaterThan(14);
    expect(shapes.length).toBe(13);
    for (const box of texts) {
      expect(box.left, box.what).toBeGreaterThanOrEqual(0);
      expect(box.right, box.what).toBeLessThanOrEqual(width!);
      expect(box.bottom, box.what).toBeLessThanOrEqual(height!);
      const over = [...texts, ...shapes].filter((other) => other !== box && areOver(box, other));
      expect(
        over.map(({ what }) => what),
        box.what,
      ).toEqual([]);
    }
  });
});
