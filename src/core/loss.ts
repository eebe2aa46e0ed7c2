// A session that the messenger has lost without telling: a silent sign-out, a sign-out in another tab, another user in
// another tab. The stored key shows it [M 27, 61-64].
import { answerAsk, TRY_MS } from './answers.js';
import { type Draft, emit, wakeAt } from './draft.js';
import { restart } from './loading.js';
import { isLoginOpen } from './questions.js';
import { delayAfterLoss, retryNow } from './retry.js';
import { dropSession } from './sign-out.js';
import { hasUser } from './stored-identity.js';
import { cancelRequest } from './visitor.js';

/** Compares the stored key with the one of this page's user. If it is another one, the session is lost. */
export function noticeLoss(s: Draft): void {
  const { stored, ownId } = s;
  if (ownId) {
    // The messenger's own retries can go on during a login, and the last one can sign out the visitor whom the login has just
    // signed in [M 27]. So the key is looked at once more when they have ended. At the first login, they may be retries that
    // began under another messenger of this library, before its destroy().
    const triesEndAtMs = s.pushedAtMs ? s.triesEndAtMs : s.acceptedAtMs! + TRY_MS;
    wakeAt(s, triesEndAtMs + TRY_MS);
    s.isLost ||= stored.storedId !== ownId;
  }
  // The verdict says more than the key: the messenger deletes it when it refuses a token [M 25].
  if (!s.isLost || isLoginOpen(s)) return;
  s.isLost = false;
  if (stored.storedId !== ownId) s.ownId = undefined;
  if (!s.user) return;
  const isAnothers = !!stored.storedId && stored.storedId !== ownId && hasUser(stored);
  const isExpected = s.repair || s.askedAtMs || s.lateWipeUntilMs > s.nowMs;
  if (isAnothers || !isExpected) return lose(s, isAnothers);
  // After an ask or a delayed sign-out, the messenger itself has signed the visitor out. The token in memory is good.
  s.isOut = true;
  s.repair = 'now';
}

/**
 * Another tab has changed the stored identity. The site's user may have changed, so the token in memory is dropped.
 *
 * @param isDeleted - whether that tab has deleted it, which signs this tab's messenger out [M 61]
 */
export function noticeOtherTab(s: Draft, isDeleted: boolean): void {
  const { storedId } = s.stored;
  // The previous user's sign-out has not ended, so the messenger still has that user. A new one has nobody.
  if (s.signOut && storedId && storedId !== s.signOut.leavingId) return restart(s);
  const isGone = s.ownId && storedId !== s.ownId;
  if (s.signOut) return;
  if (s.isOut || (isGone && s.user)) return lose(s, true);
  // The verdict of a login that is open says nothing about it.
  if (isLoginOpen(s)) s.isLost ||= isDeleted;
  else if (!s.user && (isDeleted || hasUser(s.stored))) {
    // What the endpoint has answered before may be about a user who has left.
    cancelRequest(s);
    s.held = undefined;
    retryNow(s);
  }
}

/**
 * The site's user may have changed, so neither the current token nor one that is on its way is used.
 *
 * @param isAnothers - whether the stored identity belongs to somebody else
 */
function lose(s: Draft, isAnothers: boolean): void {
  answerAsk(s);
  cancelRequest(s);
  dropSession(s);
  s.held = undefined;
  emit(s, 'identity-lost', {}, !s.stored.storedId);
  // The verdict that a request may wait for does not come any more.
  retryNow(s);
  delayAfterLoss(s);
  // The messenger here still has the previous user, and a sign-out would sign out the other tab, too [M 61, 62]. A new
  // messenger has nobody.
  if (s.stored.storedId && isAnothers) restart(s);
  // The messenger still has the user if it did not see the key disappear, for example in a frozen tab.
  else s.presence = 'maybe-in';
}
