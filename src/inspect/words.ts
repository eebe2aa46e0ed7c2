// Describes values and times in words, without showing the value itself.

/** Returns the type of a value, with its article. Accepts any value and never throws. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object') return typeof value === 'bigint' ? 'a BigInt' : `a ${typeof value}`;
  if (isTrue(() => value instanceof Promise)) return 'a Promise';
  if (isTrue(() => value instanceof Response)) return 'a Response';
  if (isTrue(() => value instanceof Uint8Array)) return 'a list of bytes';
  return isTrue(() => Array.isArray(value)) ? 'a list' : 'an object';
}

// Returns false if the test throws. A proxy can throw on any access, and not every environment has Response.
function isTrue(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

// The name of each unit, its length, and below which count it is used.
const UNITS = [
  ['second', 1000, 90],
  ['minute', 60_000, 90],
  ['hour', 3_600_000, 36],
  ['day', 86_400_000, 365],
] as const;

/** Describes a length of time in a suitable unit, such as `45 seconds` or `12 days`. */
export function describeDuration(ms: number): string {
  const [name, unitMs] = UNITS.find(([, unit, max]) => ms < unit * max) ?? UNITS[3];
  const count = Math.round(ms / unitMs);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** Describes a time relative to now: `just now`, `5 minutes ago`, `in 2 hours`; beyond one year, `in 1970`. */
export function describeInstant(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs < 500) return 'just now';
  const isFar = distanceMs >= 365 * 86_400_000;
  const year = new Date(atMs).getUTCFullYear();
  if (isFar && year > 0 && year < 10_000) return `in ${year}`;
  const duration = isFar ? 'thousands of years' : describeDuration(distanceMs);
  return atMs < nowMs ? `${duration} ago` : `in ${duration}`;
}
