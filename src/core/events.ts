import type { MessengerErrorCode } from './errors.js';

/**
 * Why a token is fetched. `sign-in`: there is none yet · `renewal`: ahead of expiry, or after it · `invalid_auth`:
 * Zendesk refused the last one.
 */
export type TokenReason = 'sign-in' | 'renewal' | 'invalid_auth';

/**
 * What `onEvent` is told, for logs and timelines: `type`, the local instant, and for some types a detail;
 * {@link MessengerEventTypes} has them all. Nothing of a token's text or payload is ever in it but the lifetime.
 */
export type MessengerEvent = {
  [Type in keyof MessengerEventTypes]: {
    /** What happened. */
    readonly type: Type;
    /** When, in milliseconds since 1970 by the visitor's clock. */
    readonly atMs: number;
  } & Readonly<MessengerEventTypes[Type]>;
}[keyof MessengerEventTypes];

/** The types of {@link MessengerEvent}, and what each carries besides `type` and `atMs`. */
export interface MessengerEventTypes {
  /** The script tag of Zendesk was put on the page, or the one that is there is used. */
  'load-requested': object;
  /** No messenger came up. */
  'load-failed': {
    /** The code of the error. */
    code: MessengerErrorCode;
  };
  /** The messenger takes calls. */
  'messenger-live': object;
  /** A token request was started. */
  'token-requested': {
    /** One of `sign-in`, `renewal` and `invalid_auth`. */
    reason: TokenReason;
  };
  /** A token arrived. */
  'token-received': {
    /** How long it is valid, counted from the request; `undefined` when it never expires. */
    lifetimeMs: number | undefined;
  };
  /** Nobody is signed in to the site. */
  'token-absent': object;
  /** No usable token came. */
  'token-failed': {
    /** The code of the error. */
    code: MessengerErrorCode;
    /** When the library retries, if it does. */
    retryAtMs: number | undefined;
  };
  /** The token request was cancelled: it was too slow, or its result is no longer needed. */
  'token-cancelled': object;
  /** Zendesk refused the token. */
  'token-refused': object;
  /** The token doctor is loaded to say why the sign-in failed. */
  'explanation-requested': object;
  /** The next renewal was planned. Both times are in milliseconds since 1970 by the visitor's clock. */
  'renewal-planned': {
    /** When the next token will be fetched. */
    refreshAtMs: number;
    /** When the one in hand expires. */
    expiresAtMs: number;
  };
  /** `loginUser` was called to sign in. */
  'login-called': object;
  /** `loginUser` was called again for the same user, to hand over a renewed token. */
  'push-called': object;
  /** Zendesk accepted the token. */
  'login-accepted': object;
  /** Zendesk did not accept the token, or did not answer. */
  'login-rejected': {
    /** The code of the error. */
    code: MessengerErrorCode;
    /** When the library retries, if it does. */
    retryAtMs: number | undefined;
  };
  /** The messenger asked for a token. It does so at each `loginUser`, and after a 401. */
  asked: object;
  /** The messenger got a token, or was told that there is none. */
  answered: {
    /** `false` if there was no token. */
    withToken: boolean;
  };
  /** The visitor was signed out of the messenger. */
  'signed-out': object;
  /** The messenger threw an error at a call of `zE`. There is one event for each command. */
  'call-refused': {
    /** Its scope and action, never its arguments. */
    command: string;
  };
}
