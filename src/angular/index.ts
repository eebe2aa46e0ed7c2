/**
 * Signals for Angular 20 and newer. They show a messenger that your page has created, and tell it who is signed in.
 *
 * @module zendesk-messenger-auth/angular
 */
import {
  afterNextRender,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  signal,
  untracked,
  type Signal,
} from '@angular/core';
import { INITIAL_VIEW, viewOf } from '../adapters/messenger-view.js';
import type { MessengerActions, UserId } from '../adapters/result.js';
import type { Messenger, MessengerAuthError, MessengerSnapshot } from '../index.js';

export type { MessengerActions, UserId };

/** The options of {@link injectMessenger}. */
export interface InjectMessengerOptions {
  /**
   * Who is signed in to your site. After the first render and after each change, the value is passed to
   * `messenger.setUser()`. `undefined`, `null` and `''` mean that nobody is signed in. Without a signal, `setUser()` is
   * not called.
   */
  readonly userId?: Signal<UserId> | undefined;
}

/** What {@link injectMessenger} returns. */
export interface InjectMessengerResult extends MessengerActions {
  /** Whether somebody is signed in to the messenger. See `MessengerSnapshot`. */
  readonly status: Signal<MessengerSnapshot['status']>;
  /** Whether the messenger is on the page and accepts calls. */
  readonly live: Signal<boolean>;
  /** Why the sign-in failed. `undefined` unless the status is `failed`. */
  readonly error: Signal<MessengerAuthError | undefined>;
  /** How many messages the visitor has not read. 0 until the messenger is live. */
  readonly unreadCount: Signal<number>;
}

/**
 * Shows the state of a messenger, and tells it who is signed in to your site.
 *
 * Call it in an injection context: a constructor, or the initializer of a field. On a server and until the first render,
 * the state is that of a page where nothing has happened: `signed-out`, not live, no unread messages. Signs nobody out
 * when the component is destroyed. A failed sign-in is not thrown: it is `error`.
 *
 * @param messenger - created once, in a module of its own, not in a component
 * @param options - who is signed in. Pass it in one component or service only; all others leave it out.
 * @throws Error NG0203 outside an injection context
 * @example
 * const { status, unreadCount, open } = injectMessenger(messenger, { userId: signal('42') });
 */
export function injectMessenger(messenger: Messenger, options: InjectMessengerOptions = {}): InjectMessengerResult {
  const { subscribe, getView, open, close } = viewOf(messenger);
  const injector = inject(Injector);
  const destroyRef = inject(DestroyRef);
  const view = signal(INITIAL_VIEW);
  // Angular calls this in browsers only.
  afterNextRender(() => {
    const update = () => view.set(getView());
    destroyRef.onDestroy(subscribe(update));
    update();
    const { userId } = options;
    if (!userId) return;
    const tell = () => {
      const id = userId();
      untracked(() => void messenger.setUser(id));
    };
    effect(tell, { injector });
  });
  return {
    status: computed(() => view().status),
    live: computed(() => view().live),
    error: computed(() => view().error),
    unreadCount: computed(() => view().unreadCount),
    open,
    close,
  };
}
