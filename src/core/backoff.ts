// How long to wait before trying again. "Full jitter": anything between nothing and the ceiling, so that a fleet of
// tabs that failed together does not come back together (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).

// Half a minute at most, so that a visitor is signed in within a minute of the endpoint's recovery.
const CEILING_MS = 30_000;
// Of what is left of a good token: some of it remains for further tries, at least three in a lead of minutes.
const LEFT_FRACTION = 0.9;
const RETRY_AFTER_CAP_MS = 300_000;

/**
 * With a good token in hand nothing is urgent: any part of what is left of it, and rather a late one. So the tabs that
 * an outage of ten minutes has held up come one after another once it is over: 1.8 times the normal rate at the most.
 * Evenly they would come too early, fail once more, and be 2.3 times as many.
 *
 * @param failures - how many in a row, from 1
 * @param random - from 0 up to 1
 * @param leftMs - how long the token in hand is good for after `toldMs`; NaN or less than 0 where there is none
 * @param toldMs - the wait that the endpoint asked for, on top of which this comes
 */
export function backoffMs(failures: number, random: number, leftMs = 0, toldMs = 0): number {
  return leftMs > 0
    ? Math.cbrt(random) * leftMs * LEFT_FRACTION
    : random * Math.min(CEILING_MS, Math.max(1000 * 2 ** failures, toldMs));
}

/**
 * Reads a `Retry-After` header: seconds, or a date, which is compared with the server's own clock. At most 5 minutes.
 * `undefined` where there is none that can be read.
 */
export function retryAfterMs(header: string | null, serverNowMs: number): number | undefined {
  const delayMs = Number(header) * 1000 || Date.parse(header!) - serverNowMs;
  return delayMs > 0 ? Math.min(delayMs, RETRY_AFTER_CAP_MS) : undefined;
}
