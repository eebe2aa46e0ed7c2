// Measures what a page costs before the first interaction: what Chromium downloads from the site, and how long the page occupies
// the main thread.
import type { Browser } from 'puppeteer-core';
import { SLOWDOWN } from './main-thread.js';
import { ORIGIN } from './servers.js';
import { table } from '../markdown-table.js';

export interface FirstPageCost {
  /** Of everything from the site itself, compressed and with its headers. */
  readonly siteBytes: number;
  readonly siteRequests: number;
  readonly zendeskRequests: number;
  /** All tasks of the main thread: scripts, layout, painting and what else Chromium does for the page. Milliseconds. */
  readonly mainThreadMs: number;
}

/** The measurement ends when the page has requested nothing for so long. */
const QUIET_MS = 1000;

export async function measureFirstPage(browser: Browser, path: string): Promise<FirstPageCost> {
  const page = await browser.newPage();
  const requests = new Map<string, { url: string; bytes: number }>();
  const client = await page.createCDPSession();
  client.on('Network.requestWillBeSent', ({ requestId, request }) =>
    requests.set(requestId, { url: request.url, bytes: 0 }),
  );
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  await client.send('Network.enable');
  await page.emulateCPUThrottling(SLOWDOWN);
  await page.goto(ORIGIN + path);
  await page.waitForNetworkIdle({ idleTime: QUIET_MS });
  const { TaskDuration: mainThreadS = NaN } = await page.metrics();
  const downloads = [...requests.values()].filter(({ url }) => url.startsWith('https:'));
  const ofSite = downloads.filter(({ url }) => url.startsWith(ORIGIN));
  return {
    siteBytes: ofSite.reduce((sum, { bytes }) => sum + bytes, 0),
    siteRequests: ofSite.length,
    zendeskRequests: downloads.length - ofSite.length,
    mainThreadMs: mainThreadS * 1000,
  };
}

export interface FirstPageCosts {
  readonly name: string;
  /** One for each round. */
  readonly costs: readonly FirstPageCost[];
}

/** Shows the smallest values: whatever else the machine does only adds to them. */
export function firstPageTable(measured: readonly FirstPageCosts[]): string {
  return table(
    [
      'Before the first interaction',
      'Requests to the site',
      'Requests to Zendesk',
      'Bytes from the site',
      `Main thread, ${SLOWDOWN}× slower processor`,
    ],
    measured.map(({ name, costs }) => {
      const least = (read: (cost: FirstPageCost) => number) =>
        Math.round(Math.min(...costs.map(read))).toLocaleString('en');
      return [
        name,
        least(({ siteRequests }) => siteRequests),
        least(({ zendeskRequests }) => zendeskRequests),
        least(({ siteBytes }) => siteBytes),
        `${least(({ mainThreadMs }) => mainThreadMs)} ms`,
      ];
    }),
  );
}

/** What the table does not have. Printed below it. */
export const NOT_COUNTED =
  "A stand-in that does nothing takes the place of Zendesk's messenger, so its bytes and its time are not in the table. The real " +
  'one adds about half a megabyte of scripts, and the time to run them, to each page that sends requests to Zendesk.';
