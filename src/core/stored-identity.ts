// The identity that is stored in the browser, and what can be told from it. It outlives the page [M 40, 46].

/**
 * What Zendesk's messenger and this library have stored in the browser. The messenger's key is the only witness of whom
 * it has. All three are absent if nothing is stored or the storage cannot be read.
 */
export interface StoredIdentity {
  /** Zendesk's `appUserId` [M 40]. */
  readonly storedId?: string | null | undefined;
  /** The id belongs to an anonymous visitor, because a `sessionToken` is stored with it [M 43]. */
  readonly isAnonymous?: boolean | undefined;
  /** Our own record of the last accepted login. See `createRecord`. */
  readonly record?: string | null | undefined;
  /** Conversation fields of the previous user are still on their way into the messenger [M 73]. */
  readonly hasLateFields?: boolean;
}

/** Whose identity the messenger has stored, and the sign-out that removes it. */
export interface Identity {
  readonly stored: StoredIdentity;
  /** The stored id of the user who is signed in or signing in on this page. If it changes, the session is lost. */
  readonly ownId?: string | null | undefined;
  /** The stored id has changed since the login. */
  readonly isLost?: boolean | undefined;
  readonly signOut?: SignOut | undefined;
  /** A delayed sign-out may still end until then, and sign out the next user [M 53]. The stored key is watched. */
  readonly lateWipeUntilMs: number;
  /** When Zendesk last accepted a login. */
  readonly acceptedAtMs?: number | undefined;
  /** How often in a row the session was lost shortly after that. */
  readonly losses: number;
}

/** A sign-out that the messenger has not completed. Nobody is signed in before its end [M 51]. */
interface SignOut {
  readonly sinceMs: number;
  /** The stored id that must disappear. */
  readonly leavingId: string | null | undefined;
  /** It took too long, so the messenger was reset. */
  readonly isDelayed: boolean;
}

/** Whether the stored identity belongs to a user who signed in earlier. An anonymous visitor is no user. */
export function hasUser({ storedId, isAnonymous, record }: StoredIdentity): boolean {
  // A record without an id comes from a build whose key has another name, so nothing shows whether the user is gone.
  return storedId ? !isAnonymous : !!record?.startsWith(':');
}

/**
 * Returns the record of an accepted login: Zendesk's `appUserId` and a hash of the user's external_id. It is stored next
 * to Zendesk's key, so that the next page can tell whether the key belongs to the same user.
 */
export function createRecord({ storedId }: StoredIdentity, user: string): string {
  const id = storedId ?? '';
  // A polynomial hash of 47 bits: a multiplication stays below 2 ** 53. It need not be secure, because the id next to it
  // identifies the user anyway. The id is part of the text, so the same user has another hash in another account.
  let hash = 0;
  for (const character of id + user) hash = (hash * 61 + character.codePointAt(0)!) % 0x7fffffffffe7;
  return `${id}:${hash}`;
}
