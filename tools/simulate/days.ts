// Thirty days of a visitor: when the tab is visible, and when the endpoint is down.
import { DAY_MS, HOUR_MS, MINUTE_MS, START_MS } from './world.js';

export type Day = Readonly<Record<'openedMs' | 'closedMs' | 'downFromMs' | 'downUntilMs', number>>;

export const DAYS = 30;
export const OUTAGE_MS = 10 * MINUTE_MS;

/** From about 9 to about 19 o'clock, with an outage at a random time. The laptop sleeps at night. */
export function planDays(random: () => number): Day[] {
  const around = (hour: number) => (hour - 0.5 + random()) * HOUR_MS;
  return Array.from({ length: DAYS }, (_, day) => {
    const midnightMs = START_MS + day * DAY_MS;
    const openedMs = midnightMs + around(9);
    const closedMs = midnightMs + around(19);
    const downFromMs = openedMs + random() * (closedMs - openedMs - OUTAGE_MS);
    return { openedMs, closedMs, downFromMs, downUntilMs: downFromMs + OUTAGE_MS };
  });
}

/** Returns for how much of a time the tab is visible. */
export function visibleMs(days: readonly Day[], fromMs: number, untilMs: number): number {
  const visible = days.map((day) => Math.min(untilMs, day.closedMs) - Math.max(fromMs, day.openedMs));
  return visible.reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

/** Returns the smallest number of tokens with which one is valid at all visible times. */
export function countLeast(days: readonly Day[], lifetimeMs: number): number {
  let tokens = 0;
  let validUntilMs = 0;
  for (const { openedMs, closedMs } of days) {
    const fromMs = Math.max(openedMs, validUntilMs);
    const more = Math.max(0, Math.ceil((closedMs - fromMs) / lifetimeMs));
    tokens += more;
    if (more) validUntilMs = fromMs + more * lifetimeMs;
  }
  return tokens;
}
