// A million tabs and one endpoint. The answers of the endpoint depend on the time only, so the tabs are independent:
// each is simulated from its start to its end, and only its requests are counted.
import { createTab } from './tab.js';
import { createMint, createRandom, SECOND_MS, START_MS } from './world.js';

/** Durations, and times since the start. */
export interface Fleet {
  readonly tabs: number;
  readonly lifetimeMs: number;
  /** All tabs are loaded evenly within this time. */
  readonly loadedWithinMs: number;
  readonly endMs: number;
  /** When the endpoint fails, and the `Retry-After` that it sends. */
  readonly outage?: { readonly fromMs: number; readonly untilMs: number; readonly retryAfterMs?: number } | undefined;
  /** When all laptops sleep, and within which time they are opened again. */
  readonly night?: { readonly fromMs: number; readonly untilMs: number; readonly openedWithinMs: number };
  /** If false, every tab always draws the same random number. */
  readonly isSpread: boolean;
}

/** Returns how many token requests there are in each second, including failed ones. Answers take no time. */
export function simulateFleet(fleet: Fleet, seed: number, stream = 0): Uint32Array {
  const { lifetimeMs, loadedWithinMs, endMs, outage, night, isSpread } = fleet;
  const requests = new Uint32Array(Math.ceil(endMs / SECOND_MS));
  const random = createRandom(seed, stream);
  const mint = createMint(lifetimeMs / SECOND_MS);

  function simulateTab(): void {
    let atMs = random() * loadedWithinMs;
    const openedMs = night ? night.untilMs + random() * night.openedWithinMs : 0;
    const tab = createTab({
      nowMs: () => START_MS + atMs,
      random: isSpread ? random : () => 0.5,
      requestToken(answer) {
        requests[Math.floor(atMs / SECOND_MS)]!++;
        if (outage && atMs >= outage.fromMs && atMs < outage.untilMs) answer(undefined, outage.retryAfterMs);
        else answer(mint(START_MS + atMs));
      },
    });
    tab.tell('login');
    tab.tell('live');
    // With an open window, renewed tokens wait. The endpoint does not notice.
    tab.tell('looked', { windowOpen: true });
    for (;;) {
      const nextMs = tab.session.wakeAtMs - START_MS;
      const sleeps = night && atMs < night.fromMs && nextMs >= night.fromMs;
      atMs = sleeps ? openedMs : nextMs;
      if (atMs >= endMs) return;
      if (sleeps) tab.tell('woke', 'visible', false);
      else tab.tell('looked', {});
    }
  }
  for (let n = 0; n < fleet.tabs; n++) simulateTab();
  return requests;
}
