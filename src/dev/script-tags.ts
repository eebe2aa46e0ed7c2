// Finds the script tags of Zendesk that ./dev cannot take the place of.
import { hasCommands } from '../testing/page-globals.js';
import type { FakeWindow } from '../testing/environment.js';
import { isZendesk } from '../stand-in/keep-scripts-away.js';

const TAG = 'script#ze-snippet';

/** Whether the page has started Zendesk's script before: a messenger was created, or the tag is in the page's HTML. */
export function isTooLate(window: FakeWindow): boolean {
  return window.document.querySelector(TAG) !== null || hasCommands(window);
}

/**
 * Reports tags on the console: one in the page's HTML, which cannot be stopped, and one of a messenger that was created before
 * ./dev ran, which asks its own token endpoint.
 *
 * @param hasMessenger - whether a messenger was created since
 */
export function reportScriptTags(
  { document, console, MutationObserver }: FakeWindow,
  hasMessenger: () => boolean,
): void {
  const seen = new Set<Element>();
  const look = () => {
    for (const tag of document.querySelectorAll<HTMLScriptElement>('script')) {
      if (seen.has(tag)) continue;
      seen.add(tag);
      // The attribute of a tag that a script has inserted is kept away.
      if (isZendesk(tag.getAttribute('src') ?? '')) console.error(IN_HTML);
      else if (tag.matches(TAG) && isZendesk(tag.src) && !hasMessenger()) console.error(OF_ANOTHER);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}

const IN_HTML =
  "zendesk-messenger-auth/dev: a script tag in the page's HTML requests Zendesk's script, and no script can stop that. " +
  'Remove the tag while you develop: the library inserts its own. In a browser test, you can also let the test block ' +
  'https://static.zdassets.com/.';

const OF_ANOTHER =
  "zendesk-messenger-auth/dev: Zendesk's script was started before a messenger was created. If your page creates its messenger " +
  'before this module runs, the messenger asks your own token endpoint. Load zendesk-messenger-auth/dev first.';
