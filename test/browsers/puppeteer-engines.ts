// Chromium, over its DevTools protocol, and Firefox, over WebDriver BiDi.
import { launch, type Browser, type JSHandle, type KeyInput, type Page } from 'puppeteer-core';
import type { EngineBrowser, EngineWindow } from './engine.js';

export function launchChromium(executablePath: string): Promise<Browser> {
  return launch({
    executablePath,
    acceptInsecureCerts: true,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      // It would ask a server about every form, on the window's own way out.
      '--disable-features=AutofillServerCommunication',
      '--disable-quic',
      '--disable-sync',
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
      return {
        ...driveWindow(page, (argument) => argument.remoteObject()),
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
    // What Firefox itself asks for takes another way than a window's proxy, and is no business of the tests.
    extraPrefsFirefox: { 'network.proxy.allow_hijacking_localhost': true },
  });
  return {
    needsRecorder: false,
    async openWindow(proxy) {
      const context = await browser.createBrowserContext({ proxyServer: proxy });
      // A tab would hide the tabs of the visitors who are there already.
      const page = await context.newPage({ type: 'window' });
      return { ...driveWindow(page, askPage), hide: () => minimize(browser, page) };
    },
    close: () => browser.close(),
  };
}

/** Firefox tells no more of an error than that it is one. So the page is asked. */
function askPage(argument: JSHandle): Promise<unknown> {
  return argument.evaluate((value) =>
    value instanceof Error ? { ...value, text: String(value), stack: value.stack } : value,
  );
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

/** What Firefox itself says of a page comes as if the page had thrown it. */
const FIREFOX_SAYS = /^(Content-Security-Policy: |Loading (module|failed) )/;

function driveWindow(page: Page, detailsOf: (argument: JSHandle) => unknown): Omit<EngineWindow, 'hide'> {
  const consoleLines: string[] = [];
  const uncaught: unknown[] = [];
  /** Lines that are still being written. */
  const writing: Promise<void>[] = [];
  page.on('console', (line) => {
    const index = consoleLines.push(`${line.type()}: ${line.text()}`) - 1;
    const write = (details: unknown[]) => void (consoleLines[index] += ` ${JSON.stringify(details)}`);
    const details = line.args().map(detailsOf);
    if (details.some((detail) => detail instanceof Promise)) writing.push(Promise.all(details).then(write));
    else write(details);
  });
  page.on('pageerror', (error) => {
    if (!(error instanceof Error && FIREFOX_SAYS.test(error.message))) uncaught.push(error);
  });
  return {
    consoleLines,
    uncaught,
    async goto(url) {
      await page.goto(url);
    },
    async reload() {
      await page.reload();
    },
    async evaluate(expression) {
      const value: unknown = await page.evaluate(expression);
      await Promise.all(writing.splice(0));
      return value;
    },
    click: (selector) => page.click(selector),
    async press(key) {
      const [last, ...held] = key.split('+').reverse() as [KeyInput, ...KeyInput[]];
      for (const modifier of held) await page.keyboard.down(modifier);
      await page.keyboard.press(last);
      for (const modifier of held) await page.keyboard.up(modifier);
    },
    cookies: () => page.browserContext().cookies(),
    close: () => page.browserContext().close(),
  };
}
