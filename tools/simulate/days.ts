// Thirty days of a visitor: when the tab is looked at, and when the endpoint is down.
import { DAY_MS, HOUR_MS, MINUTE_MS, START_MS } from './mint.js';
import type { Random } from './random.js';

export interface Day {
  readonly openedMs: number;
  readonly closedMs: number;
  readonly downFromMs: number;
  readonly downUntilMs: number;
}

export const DAYS = 30;
export const OUTAGE_MS = 10 * MINUTE_MS;

/** Each from about 9 to about 19 o'clock, with an outage at any time of it. The laptop sleeps at night. */
export function planDays(random: Random): Day[] {
  const around = (hour: number) => (hour - 0.5 + random()) * HOUR_MS;
  return Array.from({ length: DAYS }, (_, day) => {
    const midnightMs = START_MS + day * DAY_MS;
    const openedMs = midnightMs + around(9);
    const closedMs = midnightMs + around(19);
    const downFromMs = openedMs + random() * (closedMs - openedMs - OUTAGE_MS);
    return { openedMs, closedMs, downFromMs, downUntilMs: downFromMs + OUTAGE_MS };
  });
}

/** How much of a time the tab is looked at. */
export function visibleMs(days: readonly Day[], fromMs: number, untilMs: number): number {
  return days.reduce((sum, { openedMs, closedMs }) => {
    return sum + Math.max(0, Math.min(untilMs, closedMs) - Math.max(fromMs, openedMs));
  }, 0);
}

/** The fewest tokens with which one is good at every visible instant. */
export function countLeast(days: readonly Day[], lifetimeMs: number): number {
  let tokens = 0;
  let goodUntilMs = 0;
  for (const { openedMs, closedMs } of days) {
    const fromMs = Math.max(openedMs, goodUntilMs);
    const more = Math.max(0, Math.ceil((closedMs - fromMs) / lifetimeMs));
    tokens += more;
    if (more) goodUntilMs = fromMs + more * lifetimeMs;
  }
  return tokens;
}
