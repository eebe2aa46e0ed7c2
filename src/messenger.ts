import { createClock } from './browser/clock.js';
import { complain } from './browser/console.js';
import { markEvent } from './browser/marks.js';
import { listenToPage } from './browser/page-signals.js';
import { type CreateTag, createTagMaker } from './browser/script-tag.js';
import { createTokenEndpoint } from './browser/token-endpoint.js';
import { createWidget } from './browser/widget.js';
import type { CommandArguments, MessengerEventListener, MessengerEvents } from './core/commands.js';
import type { MessengerEvent } from './core/events.js';
import { checkOptions } from './core/options.js';
import { createDriver, type MessengerSnapshot } from './driver.js';
import type { MessengerOptions } from './options.js';
import type { LoadDoctor } from './ports.js';

export type { MessengerSnapshot };

/** A messenger that signs the site's visitor in and keeps the visitor signed in. Made by `createMessenger`. */
export interface Messenger {
  /**
   * Puts the messenger on the page without signing anybody in. Resolves when it is live and takes calls, which is
   * later than the script's `onload`. At once if it already is.
   *
   * @throws MessengerAuthError `script_blocked`, `messenger_unavailable`, `classic_widget`, `no_window`, `destroyed`;
   * calling it again tries again, with a fresh tag
   */
  load(): Promise<MessengerSnapshot>;
  /**
   * Loads the messenger, fetches a token meanwhile, signs the visitor in, and keeps the visitor signed in from then on.
   * Resolves when Zendesk has accepted, or, with status `signed-out`, when nobody is signed in to the site. Concurrent
   * calls share one attempt; while signed in it resolves at once. Does not open the messenger's window.
   *
   * The promise may be ignored: a failure is also in the snapshot and on the console.
   *
   * @throws MessengerAuthError with any code but `invalid_option`; calling it again starts afresh, but for what a
   *   `Retry-After` or the limit after refusals forbids
   */
  login(): Promise<MessengerSnapshot>;
  /**
   * Signs the visitor out of the messenger and cancels everything under way; a `login()` that is waiting resolves with
   * status `signed-out`. Ends an anonymous visitor's conversation, too. Zendesk does not tell when it is done.
   */
  logout(): Promise<void>;
  /**
   * Calls the messenger, whenever: before it is live, calls are queued in order. Never throws; a call that the
   * messenger refuses is reported once, to `onEvent` and the console. Returns what the messenger returns, `undefined`
   * from the queue. Does not load the messenger.
   *
   * @example
   * messenger.zE('messenger:set', 'conversationTags', ['checkout']);
   */
  zE<Scope extends string, Action extends string>(
    scope: Scope,
    action: Action,
    ...args: CommandArguments<Scope, Action>
  ): unknown;
  /** Calls back when the messenger is live; at once if it already is. */
  zE(whenLive: () => void): void;
  /**
   * Listens to an event of the messenger, from when it is live. Returns what ends it, which works in every build and
   * before live.
   *
   * @example
   * const off = messenger.on('unreadMessages', (count) => console.log(count));
   */
  on<Name extends keyof MessengerEvents | (string & {})>(
    event: Name,
    listener: MessengerEventListener<Name>,
  ): () => void;
  /** The same object until something changes, as React's `useSyncExternalStore` wants it. */
  getSnapshot(): MessengerSnapshot;
  /** Calls back after every change of the snapshot. Returns what ends it. */
  subscribe(listener: () => void): () => void;
  /**
   * Lets go of the page: no timer, listener or request is left, and a waiting `login()` rejects with `destroyed`.
   * `onEvent` hears nothing more. The messenger stays on the page, and a visitor stays signed in until the token
   * expires: call `logout()` first if that is not wanted. Another messenger may be created at once.
   */
  destroy(): void;
}

/**
 * Puts the pieces together.
 *
 * @param loadDoctor - differs between a module and a script tag
 * @param doctor - the address of its script, where it is one
 */
export function composeMessenger(
  options: MessengerOptions,
  loadDoctor: (createTag: CreateTag) => ReturnType<LoadDoctor>,
  doctor?: string,
): Messenger {
  const { key, nonce, trustedTypesPolicy, getToken, tokenUrl, onEvent, ...limits } = checkOptions(options);
  // Let go of by destroy(): the messenger keeps what leads here for ever [M 16]. Nothing else may hold the callbacks.
  let site: Pick<MessengerOptions, 'getToken' | 'onEvent'> | undefined = { getToken, onEvent };
  const hasWindow = typeof window !== 'undefined';
  const clock = createClock();
  const mark = guard(markEvent);
  const tell = guard((event: MessengerEvent) => site?.onEvent?.(event));
  const report = (event: MessengerEvent) => {
    mark(event.type);
    tell(event);
  };
  const createTag = createTagMaker(nonce, trustedTypesPolicy, doctor);
  const widget = createWidget(key, createTag, (command, error) => {
    report({ type: 'call-refused', atMs: clock.nowMs(), command });
    complain(error);
  });
  const driver = createDriver({
    clock,
    widget,
    report,
    complain,
    fetchToken: getToken
      ? async (request) => ['tokenArrived', await site!.getToken!(request)]
      : createTokenEndpoint(tokenUrl),
    page: listenToPage,
    loadDoctor: () => loadDoctor(createTag),
    limits,
    obstacle: hasWindow ? undefined : 'no_window',
  });
  const ends = new Set<() => void>();
  let isUsable = hasWindow;

  return {
    ...driver,
    logout: async () => driver.logout(),
    zE(...args: unknown[]) {
      if (!isUsable) return undefined;
      // What the session knows must stay true.
      if (args[1] === 'logoutUser' || args[1] === 'resetWidget') driver.logout();
      if (args[1] === 'logoutUser') return undefined;
      if (typeof args[0] === 'function') {
        // A queue that never goes live keeps an empty shell.
        let whenLive: (() => void) | undefined = guard(args[0] as () => void);
        const end = () => (whenLive = undefined);
        ends.add(end);
        args[0] = () => {
          ends.delete(end);
          whenLive?.();
        };
      }
      return widget.call(...args);
    },
    on(event: string, listener: unknown) {
      if (!isUsable) return () => {};
      const end = widget.on(event, guard(listener as (...details: unknown[]) => void));
      ends.add(end);
      return () => {
        ends.delete(end);
        end();
      };
    },
    subscribe: (listener) => driver.subscribe(guard(listener)),
    destroy() {
      isUsable = false;
      driver.destroy();
      ends.forEach((end) => end());
      site = undefined;
    },
  };
}

/** A host's callback that throws changes nothing here; its error goes to the console. */
function guard<Args extends unknown[]>(callback: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      complain(error);
    }
  };
}
