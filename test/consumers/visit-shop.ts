// Opens the page of an app in Chromium, with a fake in the place of Zendesk, and notes what the console says.
import type { Browser, Page } from 'puppeteer-core';
import { createFakeBackend, type FakeBackend, type FakeVisitor } from '../../src/testing/index.js';
import { WATCHDOG_MS } from '../browsers/puppeteer-engines.js';
import { fakeZendesk } from '../docs/puppeteer-example.js';

// The key in the shared module of the documentation.
const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';

export interface Shop {
  readonly page: Page;
  readonly backend: FakeBackend;
  /** Waits until the paragraph of the component contains this text. */
  shows(text: string): Promise<void>;
  /** Whether the paragraph is the one in the server's HTML, and not a new one in its place. */
  hasServersParagraph(): Promise<boolean>;
  /** The texts that the paragraph has had since the page was loaded, each once. */
  shownTexts(): Promise<readonly string[]>;
  visitor(): Promise<FakeVisitor>;
  untilVisitor(visitor: FakeVisitor): Promise<void>;
  /** Closes the page, and returns the warnings and errors of its console. */
  close(): Promise<readonly string[]>;
}

/** @param session - the value of the site's cookie: the id of the user who is signed in to the site */
export async function visitShop(browser: Browser, url: string, session?: string): Promise<Shop> {
  const context = await browser.createBrowserContext();
  if (session) await context.setCookie({ name: 'session', value: session, domain: 'localhost' });
  const page = await context.newPage();
  page.setDefaultTimeout(WATCHDOG_MS);
  const problems: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warn') problems.push(line.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.evaluateOnNewDocument(watchParagraph);
  const backend = createFakeBackend({ key: KEY });
  await fakeZendesk(page, backend);
  const response = await page.goto(url);
  if (!response?.ok()) throw new Error(`The page answers ${response?.status()}: ${await response?.text()}`);

  const waitFor = (look: (expected: string) => boolean, expected: string) =>
    page.waitForFunction(look, { polling: 50 }, expected).then(() => undefined);
  return {
    page,
    backend,
    shows: (text) => waitFor(showsText, text),
    hasServersParagraph: () => page.evaluate(() => document.querySelector('main p') === window.firstParagraph),
    shownTexts: () => page.evaluate(() => [...window.shownTexts!]),
    visitor: () => page.evaluate('fakeZendeskMessenger.visitor') as Promise<FakeVisitor>,
    untilVisitor: (visitor) => waitFor(hasVisitor, JSON.stringify(visitor)),
    async close() {
      await context.close();
      return problems;
    },
  };
}

// The following functions run in the page.

declare global {
  interface Window {
    firstParagraph?: Element | null;
    shownTexts?: Set<string>;
  }
}

/** The parser has added the server's paragraph before any script of the page can replace it or its text. */
function watchParagraph(): void {
  const shown = (window.shownTexts = new Set<string>());
  new MutationObserver(() => {
    const paragraph = document.querySelector('main p');
    window.firstParagraph ??= paragraph;
    const text = (paragraph?.textContent ?? '').replace(/\s+/g, ' ').trim();
    // The parser may have seen only the beginning.
    if (text.endsWith('unread)')) shown.add(text);
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

function showsText(text: string): boolean {
  const paragraph = document.querySelector('main p');
  return (paragraph?.textContent ?? '').replace(/\s+/g, ' ').includes(text);
}

function hasVisitor(visitor: string): boolean {
  const { fakeZendeskMessenger } = window as { fakeZendeskMessenger?: { visitor: unknown } };
  return JSON.stringify(fakeZendeskMessenger?.visitor) === visitor;
}
