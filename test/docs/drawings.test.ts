// @vitest-environment jsdom
// What the documentation's pictures have in common: read on light and dark pages, on screens and phones, by whoever cannot see.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMES, SIZES } from '../../tools/simulate/style.js';
import { DOCS } from './read-docs.js';

const NAMES = readdirSync('docs/images').filter((name) => name.endsWith('.svg'));

it('there are three, and the documentation shows each', () => {
  expect(NAMES).toHaveLength(3);
  for (const name of NAMES) expect(DOCS).toMatch(new RegExp(`!\\[[^\\]]{30,}\\]\\([./]+images/${name}\\)`));
});

describe.each(NAMES)('%s', (name) => {
  const svg = readFileSync(`docs/images/${name}`, 'utf8');
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = page.querySelector('svg')!;

  it('is a file of its own: it runs and loads nothing', () => {
    expect(page.querySelector('parsererror')).toBeNull();
    const kinds = [...page.querySelectorAll('*')].map(({ localName }) => localName);
    const drawn = ['svg', 'title', 'desc', 'style', 'rect', 'line', 'circle', 'path', 'polyline', 'text', 'tspan'];
    expect(drawn).toEqual(expect.arrayContaining([...new Set(kinds)]));
    const attributes = [...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((attribute) => /^(on|href|xlink|style)/.test(attribute))).toEqual([]);
    expect(svg).not.toMatch(/url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    expect(svg).toContain('system-ui');
  });

  it('tells in words what it shows', () => {
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-labelledby')).toBe('title desc');
    expect(page.querySelector('#title')!.textContent).toMatch(/^.{10,60}$/);
    expect(page.querySelector('#desc')!.textContent.length).toBeGreaterThan(100);
  });

  it('has paper under all of it, so that its text is read on any page', () => {
    const [, , width, height] = root.getAttribute('viewBox')!.split(' ');
    const { outerHTML } = page.querySelector('svg > rect')!;
    expect(outerHTML).toContain(`class="paper" width="${width}" height="${height}"`);
    expect(svg).toContain('.paper{fill:var(--paper)}');
  });

  it('its text is at least 12 px high on a screen (720 px), on a phone (360 px), and in between', () => {
    const width = Number(root.getAttribute('width'));
    expect(width).toBe(720);
    expect(svg).toContain(`text{font:${SIZES.narrow}px`);
    expect(svg).toContain(`@media (min-width:${SIZES.wideFromPx}px){text{font-size:${SIZES.wide}px}}`);
    expect(SIZES.wide).toBeGreaterThanOrEqual(12);
    expect((SIZES.wide * SIZES.wideFromPx) / width).toBeGreaterThanOrEqual(12);
    expect((SIZES.narrow * 360) / width).toBeGreaterThanOrEqual(12);
  });

  it.each(SCHEMES)('every colour can be read on what is behind it, as WCAG asks for text (AA): %s', (scheme) => {
    const declared = { light: /^svg\{(.*)\}$/m, dark: /^@media \(prefers-color-scheme:dark\)\{svg\{(.*)\}\}$/m };
    const colours = new Map(
      [...declared[scheme].exec(svg)![1]!.matchAll(/--(\w+):(#[\da-f]{6})/g)].map(([, colour, hex]) => [colour!, hex!]),
    );
    const used = [...svg.matchAll(/var\(--(\w+)\)/g)].map(([, colour]) => colour!);
    expect([...colours.keys()].sort()).toEqual([...new Set(used)].sort());
    const behind = ['paper', 'lane'].filter((colour) => colours.has(colour));
    const drawn = [...colours.keys()].filter((colour) => !behind.includes(colour));
    expect(drawn.length).toBeGreaterThan(3);
    for (const colour of drawn) {
      for (const under of behind) {
        expect(contrast(colours.get(colour)!, colours.get(under)!), colour).toBeGreaterThanOrEqual(4.5);
      }
    }
    // All colours are these.
    expect(svg.match(/#[\da-f]{3,8}\b/gi)!.length).toBe(2 * colours.size);
  });
});

it('a cross lies on its bar, with an edge of what is around the bar', () => {
  const svg = readFileSync('docs/images/token-life.svg', 'utf8');
  expect(svg).toMatch(/class="edge" (d="[^"]*")\/><path class="cross" \1/);
  expect(svg).toContain('.edge{stroke:var(--lane)');
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
