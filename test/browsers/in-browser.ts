// What a test in a browser is written with.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, it as base } from 'vitest';
import type { FakeBuild } from '../../src/testing/index.js';
import type { Engine, EngineBrowser } from './engine.js';
import { findEngines } from './found-engines.js';
import { startChromium, startFirefox } from './puppeteer-engines.js';
import { openTab, type Tab } from './tab.js';
import { openVisit, type Visit } from './visit.js';
import { startWebKit } from './webkit-engine.js';

const START = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

let engine: Engine;
let browser: EngineBrowser;

/** Runs all suites in this engine, in a browser that is started once: that takes longer than most tests. */
export function runIn(name: Engine): void {
  const path = findEngines(process.env).paths.get(name);
  engine = name;
  describe.skipIf(path === undefined)(name, async () => {
    beforeAll(async () => {
      browser = await START[name](path!);
    });
    afterAll(() => browser.close());
    for (const file of readdirSync(import.meta.dirname)) {
      // `.suite.ts` is for every engine, `.chromium.ts` for that one.
      const [subject, kind] = file.split('.');
      if (kind === 'suite' || kind === name) describe(subject!, () => import(`./${subject}.${kind}.ts`));
    }
  });
}

/** A suite for every engine, one after the other. Its tests run at the same time: what they do most is wait. */
export function describeInBrowser(name: string, suite: (engine: Engine) => void): void {
  describe(name, { concurrent: true }, () => suite(engine));
}

/** A suite for what only Chromium can do, or be brought to. */
export function describeInChromium(name: string, suite: (engine: Engine) => void): void {
  if (engine === 'chromium') describeInBrowser(name, suite);
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
