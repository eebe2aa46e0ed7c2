// Reads the time in a claim, even if it is a string or in another unit than seconds. Converts it to milliseconds.
import { MAX_SECONDS } from '../core/token.js';

export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | '.NET ticks';

export interface Instant {
  /** NaN if it is not readable. */
  readonly atMs: number;
  readonly unit: TimeUnit;
}

const DIGITS = /^\s?-?\d{1,20}(?:\.\d{1,20})?\s?$/;

// Each unit starts where a value in the unit before it would be after the year 5138.
const MAX_MILLISECONDS = MAX_SECONDS * 1e3;
const MAX_MICROSECONDS = MAX_SECONDS * 1e6;
// DateTime.Ticks in .NET: tenths of microseconds since the year 1. This range means the years 1902 to 2219. In
// nanoseconds since 1970, it would only mean 1989 to 1992.
const [MIN_TICKS, MAX_TICKS] = [6e17, 7e17];
const TICKS_OF_1970 = 621_355_968_000_000_000;

export function readInstant(value: unknown): Instant {
  const isDigits = typeof value === 'string' && DIGITS.test(value);
  const number = typeof value === 'number' || isDigits ? Number(value) : NaN;
  // JSON can contain 1e400, which becomes Infinity.
  if (!Number.isFinite(number)) return { atMs: NaN, unit: 'seconds' };
  if (number < MAX_SECONDS) return { atMs: number * 1000, unit: 'seconds' };
  if (number < MAX_MILLISECONDS) return { atMs: number, unit: 'milliseconds' };
  if (number < MAX_MICROSECONDS) return { atMs: number / 1e3, unit: 'microseconds' };
  if (number >= MIN_TICKS && number < MAX_TICKS) return { atMs: (number - TICKS_OF_1970) / 1e4, unit: '.NET ticks' };
  return { atMs: number / 1e6, unit: 'nanoseconds' };
}
