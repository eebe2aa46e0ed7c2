// The browser's part, for tests in jsdom: it sees the snippet's tag and loads the script, or does not.
import type { FakeWindow, MessengerSettings } from './environment.js';
import type { FakeMessenger } from './fake-messenger.js';
import { pageOf } from './page.js';
import { pageGlobals } from './page-globals.js';
import { runSnippet, SNIPPET_ID } from './snippet.js';

/**
 * What becomes of a snippet tag: the script runs (and `load` is dispatched); it is blocked (`error`); the tag is taken out of the
 * page, without any event, as some extensions do; or nothing ever happens.
 */
export type ScriptOutcome = 'runs' | 'blocked' | 'silently-removed' | 'hangs';

/** Options of {@link installFakeMessenger}. */
export interface InstallOptions extends MessengerSettings {
  /** Default: the global `window`. */
  readonly window?: FakeWindow | undefined;
  /** Default `'runs'`. */
  readonly script?: ScriptOutcome | undefined;
  /** From the tag's insertion until the script runs or fails, milliseconds. Default 0: in a later task. */
  readonly scriptDelayMs?: number | undefined;
}

/** A messenger that boots when the page inserts the snippet. */
export interface InstalledMessenger extends FakeMessenger {
  /** What becomes of the tags that are inserted from now on. */
  script: ScriptOutcome;
  /**
   * Leaves the window as if the page had never loaded the messenger: frames, `zE` and the snippet's tags are gone, and tags inserted later
   * are not seen. `localStorage` stays: `uninstall` and another `installFakeMessenger` are a page load.
   */
  uninstall(): void;
}

/**
 * Watches a document for the snippet's tag (`script#ze-snippet` with a `src` of `https://static.zdassets.com/ekr/snippet.js?key=…`), and
 * plays what a browser and the script would do: the script runs, `load` is dispatched, the configuration is fetched, and the
 * messenger goes live. Tags that are there already are seen, too. A tag with the right id and another `src` gets an `error`.
 *
 * It does not answer requests: pass `backend.fetch` of {@link createFakeBackend} as `fetch`, or put the backend behind msw.
 *
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
  const page = pageOf(window);
  const seen = new Set<HTMLScriptElement>();
  const timers = new Set<number>();
  const settable = { script: options.script ?? 'runs' };

  function load(tag: HTMLScriptElement, outcome: 'runs' | 'blocked'): void {
    const found = outcome === 'runs' && isSnippet(tag);
    // The script runs, then the tag's load event is dispatched: onload is not readiness [M 4].
    if (found) runSnippet({ ...options, window, tag });
    tag.dispatchEvent(new window.Event(found ? 'load' : 'error'));
  }

  function see(tag: HTMLScriptElement): void {
    if (seen.has(tag) || !(isSnippet(tag) || (tag.id === SNIPPET_ID && tag.src !== ''))) return;
    // As in a browser, an element runs once; who tries again needs a new one.
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

  const look = (): void => document.querySelectorAll('script').forEach(see);
  const observer = new window.MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();

  function uninstall(): void {
    observer.disconnect();
    timers.forEach((timer) => window.clearTimeout(timer));
    seen.forEach((tag) => tag.remove());
    page.remove();
    const globals = pageGlobals(window);
    delete globals.zE;
    delete globals.zEmbed;
    delete globals.zEACLoaded;
  }

  // Members are getters, and copied as such. They are the object's own: test runners print and compare those.
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
