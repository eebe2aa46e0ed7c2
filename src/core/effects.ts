// The effects of a step. Types only.
import type { MessengerErrorCode } from './error-codes.js';
import type { MessengerAuthError } from './errors.js';
import type { MessengerEventTypes, TokenReason } from './events.js';

/** A token that may be the cause of the error with this code. Kept until the doctor has examined it. */
export type TokenToExplain = readonly [code: MessengerErrorCode, token: unknown];

/**
 * An effect of a step. Each one is reported to `onEvent`. The driver performs those that are in {@link EffectArguments}.
 */
export type Effect = {
  [Type in keyof MessengerEventTypes]: readonly [
    type: Type,
    details: MessengerEventTypes[Type],
    ...args: Type extends keyof EffectArguments ? EffectArguments[Type] : [],
  ];
}[keyof MessengerEventTypes];

/** The effects that the driver performs, with the arguments that it gets for them. */
export interface EffectArguments {
  'load-requested': [];
  'token-requested': [requestId: number, reason: TokenReason];
  /** `isSurrounded`: a text stood around the token in the answer. */
  'token-received': [isSurrounded: boolean];
  /** The endpoint has refused a renewal. The snapshot shows no error, because the visitor keeps the good token. */
  'token-failed': [refusal?: MessengerAuthError];
  'token-cancelled': [];
  'login-called': [loginId: number];
  'push-called': [loginId: number];
  'explanation-requested': [error: MessengerAuthError, token: TokenToExplain, skewMs: number | undefined];
  /** `undefined`: there is no token. */
  answered: [text: string | undefined];
  'login-accepted': [clearsConversation: boolean, record: string];
  /**
   * `resets`: somebody is signed in, and no identity is stored, so `logoutUser` alone would do nothing [M 54]. `forgets`:
   * the page's conversation fields and tags belong to the user who leaves.
   */
  'signed-out': [resets: boolean, forgets: boolean];
  'sign-out-completed': [];
  'sign-out-delayed': [];
  /** `resets`: the messenger may still have the user, and without a stored key `logoutUser` would do nothing [M 54]. */
  'identity-lost': [resets: boolean];
  /** `forgets`: the page's conversation fields and tags are forgotten. */
  'token-absent': [forgets: boolean];
  'user-changed': [];
  'consent-withdrawn': [];
  /** `restores`: the messenger was started again, so it has no fields and tags. */
  'messenger-live': [restores: boolean];
  'messenger-lost': [];
  'messenger-removed': [];
}
