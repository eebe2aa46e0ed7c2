// A million tabs and one endpoint. What the endpoint answers depends on the time alone, so no tab's life depends on
// another's: each is lived from its beginning to its end, and only its requests are counted.
import { MessengerAuthError } from '../../src/core/errors.js';
import { createMint, SECOND_MS, START_MS } from './mint.js';
import { createRandom } from './random.js';
import { createTab } from './tab.js';

/** Durations, and instants since the start. */
export interface Fleet {
  readonly tabs: number;
  readonly lifetimeMs: number;
  /** All tabs are loaded within this time, evenly. */
  readonly loadedWithinMs: number;
  readonly endMs: number;
  /** When the endpoint fails, and the `Retry-After` that it sends, if it does. */
  readonly outage?: { readonly fromMs: number; readonly untilMs: number; readonly retryAfterMs?: number } | undefined;
  /** When all laptops are asleep, and within which time they are opened again. */
  readonly night?: { readonly fromMs: number; readonly untilMs: number; readonly openedWithinMs: number };
  /** Without: every tab draws the same random number for ever, so nothing is spread. */
  readonly isSpread: boolean;
}

/** How many token requests there are in each second, failed ones too. Answers take no time. */
export function simulateFleet(fleet: Fleet, seed: number, stream = 0): Uint32Array {
  const requests = new Uint32Array(Math.ceil(fleet.endMs / SECOND_MS));
  const random = createRandom(seed, stream);
  const mint = createMint(fleet.lifetimeMs / SECOND_MS);
  for (let n = 0; n < fleet.tabs; n++) live(fleet, requests, random, mint);
  return requests;
}

function live(
  { loadedWithinMs, endMs, outage, night, isSpread }: Fleet,
  requests: Uint32Array,
  random: () => number,
  mint: (nowMs: number) => string,
): void {
  let atMs = random() * loadedWithinMs;
  const openedMs = night ? night.untilMs + random() * night.openedWithinMs : 0;
  const tab = createTab({
    nowMs: () => START_MS + atMs,
    random: isSpread ? random : () => 0.5,
    requestToken(fetchId) {
      requests[Math.floor(atMs / SECOND_MS)]!++;
      if (outage && atMs >= outage.fromMs && atMs < outage.untilMs) {
        tab.tell('tokenFailed', fetchId, new MessengerAuthError('token_failed'), outage.retryAfterMs);
      } else tab.tell('tokenArrived', fetchId, mint(START_MS + atMs));
    },
    callLogin: (loginId) => tab.tell('asked', loginId),
    answer: () => tab.tell('answered', tab.session.loginId, ''),
  });
  tab.tell('login');
  tab.tell('live');
  // An open window, so that renewed tokens wait: handing them over is no business of the endpoint's.
  tab.tell('looked', { windowOpen: true });
  for (;;) {
    const nextMs = tab.session.wakeAtMs - START_MS;
    const sleeps = night && atMs < night.fromMs && nextMs >= night.fromMs;
    atMs = sleeps ? openedMs : nextMs;
    if (atMs >= endMs) return;
    if (sleeps) tab.tell('woke', false, false);
    else tab.tell('looked', {});
  }
}
