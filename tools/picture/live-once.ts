// One visitor's life with the example: signs in, stays, has a token revoked, stays, signs out.
import type { HTTPRequest, Page } from 'puppeteer-core';
import type { MessengerEvent } from '../../src/index.js';
import type { FakeMessenger } from '../../src/testing/index.js';
import type { Recording, VisitorChange } from './recording.js';

export interface Life {
  /** Of each token, seconds: one that the example offers. */
  readonly lifetimeS: number;
  /** How long after its renewal a token is revoked, and after the last one's the visitor leaves, milliseconds. */
  readonly revokeAfterMs: number;
  readonly leaveAfterMs: number;
}

// Longer than any renewal takes to come.
const TIMEOUT_MS = 120_000;

/** In the page, in place of the library: the library, which also tells the recorder. */
const LISTENED_TO = `
import { createMessenger as create } from '/dist/index.js?itself';
export const createMessenger = ({ onEvent, ...options }) =>
  create({ ...options, onEvent: (event) => (recorded.events.push(event), onEvent(event)) });
`;

interface RecordingPage {
  readonly recorded: { events: MessengerEvent[]; visitor: VisitorChange[] };
  readonly fakeZendeskMessenger?: FakeMessenger;
}

/** @param tell - how far it is */
export async function liveOnce(
  page: Page,
  url: string,
  { lifetimeS, revokeAfterMs, leaveAfterMs }: Life,
  tell: (what: string) => void,
): Promise<Recording> {
  await page.evaluateOnNewDocument('window.recorded = { events: [], visitor: [] }');
  await page.setRequestInterception(true);
  page.on('request', (request) => void answer(request, `${url}/dist/index.js`));
  await page.goto(url);
  await waitFor(page, 'window.fakeZendeskMessenger');
  await page.click(`#lifetime-${lifetimeS}`);
  const startedMs = await page.evaluate(() => {
    const { recorded, fakeZendeskMessenger: messenger } = window as unknown as Required<RecordingPage>;
    const look = () => {
      const { kind } = messenger.visitor;
      if (kind !== recorded.visitor.at(-1)?.kind) recorded.visitor.push({ kind, atMs: Date.now() });
    };
    look();
    messenger.onChange(look);
    return Date.now();
  });
  await press(page, 'sign-in');
  tell('signs in, and waits for the renewal');
  await waitForEvents(page, 'push-called', 1);
  tell('the token is renewed');
  await pause(revokeAfterMs);
  await press(page, 'revoke');
  tell('the token is revoked');
  await waitForEvents(page, 'token-refused', 1);
  tell('Zendesk refuses it; a fresh one is handed over, and will be renewed');
  // The sign-in that follows the refusal, and the next renewal's.
  await waitForEvents(page, 'push-called', 3);
  tell('that one is renewed, too');
  await pause(leaveAfterMs);
  await press(page, 'sign-out');
  await waitForEvents(page, 'signed-out', 1);
  await waitFor(page, `fakeZendeskMessenger.visitor.kind !== 'user'`);
  tell('signs out');
  const { events, visitor } = (await page.evaluate('recorded')) as RecordingPage['recorded'];
  return {
    events: events.map((event) => since(event, startedMs)).filter(({ atMs }) => atMs >= 0),
    visitor: visitor.map((change) => since(change, startedMs)),
  };
}

/** Instants are counted from another one: `atMs`, and what an event says of the future. */
function since<T extends object>(told: T, startedMs: number): T {
  const entries = Object.entries(told).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'number' && /atMs$/i.test(name) ? Math.round(value - startedMs) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

async function answer(request: HTTPRequest, library: string): Promise<void> {
  if (request.url() !== library) return request.continue();
  await request.respond({ contentType: 'text/javascript', body: LISTENED_TO });
}

async function press(page: Page, id: string): Promise<void> {
  await page.waitForSelector(`#${id}:not([aria-disabled="true"])`);
  await page.click(`#${id}`);
}

const waitForEvents = (page: Page, type: MessengerEvent['type'], count: number) =>
  waitFor(page, `recorded.events.filter(({ type }) => type === '${type}').length >= ${count}`);

async function waitFor(page: Page, isSo: string): Promise<void> {
  await page.waitForFunction(isSo, { timeout: TIMEOUT_MS, polling: 200 });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
