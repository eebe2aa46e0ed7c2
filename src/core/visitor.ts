// How a session ends: by the site's wish, because nobody is signed in to the site, or by a permanent failure.
import { answerAsk, dismissAsk } from './answers.js';
import { type Draft, emit } from './draft.js';
import type { MessengerAuthError } from './errors.js';
import { clearFailures, keepDistance, mergeFailure, waiveDistance } from './retry.js';

/** Ends everything in progress. Results that arrive later no longer match an id and are ignored. */
export function end(s: Draft): void {
  answerAsk(s);
  waiveDistance(s);
  cancelRequest(s);
  clearFailures(s);
  s.wish = s.presence = s.user = s.lastLogin = s.held = s.handed = s.inUse = s.pushedAtMs = undefined;
  s.inUseSinceMs = 0;
}

/** Signs the visitor out of the messenger, which ends its own retries, too. */
export function signOut(s: Draft): void {
  end(s);
  s.triesEndAtMs = 0;
  emit(s, 'signed-out', {});
}

/** Handles a permanent failure: nothing is retried until the site calls login() again, or `resume` does the same. */
export function fail(s: Draft, error: MessengerAuthError): void {
  const failure = mergeFailure(s, error);
  dismissAsk(s);
  // Sign out if the messenger may have a user, because nothing would renew that session.
  if (s.presence === 'maybe-in') signOut(s);
  else end(s);
  keepDistance(s);
  s.failure = failure;
}

export function cancelRequest(s: Draft): void {
  if (s.openRequest) emit(s, 'token-cancelled', {});
  s.openRequest = undefined;
}
