// Whose the page's conversation fields and tags are, and whose an anonymous conversation is. Once a user is named, both are that
// user's, until the site or the endpoint says that nobody is signed in.
import type { Draft } from './draft.js';
import type { Session } from './state.js';

/**
 * Notes whose anonymous conversation is stored. If it has begun while a user was named, that user has written it: during a
 * slow or failing sign-in, or while the session was lost.
 */
export function noticeConversation(s: Draft): void {
  const { storedId, isAnonymous } = s.stored;
  if (!isAnonymous || storedId === s.conversationId) return;
  s.conversationId = storedId;
  s.isUsersConversation = s.hasNamedUser;
}

/** Whether a conversation is stored that only the previous user may go on with. */
export function hasUsersConversation({ stored, isUsersConversation }: Draft): boolean {
  return !!(stored.isAnonymous && isUsersConversation);
}

/**
 * Whether the page's conversation fields and tags may be in the messenger. Those of a user may if that user is signed in, or
 * is being signed in for the first time. The user's conversation then gets what was written meanwhile.
 */
export function mayPassSettings(s: Session): boolean {
  if (s.signOut) return false;
  const isFirst = !s.lastUser && s.wish === 'signed-in' && s.status !== 'failed';
  return !s.hasNamedUser || !!(s.user && !s.isOut) || isFirst;
}
