// Questions that several decisions ask.
import { type Draft, isDue } from './draft.js';
import { type PlacedToken, usableUntilMs } from './lifetime.js';

/** The token to hand over, if it has not expired. */
export function usableToken(s: Draft): PlacedToken | undefined {
  return s.held && !isExpired(s, s.held) ? s.held : undefined;
}

/** Whether the token is in its last second or expired. If not, the session is woken then. */
export function isExpired(s: Draft, token: PlacedToken): boolean {
  return isDue(s, usableUntilMs(token));
}

/** Whether `loginUser` was called, and its time limit is not over. */
export function isLoginOpen(s: Draft): boolean {
  return s.lastLogin?.verdict === 'open';
}
