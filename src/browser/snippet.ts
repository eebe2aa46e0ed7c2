// The snippet's script tag. There is only one per page, inserted by the library or by the site: two of them in quick
// succession would boot two widgets [M 7].
import { logWarning } from './console.js';
import { type CreateTag, SNIPPET } from './script-tag.js';

const ID = 'ze-snippet';
// The script loads its configuration from this host [M 3].
const CONFIG_HOST = 'https://ekr.zdassets.com';

/**
 * Uses the tag that is on the page, or inserts one, and returns it.
 *
 * @param failed - the tag that did not load; it is replaced, so that the script runs again [M 3]
 * @param hasRun - whether the script has already run
 * @param onRan - called when the script has run
 * @param onBlocked - called when the script cannot be loaded
 */
export function placeSnippet(
  key: string,
  createTag: CreateTag,
  failed: Element | undefined,
  hasRun: boolean,
  onRan: () => void,
  onBlocked: () => void,
): Element {
  let tag = document.getElementById(ID) as HTMLScriptElement | null;
  const isExisting = tag && tag !== failed;
  if (!isExisting) {
    tag?.remove();
    tag = createTag(SNIPPET + key);
    tag.id = ID;
  } else if (!new RegExp(key, 'i').test(tag!.src)) {
    logWarning('the ze-snippet tag has another key. Remove it or use its key.');
  }
  if (isExisting && hasRun) onRan();
  tag!.addEventListener('load', onRan);
  tag!.addEventListener('error', () => {
    // Ignore the error if this tag has been replaced in the meantime.
    if ((document.getElementById(ID) ?? tag) !== tag) return;
    // Remove the tag, so that other code on the page does not wait for its load event.
    tag!.remove();
    onBlocked();
  });
  if (!isExisting) (document.head ?? document.documentElement).append(tag!);
  if (!isExisting || !hasRun) openConnection();
  return tag!;
}

/** Connects to the next host while the script loads, which saves two or three round trips. */
function openConnection(): void {
  try {
    const link = Object.assign(document.createElement('link'), {
      rel: 'preconnect',
      href: CONFIG_HOST,
      crossOrigin: '',
    });
    document.head.append(link);
    link.remove();
  } catch {
    // Some pages block inserted links. Then loading takes a little longer.
  }
}
