/**
 * The state of a messenger for Svelte 5.7 and newer. It shows a messenger that your page has created, and tells it who is
 * signed in.
 *
 * @module zendesk-messenger-auth/svelte
 */
import { onMount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { toStore } from 'svelte/store';
import { INITIAL_VIEW, viewOf } from '../adapters/messenger-view.js';
import type { MessengerActions, UserId } from '../adapters/result.js';
import type { Messenger, MessengerAuthError, MessengerSnapshot } from '../index.js';

export type { MessengerActions, UserId };

/** The options of {@link useMessenger}. */
export interface UseMessengerOptions {
  /**
   * A function that returns who is signed in to your site. It may read runes. After the component is mounted and after each
   * change, the value is passed to `messenger.setUser()`. `undefined`, `null` and `''` mean that nobody is signed in. If
   * the member is missing, `setUser()` is not called.
   */
  readonly userId?: () => UserId;
}

/** What {@link useMessenger} returns. Its properties are reactive. Do not destructure it, or they are not. */
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
 * Call it while a component is created. On a server and until the component is mounted, the state is that of a page where
 * nothing has happened: `signed-out`, not live, no unread messages. Signs nobody out when the component is unmounted.
 * A failed sign-in is not thrown: it is `error`.
 *
 * @param messenger - created once, in a module of its own, not in a component
 * @param options - who is signed in. Pass it in one component only; all others leave it out.
 * @throws Error `lifecycle_outside_component` if no component is being created, as in a module
 * @example
 * const support = useMessenger(messenger, { userId: () => '42' });
 */
export function useMessenger(messenger: Messenger, options: UseMessengerOptions = {}): UseMessengerResult {
  const { subscribe, getView, open, close } = viewOf(messenger);
  let isMounted = false;
  let update = () => {};
  const track = createSubscriber((notify) => {
    update = notify;
    return subscribe(notify);
  });
  onMount(() => {
    isMounted = true;
    update();
    const { userId } = options;
    // A rune such as $effect exists only in files that Svelte compiles. A store follows runes, too.
    return userId && toStore(userId).subscribe((id) => void messenger.setUser(id));
  });
  const read = () => {
    track();
    return isMounted ? getView() : INITIAL_VIEW;
  };
  return {
    get status() {
      return read().status;
    },
    get live() {
      return read().live;
    },
    get error() {
      return read().error;
    },
    get unreadCount() {
      return read().unreadCount;
    },
    open,
    close,
  };
}
