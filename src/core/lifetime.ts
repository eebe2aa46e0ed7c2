// From a token's claims to instants of the local clock. The only place where seconds become milliseconds.
//
// A lifetime is a length, not a date: exp − iat, counted from the local instant at which the request started, so that
// a visitor's wrong clock does not matter. Counting from the start, not from the arrival, errs on the safe side.
import type { Token } from './token.js';

/** A token on the local clock. Instants are NaN for a token whose end is not known: it is never renewed ahead. */
export interface PlacedToken extends Token {
  /** Local clock minus the clock that `exp` is read by. */
  readonly skewMs: number;
  readonly expiresAtMs: number;
  readonly refreshAtMs: number;
}

// The lead: how long before its end a token is renewed at the latest. Never more than half of what remains. For tokens
// of an hour it is as long as the outage that nobody shall notice, ten minutes: with half of it, tokens that have expired
// meanwhile make a storm of 2.5 times the normal rate.
const LEAD_FRACTION = 1 / 6;
const MIN_LEAD_MS = 30_000;
const MAX_LEAD_MS = 600_000;
// Renewals are a third of the lifetime apart. Between that and the lead is the room for the random part, which spreads a
// fleet. Tabs that fetch because they have no good token may do so together (a page that many open at once, a morning, an
// outage that was longer than the lead): they part over all the room. Renewals keep them apart with half of it, and cost
// less. The peak in the mean's measure after a common start · after an outage of ten minutes · requests to the least
// possible, for tokens of an hour (test/simulate/, `npm run simulate`):
//   all of it 1.20 · 1.52 · 1.72    two thirds 1.33 · 1.71 · 1.52    half 1.38 · 1.84 · 1.46    a third 1.47 · 2.12 · 1.40
// The goals are 1.5 and 2.
const WIDEST_FRACTION = 2 / 3;
const RENEWAL_FRACTION = 1 / 2;

// Servers stamp whole seconds, and answers travel: in its last second a token is not handed over any more.
const LAST_SECOND_MS = 1000;

/**
 * Places a token on the local clock.
 *
 * @param startedAtMs - when its request started
 * @param serverNowMs - the server's clock, where the answer told it (`Date`)
 * @param last - the token that was read before it, usable or not
 * @param random - from 0 up to 1
 */
export function placeToken(
  token: Token,
  startedAtMs: number,
  serverNowMs: number | undefined,
  last: PlacedToken | undefined,
  random: number,
): PlacedToken {
  const skewMs = findSkewMs(token, startedAtMs, serverNowMs, last);
  const expiresAtMs = token.exp! * 1000 + skewMs;
  const remainingMs = expiresAtMs - startedAtMs;
  const leadMs = Math.min(Math.max(remainingMs * LEAD_FRACTION, MIN_LEAD_MS), MAX_LEAD_MS, remainingMs / 2);
  const isRenewal = last && last.expiresAtMs > startedAtMs;
  const spreadMs = (remainingMs * WIDEST_FRACTION - leadMs) * (isRenewal ? RENEWAL_FRACTION : 1);
  const refreshAtMs = expiresAtMs - leadMs - random * spreadMs;
  return { ...token, skewMs, expiresAtMs, refreshAtMs };
}

function findSkewMs(
  { exp, iat }: Token,
  startedAtMs: number,
  serverNowMs: number | undefined,
  last: PlacedToken | undefined,
): number {
  const issuedMs = iat! * 1000;
  // The server told its clock: exact, also for a token that waited in a cache.
  if (serverNowMs) return startedAtMs - Math.max(serverNowMs, issuedMs || 0);
  // Not newer than the token before: it came out of somebody's cache, and ages with that one.
  const isNewer = last && (iat ? iat > (last.iat ?? Infinity) : exp! > last.exp!);
  if (last && !isNewer) return last.skewMs;
  // Without iat there is only the local clock. With it, the clock matters for the first token alone: over by the local
  // clock, it is a frozen token or the clock is wrong. Taken for expired; when the next one is newer, the backend does
  // sign afresh, and it is the clock.
  const isOver = exp! * 1000 - LAST_SECOND_MS <= startedAtMs;
  return iat ? (isOver && !last ? 0 : startedAtMs - issuedMs) : isOver && last ? NaN : 0;
}

/** From when on a token may not be handed over any more; NaN where its end is not known. */
export function usableUntilMs({ expiresAtMs }: PlacedToken): number {
  return expiresAtMs - LAST_SECOND_MS;
}
