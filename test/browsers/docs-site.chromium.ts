// The documentation site as `npm run docs` has built it: on phones and screens, on light and dark pages, and its search.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type ServedSite } from '../../tools/site/serve-site.js';
import { findEngines } from './found-engines.js';
import { launchChromium, WATCHDOG_MS } from './puppeteer-engines.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the documentation site', () => {
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await serveSite();
    browser = await launchChromium(findEngines(process.env).paths.get('chromium')!);
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  async function open(path: string, width: number, scheme: 'light' | 'dark'): Promise<Page> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(WATCHDOG_MS);
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.goto(site.home + path, { waitUntil: 'networkidle0' });
    await page.waitForFunction(
      (dark) => document.documentElement.classList.contains('dark') === dark,
      {},
      scheme === 'dark',
    );
    return page;
  }

  describe.each(['', 'start', 'errors'])('/%s', (path) => {
    it.each([
      [360, 'light'],
      [360, 'dark'],
      [1280, 'light'],
      [1280, 'dark'],
    ] as const)('axe finds nothing, and nothing scrolls sideways: %i px, %s', async (width, scheme) => {
      const page = await open(path, width, scheme);
      const shots = process.env['SHOTS'];
      if (shots) await page.screenshot({ path: `${shots}/${path || 'home'}-${width}-${scheme}.png` });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof Axe };
        const found = await axe.run(window.document, { preload: false });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(violations).toEqual([]);
      await page.browserContext().close();
    });
  });

  it('the search for the code of a finding leads to the table of findings', async () => {
    const page = await open('', 1280, 'light');
    await page.click('.VPNavBarSearch button');
    const input = await page.waitForSelector('.VPLocalSearchBox input');
    await input!.type('exp_milliseconds');
    const result = await page.waitForSelector('.VPLocalSearchBox .results a.result[href*="/findings"]');
    await result!.click();
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('Findings'));
    await page.browserContext().close();
  });
});
