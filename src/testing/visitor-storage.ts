// Stores the visitor across page loads: the anonymous visitor, or the user who was signed in. Never a token [M 20].
import type { FakeWindow } from './environment.js';

/** An anonymous visitor with its session secret, or a user without a token. */
export type Remembered =
  | { readonly kind: 'anonymous'; readonly id: string; readonly sessionToken: string }
  | { readonly kind: 'user'; readonly id: string; readonly externalId: string };

const KEY = 'zendesk-messenger-auth.fake-messenger';
const SIGNED_OUT = '"signed-out"';

export interface VisitorStorage {
  read(): Remembered | undefined;
  write(visitor: Remembered): void;
  wipe(): void;
  /** Deletes the visitor and makes the site's other tabs sign out [M 33]. */
  wipeEverywhere(): void;
  /** Returns an unsubscribe function. */
  onSignOutElsewhere(listener: () => void): () => void;
}

/** Never throws. If storage is denied or full, nothing is stored. */
export function createVisitorStorage(window: FakeWindow): VisitorStorage {
  const attempt = <Result>(action: (storage: Storage) => Result): Result | undefined => {
    try {
      return action(window.localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    read: () => attempt((storage) => parse(storage.getItem(KEY))),
    write: (visitor) => void attempt((storage) => storage.setItem(KEY, JSON.stringify(visitor))),
    wipe: () => void attempt((storage) => storage.removeItem(KEY)),
    wipeEverywhere: () =>
      void attempt((storage) => {
        // A value that exists only for a moment. Other tabs get it in an event and can distinguish it from a deletion.
        storage.setItem(KEY, SIGNED_OUT);
        storage.removeItem(KEY);
      }),
    onSignOutElsewhere(listener) {
      const hear = ({ key, newValue }: StorageEvent): void => {
        if (key === KEY && newValue === SIGNED_OUT) listener();
      };
      window.addEventListener('storage', hear);
      return () => window.removeEventListener('storage', hear);
    },
  };
}

function parse(text: string | null): Remembered | undefined {
  const value = JSON.parse(text ?? 'null') as Partial<Record<string, unknown>> | null;
  const { kind, id, sessionToken, externalId } = value ?? {};
  if (kind === 'anonymous' && typeof id === 'string' && typeof sessionToken === 'string')
    return { kind, id, sessionToken };
  if (kind === 'user' && typeof id === 'string' && typeof externalId === 'string') return { kind, id, externalId };
  return undefined;
}
