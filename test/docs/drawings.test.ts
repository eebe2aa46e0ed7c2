// @vitest-environment jsdom
// The pictures of the documentation can be read on light and dark pages, on screens and phones, and by screen readers.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMES, SIZES } from '../../tools/charts/style.js';
import { DOCS } from './read-docs.js';

const NAMES = readdirSync('docs/images').filter((name) => name.endsWith('.svg'));

it('the documentation shows both pictures', () => {
  expect(NAMES).toHaveLength(2);
  for (const name of NAMES) expect(DOCS).toMatch(new RegExp(`!\\[[^\\]]{30,}\\]\\([./]+images/${name}\\)`));
});

describe.each(NAMES)('%s', (name) => {
  const svg = readFileSync(`docs/images/${name}`, 'utf8');
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = page.querySelector('svg')!;

  it('runs no script and loads nothing', () => {
    expect(page.querySelector('parsererror')).toBeNull();
    const kinds = [...page.querySelectorAll('*')].map(({ localName }) => localName);
    const drawn = ['svg', 'title', 'desc', 'style', 'g', 'rect', 'line', 'circle', 'path', 'text', 'tspan'];
    expect(drawn).toEqual(expect.arrayContaining([...new Set(kinds)]));
    const attributes = [...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((attribute) => /^(on|href|xlink|style)/.test(attribute))).toEqual([]);
    expect(svg).not.toMatch(/url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    expect(svg).toContain('system-ui');
  });

  it('describes in words what it shows', () => {
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-labelledby')).toBe('title desc');
    expect(page.querySelector('#title')!.textContent).toMatch(/^.{10,60}$/);
    expect(page.querySelector('#desc')!.textContent.length).toBeGreaterThan(100);
  });

  it('has a background of its own, so that its text can be read on any page', () => {
    const [, , width, height] = root.getAttribute('viewBox')!.split(' ');
    const { outerHTML } = page.querySelector('svg > rect')!;
    expect(outerHTML).toContain(`class="paper" width="${width}" height="${height}"`);
    expect(svg).toContain('.paper{fill:var(--paper)}');
  });

  it('has text of at least 12 px on a screen (720 px), on a phone (360 px), and in between', () => {
    const width = Number(root.getAttribute('width'));
    expect(width).toBe(720);
    expect(svg).toContain(`text{font:${SIZES.narrow}px`);
    expect(svg).toContain(`@media (min-width:${SIZES.wideFromPx}px){text{font-size:${SIZES.wide}px}}`);
    expect(SIZES.wide).toBeGreaterThanOrEqual(12);
    expect((SIZES.wide * SIZES.wideFromPx) / width).toBeGreaterThanOrEqual(12);
    expect((SIZES.narrow * 360) / width).toBeGreaterThanOrEqual(12);
  });

  it.each(SCHEMES)('has colors with the contrast that WCAG AA requires of text: %s', (scheme) => {
    const declared = { light: /^svg\{(.*)\}$/m, dark: /^@media \(prefers-color-scheme:dark\)\{svg\{(.*)\}\}$/m };
    const colors = new Map(
      [...declared[scheme].exec(svg)![1]!.matchAll(/--(\w+):(#[\da-f]{6})/g)].map(([, color, hex]) => [color!, hex!]),
    );
    const used = [...svg.matchAll(/var\(--(\w+)\)/g)].map(([, color]) => color!);
    expect([...colors.keys()].sort()).toEqual([...new Set(used)].sort());
    const behind = ['paper', 'lane'].filter((color) => colors.has(color));
    const drawn = [...colors.keys()].filter((color) => !behind.includes(color));
    expect(drawn.length).toBeGreaterThan(3);
    for (const color of drawn) {
      for (const under of behind) {
        expect(contrast(colors.get(color)!, colors.get(under)!), color).toBeGreaterThanOrEqual(4.5);
      }
    }
    // There are no other colors, and those of the marks depend on the scheme.
    expect(svg.match(/#[\da-f]{3,8}\b/gi)!.length).toBe(2 * colors.size);
    const marks = ['fill', 'stroke'].flatMap((name) =>
      [...page.querySelectorAll(`[${name}]`)].map((mark) => mark.getAttribute(name)),
    );
    for (const color of marks) expect(color).toMatch(/^(var\(--\w+\)|none|currentColor)$/);
    expect(svg).toContain('svg{color:var(--quiet)}');
  });
});

it('draws each cross with an edge in the color around its bar', () => {
  const svg = readFileSync('docs/images/token-life.svg', 'utf8');
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const [edge, cross] = ['edge', 'cross'].map((kind) => page.querySelector(`g.${kind}`)!);
  expect(edge!.getAttribute('stroke')).toBe('var(--lane)');
  expect(Number(edge!.getAttribute('stroke-width'))).toBeGreaterThan(Number(cross!.getAttribute('stroke-width')) + 3);
  expect(edge!.innerHTML).toBe(cross!.innerHTML);
  expect(edge!.nextElementSibling).toBe(cross);
});

/** The contrast ratio of WCAG 2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [red, green, blue] = color.match(/[\da-f]{2}/g)!.map((hex) => {
      const share = parseInt(hex, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}
