// Marks in the browser's performance timeline. DevTools show the phases of a sign-in, and a site can measure them.
import { NAME } from './console.js';

/**
 * Adds a mark for an event, with its type and nothing else. Only the latest mark of each type is kept, because a tab
 * that stays open for months would collect thousands. A PerformanceObserver or a recording still sees all of them.
 */
export function markEvent(type: string): void {
  // Some test environments have a performance object without marks.
  performance.clearMarks?.(NAME + type);
  performance.mark?.(NAME + type);
}
