// How long the promises of the site's calls wait.
import { SIGN_OUT_MS } from './sign-out.js';
import type { Session } from './state.js';

/** Whether `load()` still waits. */
export function isLoadPending({ loadState }: Session): boolean {
  return !!loadState && loadState !== 'live' && loadState !== 'failed';
}

/** Whether `logout()` still waits. It waits for at most 2 s. */
export function isSigningOut({ signOut, nowMs }: Session): boolean {
  return !!signOut && nowMs < signOut.sinceMs + SIGN_OUT_MS;
}

/** Whether `setUser()` with nobody still waits. */
export function isEndPending(s: Session): boolean {
  return isLoadPending(s) || isSigningOut(s);
}

/** Whether `login()`, or `setUser()` with a user, still waits. */
export function isLoginPending(s: Session): boolean {
  return s.status === 'signing-in' || s.wish === 'waiting' || (s.status === 'signed-out' && isEndPending(s));
}
