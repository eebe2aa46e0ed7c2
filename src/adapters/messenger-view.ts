// What the adapters show of a messenger: its snapshot, and how many messages are unread. One view for each messenger, so
// that all components show the same, and a component that is mounted later knows the count.
import type { Messenger, MessengerAuthError, MessengerSnapshot } from '../index.js';

/** What a component shows. It is the same object until something changes. */
export interface MessengerView {
  readonly status: MessengerSnapshot['status'];
  readonly live: boolean;
  readonly error: MessengerAuthError | undefined;
  readonly unreadCount: number;
}

export interface ViewStore {
  getView(): MessengerView;
  /** Calls the listener after every change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  open(): void;
  close(): void;
}

/** What a server renders. The first render in the browser must be the same, or the page would not match the HTML. */
export const INITIAL_VIEW: MessengerView = { status: 'signed-out', live: false, error: undefined, unreadCount: 0 };

const stores = new WeakMap<Messenger, ViewStore>();

/** Returns the view of a messenger. Does not load the messenger, and does not listen to it before `subscribe()`. */
export function viewOf(messenger: Messenger): ViewStore {
  const known = stores.get(messenger) ?? createViewStore(messenger);
  stores.set(messenger, known);
  return known;
}

function createViewStore(messenger: Messenger): ViewStore {
  const listeners = new Set<() => void>();
  let unreadCount = 0;
  /** Whose count it is: an external_id, or `undefined` if nobody was signed in when it came. */
  let owner: string | undefined;
  let view = INITIAL_VIEW;
  let stop: (() => void) | undefined;

  /** Forgets a count that belongs to somebody who is no longer signed in: the next visitor must not see it. */
  function checkOwner({ status, externalId, live }: MessengerSnapshot): void {
    // The messenger was taken off the page. It tells the count when it is back.
    if (!live) unreadCount = 0;
    const isForeign = externalId !== undefined && externalId !== owner;
    // During a sign-in nobody is known, and the same user may come back.
    if (!isForeign && status !== 'signed-out') return;
    if (owner !== undefined) unreadCount = 0;
    owner = externalId;
  }

  function getView(): MessengerView {
    const { status, live, error, externalId } = messenger.getSnapshot();
    // While the next user signs in, the count is still that of the previous one.
    const next = { status, live, error, unreadCount: live && owner === externalId ? unreadCount : 0 };
    const isSame = Object.entries(next).every(([name, value]) => view[name as keyof MessengerView] === value);
    return isSame ? view : (view = next);
  }

  const tell = () => listeners.forEach((listener) => listener());

  function listen(): () => void {
    const stops = [
      messenger.subscribe(() => {
        checkOwner(messenger.getSnapshot());
        tell();
      }),
      messenger.on('unreadMessages', (count) => {
        unreadCount = count;
        // A count that comes before its user is known belongs to the next one.
        owner = messenger.getSnapshot().externalId;
        tell();
      }),
    ];
    // What has changed while nobody listened.
    checkOwner(messenger.getSnapshot());
    return () => stops.forEach((end) => end());
  }

  return {
    getView,
    subscribe(listener) {
      // The same function can be subscribed twice, and each subscription ends alone.
      const own = () => listener();
      listeners.add(own);
      stop ??= listen();
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    open() {
      // The visitor may click before the messenger is loaded. A failure is in the snapshot.
      void messenger.load();
      messenger.zE('messenger', 'open');
    },
    close: () => void messenger.zE('messenger', 'close'),
  };
}
