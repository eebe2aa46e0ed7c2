// How the playground looks on phones and screens, on light and dark pages, what axe says about it, and whether it can be used
// with the keyboard. With SHOTS=folder, the test writes screenshots.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import { describeInChromium, it } from './in-browser.js';
import type { Tab } from './tab.js';
import { eventually } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = [
  [360, 'light'],
  [360, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const;

type OpenTab = (origin: string) => Promise<Tab>;

async function openPlayground(openTab: OpenTab, onTestFinished: (close: () => Promise<void>) => void) {
  const server = await startServer({ port: 0 });
  onTestFinished(() => server.close());
  const tab = await openTab(server.url);
  await tab.goto(`${server.url}/playground/`);
  const shows = (...expected: readonly string[]) =>
    eventually(async () =>
      expect(await tab.evaluate(`[...document.querySelectorAll('.badge')].map((node) => node.textContent)`)).toEqual(
        expected,
      ),
    );
  await shows('Nobody is signed in');
  return { page: tab.page, shows };
}

/** What axe finds in one document. It does not look into frames. */
async function examine(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const { violations } = await axe.run(window.document, { preload: false, iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

async function expectGoodLooks(page: Page, name: string): Promise<void> {
  for (const [width, scheme] of LOOKS) {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const shots = process.env['SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/playground-${name}-${width}-${scheme}.png`, fullPage: true });
    // The frames of the fake messenger are empty.
    for (const frame of page.frames().filter((each) => each.url().includes('/playground/'))) {
      expect(await examine(frame)).toEqual([]);
      const { scrolled, shown } = await frame.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        shown: innerWidth,
      }));
      expect(scrolled).toBeLessThanOrEqual(shown);
    }
  }
}

describeInChromium('the looks of the playground', () => {
  // It runs axe 28 times.
  it('axe finds nothing, and nothing scrolls sideways', { timeout: 600_000 }, async ({ tab, onTestFinished }) => {
    const { page, shows } = await openPlayground(tab, onTestFinished);
    const press = (id: string) => page.evaluate((wanted) => document.getElementById(wanted)!.click(), id);
    await expectGoodLooks(page, 'start');
    await press('sign-in');
    await shows('Ada is signed in');
    await press('second-tab');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('compare');
    await shows(...Array<string>(4).fill('Ada is signed in'));
    await press('code-all');
    await press('switch-user');
    const lost = 'Grace is signed out: the next message is anonymous';
    await shows(...Array<string>(3).fill('Grace is signed in'), lost);
    await press('expire');
    await shows('Grace is signed in', 'Grace is signed in', lost, lost);
    expect(await page.$eval('#breach', ({ textContent }) => textContent)).toContain('carried Ada’s stored identity');
    await expectGoodLooks(page, 'compared');
  });

  it('can be used with the keyboard, and keeps the focus on a button that is not available any more', async ({
    tab,
    onTestFinished,
  }) => {
    const { page, shows } = await openPlayground(tab, onTestFinished);
    await page.setViewport({ width: 1280, height: 800 });
    const focused = () => page.evaluate(() => document.activeElement!.id);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('sign-in');
    await page.keyboard.press('Enter');
    await shows('Ada is signed in');
    expect(await focused()).toBe('sign-in');
    expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-disabled'))).toBe('true');
    for (const id of ['switch-user', 'sign-out', 'send', 'expire', 'revoke', 'normal']) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
    }
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('slow');
    expect(await page.evaluate(() => document.querySelector('#log')!.textContent)).toContain('is slow from now on');
    // Back from the code to the tabs, past the log.
    await page.focus('#code-step');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('code-all');
    expect(await page.evaluate(() => document.querySelector('[aria-selected="true"]')!.id)).toBe('code-all');
    await page.evaluate(() => {
      const writeText = async (text: string) => void (document.title = text);
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.title()).toContain("import { createMessenger } from 'zendesk-messenger-auth';");
  });
});
