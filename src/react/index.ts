/**
 * Hooks for React 18 and newer. They show a messenger that your page has created, and tell it who is signed in.
 *
 * @module zendesk-messenger-auth/react
 */
import { useEffect, useSyncExternalStore } from 'react';
import { INITIAL_VIEW, viewOf } from '../adapters/messenger-view.js';
import type { MessengerActions, UserId } from '../adapters/result.js';
import type { Messenger, MessengerAuthError, MessengerSnapshot } from '../index.js';

export type { MessengerActions, UserId };

/** The options of {@link useMessenger}. */
export interface UseMessengerOptions {
  /**
   * Who is signed in to your site. After the first render and after each change, it is passed to `messenger.setUser()`.
   * `undefined`, `null` and `''` mean that nobody is signed in. If the member is missing, `setUser()` is not called:
   * pass `{}` while your site is still finding out who is signed in, and in components that only show something.
   */
  readonly userId?: UserId;
}

/** What {@link useMessenger} returns. */
export interface UseMessengerResult extends MessengerActions {
  /** Whether somebody is signed in to the messenger. See `MessengerSnapshot`. */
  readonly status: MessengerSnapshot['status'];
  /** Whether the messenger is on the page and accepts calls. */
  readonly live: boolean;
  /** Why the sign-in failed. `undefined` unless the status is `failed`. */
  readonly error: MessengerAuthError | undefined;
  /** How many messages the visitor has not read. 0 until the messenger is live. */
  readonly unreadCount: number;
}

/**
 * Shows the state of a messenger, and tells it who is signed in to your site.
 *
 * On a server and while React hydrates, the state is that of a page where nothing has happened: `signed-out`, not live, no
 * unread messages. Signs nobody out when the component is unmounted. Never throws: a failed sign-in is `error`.
 *
 * @param messenger - created once, in a module of its own, not in a component
 * @param options - who is signed in. Pass it in one component only; all others leave it out.
 * @example
 * const { status, unreadCount, open } = useMessenger(messenger, { userId: '42' });
 */
export function useMessenger(messenger: Messenger, options: UseMessengerOptions = {}): UseMessengerResult {
  const { subscribe, getView, open, close } = viewOf(messenger);
  const view = useSyncExternalStore(subscribe, getView, () => INITIAL_VIEW);
  const { userId } = options;
  const isNamed = 'userId' in options;
  useEffect(() => {
    if (isNamed) void messenger.setUser(userId);
  }, [messenger, isNamed, userId]);
  return { ...view, open, close };
}

/**
 * Returns how many messages the visitor has not read. Renders only when this number changes. 0 on a server, and until the
 * messenger is live. Does not load the messenger.
 *
 * @param messenger - the same one as for {@link useMessenger}
 * @example
 * const count = useUnreadCount(messenger);
 */
export function useUnreadCount(messenger: Messenger): number {
  const { subscribe, getView } = viewOf(messenger);
  return useSyncExternalStore(
    subscribe,
    () => getView().unreadCount,
    () => 0,
  );
}
