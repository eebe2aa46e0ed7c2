// How a session ends: by the site's wish, because nobody is signed in to the site, because consent is withdrawn, or by a
// permanent failure.
import { answerAsk, dismissAsk } from './answers.js';
import { type Draft, emit } from './draft.js';
import type { MessengerAuthError } from './errors.js';
import { isLoginOpen } from './questions.js';
import { clearFailures, keepDistance, mergeFailure, waiveDistance } from './retry.js';
import { dropSession, leave } from './sign-out.js';
import { hasUser } from './stored-identity.js';

/** Ends everything in progress. Results that arrive later no longer match an id and are ignored. */
export function end(s: Draft): void {
  answerAsk(s);
  waiveDistance(s);
  cancelRequest(s);
  clearFailures(s);
  dropSession(s);
  s.wish = s.held = undefined;
}

/**
 * Ends the session, and signs the visitor out of the messenger.
 *
 * @param forgets - whether the page's conversation fields and tags are forgotten
 */
export function signOut(s: Draft, forgets = true): void {
  const { presence } = s;
  // What was set during a sign-out was for the next user, who does not come.
  if (s.signOut && forgets) forgetUser(s);
  end(s);
  if (forgets) dropLastUser(s);
  leave(s, presence, forgets);
}

/**
 * Ends the session, and signs out if the messenger has, stores or may have a user. An anonymous visitor is left alone,
 * because signing out would delete the visitor's conversation [M 34].
 */
export function signOutUser(s: Draft, forgets?: boolean): void {
  // What was written after a lost session belongs to an anonymous visitor [M 25].
  const isUser = s.signOut || isLoginOpen(s) || hasUser(s.stored) || (s.presence && !s.stored.isAnonymous);
  if (isUser) signOut(s, forgets);
  else end(s);
}

/** Clears the conversation fields and tags of the previous user, and forgets them. */
export function forgetUser(s: Draft): void {
  dropLastUser(s);
  emit(s, 'user-changed');
}

/** Forgets who was signed in, and why Zendesk refused that user. */
function dropLastUser(s: Draft): void {
  s.lastUser = s.refusal = s.refusalReason = undefined;
}

/** Handles a permanent failure: nothing is retried until the site calls login() again, or `resume` does the same. */
export function fail(s: Draft, error: MessengerAuthError): void {
  const failure = mergeFailure(s, error);
  dismissAsk(s);
  // Sign out if the messenger may have a user, because nothing would renew that session.
  if (s.presence === 'maybe-in') signOutUser(s, false);
  else end(s);
  keepDistance(s);
  s.failure = failure;
}

export function cancelRequest(s: Draft): void {
  if (s.openRequest) emit(s, 'token-cancelled');
  s.openRequest = undefined;
}
