// One visitor's life with the example: signs in, stays, has a token revoked, stays, signs out.
import type { Page } from 'puppeteer-core';
import type { Mark, Recording } from './recording.js';

const LIFETIME_MS = 60_000;
const PREFIX = 'zendesk-messenger-auth:';
// A token is revoked when it is settled, and the visitor leaves when the last one has been for a while.
const [REVOKE_AFTER_MS, LEAVE_AFTER_MS] = [11_000, 9000];

/** @param tell - how far it is */
export async function liveOnce(page: Page, url: string, tell: (what: string) => void): Promise<Recording> {
  await page.evaluateOnNewDocument((prefix) => {
    const seen: [string, number][] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) {
        if (name.startsWith(prefix)) seen.push([name.slice(prefix.length), startTime]);
      }
    }).observe({ type: 'mark' });
  }, PREFIX);
  await page.goto(url);
  await page.click(`#lifetime-${LIFETIME_MS / 1000}`);
  const startedMs = (await page.evaluate('performance.now()')) as number;
  await press(page, 'sign-in');
  tell('signs in');
  await waitForMarks(page, 'push-called', 1);
  tell('the token is renewed');
  await pause(REVOKE_AFTER_MS);
  await press(page, 'revoke');
  tell('a token is revoked');
  await waitForMarks(page, 'token-refused', 1);
  // The sign-in that follows the refusal, and the next renewal's.
  await waitForMarks(page, 'push-called', 3);
  tell('the next token is renewed');
  await pause(LEAVE_AFTER_MS);
  await press(page, 'sign-out');
  await waitForMarks(page, 'signed-out', 1);
  tell('signs out');
  const seen = (await page.evaluate('seen')) as [Mark['type'], number][];
  const marks = seen.map(([type, atMs]) => ({ type, atMs: Math.round(atMs - startedMs) }));
  return { lifetimeMs: LIFETIME_MS, marks: marks.filter(({ atMs }) => atMs >= 0) };
}

async function press(page: Page, id: string): Promise<void> {
  await page.waitForSelector(`#${id}:not([aria-disabled="true"])`);
  await page.click(`#${id}`);
}

async function waitForMarks(page: Page, type: Mark['type'], count: number): Promise<void> {
  const isThere = `seen.filter(([type]) => type === '${type}').length >= ${count}`;
  await page.waitForFunction(isThere, { timeout: 2 * LIFETIME_MS, polling: 200 });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
