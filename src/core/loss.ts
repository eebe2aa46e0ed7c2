// A session that the messenger has lost without telling: a silent sign-out, a sign-out in another tab, another user in
// another tab. The stored key shows it [M 27, 61-64].
import { answerAsk } from './answers.js';
import { type Draft, emit } from './draft.js';
import { restart } from './loading.js';
import { isLoginOpen } from './questions.js';
import { delayAfterLoss, retryNow } from './retry.js';
import { dropSession } from './sign-out.js';
import { hasUser } from './stored-identity.js';
import { cancelRequest } from './visitor.js';

/** Compares the stored key with the one of this page's user. If it is another one, the endpoint is asked again. */
export function noticeLoss(s: Draft): void {
  const { stored, ownId } = s;
  if (!ownId || stored.storedId === ownId || (!s.user && !isLoginOpen(s))) return;
  answerAsk(s);
  // The site's user may have changed, so neither the current token nor one that is on its way is used.
  cancelRequest(s);
  dropSession(s);
  s.held = undefined;
  emit(s, 'identity-lost', {});
  // The verdict that a request may wait for does not come any more.
  retryNow(s);
  delayAfterLoss(s);
  // Another tab has signed in another user. The messenger here still has the previous one, and a sign-out would sign
  // out that tab, too [M 61, 62]. A new messenger has nobody.
  if (stored.storedId && hasUser(stored)) restart(s);
  // The messenger still has the user if it did not see the key disappear, for example in a frozen tab.
  else s.presence = 'maybe-in';
}
