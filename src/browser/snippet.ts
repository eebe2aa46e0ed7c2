// The snippet's script tag. There is only one per page, inserted by the library or by the site: two of them in quick
// succession would boot two widgets [M 7].
import type { LoadEvent } from '../ports.js';
import { type CreateTag, SNIPPET } from './script-tag.js';
import { guardBoot } from './single-boot.js';

const ID = 'ze-snippet';
// The script loads its configuration from this host [M 3].
const CONFIG_HOST = 'https://ekr.zdassets.com';
// A consent tool gives the tag another type, such as text/plain, until the visitor consents.
const EXECUTABLE_TYPE = /^(module|(text|application)\/(x-)?(java|ecma)script)?$/i;

type Notify = (...event: LoadEvent) => void;

export interface Snippet {
  /** Whether a tag is on the page. */
  hasTag(): boolean;
  /** Whether the page's tag has another key. Zendesk ignores a second key [M 78]. */
  hasOtherKey(): boolean;
  /**
   * Uses the tag that is on the page, or inserts one. While the page is being parsed, its own tag may still follow, and
   * a tag that a consent tool has disabled is never replaced: then this waits.
   *
   * @param hasRun - whether the script has already run
   * @param onRan - called when the script has run
   * @param retry - called when the wait is over
   * @throws TypeError if Trusted Types do not allow the URL
   */
  placeTag(hasRun: boolean, onRan: () => void, notify: Notify, retry: () => void): void;
  /** Does not wait any more for the parser or for a disabled tag. */
  stopWaiting(): void;
  /** Removes the tag, so that the next one runs. */
  removeTag(): void;
}

export function createSnippet(key: string, createTag: CreateTag): Snippet {
  // The tag that the last load() used. If that load failed, the tag is replaced, so that the script runs again [M 3].
  let used: Element | undefined;
  let stopWaiting = () => {};

  const find = () => document.getElementById(ID) as HTMLScriptElement | null;

  function placeTag(hasRun: boolean, onRan: () => void, notify: Notify, retry: () => void): void {
    stopWaiting();
    let tag = find();
    const isExisting = !!tag && tag !== used;
    const isParked = isExisting && !EXECUTABLE_TYPE.test(tag!.type);
    if (isParked || (!isExisting && document.readyState === 'loading')) {
      stopWaiting = waitForPage(retry, isParked);
      return notify('loadWaits', isParked ? 'parked' : 'parsing');
    }
    // A tag that has already run is not guarded: its own mark comes with its configuration.
    const isOver = isExisting && hasRun;
    if (isOver) onRan();
    if (!isExisting) {
      tag?.remove();
      tag = createTag(SNIPPET + key);
      tag.id = ID;
    }
    if (!isOver) guardBoot(isExisting);
    used = tag!;
    tag!.addEventListener('load', onRan);
    tag!.addEventListener('error', () => {
      // Ignore the error if this tag has been replaced in the meantime.
      if ((find() ?? tag) !== tag) return;
      // Remove the tag, so that other code on the page does not wait for its load event.
      tag!.remove();
      notify('loadFailed', 'script_blocked');
    });
    notify('tagPlaced');
    if (!isExisting) (document.head ?? document.documentElement).append(tag!);
    if (!isOver) openConnection();
  }

  /** Waits for a tag that can run, or for the end of the parser. */
  function waitForPage(onReady: () => void, isParked: boolean): () => void {
    const observer = new MutationObserver(() => {
      const tag = find();
      if (tag ? tag !== used && EXECUTABLE_TYPE.test(tag.type) : !isParked && document.readyState !== 'loading')
        onReady();
    });
    observer.observe(document, { childList: true, subtree: true, attributeFilter: ['type', 'id'] });
    if (!isParked) document.addEventListener('DOMContentLoaded', onReady);
    return () => {
      observer.disconnect();
      document.removeEventListener('DOMContentLoaded', onReady);
    };
  }

  return {
    hasOtherKey() {
      const src = find()?.src ?? '';
      return src.includes('key=') && !src.toLowerCase().includes(key.toLowerCase());
    },
    hasTag: () => !!find(),
    placeTag,
    stopWaiting: () => stopWaiting(),
    removeTag() {
      stopWaiting();
      const tag = find();
      // A tag that waits for the consent stays where it is.
      if (tag && EXECUTABLE_TYPE.test(tag.type)) tag.remove();
      used = undefined;
    },
  };
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
