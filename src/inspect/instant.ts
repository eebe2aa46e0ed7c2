// A claim's instant, as it is meant: also where it is written as a string, or in another unit than seconds. Seconds
// become milliseconds here.
import { MAX_SECONDS } from '../core/token.js';

export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | '.NET ticks';

export interface Instant {
  /** NaN where no instant can be told. */
  readonly atMs: number;
  readonly unit: TimeUnit;
}

const DIGITS = /^\s?-?\d{1,20}(?:\.\d{1,20})?\s?$/;

// Each unit from where on the one before it would lie beyond the year 5138.
const MAX_MILLISECONDS = MAX_SECONDS * 1e3;
const MAX_MICROSECONDS = MAX_SECONDS * 1e6;
// DateTime.Ticks: tenths of microseconds since the year 1. From here to there it is the years 1902 to 2219; as
// nanoseconds it would be 1989 to 1992.
const [MIN_TICKS, MAX_TICKS] = [6e17, 7e17];
const TICKS_OF_1970 = 621_355_968_000_000_000;

export function readInstant(value: unknown): Instant {
  const isDigits = typeof value === 'string' && DIGITS.test(value);
  const number = typeof value === 'number' || isDigits ? Number(value) : NaN;
  // 1e400 is JSON, too.
  if (!Number.isFinite(number)) return { atMs: NaN, unit: 'seconds' };
  if (number < MAX_SECONDS) return { atMs: number * 1000, unit: 'seconds' };
  if (number < MAX_MILLISECONDS) return { atMs: number, unit: 'milliseconds' };
  if (number < MAX_MICROSECONDS) return { atMs: number / 1e3, unit: 'microseconds' };
  if (number >= MIN_TICKS && number < MAX_TICKS) return { atMs: (number - TICKS_OF_1970) / 1e4, unit: '.NET ticks' };
  return { atMs: number / 1e6, unit: 'nanoseconds' };
}
