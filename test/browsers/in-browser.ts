// What a test in a browser is written with.
import { afterAll, beforeAll, describe, it as base } from 'vitest';
import type { FakeBuild } from '../../src/testing/index.js';
import type { Engine, EngineBrowser } from './engine.js';
import { findEngines } from './found-engines.js';
import { startChromium, startFirefox } from './puppeteer-engines.js';
import { openTab, type Tab } from './tab.js';
import { openVisit, type Visit } from './visit.js';
import { startWebKit } from './webkit-engine.js';

const START = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

const { wanted, paths } = findEngines(process.env);
/** The browser that is running now: the engines take turns. */
let browser: EngineBrowser;

/** A suite in every engine, one after the other. Its tests run at the same time: what they do most is wait. */
export function describeInBrowser(name: string, suite: (engine: Engine) => void): void {
  for (const engine of wanted) describeIn(engine, name, suite);
}

/** A suite for what only Chromium can do, or be brought to. */
export function describeInChromium(name: string, suite: (engine: Engine) => void): void {
  if (wanted.includes('chromium')) describeIn('chromium', name, suite);
}

function describeIn(engine: Engine, name: string, suite: (engine: Engine) => void): void {
  const path = paths.get(engine);
  describe.skipIf(path === undefined)(engine, () => {
    beforeAll(async () => {
      browser = await START[engine](path!);
    });
    afterAll(() => browser.close());
    describe(name, { concurrent: true }, () => suite(engine));
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
