import type { Clock } from '../ports.js';

// An hour. Longer timers stop while a laptop sleeps, and beyond 2 147 483 647 ms they fire at once [M 39].
const MAX_TIMER_MS = 3_600_000;

/**
 * The visitor's clock, wrong or right, as it was when this was created. It never goes back when somebody sets the
 * clock, and takes the larger of two steps: the wall clock counts a sleep, `performance.now()` does not everywhere.
 */
export function createClock(): Clock {
  // As they are now, not when this file is loaded: fake timers are installed in between. What a page puts in their place
  // later is its own affair.
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
