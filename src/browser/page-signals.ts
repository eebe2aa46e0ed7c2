import type { PageVisibility } from '../core/state.js';
import type { PageSignals } from '../ports.js';

// Events that can mean that the computer or the tab slept, so that timers are late [M 39]. pageshow fires
// when the page comes back from the back/forward cache, and prerenderingchange when a visitor comes to a page that was
// prerendered [M 82]. storage fires when another tab has changed something, and pagehide when the visitor leaves.
const EVENT_NAMES = ['visibilitychange', 'prerenderingchange', 'online', 'pageshow', 'focus', 'storage', 'pagehide'];

export const listenToPage: PageSignals = (listener) => {
  const hear = (event: Event) => {
    const name = event.type;
    const change = name === 'storage' ? (event as StorageEvent) : undefined;
    // Other scripts use the storage, too. Without a key, everything was deleted.
    if (!change?.key || change.key.endsWith('.appUserId'))
      listener(readVisibility(), name === 'online', name === 'pagehide', change?.newValue);
  };
  // One function for all, and not an AbortSignal, because this is before the first request. Not in the capture phase: there,
  // the window would get the focus events of all elements in the page.
  const change = (how: 'addEventListener' | 'removeEventListener') => {
    for (const name of EVENT_NAMES) (name.endsWith('change') ? document : window)[how](name, hear);
  };
  change('addEventListener');
  // A session takes its page for visible. One step less until the visitor is signed in.
  const visibility = readVisibility();
  if (visibility !== 'visible') listener(visibility, false);
  return () => change('removeEventListener');
};

function readVisibility(): PageVisibility {
  // A property of Chromium. TypeScript does not know it.
  if ((document as { readonly prerendering?: boolean }).prerendering) return 'prerendered';
  return document.hidden ? 'hidden' : 'visible';
}
