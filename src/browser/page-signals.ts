import type { PageSignals } from '../ports.js';

// What a page notices of its own sleep: after each of these the clock must be looked at again [M 39]. pageshow is the
// way back from the back/forward cache.
const NAMES = ['visibilitychange', 'online', 'pageshow', 'focus'];

export const listenToPage: PageSignals = (listener) => {
  const controller = new AbortController();
  for (const name of NAMES) {
    // In the capture phase the window hears the document's events, too.
    addEventListener(name, ({ type }) => listener(document.hidden, type === 'online'), {
      capture: true,
      signal: controller.signal,
    });
  }
  listener(document.hidden, false);
  return () => controller.abort();
};
