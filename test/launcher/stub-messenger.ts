// A messenger whose every step the test makes.
import type { Messenger, MessengerSnapshot } from '../../src/index.js';

export interface StubMessenger {
  readonly messenger: Messenger;
  /** What the launcher has called, in order. */
  readonly calls: string[];
  /** Settles the pending `load()`. */
  goLive(): void;
  failLoad(error: unknown): void;
  /** Changes the snapshot and tells the listeners. */
  change(change: Partial<MessengerSnapshot>): void;
  /** Does what the messenger does when its window opens or closes. */
  emit(event: 'open' | 'close'): void;
  /** How many listeners there are. */
  listeners(): number;
}

/** @param opens - whether the window opens when it is told to */
export function stubMessenger({ opens = true } = {}): StubMessenger {
  const calls: string[] = [];
  const onChange = new Set<() => void>();
  const onEvent = new Set<readonly [event: string, listener: () => void]>();
  let snapshot: MessengerSnapshot = { status: 'signed-out', live: false };
  let settle = { resolve: () => {}, reject: (_error: unknown) => {} };

  function change(changes: Partial<MessengerSnapshot>): void {
    snapshot = { ...snapshot, ...changes };
    [...onChange].forEach((listener) => listener());
  }
  function emit(event: string): void {
    for (const [name, listener] of [...onEvent]) if (name === event) listener();
  }
  const messenger = {
    load() {
      calls.push('load');
      return snapshot.live
        ? Promise.resolve(snapshot)
        : new Promise((resolve, reject) => (settle = { resolve: () => resolve(snapshot), reject }));
    },
    setUser(id: string) {
      calls.push(`setUser ${id}`);
      change({ status: 'signing-in' });
      return Promise.resolve();
    },
    zE(...args: unknown[]) {
      calls.push(args.join(' '));
      if (opens && args[1] === 'open') emit('open');
    },
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      onChange.add(listener);
      return () => onChange.delete(listener);
    },
    on(event: string, listener: () => void) {
      const entry = [event, listener] as const;
      onEvent.add(entry);
      return () => onEvent.delete(entry);
    },
  };
  return {
    messenger: messenger as unknown as Messenger,
    calls,
    goLive() {
      change({ live: true });
      settle.resolve();
    },
    failLoad: (error) => settle.reject(error),
    change,
    emit,
    listeners: () => onChange.size + onEvent.size,
  };
}
