// Stores the visitor across page loads: the anonymous visitor, or the user who was signed in. Never a token [M 20].
import type { FakeWindow } from './environment.js';

/** An anonymous visitor with its session secret, or a user without a token. */
export type PersistedVisitor =
  | { readonly kind: 'anonymous'; readonly id: string; readonly sessionToken: string }
  | { readonly kind: 'user'; readonly id: string; readonly externalId: string };

const KEY = 'zendesk-messenger-auth.fake-messenger';
const SIGNED_OUT = '"signed-out"';

export interface VisitorStorage {
  read(): PersistedVisitor | undefined;
  write(visitor: PersistedVisitor): void;
  /** Deletes the stored visitor. Does not sign out other tabs. */
  clear(): void;
  /** Deletes the stored visitor and signs out the site's other tabs [M 33]. */
  clearEverywhere(): void;
  /** Returns an unsubscribe function. */
  onSignOutElsewhere(listener: () => void): () => void;
}

/** Creates the storage. Never throws: if `localStorage` is denied or full, nothing is stored. */
export function createVisitorStorage(window: FakeWindow): VisitorStorage {
  const useStorage = <Result>(action: (storage: Storage) => Result): Result | undefined => {
    try {
      return action(window.localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    read: () => useStorage((storage) => parse(storage.getItem(KEY))),
    write: (visitor) => void useStorage((storage) => storage.setItem(KEY, JSON.stringify(visitor))),
    clear: () => void useStorage((storage) => storage.removeItem(KEY)),
    clearEverywhere: () =>
      void useStorage((storage) => {
        // This value exists only for a moment. Other tabs get it in an event, so they can distinguish a sign-out from a
        // deletion.
        storage.setItem(KEY, SIGNED_OUT);
        storage.removeItem(KEY);
      }),
    onSignOutElsewhere(listener) {
      const onStorage = ({ key, newValue }: StorageEvent): void => {
        if (key === KEY && newValue === SIGNED_OUT) listener();
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

function parse(text: string | null): PersistedVisitor | undefined {
  const value = JSON.parse(text ?? 'null') as Partial<Record<string, unknown>> | null;
  const { kind, id, sessionToken, externalId } = value ?? {};
  if (kind === 'anonymous' && typeof id === 'string' && typeof sessionToken === 'string')
    return { kind, id, sessionToken };
  if (kind === 'user' && typeof id === 'string' && typeof externalId === 'string') return { kind, id, externalId };
  return undefined;
}
