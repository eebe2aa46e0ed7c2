import { describe, expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/core/backoff.js';

describe('the retry delay', () => {
  it('is random, below a limit that doubles up to 30 seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backoffMs(failures, 1))).toEqual([
      2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
    expect(backoffMs(3, 0)).toBe(0);
    expect(backoffMs(3, 0.25)).toBe(2000);
  });

  it('is random, more often long, within 90% of the remaining lifetime of a valid token', () => {
    expect([0, 0.125, 1].map((random) => backoffMs(1, random, 600_000))).toEqual([0, 270_000, 540_000]);
    expect(backoffMs(9, 1, 1000)).toBe(900);
    expect([0, -1, NaN].map((leftMs) => backoffMs(1, 1, leftMs))).toEqual([2000, 2000, 2000]);
  });

  it('has the wait that the endpoint asked for as its limit, up to 30 seconds, so that tabs do not return together', () => {
    expect([2000, 7000, 60_000, Infinity].map((toldMs) => backoffMs(1, 1, 0, toldMs))).toEqual([
      2000, 7000, 30_000, 30_000,
    ]);
  });
});

const NOW_MS = Date.parse('2026-06-01T12:00:00Z');

it.each([
  ['7', 7000],
  ['301', 300_000],
  ['Mon, 01 Jun 2026 12:00:09 GMT', 9000],
  ['Mon, 01 Jun 2026 13:00:00 GMT', 300_000],
  ['Mon, 01 Jun 2026 11:00:00 GMT', undefined],
  ['Mon, 01 Jun 2026 12:00:00 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('reads Retry-After %j as %j ms', (header, delayMs) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(delayMs);
});
