import type { PageSignals } from '../ports.js';

// The events after which time may have passed unnoticed, because the computer or the tab slept [M 39]. pageshow fires
// when the page comes back from the back/forward cache.
const NAMES = ['visibilitychange', 'online', 'pageshow', 'focus'];

export const listenToPage: PageSignals = (listener) => {
  const controller = new AbortController();
  for (const name of NAMES) {
    // Not in the capture phase: there, the window would get the focus events of all elements in the page.
    (name === 'visibilitychange' ? document : window).addEventListener(
      name,
      () => listener(document.hidden, name === 'online'),
      { signal: controller.signal },
    );
  }
  listener(document.hidden, false);
  return () => controller.abort();
};
