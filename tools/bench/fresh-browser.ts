import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';

/**
 * A Chromium with nothing cached and no connection open, whose every address leads to the same server. Not in private
 * mode, where it would open no connection ahead.
 *
 * @param port - of that server
 */
export async function inFreshBrowser<Result>(
  executablePath: string,
  port: number,
  measure: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const browser = await launchChromium(
    executablePath,
    // Where a certificate is let through by hand, each connection is made twice.
    '--ignore-certificate-errors',
    `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
  );
  try {
    return await measure(browser);
  } finally {
    await browser.close();
  }
}
