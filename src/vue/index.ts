/**
 * A composable for Vue 3.5 and newer. It shows a messenger that your page has created, and tells it who is signed in.
 *
 * @module zendesk-messenger-auth/vue
 */
import {
  computed,
  getCurrentInstance,
  getCurrentScope,
  onMounted,
  onScopeDispose,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
} from 'vue';
import { INITIAL_VIEW, viewOf } from '../adapters/messenger-view.js';
import type { MessengerActions, UserId } from '../adapters/result.js';
import type { Messenger, MessengerAuthError, MessengerSnapshot } from '../index.js';

export type { MessengerActions, UserId };

/** The options of {@link useMessenger}. */
export interface UseMessengerOptions {
  /**
   * Who is signed in to your site: a ref, a getter or a value. After the component is mounted and after each change, it is
   * passed to `messenger.setUser()`. `undefined`, `null` and `''` mean that nobody is signed in. If the member is missing,
   * `setUser()` is not called.
   */
  readonly userId?: MaybeRefOrGetter<UserId>;
}

/** What {@link useMessenger} returns. */
export interface UseMessengerResult extends MessengerActions {
  /** Whether somebody is signed in to the messenger. See `MessengerSnapshot`. */
  readonly status: ComputedRef<MessengerSnapshot['status']>;
  /** Whether the messenger is on the page and accepts calls. */
  readonly live: ComputedRef<boolean>;
  /** Why the sign-in failed. `undefined` unless the status is `failed`. */
  readonly error: ComputedRef<MessengerAuthError | undefined>;
  /** How many messages the visitor has not read. 0 until the messenger is live. */
  readonly unreadCount: ComputedRef<number>;
}

/**
 * Shows the state of a messenger, and tells it who is signed in to your site.
 *
 * Call it in `setup`, or in an effect scope, such as a store: it then lives as long as the store. On a server and until the
 * component is mounted, the state is that of a page where nothing has happened: `signed-out`, not live, no unread messages.
 * Signs nobody out when the component is unmounted. Never throws: a failed sign-in is `error`.
 *
 * @param messenger - created once, in a module of its own, not in a component
 * @param options - who is signed in. Pass it in one component only; all others leave it out.
 * @example
 * const { status, unreadCount, open } = useMessenger(messenger, { userId: () => '42' });
 */
export function useMessenger(messenger: Messenger, options: UseMessengerOptions = {}): UseMessengerResult {
  const { subscribe, getView, open, close } = viewOf(messenger);
  const view = shallowRef(INITIAL_VIEW);

  function start(): void {
    const update = () => void (view.value = getView());
    onScopeDispose(subscribe(update), true);
    update();
    if (!('userId' in options)) return;
    watch(
      () => toValue(options.userId),
      (id) => void messenger.setUser(id),
      { immediate: true },
    );
  }

  // The scope is that of the component or of a store. A store outlives the component in whose setup it is created.
  const scope = getCurrentScope();
  // A server never unmounts, so nothing starts there. In a mounted component, such as in its onMounted(), it is too late for
  // another onMounted().
  if (getCurrentInstance()?.isMounted === false) onMounted(() => scope!.run(start));
  else if (typeof window !== 'undefined') start();

  return {
    status: computed(() => view.value.status),
    live: computed(() => view.value.live),
    error: computed(() => view.value.error),
    unreadCount: computed(() => view.value.unreadCount),
    open,
    close,
  };
}
