// Converts a token's claims to local times. This is the only place in the core where seconds become milliseconds.
//
// A lifetime is a length, not a date: exp − iat, counted from the local time at which the request started. So a
// visitor's wrong clock costs one more request at most, if the backend sets iat. Counting from the start of the request
// instead of its end is the safe choice.
import type { Token } from './token.js';

/**
 * A token with its local times. They are NaN if the expiry is not known. Such a token is not renewed before it expires.
 */
export interface PlacedToken extends Token {
  /** The local clock minus the clock that `exp` refers to. */
  readonly skewMs: number;
  readonly expiryMs: number;
  readonly renewalMs: number;
}

// The lead is the latest time before the expiry at which a token is renewed. It is at most half of the remaining time.
// For tokens of one hour it is ten minutes, so visitors do not notice an outage of ten minutes. With five minutes,
// tokens that expire during such an outage would cause 2.5 times the normal request rate.
const LEAD_FRACTION = 1 / 6;
const MIN_LEAD_MS = 30_000;
const MAX_LEAD_MS = 600_000;
// A token is renewed after a third of its lifetime at the earliest. The time between that and the lead is the spread: a
// random part of it is used, so that many tabs do not fetch at the same time. Tabs without a good token can fetch
// together, for example when many people open a page at once, or after an outage that is longer than the lead. These
// use the whole spread. Renewals use only half of it, which keeps the tabs apart with fewer requests.
//
// Measured for tokens of one hour (tools/simulate/, `npm run simulate`), for each fraction of the spread: the peak rate
// after a common start and after an outage of ten minutes, both relative to the mean rate, and the number of requests
// relative to the minimum:
//   all of it 1.20 · 1.52 · 1.72    two thirds 1.33 · 1.71 · 1.52    half 1.38 · 1.84 · 1.46    a third 1.47 · 2.12 · 1.40
// The goals for the two peaks are 1.5 and 2.
const WIDEST_FRACTION = 2 / 3;
const RENEWAL_FRACTION = 1 / 2;

// A token is not handed over in its last second: servers use whole seconds, and responses take time to arrive.
const LAST_SECOND_MS = 1000;

// How far the clocks of the signing server and of a cache may be apart.
const CLOCKS_APART_MS = 60_000;

/**
 * Adds the local times to a token.
 *
 * @param startedAtMs - when its request started, by the local clock
 * @param serverNowMs - the server's clock, if it is known
 * @param last - the token that was read before it, usable or not
 * @param random - at least 0 and less than 1
 */
export function placeToken(
  token: Token,
  startedAtMs: number,
  serverNowMs: number | undefined,
  last: PlacedToken | undefined,
  random: number,
): PlacedToken {
  const skewMs = findSkewMs(token, startedAtMs, serverNowMs, last);
  const expiryMs = token.exp! * 1000 + skewMs;
  const remainingMs = expiryMs - startedAtMs;
  const leadMs = Math.min(Math.max(remainingMs * LEAD_FRACTION, MIN_LEAD_MS), MAX_LEAD_MS, remainingMs / 2);
  const isRenewal = last && last.expiryMs > startedAtMs;
  const spreadMs = (remainingMs * WIDEST_FRACTION - leadMs) * (isRenewal ? RENEWAL_FRACTION : 1);
  const renewalMs = expiryMs - leadMs - random * spreadMs;
  return { ...token, skewMs, expiryMs, renewalMs };
}

/**
 * Returns the server's clock at the time of a response. NaN or `undefined`: it is not known.
 *
 * Without a cache it is the `Date` header. A cache keeps that header and adds `Age` (RFC 9111), but some CDNs set `Date`
 * to the current time as well. A cached token was signed at least `Age` ago. If the header says less, it is the old one.
 * Otherwise it may be the current time, which is taken: it never makes a good token look expired.
 */
export function readServerClock({ iat }: Token, dateMs: number | undefined, ageMs: number): number | undefined {
  return dateMs! + CLOCKS_APART_MS < iat! * 1000 + ageMs ? dateMs! + ageMs : dateMs;
}

function findSkewMs(
  { exp, iat }: Token,
  startedAtMs: number,
  serverNowMs: number | undefined,
  last: PlacedToken | undefined,
): number {
  const issuedMs = iat! * 1000;
  // The server reported its clock. This is exact, even for a token that waited in a cache.
  if (serverNowMs) return startedAtMs - Math.max(serverNowMs, issuedMs || 0);
  // This token is not newer than the last one, so it came from a cache. It has the same skew as the last one.
  const isNewer = last && (iat && last.iat ? iat > last.iat : exp! > last.exp!);
  if (last && !isNewer) return last.skewMs;
  // Without iat there is only the local clock. With iat, the local clock matters only for the first token. If that one
  // has expired by the local clock, either the backend returns an old token or the clock is wrong. It is treated as
  // expired. If the next token is newer, the backend does sign new tokens, and the clock is wrong.
  const isOver = exp! * 1000 - LAST_SECOND_MS <= startedAtMs;
  if (iat) return isOver && !last ? 0 : startedAtMs - issuedMs;
  return isOver && last ? NaN : 0;
}

/** The time until which a token may be handed over. NaN if its expiry is not known. */
export function usableUntilMs({ expiryMs }: PlacedToken): number {
  return expiryMs - LAST_SECOND_MS;
}
