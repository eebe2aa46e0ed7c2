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
  /** Whether the page's tag has another key. Zendesk ignores a second key [M 78]. */
  hasOtherKey(): boolean;
  /**
   * Uses the tag that is on the page, or inserts one. Waits if the page is still being parsed, and if the page's own tag
   * is disabled.
   *
   * @param hasRun - whether the script has already run
   * @param onRan - called when the script has run
   */
  place(hasRun: () => boolean, onRan: () => void, notify: Notify): void;
  /** Does not wait any more for the parser or for a disabled tag. */
  stopWaiting(): void;
  /** Removes the tag, so that the next one runs. */
  remove(): void;
}

export function createSnippet(key: string, nonce: string | undefined, createTag: CreateTag): Snippet {
  // The tag that the last load() used. If that load failed, the tag is replaced, so that the script runs again [M 3].
  let used: Element | undefined;
  let stopWaiting = () => {};

  const find = () => document.getElementById(ID) as HTMLScriptElement | null;

  function place(hasRun: () => boolean, onRan: () => void, notify: Notify): void {
    stopWaiting();
    const retry = () => place(hasRun, onRan, notify);
    let tag = find();
    const isExisting = !!tag && tag !== used;
    if (isExisting) {
      if (!EXECUTABLE_TYPE.test(tag!.type)) {
        stopWaiting = waitForTag(retry);
        return notify('loadWaits', 'parked');
      }
      guardBoot(tag!, hasRun());
      if (hasRun()) onRan();
    } else {
      if (document.readyState === 'loading') {
        preload();
        stopWaiting = waitForParser(retry);
        return notify('loadWaits', 'parsing');
      }
      tag?.remove();
      tag = createTag(SNIPPET + key);
      tag.id = ID;
      guardBoot();
    }
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
    if (!isExisting || !hasRun()) addLink({ rel: 'preconnect', href: CONFIG_HOST, crossOrigin: '' })?.remove();
  }

  /** Waits until the consent tool has replaced or enabled the tag. */
  function waitForTag(onEnabled: () => void): () => void {
    const observer = new MutationObserver(() => {
      const tag = find();
      if (tag && EXECUTABLE_TYPE.test(tag.type)) onEnabled();
    });
    observer.observe(document, { childList: true, subtree: true, attributeFilter: ['type', 'id'] });
    return () => observer.disconnect();
  }

  /** Loads the script, but does not run it: the page's own tag may follow. */
  function preload(): void {
    addLink({ rel: 'preload', as: 'script', href: SNIPPET + key, nonce: nonce ?? '' });
  }

  return {
    hasOtherKey() {
      const { src = '' } = find() ?? {};
      return src.includes('key=') && !src.toLowerCase().includes(key.toLowerCase());
    },
    place,
    stopWaiting: () => stopWaiting(),
    remove() {
      stopWaiting();
      const tag = find();
      // A tag that waits for the consent stays where it is.
      if (tag && EXECUTABLE_TYPE.test(tag.type)) tag.remove();
      used = undefined;
    },
  };
}

function waitForParser(onEnd: () => void): () => void {
  document.addEventListener('DOMContentLoaded', onEnd, { once: true });
  return () => document.removeEventListener('DOMContentLoaded', onEnd);
}

/** Makes the browser fetch something early. A preconnection saves two or three round trips. */
function addLink(properties: Partial<HTMLLinkElement>): HTMLLinkElement | undefined {
  try {
    const link = Object.assign(document.createElement('link'), properties);
    document.head.append(link);
    return link;
  } catch {
    // Some pages block inserted links. Then loading takes a little longer.
    return undefined;
  }
}
