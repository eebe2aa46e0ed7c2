/**
 * A panel that shows what the library does on a page under development, and its timeline, which other pages may use. Not for
 * production: import it only while you develop. Importing this module has no side effects.
 *
 * @module zendesk-messenger-auth/devtools
 */
export { mountDevtools } from './mount-devtools.js';
export type { DevtoolsOptions } from './mount-devtools.js';
export { describeEvent } from './sentences.js';
export type { EventSubject } from './sentences.js';
export { createTimeline } from './timeline.js';
export type { Timeline, TimelineClock, TimelineMark } from './timeline.js';
