/**
 * Lets you develop without a Zendesk account: `import 'zendesk-messenger-auth/dev'` before the module that creates the
 * messenger, or load `dist/dev.js` in a script tag or as an init script of a browser test. It puts a fake messenger with its
 * window in the place of Zendesk's, and a token endpoint into the page. It refuses to run on a production build, on a host
 * that is not local, and after the page has started Zendesk's script. Without a window, in a frame of another site, and where
 * `zendesk-messenger-auth/testing/setup` runs, it does nothing.
 *
 * @module zendesk-messenger-auth/dev
 */
import { showBanner } from './banner.js';
import { startDevSite } from './dev-site.js';
import { isOccupied } from './occupied.js';
import { readOptions } from './options.js';
import { findRefusal } from './refusal.js';
import { isTooLate } from './script-tags.js';

export type { ZendeskMessengerDev } from './options.js';

function start(page: Window & typeof globalThis): void {
  // An init script also runs in the empty frames of the fake messenger.
  if (page.location.protocol === 'about:' || isOccupied(page)) return;
  const { isAllowed, usesOwnEndpoint } = readOptions(page);
  const refusal = isAllowed ? undefined : findRefusal(page.location);
  if (refusal !== undefined) {
    page.console.error(
      `zendesk-messenger-auth/dev does nothing here, because ${refusal}, and visitors would get a fake messenger. Load it ` +
        'only while you develop, or allow it before it runs: window.zendeskMessengerDev = { allow: true }.',
    );
  } else if (isTooLate(page)) {
    page.console.error(
      "zendesk-messenger-auth/dev does nothing here, because it was loaded too late: the page has already started Zendesk's " +
        "script. Load it before the module that creates the messenger. If Zendesk's script tag is in your HTML, remove it " +
        'while you develop: the library inserts its own.',
    );
  } else {
    showBanner(page, startDevSite(page, usesOwnEndpoint));
  }
}

if (typeof window !== 'undefined') start(window);
