// A sign-out of the messenger, from the call of `logoutUser` to its end. Only the stored key tells when that is [M 51].
import { type Draft, emit, isDue, wakeAt } from './draft.js';
import { MessengerAuthError } from './errors.js';
import { giveUp } from './retry.js';
import type { StoredIdentity } from './stored-identity.js';

// How long a sign-out may take before the messenger is reset. A sign-out of the site has a shorter limit than a change
// of users, because after a reset the late end of the sign-out removes the next user [M 53].
export const SIGN_OUT_MS = 2000;
const CHANGE_MS = 4000;
// After this time not even the reset has removed the identity.
const STUCK_MS = 6000;
// How often the stored key is looked at. A sign-out usually takes 0.1 to 0.4 s [M 51].
const LOOK_MS = 50;
// The key can disappear before the call of logoutUser has ended: because of a reset, or of a silent sign-out at the same
// time. The end of that call then signs out whoever is signed in by then [M 53, 80]. So the key is watched for a while.
const LATE_LOOK_MS = 250;
const LATE_MS = 60_000;
const LATE_AFTER_RESET_MS = 300_000;

/**
 * Signs the messenger's visitor out. Logins wait until the stored identity is gone.
 *
 * @param forgets - whether the page's conversation fields and tags are forgotten
 */
export function leave(s: Draft, presence = s.presence, forgets = false): void {
  // A second call of logoutUser would end later, and sign out the next user.
  if (!s.signOut) {
    s.signOut = { sinceMs: s.nowMs, leavingId: s.stored.storedId, isDelayed: false };
    if (s.stored.storedId) s.lateWipeUntilMs = Math.max(s.lateWipeUntilMs, s.nowMs + LATE_MS);
    emit(s, 'signed-out', {}, !!presence && !s.stored.storedId, forgets);
  }
  dropSession(s);
  // A sign-out ends the messenger's own retries.
  s.triesEndAtMs = 0;
}

/** Drops what is known about the messenger's session. The token in memory stays. */
export function dropSession(s: Draft): void {
  s.presence = s.user = s.lastLogin = s.handed = s.inUse = s.pushedAtMs = s.ownId = s.isOut = undefined;
  s.inUseSinceMs = 0;
}

/** Ends the sign-out when the stored key is gone, and resets the messenger at the time limit. Also watches for a late end. */
export function limitSignOut(s: Draft): void {
  const { signOut, stored } = s;
  // Without a user, only a sleep must be noticed: the call of logoutUser sleeps, too.
  if (s.lateWipeUntilMs > s.nowMs) wakeAt(s, s.user ? s.nowMs + LATE_LOOK_MS : s.lateWipeUntilMs);
  if (!signOut) return;
  if (!signOut.leavingId || stored.storedId !== signOut.leavingId) {
    s.signOut = undefined;
    // It is deleted after this step. A record that cannot be deleted must not cause another sign-out.
    s.stored = { ...stored, record: null };
    emit(s, 'sign-out-completed');
  } else if (signOut.isDelayed) {
    // Even the reset did not remove it: the browser or the messenger does not allow it.
    if (s.wish && isDue(s, signOut.sinceMs + STUCK_MS)) giveUp(s, new MessengerAuthError('login_failed', 'sign-out'));
    wakeAt(s, s.nowMs + LATE_LOOK_MS);
  } else if (isDue(s, signOut.sinceMs + (s.wish ? CHANGE_MS : SIGN_OUT_MS))) {
    s.signOut = { ...signOut, isDelayed: true };
    s.lateWipeUntilMs = s.nowMs + LATE_AFTER_RESET_MS;
    emit(s, 'sign-out-delayed');
  } else {
    wakeAt(s, s.nowMs + LOOK_MS);
  }
}

/**
 * Whether the leaving visitor's identity has been replaced: by that of a user whom another tab has signed in, or of a new
 * anonymous visitor.
 */
export function isReplaced({ signOut }: Pick<Draft, 'signOut'>, { storedId }: StoredIdentity): boolean {
  return !!storedId && storedId !== signOut?.leavingId;
}
