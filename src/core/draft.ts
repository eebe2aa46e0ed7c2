// What a step does to its draft of the session: it emits effects, and it notes when it must be woken.
import type { MessengerEventTypes } from './events.js';
import type { Effect, EffectArguments } from './effects.js';
import type { Session } from './state.js';

/** The session while a step changes it. Objects in it are replaced, never changed. */
export type Draft = { -readonly [Name in keyof Session]: Session[Name] };

export function emit<Type extends keyof MessengerEventTypes>(
  s: Draft,
  type: Type,
  details: MessengerEventTypes[Type] = {} as MessengerEventTypes[Type],
  ...args: Type extends keyof EffectArguments ? EffectArguments[Type] : []
): void {
  s.effects = [...s.effects, [type, details, ...args] as unknown as Effect];
}

/** Whether `atMs` has come. If not, the session is woken at `atMs`. */
export function isDue(s: Draft, atMs: number): boolean {
  wakeAt(s, atMs);
  return atMs <= s.nowMs;
}

/** Wakes the session at `atMs` at the latest, unless that has passed. */
export function wakeAt(s: Draft, atMs: number): void {
  if (atMs > s.nowMs) s.wakeAtMs = Math.min(s.wakeAtMs, atMs);
}
