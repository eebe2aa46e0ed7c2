// The visitors that the backend stores: anonymous visitors and users, with their messages. A login merges an anonymous
// visitor into a user [M 19].
import type { ConversationField } from './conversation-metadata.js';
import { randomId } from './random-id.js';
import type { VerifiedClaims } from './verify-token.js';

/** A message that reached the backend. */
export interface StoredMessage {
  /** The message's id, assigned by the backend. */
  readonly id: string;
  /** The text of the message. */
  readonly text: string;
  /** When it arrived, in milliseconds since 1970 by the backend's `now`. */
  readonly atMs: number;
  /** The conversation fields that came with it [M 72]. */
  readonly fields: readonly ConversationField[];
  /** The conversation tags that came with it [M 72]. */
  readonly tags: readonly string[];
}

/** What a new message consists of. */
export type NewMessage = Omit<StoredMessage, 'id'>;

/** A visitor that the backend knows: an anonymous visitor, without `externalId`, or a user. */
export interface StoredVisitor {
  /** The visitor's id, assigned by the backend. */
  readonly id: string;
  /** The user's `external_id`; `undefined` for an anonymous visitor. */
  readonly externalId: string | undefined;
  /** The `name` in the last token. */
  readonly name: string | undefined;
  /** The e-mail from the last token with `email_verified: true`, in lower case. */
  readonly verifiedEmail: string | undefined;
  /** Whether a login was accepted and no logout has followed. Always `false` for anonymous visitors. */
  readonly signedIn: boolean;
  /** The messages in the order of arrival, including those of merged anonymous visitors. */
  readonly messages: readonly StoredMessage[];
}

type Writable = { -readonly [Key in keyof StoredVisitor]: StoredVisitor[Key] } & { messages: StoredMessage[] };

export interface Visitors {
  readonly all: readonly StoredVisitor[];
  createAnonymous(): { readonly id: string; readonly sessionToken: string };
  /** Returns the anonymous visitor of this session. */
  bySession(id: string, sessionToken: string): StoredVisitor | undefined;
  byExternalId(externalId: string): StoredVisitor;
  /** Signs a user in. Returns `'conflict'` if the verified e-mail belongs to another user [M 36]. */
  signIn(claims: VerifiedClaims, anonymous: StoredVisitor | undefined): StoredVisitor | 'conflict';
  signOut(externalId: string): void;
  addMessage(visitor: StoredVisitor, message: NewMessage): StoredMessage;
}

/** @param createUserId - returns the id of a user whom the backend does not know yet */
export function createVisitors(createUserId: (externalId: string) => string): Visitors {
  const visitors: Writable[] = [];
  const sessionTokens = new Map<StoredVisitor, string>();

  function add(id: string, externalId?: string): Writable {
    const unknown = { name: undefined, verifiedEmail: undefined, signedIn: false };
    const visitor: Writable = { id, externalId, ...unknown, messages: [] };
    visitors.push(visitor);
    return visitor;
  }

  const byExternalId = (externalId: string): Writable =>
    visitors.find((visitor) => visitor.externalId === externalId) ?? add(createUserId(externalId), externalId);

  function merge(user: Writable, anonymous: StoredVisitor): void {
    user.messages.push(...anonymous.messages);
    user.messages.sort((one, other) => one.atMs - other.atMs);
    visitors.splice(visitors.indexOf(anonymous as Writable), 1);
    sessionTokens.delete(anonymous);
  }

  return {
    all: visitors,
    createAnonymous() {
      const visitor = add(randomId());
      const sessionToken = randomId(24);
      sessionTokens.set(visitor, sessionToken);
      return { id: visitor.id, sessionToken };
    },
    bySession: (id, sessionToken) =>
      visitors.find((visitor) => visitor.id === id && sessionTokens.get(visitor) === sessionToken),
    byExternalId,
    signIn({ externalId, name, verifiedEmail }, anonymous) {
      const owner = visitors.find((visitor) => verifiedEmail !== undefined && visitor.verifiedEmail === verifiedEmail);
      if (owner !== undefined && owner.externalId !== externalId) return 'conflict';
      const user = byExternalId(externalId);
      Object.assign(user, { name, verifiedEmail: verifiedEmail ?? user.verifiedEmail, signedIn: true });
      if (anonymous !== undefined) merge(user, anonymous);
      return user;
    },
    signOut(externalId) {
      for (const visitor of visitors) if (visitor.externalId === externalId) visitor.signedIn = false;
    },
    addMessage(visitor, newMessage) {
      const message = { id: randomId(), ...newMessage };
      (visitor as Writable).messages.push(message);
      return message;
    },
  };
}
