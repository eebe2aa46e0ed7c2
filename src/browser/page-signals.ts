import type { PageVisibility } from '../core/state.js';
import type { PageSignals } from '../ports.js';

// The events after which time may have passed unnoticed, because the computer or the tab slept [M 39]. pageshow fires
// when the page comes back from the back/forward cache.
const WINDOW_EVENTS = ['online', 'pageshow', 'focus'];
// prerenderingchange fires when a visitor comes to a page that was prerendered [M 82].
const DOCUMENT_EVENTS = ['visibilitychange', 'prerenderingchange'];

export const listenToPage: PageSignals = (listener) => {
  const controller = new AbortController();
  const listen = (target: EventTarget, names: readonly string[]) => {
    for (const name of names) {
      // Not in the capture phase: there, the window would get the focus events of all elements in the page.
      target.addEventListener(name, () => listener(readVisibility(), name === 'online'), { signal: controller.signal });
    }
  };
  listen(window, WINDOW_EVENTS);
  listen(document, DOCUMENT_EVENTS);
  listener(readVisibility(), false);
  return () => controller.abort();
};

function readVisibility(): PageVisibility {
  // A property of Chromium. TypeScript does not know it.
  if ((document as { readonly prerendering?: boolean }).prerendering) return 'prerendered';
  return document.hidden ? 'hidden' : 'visible';
}
