// Loads the messenger, opens its window, and decides when the button is on the page.
import type { LauncherButton } from './button.js';
import { createLoader } from './create-loader.js';
import type { LauncherOptions } from './options.js';
import { watchWindow, type WindowWatch } from './watch-window.js';

/** What the visitor has started with a press. `isReady`: only the end of the sign-in is missing. */
interface Attempt {
  isReady?: boolean;
}

export interface Opener {
  /** Calls `load` if that has not been done, and reports nothing. */
  preload(): void;
  /** Loads the messenger and opens its window. */
  open(): void;
  /** Ends the current attempt, or hides the message of a failed one. */
  cancel(): void;
}

/**
 * How long the messenger and the sign-in may take together. A token endpoint that is down is tried again for much longer, and
 * a messenger that waits for consent has no limit. The messenger's own limit, 10 s by default, comes first: its error says more.
 */
const WAIT_MS = 15_000;
/** How long the window may take to open. After that, the visitor is told that it did not. */
const WINDOW_MS = 10_000;

const TOO_LATE = 'createLauncher: the messenger did not load. Does it wait for consent?';
const NO_WINDOW = 'createLauncher: the window did not open. Does the page hide it?';

/** @param signal - ends everything, for good */
export function createOpener(
  ui: LauncherButton,
  // jsdom has no reportError.
  { load, signIn, onError = (error) => globalThis.reportError?.(error) }: LauncherOptions,
  signal: AbortSignal,
): Opener {
  let watch: WindowWatch | undefined;
  let limit: ReturnType<typeof setTimeout> | undefined;
  // Each attempt is an object of its own, so a result that arrives after `Escape` or `destroy()` changes nothing.
  let attempt: Attempt | undefined;

  const loadMessenger = createLoader(load, (messenger) => {
    if (!signal.aborted) watch = watchWindow(messenger, update, signal);
    update();
  });

  function endAttempt(): void {
    attempt = undefined;
    clearTimeout(limit);
  }

  /** Opens the window if it is time, and shows the button exactly while the visitor has no other way to open it. */
  function update(): void {
    if (!watch) return;
    if (watch.isOpen()) endAttempt();
    if (attempt?.isReady && watch.getSnapshot().status !== 'signing-in') return openWindow();
    const frame = watch.findLauncher();
    // During an attempt, Zendesk's launcher may already be there. The button covers it until the window opens.
    ui.setAway(watch.isOpen() || (!!frame && ui.state !== 'loading'), frame);
  }

  async function open(): Promise<void> {
    if (attempt || signal.aborted) return;
    const current: Attempt = (attempt = {});
    if (ui.state !== 'away') ui.show('loading');
    // If the sign-in takes too long, the window opens for an anonymous visitor.
    limit = setTimeout(() => (watch?.getSnapshot().live ? openWindow() : fail(new Error(TOO_LATE))), WAIT_MS);
    try {
      const messenger = await loadMessenger();
      if (attempt !== current) return;
      // Both at the same time. If the sign-in fails, the window opens for an anonymous visitor.
      const signingIn = (async () => signIn?.(messenger))();
      // A messenger that does not load is reported once, and not as a failed sign-in, too.
      signingIn.catch(() => {});
      await messenger.load();
      await signingIn.catch(onError);
      current.isReady = true;
      update();
    } catch (error) {
      if (attempt === current) fail(error);
    }
  }

  function openWindow(): void {
    // Another object, because the sign-in may still end.
    attempt = {};
    clearTimeout(limit);
    limit = setTimeout(giveUp, WINDOW_MS);
    watch!.open();
  }

  /** The messenger has not told that its window has opened. That is no failure if the visitor has the window or Zendesk's launcher. */
  function giveUp(): void {
    watch!.noticeWindow();
    cancel();
    if (ui.state === 'idle') fail(new Error(NO_WINDOW));
  }

  function fail(error: unknown): void {
    endAttempt();
    ui.show('failed');
    onError(error);
  }

  function cancel(): void {
    endAttempt();
    if (ui.state !== 'away') ui.show('idle');
    // Zendesk's launcher may already be there, under the button.
    update();
  }

  signal.addEventListener('abort', endAttempt);
  return {
    preload() {
      // The loader handles a failure.
      if (!signal.aborted) void loadMessenger();
    },
    open: () => void open(),
    cancel,
  };
}
