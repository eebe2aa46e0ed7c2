import { expect, it } from 'vitest';
import { readInstant } from '../../src/inspect/instant.js';
import { NOW_MS, NOW_S } from './tokens.js';

it.each<[unknown, number, string]>([
  [NOW_S, NOW_MS, 'seconds'],
  [NOW_S + 0.25, NOW_MS + 250, 'seconds'],
  [0, 0, 'seconds'],
  [-1e12, -1e15, 'seconds'],
  [99_999_999_999, 99_999_999_999_000, 'seconds'],
  [1e11, 1e11, 'milliseconds'],
  [NOW_MS, NOW_MS, 'milliseconds'],
  [99_999_999_999_999, 99_999_999_999_999, 'milliseconds'],
  // Python's time.time_ns() // 1000, Elixir's System.os_time(:microsecond).
  [1e14, 1e11, 'microseconds'],
  [NOW_MS * 1e3, NOW_MS, 'microseconds'],
  [1e17, 1e11, 'nanoseconds'],
  // Go's UnixNano().
  [NOW_MS * 1e6, NOW_MS, 'nanoseconds'],
  [5.99e17, 5.99e11, 'nanoseconds'],
  [7e17, 7e11, 'nanoseconds'],
  // DateTime.UtcNow.Ticks.
  [621_355_968_000_000_000, 0, '.NET ticks'],
  [NOW_MS * 1e4 + 621_355_968_000_000_000, NOW_MS, '.NET ticks'],
  [6e17, -2_135_596_800_000, '.NET ticks'],
  [String(NOW_S), NOW_MS, 'seconds'],
  [` ${NOW_S}\n`, NOW_MS, 'seconds'],
  [`${NOW_S}.125`, NOW_MS + 125, 'seconds'],
  ['-7', -7000, 'seconds'],
  [`${NOW_MS}`, NOW_MS, 'milliseconds'],
  ['12345678901234000000', 12_345_678_901_234, 'nanoseconds'],
])('reads %j as the time %d ms, written in %s', (value, atMs, unit) => {
  expect(readInstant(value)).toEqual({ atMs, unit });
});

it.each([
  ...[undefined, null, true, [NOW_S], {}, NaN, Infinity, -Infinity, 1n],
  ...['', ' ', '-', '1e9', '0x10', 'a1', '1a', '  1', '1  ', '1.', '.5', '1.2.3', 'x 1', '1 x', '2026-11-25'],
  ...['1'.repeat(21), `1.${'1'.repeat(21)}`],
])('does not read %o as a time', (value) => {
  expect(readInstant(value)).toEqual({ atMs: NaN, unit: 'seconds' });
});
