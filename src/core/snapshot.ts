// What the site sees of the session.
import type { MessengerAuthError } from './errors.js';
import type { Session, Status } from './state.js';

/**
 * The state of a messenger at one moment. `getSnapshot()` returns the same object until something changes. Times are in
 * milliseconds since 1970 by the visitor's clock.
 */
export interface MessengerSnapshot {
  /**
   * Whether somebody is signed in to the messenger.
   *
   * - `signed-out`: nobody is signed in; the visitor may be anonymous.
   * - `signing-in`: `login()` or `setUser()` is in progress, or the messenger has lost the user, who is signed in again.
   * - `signed-in`: Zendesk has accepted a token.
   * - `failed`: the sign-in failed, and `error` says why. If a retry can help, the library retries in the background.
   */
  readonly status: Status;
  /** Whether the messenger is on the page and accepts calls. */
  readonly live: boolean;
  /** The `external_id` of the user who is signed in. Absent when nobody is signed in. */
  readonly externalId?: string | undefined;
  /** When the current token expires. Absent when there is no token or its expiry is not known. */
  readonly expiresAtMs?: number | undefined;
  /** When the next token will be fetched. Absent when there is no token or its expiry is not known. */
  readonly refreshAtMs?: number | undefined;
  /** Why the sign-in failed. Present only with the status `failed`. */
  readonly error?: MessengerAuthError | undefined;
}

export function readSnapshot({ status, loadState: load, failure: error, user, held }: Session): MessengerSnapshot {
  return {
    status,
    live: load === 'live',
    externalId: status === 'signed-in' ? user : undefined,
    expiresAtMs: held?.expiryMs || undefined,
    refreshAtMs: held?.renewalMs || undefined,
    error: status === 'failed' ? error : undefined,
  };
}
