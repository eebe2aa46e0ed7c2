// What a test in a browser is written with.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, it as base } from 'vitest';
import type { FakeBackendOptions, FakeBuild } from '../../src/testing/index.js';
import type { Engine, EngineBrowser } from './engine.js';
import { findEngines } from './found-engines.js';
import { startFirefox } from './firefox-engine.js';
import { startChromium } from './puppeteer-engines.js';
import { openTab, type Tab } from './tab.js';
import { openVisit, type Visit } from './visit.js';
import { startWebKit } from './webkit-engine.js';

const START = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

let engine: Engine;
let browser: EngineBrowser;

/**
 * Runs suites in this engine, all tests at the same time: most of a test is waiting. The browser is started once, because
 * that takes longer than most tests.
 */
export function runIn(name: Engine, isIncluded: (subject: string) => boolean = () => true): void {
  engine = name;
  const { paths, notRun } = findEngines({ ...process.env, BROWSERS: name });
  if (notRun) console.warn(notRun);
  const path = paths.get(name);
  describe.skipIf(path === undefined)(name, { concurrent: true }, async () => {
    beforeAll(async () => {
      browser = await START[name](path!);
    });
    afterAll(() => browser.close());
    for (const file of readdirSync(import.meta.dirname)) {
      // `.suite.ts` runs in every engine, `.chromium.ts` in that one.
      const [subject, kind] = file.split('.') as [string, string];
      if ((kind === 'suite' || kind === name) && isIncluded(subject))
        describe(subject, () => import(`./${subject}.${kind}.ts`));
    }
  });
}

/** A suite for every engine. Its tests run at the same time as all others. */
export function describeInBrowser(name: string, suite: (engine: Engine) => void): void {
  describe(name, { concurrent: true }, () => suite(engine));
}

/** A suite for what only Chromium can do, or can be made to do. */
export function describeInChromium(name: string, suite: (engine: Engine) => void): void {
  if (engine === 'chromium') describeInBrowser(name, suite);
}

interface Fixtures {
  /** Visits a new site, as a new visitor. */
  readonly visit: (build?: FakeBuild, options?: FakeBackendOptions) => Promise<Visit>;
  /** Opens a tab for a site that is there already, as a new visitor. */
  readonly tab: (origin: string) => Promise<Tab>;
}

// Both are closed after the test, which then fails if the page has asked for anything that it should not.
export const it = base.extend<Fixtures>({
  visit: async ({ onTestFinished }, use) => {
    await use(async (build = 'B26', options) => {
      const visit = await openVisit(browser, { build, ...options });
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
