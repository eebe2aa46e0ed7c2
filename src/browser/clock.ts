import type { Clock } from '../ports.js';

// One hour. Timers stop while a laptop sleeps, and timers above 2,147,483,647 ms fire immediately [M 39].
const MAX_TIMER_MS = 3_600_000;

/**
 * Creates a clock that starts with the visitor's time, right or wrong. It never goes back when somebody sets the
 * computer's clock. It advances by the larger of two steps: the wall clock advances during sleep, but
 * `performance.now()` does not in every browser.
 */
export function createClock(): Clock {
  // Stored now and not when this file is loaded, because tests install fake timers in between. The page may replace
  // them later.
  const { Date, setTimeout, clearTimeout } = globalThis;
  let nowMs = Date.now();
  let wallMs = nowMs;
  let steadyMs = performance.now();
  return {
    nowMs() {
      const wallStepMs = -wallMs + (wallMs = Date.now());
      const steadyStepMs = -steadyMs + (steadyMs = performance.now());
      return (nowMs += Math.max(wallStepMs, steadyStepMs));
    },
    random: Math.random,
    startTimer(callback, delayMs) {
      const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), MAX_TIMER_MS));
      return () => clearTimeout(timer);
    },
  };
}
