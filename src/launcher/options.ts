// The options of createLauncher, and the checks.
import type { Messenger } from '../index.js';

/** A link to another way to reach you. */
export interface LauncherFallback {
  /** The text of the link, such as `Write to us`. */
  readonly label: string;
  /** Where the link leads, such as `/contact` or `mailto:help@shop.example`. */
  readonly href: string;
}

/** The options of {@link createLauncher}. */
export interface LauncherOptions {
  /**
   * Returns your messenger, or a promise of it. Import the module that creates it here, so that it is loaded only when it
   * is needed. Called again only after it has failed itself.
   *
   * With `preload`, it is called before the visitor presses the button. So it must not call `load()`, `login()` or
   * `setUser()`, and neither must the module: that would load Zendesk's messenger. Sign in with `signIn`.
   *
   * @example
   * createLauncher({ label: 'Support', load: () => import('./messenger').then(({ messenger }) => messenger) });
   */
  readonly load: () => Messenger | PromiseLike<Messenger>;
  /** The text on the button, in the language of the page. */
  readonly label: string;
  /**
   * Tells the messenger who is signed in to your site. Called each time that the visitor uses the button, and never
   * before. The window opens when the returned promise has settled, even if it was rejected: then the visitor is
   * anonymous. It also opens 15 s after the press if the messenger is on the page by then.
   *
   * Without it, the launcher only loads the messenger.
   *
   * @example
   * createLauncher({
   *   label: 'Support',
   *   load: () => import('./messenger').then(({ messenger }) => messenger),
   *   signIn: (messenger) => messenger.setUser('your-user-id'),
   * });
   */
  readonly signIn?: ((messenger: Messenger) => unknown) | undefined;
  /**
   * The bottom corner of the button, `right` or `left`. Choose the corner that Zendesk's launcher has in Admin Center. It is
   * the same corner on pages that are written from right to left.
   *
   * @defaultValue 'right'
   */
  readonly position?: 'right' | 'left' | undefined;
  /**
   * The background of the button: any CSS color. The text is black or white, whichever is easier to read; old browsers
   * always show it white. By default the button is dark, or light if the visitor prefers a dark color scheme.
   */
  readonly color?: string | undefined;
  /**
   * When to call `load` in advance. That loads your own files only, and nothing from Zendesk.
   *
   * - `hover`: when a pointer or the keyboard focus is on the button.
   * - `idle`: when the page has loaded and the browser is idle. See {@link whenIdle}.
   * - `none`: never.
   *
   * @defaultValue 'hover'
   */
  readonly preload?: 'hover' | 'idle' | 'none' | undefined;
  /** A link that is shown when loading has failed, or takes longer than 15 s. */
  readonly fallback?: LauncherFallback | undefined;
  /**
   * What is read to the visitor while the messenger loads. It is shown after one second, or immediately with reduced motion.
   *
   * @defaultValue 'Loading…'
   */
  readonly loadingText?: string | undefined;
  /**
   * What is shown and read when loading has failed.
   *
   * @defaultValue 'The chat did not load. Try again.'
   */
  readonly failedText?: string | undefined;
  /**
   * Called when loading has failed or takes longer than 15 s, when `signIn` has failed, or when the window did not open. By default, the error is
   * reported with `reportError()`: it is on the console, and your error tracking gets it.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const FUNCTION = /^function/;
const TEXT = /^string.*\S/s;

/** What the type of each option and its value must look like, one after the other. */
const RULES: Readonly<Record<string, RegExp>> = {
  load: FUNCTION,
  label: TEXT,
  signIn: FUNCTION,
  position: /^string(right|left)$/,
  color: TEXT,
  preload: /^string(hover|idle|none)$/,
  fallback: /^object/,
  'fallback.label': TEXT,
  'fallback.href': TEXT,
  loadingText: TEXT,
  failedText: TEXT,
  onError: FUNCTION,
};

/**
 * Checks the options. The message names the option but never contains its value.
 *
 * @throws TypeError
 */
export function checkLauncherOptions(options: LauncherOptions): void {
  const check = (name: string, value: unknown) => {
    if (!Object.hasOwn(RULES, name) || !RULES[name]!.test(typeof value + String(value)))
      throw new TypeError(`createLauncher: the option ${name} is missing, unknown or wrong.`);
  };
  check('load', options?.load);
  check('label', options.label);
  for (const [name, value] of Object.entries(options)) if (value !== undefined) check(name, value);
  const { fallback } = options;
  if (!fallback) return;
  check('fallback.label', fallback.label);
  check('fallback.href', fallback.href);
}
