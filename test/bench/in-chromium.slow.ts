// Runs each measurement of the bench once. Needs `npm run build` first.
import { readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { measureIdleTab } from '../../tools/bench/idle-tab.js';
import { FIRST_PAGES, readFirstFiles } from './first-pages.js';
import { listIntegrations, readFiles } from './integrations.js';
import { measureFirstPage } from '../../tools/bench/first-page.js';
import { addUp, findTasks, traceSignIn } from '../../tools/bench/main-thread.js';
import { ORIGIN, type Servers, startServers } from '../../tools/bench/servers.js';
import { inFreshBrowser, measureSignIn } from '../../tools/bench/sign-in.js';
import { findEngines } from '../browsers/found-engines.js';
import { LIGHT_MESSENGER } from '../browsers/long-life-page.js';

const chromium = findEngines({ ...process.env, BROWSERS: 'chromium' }).paths.get('chromium');
const library = readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8');
const fake = readFileSync('dist/fake-snippet.iife.js', 'utf8');

// Long enough for a bench that polls the page for the sign-in to show up in the trace.
const WORK_MS = 300;
const LATE_SIGN_IN = `<!doctype html><script>
  window.signIn = new Promise((resolve) => {
    addEventListener('load', () => setTimeout(work, 300));
    function work() {
      const end = performance.now() + ${WORK_MS};
      while (performance.now() < end);
      resolve(null);
    }
  });
</script>`;

describe.skipIf(chromium === undefined)('in Chromium', () => {
  let servers: Servers;
  beforeAll(async () => {
    servers = await startServers(new Map([...(await readFiles(library)), ...(await readFirstFiles())]), fake);
  });
  afterEach(() => {
    Object.assign(servers, { snippet: fake, isCompressed: false });
  });
  afterAll(() => servers.close());

  const measure = <Result>(take: (browser: Browser) => Promise<Result>) =>
    inFreshBrowser(chromium!, servers.port, take);

  // A page that does not sign in would look fast.
  describe.each(listIntegrations(library).map(({ name }, index) => ({ name, path: `/${index}` })))(
    '$name',
    ({ path }) => {
      it('signs the visitor in', async () => {
        const { sentMs, acceptedMs } = await measure((browser) => measureSignIn(browser, path));
        expect(sentMs).toBeGreaterThan(0);
        expect(acceptedMs).toBeGreaterThan(sentMs);
      });

      it('signs the visitor in while its scripts are measured', async () => {
        servers.snippet = LIGHT_MESSENGER;
        const tasks = findTasks(await measure((browser) => traceSignIn(browser, path)));
        expect(addUp(tasks)).toBeGreaterThan(0);
      });
    },
  );

  it('weighs each page before the first interaction, and only those with a messenger ask Zendesk', async () => {
    Object.assign(servers, { snippet: LIGHT_MESSENGER, isCompressed: true });
    const bytes: number[] = [];
    for (const { path, asksZendesk } of FIRST_PAGES) {
      const cost = await measure((browser) => measureFirstPage(browser, path));
      expect(cost.zendeskRequests > 0, path).toBe(asksZendesk);
      expect(cost.mainThreadMs, path).toBeGreaterThan(0);
      bytes.push(cost.siteBytes);
    }
    const [none, launcher, atOnce] = bytes as [number, number, number];
    expect(launcher).toBeGreaterThan(none);
    expect(atOnce - none).toBeGreaterThan(3 * (launcher - none));
  });

  it("counts the page's own scripts, and not those of the bench", async () => {
    servers.files.set('/late', LATE_SIGN_IN);
    const tasks = findTasks(await measure((browser) => traceSignIn(browser, '/late')));
    const urls = tasks.map(({ args }) => args?.data?.url).filter((url) => url !== undefined);
    expect([...new Set(urls)]).toEqual([`${ORIGIN}/late`]);
    // A tenth, because a busy machine may give it no more.
    expect(addUp(tasks)).toBeGreaterThan(WORK_MS * 100);
  });

  it('an idle tab has at most one wake-up per hour besides its renewals and pushes, and answers in the same tick', async () => {
    const { days, renewalUs } = await measure(measureIdleTab);
    for (const { lifetime, renewals, pushes, otherWakeUps, answersInSameTick } of days) {
      // One for each renewal, except for the last one, which may be waiting.
      expect(renewals - pushes, lifetime).toBeOneOf([0, 1]);
      expect(otherWakeUps, lifetime).toBeGreaterThanOrEqual(0);
      expect(otherWakeUps, lifetime).toBeLessThanOrEqual(24);
      expect(answersInSameTick, lifetime).toBe(true);
    }
    const [hourLong, dayLong] = days.map(({ renewals }) => renewals);
    expect(hourLong).toBeGreaterThan(24);
    expect(dayLong).toBeGreaterThan(0);
    expect(renewalUs).toBeGreaterThan(0);
  });
});
