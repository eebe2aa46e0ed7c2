// What survives a page load: the anonymous visitor, or who was signed in. Never a token [M 20].
import type { FakeWindow } from './environment.js';

/** An anonymous visitor with the secret of its session, or a user, whose token is not stored. */
export type Remembered =
  | { readonly kind: 'anonymous'; readonly id: string; readonly sessionToken: string }
  | { readonly kind: 'user'; readonly id: string; readonly externalId: string };

const KEY = 'zendesk-messenger-auth.fake-messenger';
const SIGNED_OUT = '"signed-out"';

export interface VisitorStorage {
  read(): Remembered | undefined;
  write(visitor: Remembered): void;
  wipe(): void;
  /** Wipes, and tells the site's other tabs to sign out [M 33]. */
  wipeEverywhere(): void;
  /** Returns what ends it. */
  onSignOutElsewhere(listener: () => void): () => void;
}

/** Where storage is denied or full, nothing is remembered, and nothing throws. */
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
        // A value that is there for an instant: other tabs see it, in an event, and know this from a mere wipe.
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
