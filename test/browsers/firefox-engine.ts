// Firefox, over WebDriver BiDi.
import { launch, type BrowserContext, type Page } from 'puppeteer-core';
import { driveWindow, minimize, WATCHDOG_MS } from './puppeteer-engines.js';
import type { EngineBrowser, EngineWindow } from './engine.js';
import { FORGET, RECORDER, type Recorded } from './recorder.js';
import { openRelay, type Relay } from './relay.js';

export async function startFirefox(executablePath: string): Promise<EngineBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    acceptInsecureCerts: true,
    timeout: WATCHDOG_MS,
    // Requests of Firefox itself do not use the window's proxy, and the tests ignore them.
    extraPrefsFirefox: { 'network.proxy.allow_hijacking_localhost': true },
  });
  const relays = new Set<Relay>();
  const free: { page: Page; relay: Relay }[] = [];

  // Firefox has one focused window. A window that opens between a key's down and up would take the second half.
  let focusIsFree: Promise<unknown> = Promise.resolve();
  function withFocus<Result>(action: () => Promise<Result>): Promise<Result> {
    const done = focusIsFree.then(action);
    focusIsFree = done.catch(() => {});
    return done;
  }

  async function start() {
    const relay = await openRelay();
    relays.add(relay);
    const context = await browser.createBrowserContext({ proxyServer: relay.address });
    return { page: await openPage(context), relay };
  }

  async function openPage(context: BrowserContext): Promise<Page> {
    // A tab would hide the tabs of the visitors who are there already.
    const page = await context.newPage({ type: 'window' });
    // It tells no more of an error than that it is one, and complains of a page as if the page had thrown something.
    await page.evaluateOnNewDocument(RECORDER);
    return page;
  }

  function drive(page: Page, leave: () => Promise<void>): EngineWindow {
    const consoleLines: string[] = [];
    const uncaught: string[] = [];
    const collect = async () => {
      const recorded = await page.evaluate(`window[Symbol.for('recorder')]?.finish()`);
      if (recorded === undefined) return;
      const { lines, uncaught: thrown } = JSON.parse(recorded as string) as Required<Recorded>;
      consoleLines.push(...lines);
      uncaught.push(...thrown);
    };
    const driven = driveWindow(page);
    return {
      ...driven,
      consoleLines,
      uncaught,
      async goto(url) {
        await collect();
        await driven.goto(url);
      },
      async reload() {
        await collect();
        await driven.reload();
      },
      async evaluate(expression) {
        const value = await driven.evaluate(expression);
        await collect();
        return value;
      },
      press: (key) =>
        withFocus(async () => {
          await page.bringToFront();
          await driven.press(key);
        }),
      async close() {
        await collect();
        await leave();
      },
      async hide() {
        const restore = await withFocus(() => minimize(page));
        return () => withFocus(restore);
      },
      async openAnother() {
        const other = await withFocus(() => openPage(page.browserContext()));
        return drive(other, () => other.close());
      },
    };
  }

  return {
    needsRecorder: false,
    // A later visitor gets a window that another test has closed, without its data. Opening a new one takes longer.
    async openWindow(proxy) {
      const window = free.pop() ?? (await withFocus(start));
      window.relay.leadTo(proxy);
      const { page } = window;
      return drive(page, async () => {
        await page.evaluate(FORGET);
        const context = page.browserContext();
        await context.deleteCookie(...(await context.cookies()));
        const isHidden = await page.evaluate('document.hidden');
        await page.goto('about:blank');
        if (!isHidden) free.push(window);
      });
    },
    async close() {
      await browser.close();
      relays.forEach((relay) => relay.close());
    },
  };
}
