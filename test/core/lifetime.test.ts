import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeToken, readServerClock, usableUntilMs, type PlacedToken } from '../../src/core/lifetime.js';

const START_MS = 1_800_000_000_000;
const NOW_S = START_MS / 1000;
const token = (exp?: number, iat?: number, text = 'a') => ({ raw: text, user: '1', exp, iat });
const place = (exp?: number, iat?: number, serverNowMs?: number, last?: PlacedToken, random = 0) =>
  placeToken(token(exp, iat), START_MS, serverNowMs, last, random);

describe('the expiry', () => {
  it('is exp − iat after the start of the request, also when the local clock is wrong', () => {
    expect(place(NOW_S + 3600, NOW_S).expiryMs).toBe(START_MS + 3_600_000);
    expect(place(NOW_S + 90_000, NOW_S + 86_400).expiryMs).toBe(START_MS + 3_600_000);
  });

  it('is exp on the local clock when there is no iat', () => {
    expect(place(NOW_S + 600).expiryMs).toBe(START_MS + 600_000);
  });

  it("is exp on the server's clock when the response has a date", () => {
    expect(place(NOW_S + 600, NOW_S, START_MS + 500_000).expiryMs).toBe(START_MS + 100_000);
    expect(place(NOW_S + 600, undefined, START_MS + 500_000).expiryMs).toBe(START_MS + 100_000);
    // Signed by another machine, whose clock is ahead.
    expect(place(NOW_S + 700, NOW_S + 100, START_MS).expiryMs).toBe(START_MS + 600_000);
  });

  it('is unknown without exp', () => {
    const { expiryMs: expiresAtMs, renewalMs: refreshAtMs } = place(undefined, NOW_S);
    expect([expiresAtMs, refreshAtMs]).toEqual([NaN, NaN]);
  });

  it('is in the past when the first token has expired on the local clock', () => {
    expect(place(NOW_S - 60, NOW_S - 660).expiryMs).toBe(START_MS - 60_000);
  });

  it('is exp on the local clock when the first token is in its last second there', () => {
    expect(place(NOW_S + 1, NOW_S - 599).expiryMs).toBe(START_MS + 1000);
    expect(place(NOW_S + 2, NOW_S - 598).expiryMs).toBe(START_MS + 600_000);
  });

  it('is exp − iat again for the next token: it is newly signed, so the local clock is wrong', () => {
    const first = place(NOW_S - 60, NOW_S - 660);
    expect(place(NOW_S - 58, NOW_S - 658, undefined, first).expiryMs).toBe(START_MS + 600_000);
    const withoutIat = place(NOW_S - 60);
    expect(place(NOW_S - 58, undefined, undefined, withoutIat).expiryMs).toBeNaN();
  });

  it('is unknown when the next token, without iat, is in its last second on the local clock', () => {
    // The local clock is ahead by the whole lifetime, and the answer took a second.
    const first = placeToken(token(NOW_S), START_MS, undefined, undefined, 0);
    expect(placeToken(token(NOW_S + 2), START_MS + 1100, undefined, first, 0).expiryMs).toBeNaN();
  });

  it('is based on the previous token when the new one is not newer: it came from a cache', () => {
    const first = placeToken(token(NOW_S + 600, NOW_S), START_MS - 500_000, undefined, undefined, 0);
    expect(place(NOW_S + 600, NOW_S, undefined, first).expiryMs).toBe(START_MS + 100_000);
    expect(place(NOW_S + 590, NOW_S - 10, undefined, first).expiryMs).toBe(START_MS + 90_000);
    expect(place(NOW_S + 601, NOW_S + 1, undefined, first).expiryMs).toBe(START_MS + 600_000);
    // iat tells which token is newer, even if the lifetimes differ.
    expect(place(NOW_S + 590, NOW_S + 1, undefined, first).expiryMs).toBe(START_MS + 589_000);
    expect(place(NOW_S + 700, NOW_S - 10, undefined, first).expiryMs).toBe(START_MS + 200_000);
    // Without iat, exp tells which token is newer. The server's clock is five seconds behind.
    const withoutIat = place(NOW_S + 600, undefined, START_MS - 5000);
    expect(place(NOW_S + 600, undefined, undefined, withoutIat).expiryMs).toBe(START_MS + 605_000);
    expect(place(NOW_S + 599, undefined, undefined, withoutIat).expiryMs).toBe(START_MS + 604_000);
    expect(place(NOW_S + 601, undefined, undefined, withoutIat).expiryMs).toBe(START_MS + 601_000);
  });
});

it('is not usable in its last second, because iat is in whole seconds and responses take time', () => {
  expect(usableUntilMs(place(NOW_S + 600, NOW_S))).toBe(START_MS + 599_000);
});

describe('the renewal', () => {
  it.each([
    [10, 5],
    [60, 30],
    [300, 50],
    [3600, 600],
    [90 * 86_400, 600],
  ])('of a token that is valid for %i s comes %i s before the expiry, without random spread', (lifetimeS, leadS) => {
    const { expiryMs: expiresAtMs, renewalMs: refreshAtMs } = place(NOW_S + lifetimeS, NOW_S);
    expect(expiresAtMs - refreshAtMs).toBeCloseTo(leadS * 1000, 0);
  });

  // The previous token, which is still valid.
  const before = (lifetimeS: number) =>
    placeToken(token(NOW_S + lifetimeS, NOW_S), START_MS - 1, undefined, undefined, 0);

  it('comes between a third of the lifetime and the last second, for every lifetime and random number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 366 * 86_400 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.boolean(),
        (lifetimeS, random, isRenewal) => {
          const last = isRenewal ? before(lifetimeS) : undefined;
          const placed = place(NOW_S + lifetimeS, NOW_S, START_MS, last, random);
          expect(placed.renewalMs - START_MS).toBeGreaterThanOrEqual((lifetimeS * 1000) / 3 - 1);
          expect(placed.renewalMs).toBeLessThanOrEqual(usableUntilMs(placed));
        },
      ),
    );
  });

  it('is spread over half of the lifetime when there was no valid token, and over a quarter when there was', () => {
    const spread = (last?: PlacedToken) => {
      const [first, latest] = [1, 0].map((random) => place(NOW_S + 3600, NOW_S, START_MS, last, random).renewalMs);
      return latest! - first!;
    };
    expect(spread()).toBeCloseTo(1_800_000, 0);
    const expired = placeToken(token(NOW_S, NOW_S - 600), START_MS - 600_000, undefined, undefined, 0);
    expect(spread(expired)).toBeCloseTo(1_800_000, 0);
    expect(spread(before(600))).toBeCloseTo(900_000, 0);
  });
});

describe("the server's clock", () => {
  const iat = NOW_S;
  const read = (dateS: number | undefined, ageS: number, token: { iat: number | undefined } = { iat }) =>
    readServerClock({ raw: 'a', user: '1', exp: undefined, ...token }, dateS && dateS * 1000, ageS * 1000);

  it('is the Date header of a response that does not come from a cache', () => {
    expect(read(NOW_S + 7200, 0)).toBe(START_MS + 7_200_000);
    expect(read(undefined, 0)).toBeUndefined();
    expect(read(undefined, 300)).toBeUndefined();
    expect(read(NaN, NaN)).toBeNaN();
  });

  it('is Date and Age for a cached token if the cache keeps the Date header', () => {
    // The token was signed when the response was made, or a little before.
    for (const dateS of [NOW_S - 5, NOW_S, NOW_S + 60, NOW_S + 239])
      expect(read(dateS, 300)).toBe((dateS + 300) * 1000);
  });

  it('is Date for a cached token if the CDN sets the header to the current time', () => {
    for (const dateS of [NOW_S + 240, NOW_S + 300, NOW_S + 3000]) expect(read(dateS, 300)).toBe(dateS * 1000);
  });

  it('is Date without iat, which may be too early but never too late', () => {
    expect(read(NOW_S, 300, { iat: undefined })).toBe(START_MS);
  });
});
