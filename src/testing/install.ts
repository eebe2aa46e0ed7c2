// Simulates the browser in jsdom tests: detects the snippet's tag, and lets the script load or fail.
import type { FakeWindow, MessengerSettings } from './environment.js';
import type { FakeMessenger } from './fake-messenger.js';
import { getPage } from './page.js';
import { getGlobals } from './page-globals.js';
import { runSnippet, SNIPPET_ID } from './snippet.js';

/**
 * What happens to a snippet tag.
 *
 * - `runs`: the script runs, and `load` is dispatched.
 * - `blocked`: `error` is dispatched.
 * - `silently-removed`: the tag is removed without any event, as some browser extensions do.
 * - `hangs`: nothing ever happens.
 */
export type ScriptOutcome = 'runs' | 'blocked' | 'silently-removed' | 'hangs';

/** The options of {@link installFakeMessenger}. */
export interface InstallOptions extends MessengerSettings {
  /** The window to watch. Default: the global `window`. */
  readonly window?: FakeWindow | undefined;
  /** What happens to the snippet's tag. Default: `'runs'`. */
  readonly script?: ScriptOutcome | undefined;
  /** The time from the tag's insertion until the script runs or fails, in milliseconds. Default: 0, in a later task. */
  readonly scriptDelayMs?: number | undefined;
}

/** A messenger that boots when the page inserts the snippet. */
export interface InstalledMessenger extends FakeMessenger {
  /** What happens to tags that are inserted from now on. */
  script: ScriptOutcome;
  /**
   * Removes the messenger from the window: its frames, `zE` and the snippet's tags. Tags that are inserted later are
   * ignored. `localStorage` stays, so `uninstall()` and another `installFakeMessenger()` simulate a page load.
   */
  uninstall(): void;
}

/**
 * Installs the fake messenger in a window, for tests in jsdom.
 *
 * It watches the document for the snippet's tag (`script#ze-snippet` with a `src` of
 * `https://static.zdassets.com/ekr/snippet.js?key=…`) and does what a browser and the real script would do: the script
 * runs, `load` is dispatched, the configuration is fetched, and the messenger goes live. Tags that are already in the
 * document count, too. A tag with the right id and another `src` gets an `error` event.
 *
 * It does not answer requests. Pass `backend.fetch` of {@link createFakeBackend} as `fetch`, or use the backend with
 * msw.
 *
 * @param options - the window, the connection to the backend, and what happens to the script
 * @example
 * const backend = createFakeBackend();
 * const messenger = installFakeMessenger({ fetch: backend.fetch });
 * // … the page loads the snippet and signs in …
 * expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
 * messenger.uninstall();
 */
export function installFakeMessenger(options: InstallOptions = {}): InstalledMessenger {
  const { window = globalThis.window, scriptDelayMs = 0 } = options;
  const { document } = window;
  const page = getPage(window);
  const seen = new Set<HTMLScriptElement>();
  const timers = new Set<number>();
  const settable = { script: options.script ?? 'runs' };

  function load(tag: HTMLScriptElement, outcome: 'runs' | 'blocked'): void {
    const isRunning = outcome === 'runs' && isSnippet(tag);
    // The script runs, and then `load` is dispatched. At that time the messenger is not ready yet [M 4].
    if (isRunning) runSnippet({ ...options, window, tag });
    tag.dispatchEvent(new window.Event(isRunning ? 'load' : 'error'));
  }

  function handleTag(tag: HTMLScriptElement): void {
    if (seen.has(tag) || !(isSnippet(tag) || (tag.id === SNIPPET_ID && tag.src !== ''))) return;
    // As in a browser, a script element runs only once. A retry needs a new element.
    seen.add(tag);
    const { script } = settable;
    if (script === 'silently-removed') tag.remove();
    if (script !== 'runs' && script !== 'blocked') return;
    const timer = window.setTimeout(() => {
      timers.delete(timer);
      load(tag, script);
    }, scriptDelayMs);
    timers.add(timer);
  }

  const handleAllTags = (): void => document.querySelectorAll('script').forEach(handleTag);
  const observer = new window.MutationObserver(handleAllTags);
  observer.observe(document, { childList: true, subtree: true });
  handleAllTags();

  function uninstall(): void {
    observer.disconnect();
    timers.forEach((timer) => window.clearTimeout(timer));
    seen.forEach((tag) => tag.remove());
    page.remove();
    const globals = getGlobals(window);
    delete globals.zE;
    delete globals.zEmbed;
    delete globals.zEACLoaded;
  }

  // Copy the getters as own properties, because test runners print and compare own properties.
  return Object.defineProperties({} as InstalledMessenger, {
    ...Object.getOwnPropertyDescriptors(page.messenger),
    script: {
      enumerable: true,
      get: () => settable.script,
      set: (outcome: ScriptOutcome) => (settable.script = outcome),
    },
    uninstall: { enumerable: true, value: uninstall },
  });
}

function isSnippet(tag: HTMLScriptElement): boolean {
  return /^https:\/\/static\.zdassets\.com\/ekr\/snippet\.js(\?|$)/.test(tag.src);
}
