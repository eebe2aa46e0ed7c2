// The documentation site as `npm run docs` has built it: on phones and screens, on light and dark pages, and its search.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type ServedSite } from '../../tools/site/serve-site.js';
import { PROBLEMS } from '../docs/problems.js';
import { findEngines } from './found-engines.js';
import { launchChromium, WATCHDOG_MS } from './puppeteer-engines.js';

const FOLDER = 'build/docs';
const BASE = '/zendesk-messenger-auth/';
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

  describe.each(['', 'start', 'errors', 'problems/401-invalid-jwt'])('/%s', (path) => {
    it.each([
      [360, 'light'],
      [360, 'dark'],
      [1280, 'light'],
      [1280, 'dark'],
    ] as const)('axe finds nothing, and nothing scrolls sideways: %i px, %s', async (width, scheme) => {
      const page = await open(path, width, scheme);
      const shots = process.env['SHOTS'];
      if (shots)
        await page.screenshot({ path: `${shots}/${path.replaceAll('/', '-') || 'home'}-${width}-${scheme}.png` });
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

  it('the search for the text of each error has its page among the first three results', async () => {
    const page = await open('', 1280, 'light');
    await page.click('.VPNavBarSearch button');
    await page.waitForSelector('.VPLocalSearchBox input');
    // At once, and without the results of the text before: those of a part of the text do not count.
    const search = (text: string) =>
      page.$eval(
        '.VPLocalSearchBox input',
        (input, value) => {
          input.value = value;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        },
        text,
      );
    for (const { name, text } of PROBLEMS) {
      await search('');
      await page.waitForFunction(() => !document.querySelector('.VPLocalSearchBox .results a.result'));
      await search(text);
      // The results come a moment after the last letter.
      const isFound = (end: string) =>
        [...document.querySelectorAll<HTMLAnchorElement>('.VPLocalSearchBox .results a.result')]
          .slice(0, 3)
          .some(({ pathname }) => pathname.endsWith(end));
      await page.waitForFunction(isFound, {}, `/problems/${name}`).catch((error: unknown) => {
        throw new Error(`The search for "${text}" does not lead to ${name}`, { cause: error });
      });
    }
    await page.browserContext().close();
  });

  it('a page says to search engines and chats what it is about', async () => {
    const html = readFileSync(`${FOLDER}/problems/401-invalid-jwt.html`, 'utf8');
    expect(html).toMatch(/<title>401 Invalid JWT: [^<]+<\/title>/);
    for (const part of ['name="description" content="', 'property="og:description" content="'])
      expect(html).toContain(`${part}Zendesk messenger loginUser fails with “401: Invalid JWT”`);
    expect(html).toContain('rel="canonical" href="https://zendesk-messenger-auth.github.io/');
  });

  it('has llms.txt, and the Markdown of each page to which that leads', () => {
    const index = readFileSync(`${FOLDER}/llms.txt`, 'utf8');
    const paths = [...index.matchAll(/zendesk-messenger-auth\.github\.io(\S+?\.md)\)/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) expect(existsSync(path.replace(BASE, `${FOLDER}/`)), path).toBe(true);
    expect(existsSync(`${FOLDER}/llms-full.txt`)).toBe(true);
  });
});
