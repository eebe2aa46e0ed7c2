// How long a visitor with an empty cache waits to be signed in, in a real Chromium.
import type { Browser } from 'puppeteer-core';
import { ORIGIN } from './servers.js';

/** From the start of the navigation, milliseconds. */
export interface SignInTimes {
  /** When the sign-in's request was sent to Zendesk. */
  readonly sentMs: number;
  /** When its answer was there. `undefined`: it was refused, or never sent. */
  readonly acceptedMs: number | undefined;
}

const LOGIN = /\/sc\/sdk\/v2\/apps\/\w+\/login$/;

/**
 * @param browser - with nothing cached, and no connection open
 * @param path - of the page
 */
export async function measureSignIn(browser: Browser, path: string): Promise<SignInTimes> {
  const page = await browser.newPage();
  await page.goto(ORIGIN + path);
  await page.waitForFunction("'signIn' in window");
  const failure = await page.evaluate('signIn');
  const requests = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => [entry.name, entry.startTime, (entry as PerformanceResourceTiming).responseEnd] as const),
  );
  const [, sentMs = Infinity, acceptedMs = Infinity] = requests.find(([url]) => LOGIN.test(url)) ?? [];
  return { sentMs, acceptedMs: failure ? undefined : acceptedMs };
}
