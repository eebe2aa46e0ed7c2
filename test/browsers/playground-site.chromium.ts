// The playground on the built documentation site: the home page leads to it, and it works there, from its own files alone.
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFiles, readApps } from '../../tools/site/copy-apps.js';
import { serveSite, type ServedSite } from '../../tools/site/serve-site.js';
import { findEngines } from './found-engines.js';
import { launchChromium, WATCHDOG_MS } from './puppeteer-engines.js';
import { eventually } from './visit.js';

const FILES = listFiles(
  readApps('examples/apps.json').find(({ folder }) => folder === 'playground')!,
  'examples',
);

describe('the playground on the site', () => {
  let browser: Browser;
  let site: ServedSite;

  beforeAll(async () => {
    site = await serveSite();
    browser = await launchChromium(findEngines(process.env).paths.get('chromium')!);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  it('is reached from the home page, and signs in without a server', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(WATCHDOG_MS);
    await page.goto(site.home, { waitUntil: 'networkidle0' });
    const before = site.requests.length;
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.home) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    await page.click('.VPHero a[href$="/playground/"]');
    const badge = () => page.$eval('.badge', ({ textContent }) => textContent);
    await page.waitForSelector('#sign-in[aria-disabled="false"]');
    await page.click('#sign-in');
    await eventually(async () => expect(await badge()).toBe('Ada is signed in'));
    const others = site.requests.slice(before).filter((path) => !FILES.includes(path) && path !== 'playground/');
    expect([others, elsewhere]).toEqual([[], []]);
  });
});
