// Chromium, over its DevTools protocol, and Firefox, over WebDriver BiDi.
import { launch, type Browser, type KeyInput, type Page } from 'puppeteer-core';
import type { EngineBrowser } from './engine.js';
import { FORGET, RECORDER, type Recorded } from './recorder.js';
import { openRelay, type Relay } from './relay.js';

// Ends what hangs, on a machine that may be very busy.
const WATCHDOG_MS = 180_000;

const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

export function launchChromium(executablePath: string, ...more: readonly string[]): Promise<Browser> {
  return launch({
    executablePath,
    timeout: WATCHDOG_MS,
    args: [
      // puppeteer's acceptInsecureCerts overlooks the error of a certificate. Chromium still ends the prerendering of a
      // page that meets one.
      '--ignore-certificate-errors',
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      // Otherwise Chromium asks a server about every form, and loads pages for the address bar of every window, which take
      // more processor time than the tests.
      `--disable-features=${['AutofillServerCommunication', ...ADDRESS_BAR_PAGES].join()}`,
      '--disable-quic',
      '--disable-sync',
      ...more,
    ],
  });
}

export async function startChromium(executablePath: string): Promise<EngineBrowser> {
  const browser = await launchChromium(executablePath);
  return {
    needsRecorder: false,
    async openWindow(proxy) {
      const context = await browser.createBrowserContext({
        proxyServer: proxy,
        // Without this, localhost would go past the proxy.
        proxyBypassList: ['<-loopback>'],
      });
      const page = await context.newPage();
      const consoleLines: string[] = [];
      const uncaught: unknown[] = [];
      page.on('console', (line) => {
        const details = line.args().map((argument) => argument.remoteObject());
        consoleLines.push(`${line.type()}: ${line.text()} ${JSON.stringify(details)}`);
      });
      page.on('pageerror', (error) => uncaught.push(error));
      return {
        ...driveWindow(page),
        consoleLines,
        uncaught,
        chromium: page,
        async hide() {
          const other = await context.newPage();
          await waitUntilHidden(page, true);
          return async () => {
            await other.close();
            await page.bringToFront();
            await waitUntilHidden(page, false);
          };
        },
      };
    },
    close: () => browser.close(),
  };
}

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
    // A tab would hide the tabs of the visitors who are there already.
    const page = await context.newPage({ type: 'window' });
    // It tells no more of an error than that it is one, and complains of a page as if the page had thrown something.
    await page.evaluateOnNewDocument(RECORDER);
    return { page, relay };
  }

  return {
    needsRecorder: false,
    // A later visitor gets a window that another test has closed, without its data. Opening a new one takes longer.
    async openWindow(proxy) {
      const window = free.pop() ?? (await withFocus(start));
      const { page, relay } = window;
      relay.leadTo(proxy);
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
          await page.evaluate(FORGET);
          const context = page.browserContext();
          await context.deleteCookie(...(await context.cookies()));
          const isHidden = await page.evaluate('document.hidden');
          await page.goto('about:blank');
          if (!isHidden) free.push(window);
        },
        async hide() {
          const restore = await withFocus(() => minimize(browser, page));
          return () => withFocus(restore);
        },
      };
    },
    async close() {
      await browser.close();
      relays.forEach((relay) => relay.close());
    },
  };
}

/** A new tab of this visitor would open in any window, and need not hide this one. */
async function minimize(browser: Browser, page: Page): Promise<() => Promise<void>> {
  const id = await page.windowId();
  await browser.setWindowBounds(id, { windowState: 'minimized' });
  await waitUntilHidden(page, true);
  return async () => {
    await browser.setWindowBounds(id, { windowState: 'normal' });
    await waitUntilHidden(page, false);
  };
}

async function waitUntilHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.waitForFunction((wanted) => document.hidden === wanted, { polling: 50 }, isHidden);
}

function driveWindow(page: Page) {
  page.setDefaultTimeout(WATCHDOG_MS);
  return {
    async goto(url: string) {
      await page.goto(url);
    },
    async reload() {
      await page.reload();
    },
    evaluate: (expression: string): Promise<unknown> => page.evaluate(expression),
    click: (selector: string) => page.click(selector),
    async press(key: string) {
      const [last, ...held] = key.split('+').reverse() as [KeyInput, ...KeyInput[]];
      for (const modifier of held) await page.keyboard.down(modifier);
      await page.keyboard.press(last);
      for (const modifier of held) await page.keyboard.up(modifier);
    },
    cookies: () => page.browserContext().cookies(),
    close: () => page.browserContext().close(),
  };
}
