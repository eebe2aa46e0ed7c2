// What the messenger of an earlier page load has stored.
import type { FakeWindow } from '../testing/environment.js';

/**
 * The backend forgets everybody when the page is left, and would refuse the anonymous visitor whom the messenger has stored. A
 * stored user stays, because every page gives the user the same id.
 */
export function dropAnonymousVisitor(window: FakeWindow): void {
  try {
    const { localStorage } = window;
    for (const key of Object.keys(localStorage)) {
      const [, integration] = /^([\da-f]{24}\.)sessionToken$/.exec(key) ?? [];
      if (integration === undefined) continue;
      for (const name of ['appUserId', 'sessionToken', 'conversationStartedAt'])
        localStorage.removeItem(integration + name);
    }
  } catch {
    // The browser denies the storage.
  }
}
