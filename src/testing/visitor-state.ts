// Whom the messenger in this page believes it has. It is in memory, apart from what is stored: a user's stored identity
// does nothing at a page load [M 45], and a page that deletes the keys does not sign its user out [M 54].
import { createBearerHeader } from './api-client.js';
import type { StoredIdentity, UserProfile, VisitorStorage } from './visitor-storage.js';

/**
 * The visitor in memory.
 *
 * `tokenless` is what a failed repeated login leaves in B26: the id is there, and requests go out without a token. The
 * next message is an anonymous visitor's [M 25].
 */
export type MessengerVisitor =
  | { readonly kind: 'none' }
  | { readonly kind: 'anonymous'; readonly id: string; readonly sessionToken: string }
  | { readonly kind: 'user'; readonly id: string; readonly externalId: string; readonly token: string }
  | { readonly kind: 'tokenless'; readonly id: string };

export interface VisitorState {
  readonly current: MessengerVisitor;
  /** Changes whenever the visitor changes, but not with a new token for the same user. */
  readonly sessionNumber: number;
  /** How often the visitor was signed out. A login that was sent before a sign-out changes nothing [M 68] [M 80]. */
  readonly signOutCount: number;
  /** How often consent was withdrawn. A login that was called before that changes nothing [M 68]. */
  readonly withdrawalCount: number;
  /** The identity in storage now. A login carries the one that was stored when `loginUser` was called [M 48]. */
  readStored(): StoredIdentity;
  becomeUser(
    user: { readonly id: string; readonly externalId: string; readonly token: string },
    profile: UserProfile,
  ): void;
  becomeAnonymous(id: string, sessionToken: string): void;
  /** Uses a renewed token. The messenger does not check which user it is for [M 29]. */
  useToken(token: string): void;
  /** Loses the user's token, and with it the user. The stored identity stays [M 25]. */
  loseToken(): void;
  /** Notes that the visitor has a conversation [M 40]. */
  startConversation(): void;
  /** Signs out whoever is there, in memory and in storage. Other tabs follow the storage [M 61]. */
  wipe(): void;
  /** Signs out whoever is there, in memory only: another tab has removed the stored identity [M 61]. */
  signOutInMemory(): void;
  /** Signs out whoever is there, and stores nothing from now on [M 66]. */
  withdrawConsent(): void;
  /** Stores the visitors who come from now on. Does not store the current one [M 67]. */
  giveConsent(): void;
  /** Returns the `Authorization` header for this visitor's requests. */
  authorization(): string | undefined;
}

export function createVisitorState(storage: VisitorStorage, onChange: () => void): VisitorState {
  let current = findAnonymous(storage.read());
  const counts = { session: 0, signOuts: 0, withdrawals: 0 };

  function become(visitor: MessengerVisitor): void {
    if (getIdentity(visitor) !== getIdentity(current)) counts.session += 1;
    current = visitor;
    onChange();
  }

  function signOutInMemory(): void {
    counts.session += 1;
    counts.signOuts += 1;
    current = { kind: 'none' };
    onChange();
  }

  return {
    get current() {
      return current;
    },
    get sessionNumber() {
      return counts.session;
    },
    get signOutCount() {
      return counts.signOuts;
    },
    get withdrawalCount() {
      return counts.withdrawals;
    },
    readStored: storage.read,
    becomeUser(user, profile) {
      storage.writeUser(user.id, profile);
      become({ kind: 'user', ...user });
    },
    becomeAnonymous(id, sessionToken) {
      storage.writeAnonymous(id, sessionToken);
      become({ kind: 'anonymous', id, sessionToken });
    },
    useToken(token) {
      if (current.kind === 'user') current = { ...current, token };
    },
    loseToken() {
      if (current.kind === 'user') become({ kind: 'tokenless', id: current.id });
    },
    startConversation: () => storage.writeConversationStart(Date.now()),
    wipe() {
      storage.wipe();
      signOutInMemory();
    },
    signOutInMemory,
    withdrawConsent() {
      counts.withdrawals += 1;
      storage.deny();
      signOutInMemory();
    },
    giveConsent: storage.allow,
    authorization: () => createAuthorization(current),
  };
}

function createAuthorization(visitor: MessengerVisitor): string | undefined {
  if (visitor.kind === 'none') return undefined;
  if (visitor.kind === 'user') return createBearerHeader(visitor.token);
  return `Basic ${btoa(`${visitor.id}:${visitor.kind === 'anonymous' ? visitor.sessionToken : ''}`)}`;
}

function getIdentity(visitor: MessengerVisitor): string {
  if (visitor.kind === 'none') return '';
  return `${visitor.kind} ${visitor.kind === 'user' ? visitor.externalId : visitor.id}`;
}

// A user's identity is of no use without a token, so only an anonymous visitor is there again [M 44] [M 45].
function findAnonymous({ appUserId: id, sessionToken }: StoredIdentity): MessengerVisitor {
  return id === undefined || sessionToken === undefined ? { kind: 'none' } : { kind: 'anonymous', id, sessionToken };
}
