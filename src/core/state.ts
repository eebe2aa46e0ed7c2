// What the session knows, what it is told, and what it asks for. Types only.
import type { MessengerAuthError, MessengerErrorCode } from './errors.js';
import type { MessengerEventTypes, TokenReason } from './events.js';
import type { PlacedToken } from './lifetime.js';

/** @inline */
export type Status = 'signed-out' | 'signing-in' | 'signed-in' | 'failed';

/** The token that may be why there is an error with this code, until the doctor has looked at it. */
export type Suspect = readonly [code: MessengerErrorCode, token: unknown];

/** Everything the session knows. Instants are those of the driver's clock; an id is 0 where there is none. */
export interface Session {
  readonly status: Status;
  readonly limits: Limits;

  // This step: when it was taken, what chance gave it, and what is to be done.
  readonly nowMs: number;
  readonly random: number;
  readonly actions: readonly Action[];
  /** When the session must be looked at again; `Infinity` if only an event can change it. */
  readonly wakeAtMs: number;

  // The site's wish.
  /** `login()` was called, and neither signing out nor a final error has ended it. */
  readonly wanted?: boolean | undefined;
  /** A login() waits for a token, also in a hidden tab. */
  readonly awaited?: boolean | undefined;

  // The page.
  readonly load: 'none' | 'loading' | 'live' | 'failed';
  readonly loadAtMs: number;
  /** Why the last load failed, while it is not live. */
  readonly loadError?: MessengerAuthError | undefined;
  /** When it is tried again. */
  readonly reloadAtMs: number;
  readonly scriptRan?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  /** The messenger's window: a push waits while it is open. */
  readonly windowOpen?: boolean | undefined;

  // Failures.
  readonly error?: MessengerAuthError | undefined;
  readonly suspect?: Suspect | undefined;
  /** When the doctor was asked; 0 when it is not waited for. */
  readonly explainAtMs?: number | undefined;
  /** Failures in a row: the back-off's exponent. */
  readonly failures: number;
  /** Unusable tokens in a row. */
  readonly defects: number;
  /** The back-off's end. `Infinity`: not by itself, only when asked, or when the visitor or the network comes back. */
  readonly retryAtMs: number;
  /** The back-off's end for token requests alone: a token in hand is handed over all the same. */
  readonly refetchAtMs: number;
  /** What the endpoint's `Retry-After`, or too many refusals, forbid. */
  readonly notBeforeMs: number;

  // The token.
  readonly fetchId: number;
  readonly fetchAtMs: number;
  /** The token to hand over. */
  readonly held?: PlacedToken | undefined;
  /** The token that was read last, also an unusable one: the measure of what is fresh. */
  readonly last?: PlacedToken | undefined;
  readonly refused: readonly string[];
  readonly refusedInRow: number;
  /** A token was refused, or may have been, and none has been accepted since. */
  readonly suspected?: boolean | undefined;
  /** How far the requests that followed a refusal reach: each takes its share of time. */
  readonly followUpsMs: number;

  // Zendesk.
  /** The latest `loginUser`, whose callback the messenger keeps. */
  readonly loginId: number;
  /** The first `loginUser` for this user: what a messenger asks on behalf of one before it is nobody's any more. */
  readonly signInId: number;
  readonly loginUser?: string | undefined;
  /** When it was called; 0 once Zendesk has answered it. */
  readonly loginAtMs: number;
  /** The `loginUser` that Zendesk has answered last. */
  readonly answeredId?: number | undefined;
  /** The tokens that were handed over in it. */
  readonly loginHanded: readonly string[];
  /** The external_id of whom Zendesk accepted on this page. */
  readonly user?: string | undefined;
  /** The token that the messenger has. */
  readonly handed?: PlacedToken | undefined;
  /** The token that the running session goes on with where a push fails. */
  readonly inUse?: PlacedToken | undefined;
  /** When a running session was given its token; a sign-in starts the count of refusals anew by itself. */
  readonly inUseAtMs: number;
  /** The token in hand was handed over, and whether it is in use may not be known. */
  readonly offered?: boolean | undefined;
  /** The token that a push replaces has expired, so that asks about it are to be expected. */
  readonly overdue?: boolean | undefined;
  /** When Zendesk accepted a token in place of another. */
  readonly pushedAtMs: number;
  /** The messenger may have signed the visitor out by itself: `loginUser` must follow. */
  readonly repair?: boolean | undefined;
  /** It has, or may have while its window was closed: a window that is opened then is no reason to wait. */
  readonly lost?: boolean | undefined;
  /** When what the messenger still tries with a token before is over; a push waits for it. */
  readonly triesEndAtMs: number;
  /** Whether the messenger may have a user of ours, though nobody is signed in by what is known. */
  readonly mayBeIn?: boolean | undefined;
  /** The latest `loginUser` made the messenger forget the conversation's fields and tags, or may have. */
  readonly cleared?: boolean | undefined;
  /** When the messenger asked; 0 when no ask is open. */
  readonly askedAtMs: number;

  readonly lastId: number;
}

/** The options that decisions depend on. */
export interface Limits {
  readonly loadTimeoutMs: number;
  readonly tokenTimeoutMs: number;
  readonly loginTimeoutMs: number;
  readonly refreshWhenHidden: boolean;
}

/** Something that the session does. Each is told to `onEvent`; for some the driver has to lend a hand. */
export type Action = {
  [Type in keyof MessengerEventTypes]: readonly [
    type: Type,
    details: MessengerEventTypes[Type],
    ...hand: Type extends keyof Hands ? Hands[Type] : [],
  ];
}[keyof MessengerEventTypes];

/** What the driver gets to do what an action says. */
export interface Hands {
  'load-requested': [];
  'token-requested': [fetchId: number, reason: TokenReason];
  'token-cancelled': [];
  'login-called': [loginId: number];
  'push-called': [loginId: number];
  'explanation-requested': [error: MessengerAuthError, suspect: Suspect, skewMs: number | undefined];
  /** No text: there is no token. */
  answered: [text: string | undefined];
  'login-accepted': [hasCleared: boolean];
  'signed-out': [];
}
