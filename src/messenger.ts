import { createClock } from './browser/clock.js';
import { logError, logWarning } from './browser/console.js';
import { identityStorage } from './browser/identity-storage.js';
import { markEvent } from './browser/marks.js';
import { listenToPage } from './browser/page-signals.js';
import { type CreateTag, createTagFactory } from './browser/script-tag.js';
import { createTokenEndpoint } from './browser/token-endpoint.js';
import { createSnippet } from './browser/snippet.js';
import { createWidget } from './browser/widget.js';
import type { MessengerOn, MessengerZE } from './core/calls.js';
import type { MessengerEvent } from './core/events.js';
import { checkOptions } from './core/options.js';
import { type DevtoolsHook, devtoolsKey } from './devtools-hook.js';
import { createDriver } from './driver.js';
import type { MessengerSnapshot } from './core/snapshot.js';
import type { MessengerOptions } from './options.js';
import type { LoadDoctor } from './ports.js';

export type { MessengerSnapshot };

/**
 * Signs the site's visitor in to the Zendesk messenger and keeps the visitor signed in. Created by `createMessenger`.
 */
export interface Messenger {
  /**
   * Loads the messenger without signing anybody in.
   *
   * Resolves when the messenger is live and accepts calls, which is later than the script's `load` event. Resolves
   * immediately if it is already live. On a prerendered page, waits until the visitor comes to it. Does not fetch a
   * token and does not open the messenger's window. If loading fails, call `load()` again to retry with a new script
   * tag, which is inserted at least 1.1 s after the last one.
   *
   * @throws MessengerAuthError `script_blocked`, `messenger_unavailable`, `classic_widget`, `key_conflict`, `no_window` or
   *   `destroyed`
   */
  load(): Promise<MessengerSnapshot>;
  /**
   * Loads the messenger, fetches a token at the same time, signs the visitor in, and keeps the visitor signed in.
   *
   * Resolves when Zendesk has accepted the token. If nobody is signed in to the site, resolves with the status
   * `signed-out`. Concurrent calls share one attempt. If the visitor is already signed in, resolves immediately. On a
   * prerendered page, waits until the visitor comes to it. Does not open the messenger's window.
   *
   * You do not have to handle the promise: a failure is also in the snapshot and on the console, and it causes no
   * `unhandledrejection` event. After a failure, call `login()` again to start over. A `Retry-After` of the endpoint,
   * the limit after refused tokens, and the limit of attempts in an outage stay in effect. There are always at least 1.1 s between two token requests,
   * and between two script tags, even if you call `login()` whenever it fails.
   *
   * @throws MessengerAuthError with any code except `invalid_option`
   * @example
   * const { status, externalId } = await messenger.login();
   * console.log(status === 'signed-in' ? `Signed in as ${externalId}` : 'Nobody is signed in');
   */
  login(): Promise<MessengerSnapshot>;
  /**
   * Tells who is signed in to the site. This one call replaces `load()`, `login()` and `logout()`: call it at page start
   * and after every change.
   *
   * - The same `id` as before: nothing happens.
   * - Another `id`: signs the previous user out, waits until the previous identity is gone, and signs the new one in, as
   *   `login()` does. Conversation fields and tags of the previous user are forgotten.
   * - `null`, `undefined` or an empty string: signs out if somebody was signed in, also on an earlier page. Then the
   *   messenger is loaded for an anonymous visitor. An anonymous visitor's conversation is kept.
   *
   * Resolves when the messenger has got there. Calls in quick succession end with the last one, and all their promises
   * settle. As with `login()`, you do not have to handle the promise.
   *
   * @param id - any text that differs between users, such as your own user id. It need not be the `external_id`. It is
   *   not stored, not sent and not logged. Your token endpoint decides who is signed in, so it must answer for the same
   *   user.
   * @throws MessengerAuthError as `login()` does, and `invalid_option` if `id` is not a string
   * @example
   * // At page start, and whenever the site's user changes:
   * const { status } = await messenger.setUser('your-user-id');
   */
  setUser(id: string | null | undefined): Promise<MessengerSnapshot>;
  /**
   * Signs the visitor out of the messenger and cancels everything in progress.
   *
   * Resolves when nothing of the user is stored in the browser any more: usually after 0.1 to 0.4 s, and after 2 s at
   * the latest, because then the messenger is reset. If a `login()` or `setUser()` already waits for the end of the
   * sign-out, the reset comes after 4 s, and the identity may be stored until then.
   *
   * You need not wait before you leave the page: the library then deletes the stored identity. `login()` and `setUser()`
   * wait by themselves. Wait before you sign in another user without the library.
   *
   * A `login()` that is still waiting resolves with the status `signed-out`, but not before the messenger
   * has loaded. The call also ends an anonymous visitor's conversation. It does not sign the visitor out of your site.
   * Never rejects.
   */
  logout(): Promise<void>;
  /** Calls a command of the messenger. See {@link MessengerZE}. */
  readonly zE: MessengerZE;
  /** Adds a listener for an event of the messenger. See {@link MessengerOn}. */
  readonly on: MessengerOn;
  /** Returns the current state. It is the same object until something changes, as `useSyncExternalStore` requires. */
  getSnapshot(): MessengerSnapshot;
  /**
   * Adds a listener that is called after every change of the snapshot, without arguments. It is not called for the
   * current state. Returns an unsubscribe function.
   *
   * @example
   * const unsubscribe = messenger.subscribe(() => console.log(messenger.getSnapshot().status));
   */
  subscribe(listener: () => void): () => void;
  /**
   * Takes the messenger off the page: its frames, its script tag and `zE`. Does not sign the visitor out, so the next
   * page or `login()` continues the conversation.
   *
   * Everything in progress is canceled. Listeners of `on()` and settings of `zE('messenger:set', …)` are kept for the
   * next messenger. `load()`, `login()`, `setUser()` or another messenger, also one with another key, starts it again.
   * Resolves when the messenger is gone: if it is still loading, that is when the load has ended. Never rejects.
   */
  remove(): Promise<void>;
  /**
   * Stops the library: removes all timers and listeners, and cancels the token request. A `load()` or `login()` that is
   * still waiting rejects with `destroyed`. A later call rejects, too, and is also reported on the console. `onEvent` is
   * not called any more.
   *
   * Does not remove Zendesk's messenger from the page and does not sign the visitor out: the visitor stays signed in
   * until the token expires. Call `logout()` first if you do not want that. You can create another messenger
   * immediately.
   */
  destroy(): void;
}

/**
 * Connects the driver to the browser and creates the public object.
 *
 * @param loadDoctor - loads the token doctor; the module build and the script-tag build do this differently
 * @param ownUrls - the URLs of the library's other scripts in the script-tag build
 */
export function composeMessenger(
  options: MessengerOptions,
  loadDoctor: (createTag: CreateTag) => ReturnType<LoadDoctor>,
  ownUrls?: readonly (string | undefined)[],
): Messenger {
  const { key, nonce, trustedTypesPolicy, getToken, tokenUrl, onEvent, visibility, ...limits } = checkOptions(options);
  // The site's callbacks. `undefined` on a server and after destroy(). The messenger keeps our callbacks forever [M 16],
  // and they reference this scope. So nothing else may hold the site's callbacks, or they would never be garbage
  // collected.
  let callbacks: Pick<MessengerOptions, 'getToken' | 'tokenUrl' | 'onEvent'> | undefined =
    typeof window === 'undefined' ? undefined : { getToken, tokenUrl, onEvent };
  // On a server no token is fetched, and there is no address that a relative tokenUrl could refer to.
  const fetchFromEndpoint = callbacks && tokenUrl ? createTokenEndpoint(tokenUrl) : undefined;
  const clock = createClock();
  let observer: Parameters<DevtoolsHook['observe']>[0];
  const report = catchErrors((event: MessengerEvent) => {
    // First, because the site's callback may throw.
    observer?.(event);
    callbacks?.onEvent?.(event);
    markEvent(event.type);
  });
  const createTag = createTagFactory(nonce, trustedTypesPolicy, ownUrls);
  const isAlwaysShown = visibility !== 'signed-in';
  const widget = createWidget(createSnippet(key, createTag), isAlwaysShown, (command, error) => {
    report({ type: 'call-refused', atMs: clock.nowMs(), command });
    logError(error);
  });
  const { setConsent, renew, ...driver } = createDriver({
    clock,
    widget,
    identity: identityStorage,
    report,
    logError,
    logWarning,
    fetchToken: async (request) =>
      fetchFromEndpoint
        ? fetchFromEndpoint(request, callbacks!.tokenUrl)
        : ['tokenArrived', await callbacks!.getToken!(request)],
    page: listenToPage,
    loadDoctor: () => loadDoctor(createTag),
    limits,
    disabledReason: callbacks ? undefined : 'no_window',
  });
  // After destroy() the launcher stays as it is.
  const showLauncher = () => callbacks && widget.allowLauncher(driver.getSnapshot().status === 'signed-in');
  if (!isAlwaysShown) driver.subscribe(showLauncher);
  // Each one releases a callback that the site passed to zE() or on().
  const cleanups = new Set<() => void>();
  let hasWarned = false;

  return {
    ...driver,
    [devtoolsKey()]: { observe: (listener) => (observer = listener), renew } satisfies DevtoolsHook,
    zE: withEscape((...args: unknown[]) => {
      if (!callbacks) return undefined;
      const [scope, name, value] = args;
      if (scope === 'messenger' && name === 'logoutUser') return void driver.logout();
      // The library has the token, and knows whom to sign out before.
      if (scope === 'messenger' && name === 'loginUser') {
        if (!hasWarned) logWarning('The library calls loginUser. Call login() or setUser() instead.');
        hasWarned = true;
        return void driver.login();
      }
      if (typeof scope === 'function') {
        // If the messenger never goes live, its queue keeps this wrapper but not the site's callback.
        let whenLive: (() => void) | undefined = catchErrors(scope as () => void);
        const release = () => (whenLive = undefined);
        cleanups.add(release);
        args[0] = () => {
          cleanups.delete(release);
          whenLive?.();
        };
      }
      // The session must know when the page itself signs out or changes the consent. A withdrawal closes the window, so
      // the session must know of it before.
      const isConsent = scope === 'messenger:set' && name === 'cookies';
      const isGiven = value === 'all' || value === 'functional' || value === true;
      if (isConsent && (value === 'none' || value === false)) setConsent(false);
      const result = widget.call(...args);
      if (isConsent && isGiven) setConsent(true);
      if (scope === 'messenger' && name === 'resetWidget') void driver.logout();
      return result;
    }),
    on: withEscape((event: string, listener: unknown) => {
      if (!callbacks) return () => {};
      const unsubscribe = widget.on(event, catchErrors(listener as (...details: unknown[]) => void));
      cleanups.add(unsubscribe);
      return () => {
        cleanups.delete(unsubscribe);
        unsubscribe();
      };
    }),
    subscribe: (listener) => driver.subscribe(catchErrors(listener)),
    destroy() {
      callbacks = undefined;
      driver.destroy();
      widget.stop();
      cleanups.forEach((cleanup) => cleanup());
    },
  };
}

/** Gives a function itself as `unsafe`, which has a type that accepts everything. */
function withEscape<Call extends object>(call: Call): Call & { unsafe: Call } {
  return Object.assign(call, { unsafe: call });
}

/** Wraps a callback of the site. If it throws, the error goes to the console and the library continues. */
function catchErrors<Args extends unknown[]>(callback: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      logError(error);
    }
  };
}
