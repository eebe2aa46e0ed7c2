// The browser's own timeline, where DevTools show a sign-in's phases, and a site can measure them.
import { NAME } from './console.js';

/**
 * Marks an event there, by its type alone. Of each type the latest mark stays to be read: a tab that lives for months
 * would keep thousands. Who observes, or records, sees them all.
 */
export function markEvent(type: string): void {
  // Test environments have a performance without marks.
  performance.clearMarks?.(NAME + type);
  performance.mark?.(NAME + type);
}
