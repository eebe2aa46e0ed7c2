// Chromium, over its DevTools protocol, and what puppeteer does in the same way in Firefox.
import { launch, type Browser, type BrowserContext, type KeyInput, type Page } from 'puppeteer-core';
import type { EngineBrowser, EngineWindow } from './engine.js';

// Ends what hangs, on a machine that may be very busy.
export const WATCHDOG_MS = 180_000;

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
      return driveChromium(context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

function driveChromium(context: BrowserContext, page: Page): EngineWindow {
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
    hide: () => minimize(page),
    async openAnother() {
      const other = await context.newPage({ type: 'window' });
      return { ...driveChromium(context, other), close: () => other.close() };
    },
  };
}

/** A new tab of this visitor would open in any window, and need not hide this one. */
export async function minimize(page: Page): Promise<() => Promise<void>> {
  const browser = page.browser();
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

export function driveWindow(page: Page) {
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
