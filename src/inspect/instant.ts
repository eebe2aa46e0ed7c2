// A claim's instant, as it is meant: also where it is written as a string, or in milliseconds. Seconds become
// milliseconds here.
import { MAX_SECONDS } from '../core/token.js';

export interface Instant {
  /** Absent where no instant can be told. */
  readonly atMs: number | undefined;
  readonly isMilliseconds: boolean;
}

const DIGITS = /^\s?-?\d{1,20}(?:\.\d{1,20})?\s?$/;

export function readInstant(value: unknown): Instant {
  const isDigits = typeof value === 'string' && DIGITS.test(value);
  const number = typeof value === 'number' || isDigits ? Number(value) : NaN;
  // 1e400 is JSON, too.
  if (!Number.isFinite(number)) return { atMs: undefined, isMilliseconds: false };
  const isMilliseconds = number >= MAX_SECONDS;
  return { atMs: isMilliseconds ? number : number * 1000, isMilliseconds };
}
