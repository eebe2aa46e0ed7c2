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
  /** The snippet is put on the page, or the one that is there is adopted. */
  'load-requested': object;
  /** No messenger came up. */
  'load-failed': {
    /** Why. */
    code: MessengerErrorCode;
  };
  /** The messenger takes calls. */
  'messenger-live': object;
  /** A token is fetched. */
  'token-requested': {
    /** What it is needed for. */
    reason: TokenReason;
  };
  /** A token is in hand. */
  'token-received': {
    /** How long it is good for, from the moment it was requested; absent when it names no end. */
    lifetimeMs: number | undefined;
  };
  /** Nobody is signed in to the site. */
  'token-absent': object;
  /** No usable token came. */
  'token-failed': {
    /** Why. */
    code: MessengerErrorCode;
    /** When it is tried again by itself, if it is. */
    retryAtMs: number | undefined;
  };
  /** The request was given up: too slow, or no longer wanted. */
  'token-cancelled': object;
  /** Zendesk would not have the token that was handed over. */
  'token-refused': object;
  /** The token doctor is loaded, to say why the sign-in has failed. */
  'explanation-requested': object;
  /** It is known when the next token will be fetched. Instants are local, in milliseconds since 1970. */
  'renewal-planned': {
    /** When the next token will be fetched. */
    refreshAtMs: number;
    /** When the one in hand expires. */
    expiresAtMs: number;
  };
  /** `loginUser` was called to sign in. */
  'login-called': object;
  /** `loginUser` again for the same user, to hand over a renewed token. */
  'push-called': object;
  /** Zendesk accepted the token. */
  'login-accepted': object;
  /** Zendesk did not accept, or did not answer. */
  'login-rejected': {
    /** Why. */
    code: MessengerErrorCode;
    /** When it is tried again by itself, if it is. */
    retryAtMs: number | undefined;
  };
  /** The messenger wants a token. */
  asked: object;
  /** It was handed one, or told that there is none. */
  answered: {
    /** `false`: it was told that there is none. */
    withToken: boolean;
  };
  /** The visitor was signed out of the messenger. */
  'signed-out': object;
  /** The messenger threw at a `zE(…)` call; told once for each command. */
  'call-refused': {
    /** Its scope and action, never its arguments. */
    command: string;
  };
}
