import { createButton } from './button.js';
import { createOpener } from './create-opener.js';
import { keepInBody } from './keep-in-body.js';
import { onIdle } from './moments.js';
import { checkLauncherOptions, type LauncherOptions } from './options.js';
import { LAUNCHER } from './watch-window.js';

/** The button that {@link createLauncher} has put on the page. */
export interface Launcher {
  /** The element in the page's body. The button is in its shadow root. `undefined` on a server. */
  readonly element: HTMLElement | undefined;
  /**
   * Does what a press on the button does: loads the messenger if necessary, and opens its window. Does nothing while
   * the messenger is loading, and after `destroy()`.
   */
  open(): void;
  /** Takes the button off the page and removes all listeners. Does not remove the messenger, and does not close its window. */
  destroy(): void;
}

/**
 * Puts a button on the page that loads the messenger when a visitor presses it. Until then, nothing is requested from
 * Zendesk.
 *
 * A press calls `load`, loads the messenger, calls `signIn`, waits until the status is not `signing-in`, and opens the window.
 * After 15 s, the window opens even if the sign-in has not ended. If the messenger is not on the page by then, or if
 * loading fails, the button says so and stays, for another try. `Escape` ends the wait or the message.
 *
 * The button is not shown while Zendesk's own launcher or its window is on the page, and comes back when both are gone. It
 * knows that from your messenger, so it does not know it before the first call of `load`. If Zendesk's launcher is already on
 * the page when the button is created, `load` is called immediately, with each value of `preload`. If your page loads the
 * messenger later in another way, the button stays until `load` has been called. It does not know a messenger that your
 * page has loaded without this library.
 *
 * The button stays on the page when its body is replaced, until `destroy()`. Create one for each page. On a server it does
 * nothing.
 *
 * @throws TypeError if an option is missing, unknown or wrong. The message names it.
 * @example
 * const launcher = createLauncher({
 *   label: 'Support',
 *   load: () => import('./messenger').then(({ messenger }) => messenger),
 *   fallback: { label: 'Write to us', href: '/contact' },
 * });
 */
export function createLauncher(options: LauncherOptions): Launcher {
  checkLauncherOptions(options);
  if (typeof document === 'undefined') return { element: undefined, open() {}, destroy() {} };
  const ui = createButton(options);
  const { host, button } = ui;
  const { preload = 'hover' } = options;
  const ended = new AbortController();
  const { signal } = ended;
  const opener = createOpener(ui, options, signal);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    // The link may have the focus, and goes.
    button.focus();
    opener.cancel();
  };
  keepInBody(host, signal);
  // Another part of the page has loaded the messenger, so this imports nothing new. Then the button gives way.
  if (document.querySelector(LAUNCHER)) opener.preload();
  button.addEventListener('click', opener.open, { signal });
  host.addEventListener('keydown', onKey, { signal });
  if (preload === 'hover') {
    for (const name of ['pointerenter', 'focus']) button.addEventListener(name, opener.preload, { signal });
  }
  if (preload === 'idle') onIdle(opener.preload, signal);

  return {
    element: host,
    open: opener.open,
    destroy: () => ended.abort(),
  };
}
