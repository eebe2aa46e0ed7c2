// The documentation site as `npm run docs` has built it: on phones and screens, on light and dark pages, and its search.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type * as Axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngines } from './found-engines.js';
import { launchChromium, WATCHDOG_MS } from './puppeteer-engines.js';

const FOLDER = 'build/docs';
const BASE = '/zendesk-messenger-auth/';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

describe('the documentation site', () => {
  let server: Server;
  let browser: Browser;
  let home: string;

  beforeAll(async () => {
    if (!existsSync(`${FOLDER}/index.html`)) throw new Error('The site is not built. Run: npm run docs');
    server = createServer(({ url = '' }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const path = pathname.replace(BASE, '').replace(/(?:^|\/)$/, '$&index');
      const file = [path, `${path}.html`]
        .map((name) => join(FOLDER, name))
        .find((name) => extname(name) && existsSync(name));
      if (!pathname.startsWith(BASE) || !file) return response.writeHead(404).end();
      response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    home = `http://localhost:${(server.address() as AddressInfo).port}${BASE}`;
    browser = await launchChromium(findEngines(process.env).paths.get('chromium')!);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
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
    await page.goto(home + path, { waitUntil: 'networkidle0' });
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
