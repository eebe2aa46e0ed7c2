import type { MessengerErrorCode } from './errors.js';

/**
 * Why a token is fetched. `sign-in`: there is none yet · `renewal`: ahead of expiry, or after it · `invalid_auth`:
 * Zendesk refused the last one.
 */
export type TokenReason = 'sign-in' | 'renewal' | 'invalid_auth';

/**
 * What `onEvent` is told, for logs and timelines: `type`, the local instant, and for some types a detail. Nothing of a
 * token's text or payload is ever in it but the lifetime.
 */
export type MessengerEvent = {
  [Type in keyof EventDetails]: { readonly type: Type; readonly atMs: number } & Readonly<EventDetails[Type]>;
}[keyof EventDetails];

/** The types of {@link MessengerEvent}, and what each carries. */
export interface EventDetails {
  /** The snippet is put on the page, or the one that is there is adopted. */
  'load-requested': object;
  'load-failed': { code: MessengerErrorCode };
  /** The messenger takes calls. */
  'messenger-live': object;
  'token-requested': { reason: TokenReason };
  /** `lifetimeMs`: how long it is good for, from the moment it was requested; absent when it names no end. */
  'token-received': { lifetimeMs: number | undefined };
  /** Nobody is signed in to the site. */
  'token-absent': object;
  /** `retryAtMs`: when it is tried again, if it is. */
  'token-failed': { code: MessengerErrorCode; retryAtMs: number | undefined };
  /** The request was given up: too slow, or no longer wanted. */
  'token-cancelled': object;
  /** Zendesk would not have the token that was handed over. */
  'token-refused': object;
  /** The token doctor is loaded, to say why the sign-in has failed. */
  'explanation-requested': object;
  'renewal-planned': { refreshAtMs: number; expiresAtMs: number };
  'login-called': object;
  /** `loginUser` again for the same user, to hand over a renewed token. */
  'push-called': object;
  'login-accepted': object;
  'login-rejected': { code: MessengerErrorCode; retryAtMs: number | undefined };
  /** The messenger wants a token. */
  asked: object;
  /** It was handed one, or told that there is none. */
  answered: { withToken: boolean };
  /** The visitor was signed out of the messenger. */
  'signed-out': object;
  /** The messenger threw at a `zE(…)` call; told once for each command. */
  'call-refused': { command: string };
}
