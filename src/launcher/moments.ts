// Moments in the life of a page, as promises.

/** The options of `whenIdle`, `whenVisible`, `whenInteracted` and `whenOnline`. */
export interface WhenOptions {
  /** Ends the wait: the promise is rejected with the signal's reason, and all listeners are removed. */
  readonly signal?: AbortSignal | undefined;
}

/** How long after the page has loaded, at the latest. */
const IDLE_LIMIT_MS = 5000;
/** Without `requestIdleCallback`, which Safari does not have: a moment after the page has loaded. */
const WITHOUT_IDLE_MS = 200;

/** The first signs of a visitor. Scrolling alone is none: a browser scrolls by itself when a visitor comes back. */
const INTERACTIONS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/**
 * Resolves when the page has loaded and the browser is idle, and at most 5 s after the page has loaded. Safari does not tell
 * when it is idle. There, it resolves 0.2 s after the page has loaded.
 *
 * Rejects only if the signal is aborted. On a server, it never resolves.
 *
 * @example
 * await whenIdle();
 * await messenger.load();
 */
export function whenIdle(options?: WhenOptions): Promise<void> {
  return wait(options, onIdle);
}

/** Does the same with a callback, which costs the launcher less. After an abort, the callback may still be called once. */
export function onIdle(callback: () => void, signal: AbortSignal): void {
  const askForIdle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: IDLE_LIMIT_MS });
    else setTimeout(callback, WITHOUT_IDLE_MS);
  };
  if (document.readyState === 'complete') askForIdle();
  else window.addEventListener('load', askForIdle, { signal });
}

/**
 * Resolves when a part of the element is visible in the window. Resolves soon if it already is.
 *
 * Rejects only if the signal is aborted. On a server, it never resolves.
 *
 * @example
 * await whenVisible(document.querySelector('footer')!);
 * await messenger.load();
 */
export function whenVisible(element: Element, options?: WhenOptions): Promise<void> {
  return wait(options, (resolve, signal) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) resolve();
    });
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  });
}

/**
 * Resolves at the first sign of a visitor: the pointer moves, or a key, a button, the wheel or the screen is used. What
 * happened before the call does not count, and neither does scrolling alone.
 *
 * Rejects only if the signal is aborted. On a server, it never resolves.
 *
 * @example
 * await whenInteracted();
 * await messenger.load();
 */
export function whenInteracted(options?: WhenOptions): Promise<void> {
  return wait(options, (resolve, signal) => {
    // Captured, because the page may stop an event on its way.
    for (const name of INTERACTIONS) window.addEventListener(name, resolve, { signal, capture: true, passive: true });
  });
}

/**
 * Resolves when the browser says that it is online. Resolves at once if it already is. A browser that is online may reach no
 * server nevertheless.
 *
 * Rejects only if the signal is aborted. On a server, it never resolves.
 *
 * @example
 * await whenOnline();
 * await messenger.load();
 */
export function whenOnline(options?: WhenOptions): Promise<void> {
  return wait(options, (resolve, signal) => {
    if (navigator.onLine) resolve();
    else window.addEventListener('online', resolve, { signal });
  });
}

/** @param begin - gets a signal that is aborted when the wait has ended, however it ends */
function wait({ signal }: WhenOptions = {}, begin: (resolve: () => void, signal: AbortSignal) => void): Promise<void> {
  const ended = new AbortController();
  return new Promise<void>((resolve, reject) => {
    // Here, a throw rejects the promise.
    signal?.throwIfAborted();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a reason can be anything
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: ended.signal });
    if (typeof window !== 'undefined') begin(() => resolve(), ended.signal);
  }).finally(() => ended.abort());
}
