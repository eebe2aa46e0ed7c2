// The token doctor on the built documentation site: it works without a network, requests only its own files, tells of a
// newer version, and can be installed.
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it as base } from 'vitest';
import { listFiles, readApps } from '../../tools/site/copy-apps.js';
import { serveSite, type ServedSite } from '../../tools/site/serve-site.js';
import { FIRST_POST, SECRET } from './doctor-page.js';
import { findEngines } from './found-engines.js';
import { launchChromium, WATCHDOG_MS } from './puppeteer-engines.js';
import { eventually } from './visit.js';

const FILES = listFiles(
  readApps('examples/apps.json').find(({ folder }) => folder === 'doctor')!,
  'examples',
);

let browser: Browser;

interface Fixtures {
  readonly site: ServedSite;
  /** The doctor's page, opened for the first time and saved by its service worker. */
  readonly page: Page;
}

const it = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- vitest wants it
  site: async ({}, use) => {
    const site = await serveSite();
    await use(site);
    site.close();
  },
  page: async ({ site }, use) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(WATCHDOG_MS);
    await page.goto(`${site.home}doctor/`);
    await page.waitForSelector('#saved', { visible: true });
    await use(page);
    await context.close();
  },
});

const shows = (page: Page, selector: string, text: string) =>
  eventually(async () => expect(await page.$eval(selector, (node) => node.textContent)).toContain(text));

async function paste(page: Page, selector: string, text: string): Promise<void> {
  await page.focus(selector);
  await page.evaluate((given) => void document.execCommand('insertText', false, given), text);
}

describe('the token doctor on the site', () => {
  beforeAll(async () => {
    browser = await launchChromium(findEngines(process.env).paths.get('chromium')!);
  });
  afterAll(() => browser?.close());

  it('works without a network after the first visit', async ({ page, site }) => {
    await page.setOfflineMode(true);
    site.close();
    await page.reload();
    await paste(page, '#token', FIRST_POST);
    await shows(page, '#summary', '2 errors, 2 infos. Zendesk refuses this token.');
    await page.click('#decoded');
    await shows(page, '#findings', 'The backend base64-decoded the secret');
    await page.goto(`${site.home}doctor/?source=app`);
    await shows(page, '#summary', 'No token yet');
  });

  it('requests its own files and nothing else, also when a token is pasted', async ({ page, site }) => {
    const own = new Set([...FILES.map((path) => path.replace('index.html', '')), 'doctor/service-worker.js']);
    expect(site.requests.filter((path) => !own.has(path))).toEqual([]);
    const before = site.requests.length;
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await paste(page, '#token', FIRST_POST);
    await paste(page, '#secret', SECRET);
    await shows(page, '#summary', '3 errors');
    for (const id of ['copy', 'copy-link', 'good', 'clear']) await page.click(`#${id}`);
    await page.waitForNetworkIdle({ idleTime: 500 });
    expect({ requested, served: site.requests.slice(before) }).toEqual({ requested: [], served: [] });
    // What the browser keeps is exactly these files, as they are served: nothing of the page's use.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return { names, urls: requests.flat().map(({ url }) => url) };
    });
    own.delete('doctor/service-worker.js');
    expect(kept.names).toEqual([expect.stringMatching(/^zendesk-messenger-auth-doctor-[\da-f]{16}$/)]);
    expect(kept.urls.sort()).toEqual([...own].map((path) => site.home + path).sort());
  });

  it('tells of a newer version, and has nothing of the older one after a reload', async ({ page, site }) => {
    const title = await page.title();
    const other = await page.browserContext().newPage();
    other.setDefaultTimeout(WATCHDOG_MS);
    await other.goto(site.home);
    // The rest of the site is none of the worker's business.
    expect(await other.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
    const worker = await other.evaluate(
      async (url) => (await fetch(url)).text(),
      `${site.home}doctor/service-worker.js`,
    );
    const html = await other.evaluate(async (url) => (await fetch(url)).text(), `${site.home}doctor/`);
    await other.close();
    site.changed.set('doctor/service-worker.js', worker.replace(/VERSION = '\w+'/, "VERSION = 'newer'"));
    site.changed.set('doctor/index.html', html.replace(`<title>${title}`, '<title>Newer'));

    await page.reload();
    expect(await page.title()).toBe(title);
    await page.waitForSelector('#new-version', { visible: true });
    await eventually(async () =>
      expect(await page.evaluate(() => caches.keys())).toEqual(['zendesk-messenger-auth-doctor-newer']),
    );
    await Promise.all([page.waitForNavigation(), page.click('#reload')]);
    expect(await page.title()).toBe('Newer');
    await page.waitForSelector('#saved', { visible: true });
    expect(await page.$eval('#new-version', (node) => node.checkVisibility())).toBe(false);
  });

  it('can be installed as an app', async ({ site }) => {
    // Chromium installs nothing from the private window that the other tests have.
    const page = await browser.newPage();
    page.setDefaultTimeout(WATCHDOG_MS);
    await page.goto(`${site.home}doctor/`);
    await page.waitForSelector('#saved', { visible: true });
    const client = await page.createCDPSession();
    const { errors, url } = await client.send('Page.getAppManifest');
    expect({ errors, url }).toEqual({ errors: [], url: `${site.home}doctor/manifest.webmanifest` });
    await eventually(async () => {
      const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
      expect(installabilityErrors).toEqual([]);
    });
    await page.close();
  });
});
