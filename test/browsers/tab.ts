// A browser tab of a visitor of its own, who reaches one site and nothing else but what a test answers itself.
import { expect } from 'vitest';
import type { Browser, HTTPRequest, JSHandle, Page } from 'puppeteer-core';
import type * as Library from '../../src/index.js';
import type { FakeMessenger } from '../../src/testing/index.js';

/** What the tests find in a page's window. */
export interface PageGlobals extends Window {
  readonly messenger: Library.Messenger;
  readonly events: Library.MessengerEvent[];
  /** The fake messenger, once the snippet has run. */
  readonly fakeZendeskMessenger: FakeMessenger;
}

export interface Tab {
  readonly page: Page;
  /** Every request of the page, allowed or not: its full address. */
  readonly urls: readonly string[];
  /** What was written to the page's console, with everything that hangs on it. The line's type comes first. */
  readonly consoleLines: readonly string[];
  /** Runs a function in the page; its first argument is the window. */
  run<Params extends unknown[], Result>(
    action: (window: PageGlobals, ...params: Params) => Result | Promise<Result>,
    ...params: Params
  ): Promise<Result>;
  /** Opens another tab in front of it. Returns how to come back. */
  hide(): Promise<() => Promise<void>>;
  /** Fails when the page has asked for anything else, or has thrown something that nobody caught. */
  close(): Promise<void>;
}

/** The answer to a request that leaves the site: a response, `'blocked'`, or `undefined` if it should not be there. */
export type AnswerOutside = (request: HTTPRequest) => Promise<Response | 'blocked'> | undefined;

export async function openTab(browser: Browser, origin: string, answerOutside?: AnswerOutside): Promise<Tab> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const urls: string[] = [];
  const elsewhere: string[] = [];
  const uncaught: unknown[] = [];
  const consoleLines: string[] = [];

  page.on('console', (line) => {
    const details = line.args().map((argument) => argument.remoteObject());
    consoleLines.push(`${line.type()}: ${line.text()} ${JSON.stringify(details)}`);
  });
  page.on('pageerror', (error) => uncaught.push(error));
  page.on('request', (request) => void answer(request));
  await page.setRequestInterception(true);

  async function answer(request: HTTPRequest): Promise<void> {
    const url = request.url();
    urls.push(url);
    if (new URL(url).origin === origin) return request.continue();
    const answering = answerOutside?.(request);
    if (answering === undefined) elsewhere.push(url);
    const response = (await answering) ?? 'blocked';
    if (response === 'blocked') return request.abort('blockedbyclient');
    const headers = Object.fromEntries(response.headers);
    return request.respond({ status: response.status, headers, body: await response.text() });
  }

  return {
    page,
    urls,
    consoleLines,
    async run(action, ...params) {
      const window: JSHandle<any> = await page.evaluateHandle('window');
      return window.evaluate<unknown[], any>(action, ...params);
    },
    async hide() {
      const other = await context.newPage();
      await page.waitForFunction(() => document.hidden, { polling: 50 });
      return async () => {
        await other.close();
        await page.bringToFront();
        await page.waitForFunction(() => !document.hidden, { polling: 50 });
      };
    },
    async close() {
      await context.close();
      expect({ elsewhere, uncaught }).toEqual({ elsewhere: [], uncaught: [] });
    },
  };
}
