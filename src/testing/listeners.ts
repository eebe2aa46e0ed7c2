// `messenger:on`, and the arguments of its listeners.
import type { FakeBuild } from './account.js';
import { randomId } from './random-id.js';

export type Listener = (payload?: unknown) => void;

export interface Listeners {
  /** Returns an unsubscribe function, except in B25 for open, close and unreadMessages [M 13]. */
  on(event: string, listener: unknown, currentUnread: number): (() => void) | undefined;
  /** Calls the listeners and ignores their exceptions. */
  emit(event: string, payload?: unknown): void;
  /** Emits an event of the messenger's window. B26 passes a payload, B25 does not. */
  emitWindowEvent(event: 'open' | 'close' | 'show' | 'hide'): void;
}

const WITHOUT_UNSUBSCRIBE_IN_B25 = ['open', 'close', 'unreadMessages'];

export function createListeners(build: FakeBuild): Listeners {
  const listenersByEvent = new Map<string, Set<Listener>>();

  const call = (listener: Listener, payload: readonly unknown[]): void => {
    try {
      listener(...payload);
    } catch {
      // Ignored, as in the real messenger [M 13].
    }
  };
  const emit = (event: string, payload: readonly unknown[]): void =>
    [...(listenersByEvent.get(event) ?? [])].forEach((listener) => call(listener, payload));

  return {
    on(event, given, currentUnread) {
      if (typeof given !== 'function') return undefined;
      // A new function for each call, so that the same listener can be added twice.
      const listener: Listener = (...payload) => void (given as Listener)(...payload);
      listenersByEvent.set(event, (listenersByEvent.get(event) ?? new Set()).add(listener));
      if (event === 'unreadMessages') call(listener, [currentUnread]);
      if (build === 'B25' && WITHOUT_UNSUBSCRIBE_IN_B25.includes(event)) return undefined;
      return () => void listenersByEvent.get(event)?.delete(listener);
    },
    emit: (event, ...payload) => emit(event, payload),
    emitWindowEvent: (event) =>
      emit(event, build === 'B26' ? [{ id: randomId(), createdAt: new Date().toISOString(), type: event }] : []),
  };
}
