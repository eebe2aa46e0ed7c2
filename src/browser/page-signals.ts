import type { PageSignals } from '../ports.js';

// What a page notices of its own sleep: after each of these the clock must be looked at again [M 39]. pageshow is the
// way back from the back/forward cache.
const NAMES = ['visibilitychange', 'online', 'pageshow', 'focus'];

export const listenToPage: PageSignals = (listener) => {
  const controller = new AbortController();
  for (const name of NAMES) {
    // Not in the capture phase, where the window would hear every focus within it.
    (name === 'visibilitychange' ? document : window).addEventListener(
      name,
      () => listener(document.hidden, name === 'online'),
      { signal: controller.signal },
    );
  }
  listener(document.hidden, false);
  return () => controller.abort();
};
