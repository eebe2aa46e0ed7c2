// The limit for attempts while nothing succeeds. In an outage of hours, the visitor may come back every minute, the network may
// flicker, the messenger may ask again and again, and each of these ends the back-off. So this limit holds for all of them: at
// most 100 token requests, script tags and `loginUser` calls together in 8 hours.

/** A part of the session. */
export interface Attempts {
  /** Each attempt moves this time forward by `ATTEMPT_MS`. The burst limits how far it may be ahead of the current time. */
  readonly attemptsMs: number;
}

/** What this file changes of the draft of a session. */
interface Draft {
  attemptsMs: number;
  readonly nowMs: number;
}

// One per ten minutes after a burst of fifty. Without such events, the back-off alone needs fewer.
const ATTEMPT_MS = 600_000;
const BURST = 50;

/** When the next attempt is allowed, or `count` of them at once. */
export function attemptsAllowedAtMs(s: Draft, count = 1): number {
  return s.attemptsMs - (BURST - count) * ATTEMPT_MS;
}

export function takeAttempt(s: Draft): void {
  s.attemptsMs = Math.max(s.attemptsMs, s.nowMs) + ATTEMPT_MS;
}

/** The last attempt has succeeded, but it says nothing about what else fails. So it does not count. */
export function returnAttempt(s: Draft): void {
  s.attemptsMs -= ATTEMPT_MS;
}

/** Another user must not be refused because of what has failed for the one before. */
export function allowAttempts(s: Draft, count: number): void {
  s.attemptsMs = Math.min(s.attemptsMs, s.nowMs + (BURST - count) * ATTEMPT_MS);
}

/** Something has succeeded, so the outage is over. */
export function clearAttempts(s: Draft): void {
  s.attemptsMs = 0;
}
