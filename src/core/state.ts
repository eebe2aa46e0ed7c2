// The types of the session: its state and its actions. Types only.
import type { MessengerAuthError, MessengerErrorCode } from './errors.js';
import type { MessengerEventTypes, TokenReason } from './events.js';
import type { PlacedToken } from './lifetime.js';

/** @inline */
export type Status = 'signed-out' | 'signing-in' | 'signed-in' | 'failed';

/** A token that may be the cause of the error with this code. Kept until the doctor has examined it. */
export type Suspect = readonly [code: MessengerErrorCode, token: unknown];

/** Everything that the session knows. Times are those of the driver's clock, in milliseconds. An id of 0 means none. */
export interface Session {
  readonly status: Status;
  readonly limits: Limits;

  // The current step: its time, its random number, and the actions to perform.
  readonly nowMs: number;
  readonly random: number;
  readonly actions: readonly Action[];
  /** When the next step must run at the latest; `Infinity` if only an event can change the session. */
  readonly wakeAtMs: number;

  // What the site wants.
  /** `login()` was called, and neither a sign-out nor a permanent error has ended it. */
  readonly wanted?: boolean | undefined;
  /** A login() waits for a token, so it is fetched even in a hidden tab. */
  readonly awaited?: boolean | undefined;

  // The page.
  readonly load: 'none' | 'loading' | 'live' | 'failed';
  readonly loadAtMs: number;
  /** Why the last load failed; absent when the messenger is live. */
  readonly loadError?: MessengerAuthError | undefined;
  /** When the load is retried. */
  readonly reloadAtMs: number;
  readonly scriptRan?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  /** Whether the messenger's window is open. A push waits until it is closed. */
  readonly windowOpen?: boolean | undefined;

  // Failures.
  readonly error?: MessengerAuthError | undefined;
  readonly suspect?: Suspect | undefined;
  /** When the doctor was asked; 0 when the session does not wait for it. */
  readonly explainAtMs?: number | undefined;
  /** The number of failures in a row, which is the exponent of the back-off. */
  readonly failures: number;
  /** The number of unusable tokens in a row. */
  readonly defects: number;
  /** The end of the back-off. `Infinity`: only an ask, a returning visitor or a returning network ends it. */
  readonly retryAtMs: number;
  /** The end of the back-off for token requests. It does not delay handing over the current token. */
  readonly refetchAtMs: number;
  /** No token request before this time, because of the endpoint's `Retry-After` or too many refusals. */
  readonly notBeforeMs: number;

  // The token.
  readonly fetchId: number;
  readonly fetchAtMs: number;
  /** The token to hand over. */
  readonly held?: PlacedToken | undefined;
  /** The token that was read last, usable or not. A newer token is compared with it. */
  readonly last?: PlacedToken | undefined;
  readonly refused: readonly string[];
  readonly refusedInRow: number;
  /** A token was refused, or may have been, and none has been accepted since. */
  readonly suspected?: boolean | undefined;
  /** The rate limit for requests after a refusal: each request moves this time forward. */
  readonly followUpsMs: number;

  // Zendesk.
  /** The latest `loginUser` call. The messenger keeps its callback. */
  readonly loginId: number;
  /** The first `loginUser` call for this user. Asks of earlier calls belong to another user and get no token. */
  readonly signInId: number;
  readonly loginUser?: string | undefined;
  /** When `loginUser` was called; 0 after Zendesk has answered it. */
  readonly loginAtMs: number;
  /** The `loginUser` call that Zendesk answered last. */
  readonly answeredId?: number | undefined;
  /** The tokens that were handed over during this login. */
  readonly loginHanded: readonly string[];
  /** The external_id of the user whom Zendesk accepted on this page. */
  readonly user?: string | undefined;
  /** The token that the messenger has. */
  readonly handed?: PlacedToken | undefined;
  /** The token that the running session keeps using if a push fails. */
  readonly inUse?: PlacedToken | undefined;
  /** When the running session got its token as an answer to an ask. A sign-in resets the count of refusals anyway. */
  readonly inUseAtMs: number;
  /** The current token was handed over. Whether the messenger uses it may not be known yet. */
  readonly offered?: boolean | undefined;
  /** The token that a push replaces has expired, so the messenger may ask about it. */
  readonly overdue?: boolean | undefined;
  /** When Zendesk accepted a token that replaced another one. */
  readonly pushedAtMs: number;
  /** The messenger may have signed the visitor out silently, so `loginUser` must be called again. */
  readonly repair?: boolean | undefined;
  /**
   * The silent sign-out is certain, or it may have happened while the window was closed. Do not wait for the window.
   */
  readonly lost?: boolean | undefined;
  /** When the messenger's own retries with an earlier token have ended. A push waits for this time. */
  readonly triesEndAtMs: number;
  /** The messenger may have a signed-in user, although no sign-in is known to be in effect. */
  readonly mayBeIn?: boolean | undefined;
  /** The latest `loginUser` call cleared the conversation's fields and tags, or may have. */
  readonly cleared?: boolean | undefined;
  /** When the messenger asked for a token; 0 when no ask is open. */
  readonly askedAtMs: number;

  readonly lastId: number;
}

/** The options that the decisions depend on. */
export interface Limits {
  readonly loadTimeoutMs: number;
  readonly tokenTimeoutMs: number;
  readonly loginTimeoutMs: number;
  readonly refreshWhenHidden: boolean;
}

/**
 * An action of the session. Each action is reported to `onEvent`. The driver performs those that are in {@link Hands}.
 */
export type Action = {
  [Type in keyof MessengerEventTypes]: readonly [
    type: Type,
    details: MessengerEventTypes[Type],
    ...hand: Type extends keyof Hands ? Hands[Type] : [],
  ];
}[keyof MessengerEventTypes];

/** The actions that the driver performs, with the arguments that it gets for them. */
export interface Hands {
  'load-requested': [];
  'token-requested': [fetchId: number, reason: TokenReason];
  'token-cancelled': [];
  'login-called': [loginId: number];
  'push-called': [loginId: number];
  'explanation-requested': [error: MessengerAuthError, suspect: Suspect, skewMs: number | undefined];
  /** `undefined`: there is no token. */
  answered: [text: string | undefined];
  'login-accepted': [hasCleared: boolean];
  'signed-out': [];
}
