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

// The lead: how long before its end a token is renewed. Never more than half of what remains.
const LEAD_FRACTION = 0.1;
const MIN_LEAD_MS = 30_000;
const MAX_LEAD_MS = 300_000;
// The random part on top, which spreads a fleet. Lead and spread stay under two thirds: renewals are a third apart.
const SPREAD_FRACTION = 1 / 6;

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
  const refreshAtMs = expiresAtMs - leadMs - random * SPREAD_FRACTION * remainingMs;
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
  const isOver = exp! * 1000 <= startedAtMs;
  return iat ? (isOver && !last ? 0 : startedAtMs - issuedMs) : isOver && last ? NaN : 0;
}

/** From when on a token may not be handed over any more; NaN where its end is not known. */
export function usableUntilMs({ expiresAtMs }: PlacedToken): number {
  return expiresAtMs - LAST_SECOND_MS;
}
