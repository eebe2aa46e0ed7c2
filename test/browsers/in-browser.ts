// What a test in a browser is written with.
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, it as base } from 'vitest';
import type { FakeBuild } from '../../src/testing/index.js';
import { findChromium, launchChromium } from './chromium.js';
import { openTab, type Tab } from './tab.js';
import { openVisit, type Visit } from './visit.js';

const chromium = findChromium(process.env);
let browser: Browser;

/** A file's one suite. Its tests run at the same time: what they do most is wait. */
export function describeInBrowser(name: string, suite: () => void): void {
  describe.skipIf(chromium === undefined)(name, { concurrent: true }, () => {
    beforeAll(async () => {
      browser = await launchChromium(chromium!);
    });
    afterAll(() => browser.close());
    suite();
  });
}

interface Fixtures {
  /** Visits a new site, as a new visitor. */
  readonly visit: (build?: FakeBuild) => Promise<Visit>;
  /** Opens a tab for a site that is there already, as a new visitor. */
  readonly tab: (origin: string) => Promise<Tab>;
}

// Both are closed after the test, which then fails if the page has asked for anything that it should not.
export const it = base.extend<Fixtures>({
  visit: async ({ onTestFinished }, use) => {
    await use(async (build = 'B26') => {
      const visit = await openVisit(browser, build);
      onTestFinished(() => visit.close());
      return visit;
    });
  },
  tab: async ({ onTestFinished }, use) => {
    await use(async (origin) => {
      const tab = await openTab(browser, origin);
      onTestFinished(() => tab.close());
      return tab;
    });
  },
});
