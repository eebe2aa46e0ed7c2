// What the site says: who is signed in to it, and whether the visitor has consented.
import { type Draft, emit } from './draft.js';
import { load } from './loading.js';
import { isExpired } from './questions.js';
import {
  allowSignIn,
  clearFailures,
  giveUpOnLongWait,
  mayStartOver,
  requestsForbiddenUntilMs,
  resumeRequests,
} from './retry.js';
import { hasUsersConversation } from './ownership.js';
import { end, forgetUser, signOut, signOutUser } from './visitor.js';

export function login(s: Draft): void {
  // Somebody is signed in to the site after all.
  s.siteUser ||= undefined;
  startLogin(s);
}

function startLogin(s: Draft): void {
  load(s);
  // The previous attempt has just failed, and its error is being explained. This call shares its error.
  if (s.explanation) return;
  const { failure } = s;
  // Start over, except while the endpoint's Retry-After is in effect, or after too many attempts.
  if (!s.wish || (s.status === 'failed' && s.nowMs >= requestsForbiddenUntilMs(s) && mayStartOver(s))) {
    clearFailures(s);
    s.wish = s.hasConsent ? 'signed-in' : 'waiting';
  }
  // Calling login() again means that the problem may be fixed, so the next token need not wait for the back-off.
  resumeRequests(s);
  giveUpOnLongWait(s, failure);
  s.isAwaited = !s.held || s.status !== 'signed-in' || isExpired(s, s.held);
}

export function logout(s: Draft): void {
  s.siteUser = undefined;
  s.hasNamedUser = false;
  signOut(s);
}

/** @param id - an empty string: nobody is signed in to the site */
export function setUser(s: Draft, id: string): void {
  const { siteUser: previousId, wish } = s;
  const isOther = id !== previousId;
  // remove() has stopped everything, or the endpoint has said that nobody is signed in.
  const hasEnded = !s.loadState || s.removal || (id && !wish && !s.failure);
  s.siteUser = id;
  if (isOther && id) allowSignIn(s);
  // The first call, and one after nobody was signed in, signs in whoever it names. The sign-in itself notices the user of an
  // earlier page or of another tab, and that user may be the same one.
  if (isOther && (!id || previousId || wish)) changeUser(s, !!previousId);
  s.hasNamedUser = !!id;
  if (isOther || hasEnded) (id ? startLogin : load)(s);
}

/**
 * The site's user has changed, and the next one must not get anything of the previous one.
 *
 * @param hadUser - whether the site had said that somebody is signed in
 */
function changeUser(s: Draft, hadUser: boolean): void {
  // The error that is being explained is the previous user's.
  s.explanation = undefined;
  if ((hadUser || s.wish || s.hasNamedUser) && !s.signOut) forgetUser(s);
  if (hasUsersConversation(s)) signOut(s);
  else signOutUser(s);
}

/** Without consent nobody is signed in. The site's wish waits for the consent. */
export function setConsent(s: Draft, hasConsent: boolean): void {
  // A load that failed before the consent was withdrawn is tried again, as login() does.
  if (s.wish === 'waiting' && hasConsent) load(s);
  if (s.hasConsent === hasConsent) return;
  s.hasConsent = hasConsent;
  // A sign-in that has failed is tried again, too.
  const isWanted = s.wish || s.failure;
  if (hasConsent) {
    emit(s, 'consent-given');
    s.wish = isWanted && 'signed-in';
  } else {
    end(s);
    s.wish = isWanted && 'waiting';
    emit(s, 'consent-withdrawn');
  }
}
