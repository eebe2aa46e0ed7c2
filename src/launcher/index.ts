/**
 * A button that loads the messenger when a visitor wants it, and promises for other moments to load it. Start with
 * {@link createLauncher}. Importing this module has no side effects.
 *
 * @module zendesk-messenger-auth/launcher
 */
export { createLauncher, type Launcher } from './create-launcher.js';
export type { LauncherFallback, LauncherOptions } from './options.js';
export { whenIdle, whenInteracted, whenOnline, whenVisible, type WhenOptions } from './moments.js';
