// What a tab's badge says: whom Zendesk takes the visitor for, compared with who is signed in to the site.
import { nameOf } from './site.js';

const good = (text) => ({ kind: 'good', text });
const busy = (text) => ({ kind: 'busy', text });
const warn = (text) => ({ kind: 'warn', text });
const bad = (text) => ({ kind: 'bad', text });

/**
 * Returns the kind, `good`, `busy`, `warn` or `bad`, and a sentence.
 *
 * @param site - `user`: the external_id of the user who is signed in to the site, or null; `hasConsent`; `isSettling`: the user
 *   or the consent has just changed, so a difference is not a mistake yet
 * @param tab - `live`: the messenger is on the page; `wasLive`: it has been; `knownUser`: who was signed in when the page was
 *   loaded, or has signed in or out in this tab; `visitor`: whom the fake messenger would send the
 *   next message as; `snapshot`: the library's, or undefined; `token`: what is wrong with the only token of hand-written code,
 *   `expired` or `revoked`
 */
export function judge(site, tab) {
  const { visitor, snapshot } = tab;
  if (!tab.live) return judgeAbsence(tab);
  const actual = visitor.kind === 'user' ? visitor.externalId : null;
  const expected = site.hasConsent ? site.user : null;
  if (actual === expected) return judgeMatch(site, tab);
  if (actual === null && tab.knownUser === null) return good('Loaded before the sign-in: nobody is signed in');
  if (site.isSettling || snapshot?.status === 'signing-in')
    return busy(expected === null ? 'Signing out …' : `Signing ${nameOf(expected)} in …`);
  if (expected === null) return bad(`${nameOf(actual)} is still signed in`);
  if (actual !== null) return bad(`Messages go out as ${nameOf(actual)}, not as ${nameOf(expected)}`);
  // The library says what is wrong and retries.
  if (snapshot?.status === 'failed') return warn(`${snapshot.error.code}: the library retries`);
  return bad(
    visitor.kind === 'anonymous'
      ? `Anonymous: these are not ${nameOf(expected)}’s messages`
      : `${nameOf(expected)} is signed out: the next message is anonymous`,
  );
}

function judgeAbsence({ wasLive, snapshot }) {
  if (!wasLive) return busy('The messenger starts …');
  // The library starts it again.
  return snapshot ? busy('The messenger comes back …') : bad('The messenger is gone from the page');
}

function judgeMatch({ user, hasConsent }, { token, visitor, snapshot }) {
  if (!hasConsent) return good('No consent: nobody is signed in');
  // Zendesk has refused the token, or it has expired.
  if (user !== null && snapshot && !snapshot.expiresAtMs) return busy(`A new token for ${nameOf(user)} is fetched …`);
  if (user !== null && token) return warn(`${nameOf(user)}, but the only token ${token}`);
  if (user !== null) return good(`${nameOf(user)} is signed in`);
  return good(visitor.kind === 'anonymous' ? 'An anonymous visitor' : 'Nobody is signed in');
}
