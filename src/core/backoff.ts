// How long to wait before a retry. With "full jitter" the wait is anywhere between zero and the ceiling, so tabs that
// failed together do not retry together (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).

// At most half a minute at first, so a visitor is signed in within one minute after the endpoint recovers. What fails for
// longer is tried ever more rarely: a wait is at most a sixth of the time for which it has failed, and at least half as long.
// So an outage of 8 hours costs a tab about 75 tries.
const CEILING_MS = 30_000;
const FAILING_FRACTION = 1 / 6;
const LONGEST_WAIT_MS = 900_000;
// The largest fraction of a good token's remaining time to wait. The rest leaves time for more tries: at least three if
// the token is renewed minutes before it expires.
const LEFT_FRACTION = 0.9;
const RETRY_AFTER_CAP_MS = 300_000;

/**
 * Returns how long to wait before the next try.
 *
 * While the current token is still good, nothing is urgent: the wait is a random part of the token's remaining time,
 * and late times are more likely. After an outage of ten minutes, waiting tabs then come back one after another, at 1.8
 * times the normal rate at most. With an even distribution, many would retry too early, fail again, and reach 2.3 times
 * the normal rate.
 *
 * @param failures - the number of failures in a row, at least 1
 * @param random - at least 0 and less than 1
 * @param leftMs - how long the current token is still good after `askedMs`; NaN or negative if there is none
 * @param askedMs - the wait that the endpoint asked for; the result is added to it
 * @param failingForMs - how long every try has failed
 */
export function backoffMs(failures: number, random: number, leftMs = 0, askedMs = 0, failingForMs = 0): number {
  if (leftMs > 0) return Math.cbrt(random) * leftMs * LEFT_FRACTION;
  const longestMs = Math.min(longestWaitMs(CEILING_MS, failingForMs), Math.max(1000 * 2 ** failures, askedMs));
  return longestMs > CEILING_MS ? ((1 + random) / 2) * longestMs : random * longestMs;
}

/** Returns the longest wait for something that has failed for `failingForMs`: `firstMs`, and up to 15 minutes later. */
export function longestWaitMs(firstMs: number, failingForMs: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(firstMs, failingForMs * FAILING_FRACTION));
}

/**
 * Reads a `Retry-After` header, which is a number of seconds or a date. A date is compared with the server's clock. The
 * result is at most 5 minutes. Returns `undefined` if the header is missing or not readable.
 */
export function retryAfterMs(header: string | null, serverNowMs: number): number | undefined {
  const delayMs = Number(header) * 1000 || Date.parse(header!) - serverNowMs;
  return delayMs > 0 ? Math.min(delayMs, RETRY_AFTER_CAP_MS) : undefined;
}
