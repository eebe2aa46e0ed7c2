// A messenger that only notes what an adapter calls, and whose state a test sets.
import type { Messenger, MessengerSnapshot } from '../../src/index.js';

export interface SilentMessenger {
  readonly messenger: Messenger;
  /** What `setUser` was called with. */
  readonly users: (string | null | undefined)[];
  /** The other calls. */
  readonly calls: string[];
  /** How many listen to the snapshot. */
  countListeners(): number;
  become(status: MessengerSnapshot['status'], externalId?: string): void;
  setUnread(count: number): void;
}

export function createSilentMessenger(): SilentMessenger {
  let snapshot: MessengerSnapshot = { status: 'signed-out', live: true };
  const listeners = new Set<() => void>();
  const unreadListeners = new Set<(count: number) => void>();
  const users: (string | null | undefined)[] = [];
  const calls: string[] = [];
  const add = <Listener>(all: Set<Listener>, listener: Listener) => {
    all.add(listener);
    return () => void all.delete(listener);
  };
  const parts: Partial<Messenger> = {
    getSnapshot: () => snapshot,
    subscribe: (listener) => add(listeners, listener),
    on: ((event: string, listener: (count: number) => void) => {
      if (event !== 'unreadMessages') throw new Error(`No adapter listens to ${event}`);
      return add(unreadListeners, listener);
    }) as Messenger['on'],
    zE: ((...args: unknown[]) => void calls.push(args.join())) as Messenger['zE'],
    load: async () => {
      calls.push('load');
      return snapshot;
    },
    setUser: async (id) => {
      users.push(id);
      return snapshot;
    },
  };
  return {
    messenger: parts as Messenger,
    users,
    calls,
    countListeners: () => listeners.size,
    become(status, externalId) {
      snapshot = { status, live: true, externalId };
      listeners.forEach((listener) => listener());
    },
    setUnread: (count) => unreadListeners.forEach((listener) => listener(count)),
  };
}
