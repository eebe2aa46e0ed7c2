// Signs a visitor in with an empty cache, in a real Chromium.
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';
import { ORIGIN } from './servers.js';

/** Milliseconds from the start of the navigation. */
export interface SignInTimes {
  /** When the request was sent to Zendesk. */
  readonly sentMs: number;
  /** When the answer arrived. `undefined` if the sign-in was refused or never sent. */
  readonly acceptedMs: number | undefined;
}

/**
 * Starts a Chromium without a cache and without connections. Every address leads to the server at this port. It is not a
 * private window, because Chromium does not preconnect there.
 */
export async function inFreshBrowser<Result>(path: string, port: number, measure: (browser: Browser) => Result) {
  // Page.setIgnoreCertificateErrors would make each connection twice.
  const options = ['--ignore-certificate-errors', `--host-resolver-rules=MAP * 127.0.0.1:${port}`];
  const browser = await launchChromium(path, ...options);
  return Promise.resolve(measure(browser)).finally(() => browser.close());
}

export async function measureSignIn(browser: Browser, path: string): Promise<SignInTimes> {
  const page = await browser.newPage();
  await page.goto(ORIGIN + path);
  await page.waitForFunction("'signIn' in window");
  const failure = await page.evaluate('signIn');
  const requests = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => entry.toJSON() as PerformanceResourceTiming),
  );
  const login = requests.find(({ name }) => /\/apps\/\w+\/login$/.test(name));
  return { sentMs: login?.startTime ?? Infinity, acceptedMs: failure ? undefined : login?.responseEnd };
}
