// How a session ends: by the site's wish, because nobody is signed in to the site, or by a permanent failure.
import { answerAsk, dismissAsk } from './answers.js';
import { type Draft, emit } from './draft.js';
import type { MessengerAuthError } from './errors.js';
import { clearFailures, keepDistance } from './retry.js';

/** Ends everything in progress. Results that arrive later no longer match an id and are ignored. */
export function end(s: Draft): void {
  answerAsk(s);
  cancelRequest(s);
  clearFailures(s);
  s.wish = 'none';
  s.presence = 'out';
  s.user = s.login = s.held = s.handed = s.inUse = s.pushedAtMs = undefined;
  s.requestedAtMs = s.inUseSinceMs = 0;
}

/** Signs the visitor out of the messenger, which ends its own retries, too. */
export function signOut(s: Draft): void {
  end(s);
  s.triesEndAtMs = 0;
  emit(s, 'signed-out', {});
}

/** Handles a permanent failure: nothing is retried until the site calls login() again. */
export function fail(s: Draft, error: MessengerAuthError): void {
  const before = s.error;
  keepDistance(s);
  dismissAsk(s);
  // Sign out if the messenger may have a user, because nothing would renew that session.
  if (s.presence === 'maybe-in') signOut(s);
  else end(s);
  // The same error again: keep the one that has findings.
  s.error = before?.findings && before.code === error.code ? before : error;
}

export function cancelRequest(s: Draft): void {
  if (s.request) emit(s, 'token-cancelled', {});
  s.request = undefined;
}
