// Who the visitor is, as the messenger in this page believes.
import { createBearerHeader } from './api-client.js';
import type { FakeWindow } from './environment.js';
import { createVisitorStorage, type PersistedVisitor } from './visitor-storage.js';

/**
 * A user without a token was signed in on an earlier page. The next request shows that the session has ended [M 34].
 */
export type MessengerVisitor =
  | { readonly kind: 'none' }
  | { readonly kind: 'anonymous'; readonly id: string; readonly sessionToken: string }
  | { readonly kind: 'user'; readonly id: string; readonly externalId: string; readonly token: string | undefined };

export interface VisitorState {
  readonly current: MessengerVisitor;
  /** Changes whenever the visitor changes, but not with a new token for the same user. */
  readonly sessionNumber: number;
  become(visitor: MessengerVisitor): void;
  /** Uses a renewed token. The messenger does not check which user it is for [M 29]. */
  useToken(token: string): void;
  /** Forgets the visitor, here and in storage. With `everywhere`, also in the site's other tabs. */
  forget(scope: 'here' | 'everywhere'): void;
  /** For the command `cookies`. If storage is not allowed, deletes what is stored and stores nothing from now on. */
  allowStorage(isAllowed: boolean): void;
  /** Returns the `Authorization` header for this visitor's requests. */
  authorization(): string | undefined;
  /** Returns an unsubscribe function. */
  onSignOutElsewhere(listener: () => void): () => void;
}

export function createVisitorState(window: FakeWindow, onChange: () => void): VisitorState {
  const storage = createVisitorStorage(window);
  let current = fromStorage(storage.read());
  let sessionNumber = 0;
  let isStorageAllowed = true;

  const save = (): void => {
    if (!isStorageAllowed || current.kind === 'none') return;
    const { id } = current;
    // The token is not stored. It is kept in memory only [M 20].
    storage.write(current.kind === 'user' ? { kind: 'user', id, externalId: current.externalId } : current);
  };

  return {
    get current() {
      return current;
    },
    get sessionNumber() {
      return sessionNumber;
    },
    become(visitor) {
      if (visitor.kind !== current.kind || getIdentity(visitor) !== getIdentity(current)) sessionNumber += 1;
      current = visitor;
      save();
      onChange();
    },
    useToken(token) {
      if (current.kind === 'user') current = { ...current, token };
    },
    forget(scope) {
      sessionNumber += 1;
      current = { kind: 'none' };
      if (scope === 'everywhere') storage.clearEverywhere();
      else storage.clear();
      onChange();
    },
    allowStorage(isAllowed) {
      isStorageAllowed = isAllowed;
      if (isAllowed) save();
      else storage.clear();
    },
    authorization() {
      if (current.kind === 'user') return current.token === undefined ? undefined : createBearerHeader(current.token);
      return current.kind === 'none' ? undefined : `Basic ${btoa(`${current.id}:${current.sessionToken}`)}`;
    },
    onSignOutElsewhere: storage.onSignOutElsewhere,
  };
}

function getIdentity(visitor: MessengerVisitor): string {
  if (visitor.kind === 'none') return '';
  return visitor.kind === 'user' ? visitor.externalId : visitor.id;
}

function fromStorage(remembered: PersistedVisitor | undefined): MessengerVisitor {
  if (remembered === undefined) return { kind: 'none' };
  return remembered.kind === 'user' ? { ...remembered, token: undefined } : remembered;
}
