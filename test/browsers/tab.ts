// A browser tab for one visitor. It reaches one site, and whatever the test answers itself.
import { expect } from 'vitest';
import type { Page } from 'puppeteer-core';
import type * as Library from '../../src/index.js';
import type { FakeMessenger } from '../../src/testing/index.js';
import type { EngineBrowser, EngineWindow } from './engine.js';
import { openProxy, type AnswerOutside, type Proxy } from './proxy.js';

/** What the tests find in a page's window. */
export interface PageGlobals extends Window {
  readonly messenger: Library.Messenger;
  readonly events: Library.MessengerEvent[];
  /** The fake messenger, once the snippet has run. */
  readonly fakeZendeskMessenger: FakeMessenger;
}

export interface Tab extends Omit<EngineWindow, 'chromium' | 'uncaught' | 'openAnother' | 'close'> {
  /** Chromium's page, for what the other engines cannot do. With those, it is not there. */
  readonly chromium: Page;
  /** The same, in files that run in Chromium alone. */
  readonly page: Page;
  /** Every request that the browser made, answered or not: its full address. */
  readonly urls: readonly string[];
  /** Runs a function in the page; its first argument is the window. */
  run<Params extends unknown[], Result>(
    action: (window: PageGlobals, ...params: Params) => Result | Promise<Result>,
    ...params: Params
  ): Promise<Result>;
  /** How many elements a selector finds. */
  count(selector: string): Promise<number>;
  /** Opens another tab of the same visitor. It is closed with this one. */
  openTab(): Promise<Tab>;
  /** Fails when the page has asked for anything else, or has thrown something that nobody caught. */
  close(): Promise<void>;
}

export async function openTab(browser: EngineBrowser, origin: string, answerOutside?: AnswerOutside): Promise<Tab> {
  const proxy = await openProxy({ origin, answerOutside, isRecorded: browser.needsRecorder });
  return createTab(await browser.openWindow(proxy.address), proxy);
}

function createTab({ chromium, uncaught, openAnother, ...opened }: EngineWindow, proxy: Proxy, isFirst = true): Tab {
  const { evaluate } = opened;
  const others: Tab[] = [];
  return {
    ...opened,
    urls: proxy.urls,
    chromium: chromium as Page,
    page: chromium as Page,
    run(action, ...params) {
      const given = params.map((param) => (param === undefined ? 'undefined' : JSON.stringify(param)));
      return evaluate(`(${String(action)})(${['window', ...given].join()})`) as Promise<any>;
    },
    count: (selector) => evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`) as Promise<number>,
    async openTab() {
      const other = createTab(await openAnother(), proxy, false);
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) await other.close();
      await opened.close().finally(isFirst ? proxy.close : () => {});
      expect({ elsewhere: proxy.elsewhere, uncaught }).toEqual({ elsewhere: [], uncaught: [] });
    },
  };
}
