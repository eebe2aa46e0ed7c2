/**
 * Makes a page with the messenger testable with one line, in Vitest and Jest:
 * `setupFiles: ['zendesk-messenger-auth/testing/setup']`. Importing this module puts a fake messenger, a fake backend and a
 * token endpoint in the place of Zendesk and your server, for every messenger of the page, whatever its key and its
 * `tokenUrl`. Everything is new in each test. Without a window, importing it does nothing.
 *
 * @module zendesk-messenger-auth/testing/setup
 */
import { useGlobalHooks, useHooks } from './hooks.js';
import { lendGlobals } from './lend-globals.js';
import { installTestPage } from './test-page.js';

export * from './controls.js';
export type { FakeBackend, FakeVisitor, InstalledMessenger } from '../testing/index.js';

if (typeof window !== 'undefined') {
  lendGlobals();
  const page = installTestPage();
  // Vitest has global hooks only with `globals: true`.
  const vitest = page && !('beforeEach' in globalThis) ? await import('vitest').catch(() => undefined) : undefined;
  if (vitest) useHooks(vitest, page!);
  else if (page) useGlobalHooks(page);
}
