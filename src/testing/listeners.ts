// `messenger:on`, and what its listeners are told.
import type { FakeBuild } from './account.js';
import { randomId } from './random-id.js';

export type Listener = (payload?: unknown) => void;

export interface Listeners {
  /** Returns how to unsubscribe, but in B25 not for open, close and unreadMessages [M 13]. */
  on(event: string, listener: unknown, currentUnread: number): (() => void) | undefined;
  /** Exceptions in listeners are swallowed. */
  emit(event: string, payload?: unknown): void;
  /** An event of the messenger's own window: B26 describes it in a payload, B25 calls without one. */
  emitWindowEvent(event: 'open' | 'close' | 'show' | 'hide'): void;
}

const WITHOUT_HANDLE_IN_B25 = ['open', 'close', 'unreadMessages'];

export function createListeners(build: FakeBuild): Listeners {
  const byEvent = new Map<string, Set<Listener>>();

  const call = (listener: Listener, payload: readonly unknown[]): void => {
    try {
      listener(...payload);
    } catch {
      // As in the messenger: nobody hears of it [M 13].
    }
  };
  const emit = (event: string, payload: readonly unknown[]): void =>
    [...(byEvent.get(event) ?? [])].forEach((listener) => call(listener, payload));

  return {
    on(event, given, currentUnread) {
      if (typeof given !== 'function') return undefined;
      // A function of its own for each call, so that the same listener can be there twice.
      const listener: Listener = (...payload) => void (given as Listener)(...payload);
      byEvent.set(event, (byEvent.get(event) ?? new Set()).add(listener));
      if (event === 'unreadMessages') call(listener, [currentUnread]);
      if (build === 'B25' && WITHOUT_HANDLE_IN_B25.includes(event)) return undefined;
      return () => void byEvent.get(event)?.delete(listener);
    },
    emit: (event, ...payload) => emit(event, payload),
    emitWindowEvent: (event) =>
      emit(event, build === 'B26' ? [{ id: randomId(), createdAt: new Date().toISOString(), type: event }] : []),
  };
}
