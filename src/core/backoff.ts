// How long to wait before trying again. "Full jitter": anything between nothing and the ceiling, so that a fleet of
// tabs that failed together does not come back together (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).

// Half a minute at most, so that a visitor is signed in within a minute of the endpoint's recovery.
const CEILING_MS = 30_000;
const RETRY_AFTER_CAP_MS = 300_000;

/** @param failures - how many in a row, from 1 · @param random - from 0 up to 1 */
export function backoffMs(failures: number, random: number): number {
  return random * Math.min(CEILING_MS, 1000 * 2 ** failures);
}

/**
 * Reads a `Retry-After` header: seconds, or a date, which is compared with the server's own clock. At most 5 minutes.
 * `undefined` where there is none that can be read.
 */
export function retryAfterMs(header: string | null, serverNowMs: number): number | undefined {
  const delayMs = Number(header) * 1000 || Date.parse(header!) - serverNowMs;
  return delayMs > 0 ? Math.min(delayMs, RETRY_AFTER_CAP_MS) : undefined;
}
