import type { MessengerErrorCode } from './error-codes.js';

/**
 * Why a token is fetched.
 *
 * - `sign-in`: nobody is signed in yet.
 * - `renewal`: the current token expires soon or has expired.
 * - `invalid_auth`: Zendesk refused the last token.
 */
export type TokenReason = 'sign-in' | 'renewal' | 'invalid_auth';

/**
 * An event that is passed to `onEvent`, for logs and timelines. It has a `type`, a time and, for some types, details.
 * See {@link MessengerEventTypes} for all types.
 *
 * An event never contains any part of a token, except for its lifetime.
 */
export type MessengerEvent = {
  [Type in keyof MessengerEventTypes]: {
    /** What happened. */
    readonly type: Type;
    /** When it happened, in milliseconds since 1970 by the visitor's clock. */
    readonly atMs: number;
  } & Readonly<MessengerEventTypes[Type]>;
}[keyof MessengerEventTypes];

/** The types of {@link MessengerEvent}, with the details that each has in addition to `type` and `atMs`. */
export interface MessengerEventTypes {
  /** Zendesk's script tag was added to the page, or an existing one is used. */
  'load-requested': object;
  /** The messenger did not start. */
  'load-failed': {
    /** The code of the error. */
    code: MessengerErrorCode;
  };
  /** The messenger is live and accepts calls. */
  'messenger-live': object;
  /** The messenger has disappeared from the page, or was taken off because another tab has another user. */
  'messenger-lost': object;
  /** `remove()` has taken the messenger off the page. */
  'messenger-removed': object;
  /** A token request was started. */
  'token-requested': {
    /** One of `sign-in`, `renewal` and `invalid_auth`. */
    reason: TokenReason;
  };
  /** A token arrived. */
  'token-received': {
    /** How long it is valid, in milliseconds from the start of the request. `undefined` if the expiry is not known. */
    lifetimeMs: number | undefined;
  };
  /** Nobody is signed in to the site. */
  'token-absent': object;
  /** No usable token arrived. */
  'token-failed': {
    /** The code of the error. */
    code: MessengerErrorCode;
    /** When the library retries, in milliseconds since 1970. `undefined` if no time is planned. */
    retryAtMs: number | undefined;
    /** The status of the endpoint, such as `503`, or `time-out`. `undefined` if neither is the reason. */
    reason: string | undefined;
  };
  /** The token request was canceled because it was too slow or its result is no longer needed. */
  'token-cancelled': object;
  /** Zendesk refused the token. */
  'token-refused': object;
  /** The token doctor is being loaded to explain why the sign-in failed. */
  'explanation-requested': object;
  /** The next renewal was planned. Both times are in milliseconds since 1970 by the visitor's clock. */
  'renewal-planned': {
    /** When the next token will be fetched. */
    refreshAtMs: number;
    /** When the current token expires. */
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
    /** When the library retries, in milliseconds since 1970. `undefined` if no time is planned. */
    retryAtMs: number | undefined;
    /** Zendesk's reason, such as `401: Missing key id (kid)`. `undefined` if it gave none that may be shown. */
    reason: string | undefined;
  };
  /** The messenger asked for a token. It does so at each `loginUser`, and after a 401. */
  asked: object;
  /** The library answered the messenger, with or without a token. */
  answered: {
    /** `false` if there was no token. */
    withToken: boolean;
  };
  /** The visitor is being signed out of the messenger. */
  'signed-out': object;
  /** The sign-out is complete: nothing of the user is stored any more. */
  'sign-out-completed': object;
  /** Zendesk did not complete the sign-out in time, so the messenger was reset. */
  'sign-out-delayed': object;
  /**
   * The messenger has lost the user: because of a silent sign-out, or because another tab has signed out or signed in
   * somebody else. The token endpoint is asked who is signed in.
   */
  'identity-lost': object;
  /**
   * `setUser` got another user or nobody, a renewed token is another user's, or another tab has changed the user. The
   * conversation fields and tags of the previous one are cleared.
   */
  'user-changed': object;
  /** The visitor has consented: `zE('messenger:set', 'cookies', …)` allowed cookies. */
  'consent-given': object;
  /** The visitor has withdrawn the consent. Nobody is signed in any more. */
  'consent-withdrawn': object;
  /** The messenger threw an error when `zE` was called. There is at most one event for each command. */
  'call-refused': {
    /** The scope and the action of the command, never its arguments. */
    command: string;
  };
}
