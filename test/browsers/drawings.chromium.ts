// The pictures of the documentation in a browser: on screens and phones, on light and dark pages.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { PAGE } from '../../tools/charts/style.js';
import { PICTURE } from '../picture/draw-life.js';
import { CHART } from '../../tools/simulate/draw-docs.js';
import { describeInChromium, it } from './in-browser.js';

for (const path of [PICTURE, CHART])
  describeInChromium(path, () => {
    const svg = readFileSync(path, 'utf8');

    it.for([
      [880, 'light'],
      [880, 'dark'],
      [600, 'light'],
      [599, 'light'],
      [400, 'light'],
      [360, 'dark'],
    ] as const)('can be read at %i px, %s', async ([width, scheme], { visit }) => {
      const { open, page } = await visit();
      await page.setViewport({ width, height: 700 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      // Inline, because scripts cannot see the texts of an <img>. The width is the same.
      await open(`<!doctype html><body style="margin:0"><style>svg{max-width:100%;height:auto}</style>${svg}`);
      const { texts, bars, height } = await page.evaluate(() => {
        const svg = document.querySelector('svg')!;
        const bars = [...svg.querySelectorAll('[aria-label="bar"]:not(.lane) rect, circle')].map((bar) => {
          const { left, right, top, bottom } = bar.getBoundingClientRect();
          return { what: bar.outerHTML, left, right, top, bottom };
        });
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const texts = [...svg.querySelectorAll('text')].map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          const { fontSize, fill } = getComputedStyle(text);
          return { what: text.textContent, left, right, top, bottom, px: parseFloat(fontSize) * scale, fill };
        });
        return { texts, bars, height: svg.getBoundingClientRect().height };
      });
      expect(texts.length).toBeGreaterThan(14);
      if (!path.includes('fleet')) expect(bars.length).toBeGreaterThan(11);
      for (const text of texts) {
        expect(text.px, text.what).toBeGreaterThanOrEqual(12);
        expect(text.left, text.what).toBeGreaterThanOrEqual(0);
        expect(text.right, text.what).toBeLessThanOrEqual(Math.min(width, 720));
        expect(text.bottom, text.what).toBeLessThanOrEqual(height);
        const over = [...texts, ...bars].filter(
          (other) =>
            other !== text &&
            other.left < text.right &&
            other.right > text.left &&
            other.top < text.bottom &&
            other.bottom > text.top,
        );
        expect(
          over.map(({ what }) => what),
          text.what,
        ).toEqual([]);
      }
      expect([...new Set(texts.map(({ fill }) => fill))].sort()).toEqual(
        [PAGE[scheme].ink, PAGE[scheme].quiet].map(asRgb).sort(),
      );
    });

    it('has larger text when the image is narrow, even on a wide page', async ({ visit }) => {
      const { open, page } = await visit();
      await page.setViewport({ width: 900, height: 700 });
      const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
      /** The share of dark pixels in the line of the title. */
      const countInk = async (width: number) => {
        await open(`<!doctype html><body style="margin:0"><img src="${image}" width="${width}">`);
        const png = await page.screenshot({
          clip: { x: 0, y: 0, width, height: (44 * width) / 720 },
          encoding: 'base64',
        });
        return page.evaluate(async (base64) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
          let ink = 0;
          for (let i = 0; i < data.length; i += 4) ink += 255 - data[i]!;
          return ink / data.length;
        }, png);
      };
      const [narrow, wide] = [await countInk(400), await countInk(720)];
      expect(narrow).toBeGreaterThan(1.5 * wide);
    });
  });

/** The form in which a browser reports a color. */
const asRgb = (hex: string) =>
  `rgb(${hex
    .match(/[\da-f]{2}/g)!
    .map((part) => parseInt(part, 16))
    .join(', ')})`;
