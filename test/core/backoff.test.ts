import { expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/core/backoff.js';

it('doubles its ceiling up to half a minute, and takes any part of it', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backoffMs(failures, 1))).toEqual([
    2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ]);
  expect(backoffMs(3, 0)).toBe(0);
  expect(backoffMs(3, 0.25)).toBe(2000);
});

it('has no haste while the token in hand is good: any part of nine tenths of what is left, rather a late one', () => {
  expect([0, 0.125, 1].map((random) => backoffMs(1, random, 600_000))).toEqual([0, 270_000, 540_000]);
  expect(backoffMs(9, 1, 1000)).toBe(900);
  expect([0, -1, NaN].map((leftMs) => backoffMs(1, 1, leftMs))).toEqual([2000, 2000, 2000]);
});

it('is as long as the wait that was asked for, up to half a minute: who was sent away together comes back apart', () => {
  expect([2000, 7000, 60_000, Infinity].map((toldMs) => backoffMs(1, 1, 0, toldMs))).toEqual([
    2000, 7000, 30_000, 30_000,
  ]);
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
