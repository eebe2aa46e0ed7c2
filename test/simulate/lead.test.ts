// A failed renewal is retried before the token expires, for all lifetimes and random numbers.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeToken, usableUntilMs } from '../../src/core/lifetime.js';
import { readToken, type Token } from '../../src/core/token.js';
import { createTab } from '../../tools/simulate/tab.js';
import { createMint, createRandom, START_MS } from '../../tools/simulate/world.js';

const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });

it('a tab never has an expired token if the endpoint works from the start of the renewal lead on', () => {
  let outages = 0;
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 120, max: 90 * 86_400 })),
      chance,
      fc.nat(),
      (lifetimeS, downFrom, seed) => {
        const mint = createMint(lifetimeS);
        const first = placeToken(readToken(mint(START_MS)) as Token, START_MS, undefined, undefined, 0);
        const downFromMs = START_MS + 1 + downFrom * (first.renewalMs - START_MS - 1);
        let nowMs = START_MS;
        const tab = createTab({
          nowMs: () => nowMs,
          random: createRandom(seed, 0),
          requestToken(answer) {
            // `first` was placed without a random part, so its renewal is at the start of the lead.
            const isDown = nowMs >= downFromMs && nowMs < first.renewalMs;
            if (isDown) outages++;
            answer(isDown ? undefined : mint(nowMs));
          },
        });
        tab.tell('login');
        tab.tell('live');
        while (tab.session.held!.raw === first.raw) {
          nowMs = tab.session.wakeAtMs;
          expect(nowMs).toBeLessThan(usableUntilMs(first));
          tab.tell('looked', {});
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(outages).toBeGreaterThan(1000);
});
