// The snippet's script tag. One per page, whoever inserted it: two in quick succession boot two widgets [M 7].
import { warn } from './console.js';
import { type CreateTag, SNIPPET } from './script-tag.js';

const ID = 'ze-snippet';
// Where the script gets its configuration from [M 3].
const NEXT_HOST = 'https://ekr.zdassets.com';

/**
 * Adopts the tag that is on the page, or inserts one, and returns it. `failed` is the tag that was waited for in vain:
 * it is replaced, which makes the script run again [M 3].
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
  } else if (!tag!.src.includes(key)) {
    warn('the ze-snippet tag on the page has another key. That one is used: remove the tag, or use its key.');
  }
  if (isAdopted && hasRun) onRan();
  tag!.addEventListener('load', onRan);
  tag!.addEventListener('error', () => {
    // Given up, and replaced by another, it is nobody's any more.
    if ((document.getElementById(ID) ?? tag) !== tag) return;
    // Nobody else must wait for it.
    tag!.remove();
    onBlocked();
  });
  if (!isAdopted) (document.head ?? document.documentElement).append(tag!);
  if (!isAdopted || !hasRun) openConnection();
  return tag!;
}

/** The way to the next host is opened while the script is on its own: two round trips less, or three. */
function openConnection(): void {
  try {
    const link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = NEXT_HOST;
    link.crossOrigin = '';
    document.head?.append(link);
    link.remove();
  } catch {
    // A page that lets nobody insert a link waits a little longer.
  }
}
