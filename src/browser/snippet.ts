// The snippet's script tag. There is only one per page, inserted by the library or by the site: two of them in quick
// succession would boot two widgets [M 7].
import { warn } from './console.js';
import { type CreateTag, SNIPPET } from './script-tag.js';

const ID = 'ze-snippet';
// The script loads its configuration from this host [M 3].
const NEXT_HOST = 'https://ekr.zdassets.com';

/**
 * Uses the tag that is on the page, or inserts one, and returns it.
 *
 * @param failed - the tag that did not load; it is replaced, so that the script runs again [M 3]
 * @param hasRun - whether the script has already run
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
  const isAdopted = tag && tag !== failed;
  if (!isAdopted) {
    tag?.remove();
    tag = createTag(SNIPPET + key);
    tag.id = ID;
  } else if (!new RegExp(key, 'i').test(tag!.src)) {
    warn('the ze-snippet tag has another key. Remove it, or use its key.');
  }
  if (isAdopted && hasRun) onRan();
  tag!.addEventListener('load', onRan);
  tag!.addEventListener('error', () => {
    // This tag has been replaced in the meantime, so its error no longer matters.
    if ((document.getElementById(ID) ?? tag) !== tag) return;
    // Remove the tag, so that other code does not wait for it.
    tag!.remove();
    onBlocked();
  });
  if (!isAdopted) (document.head ?? document.documentElement).append(tag!);
  if (!isAdopted || !hasRun) openConnection();
  return tag!;
}

/** Connects to the next host while the script loads, which saves two or three round trips. */
function openConnection(): void {
  try {
    const link = Object.assign(document.createElement('link'), { rel: 'preconnect', href: NEXT_HOST, crossOrigin: '' });
    document.head.append(link);
    link.remove();
  } catch {
    // Some pages block inserted links. Then loading takes a little longer.
  }
}
