// The interfaces through which the driver reaches the outside world. One file in browser/ implements each of them.
import type { MessengerErrorCode } from './core/error-codes.js';
import type { MessengerAuthError } from './core/errors.js';
import type { TokenReason } from './core/events.js';
import type { Explanation } from './core/findings.js';
import type { PageVisibility } from './core/state.js';

export interface Clock {
  /** The local time. Never goes back, and advances while the computer sleeps. */
  nowMs(): number;
  /** At least 0 and less than 1. */
  random(): number;
  /**
   * Calls back once, after `delayMs` at the latest. It may be much earlier. Returns a function that cancels the timer.
   */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** The session's event. It is a tuple, because the page may add members to Object.prototype, but not to tuples. */
export type TokenAnswer =
  /**
   * `token`: what the source returned, unchecked; `null` when nobody is signed in to the site. `dateMs` and `ageMs`: the
   * response's `Date` and `Age` headers; NaN or 0 if there are none.
   */
  | readonly [name: 'tokenArrived', token: unknown, dateMs?: number | undefined, ageMs?: number]
  /** `retryAfterMs`: the wait that the endpoint asked for; `Infinity` if a retry cannot help. */
  | readonly [name: 'tokenFailed', error: MessengerAuthError, retryAfterMs?: number | undefined];

/** Fetches a token. A rejection counts as a temporary failure. */
export type TokenSource = (request: {
  readonly reason: TokenReason;
  readonly signal: AbortSignal;
}) => Promise<TokenAnswer>;

/** Loads the token doctor. Rejects if that is not possible. */
export type LoadDoctor = () => Promise<{
  readonly explain: (code: MessengerErrorCode, token: unknown, nowMs: number, skewMs?: number) => Explanation;
}>;

/** What happens while the snippet loads, as events of the session. */
export type WidgetNews =
  | ['live']
  | ['loadFailed', code: 'script_blocked' | 'classic_widget', cause?: unknown]
  | ['looked', { scriptRan: true }];

/** The page's Zendesk messenger. No call ever throws. */
export interface Widget {
  /** Adds the snippet to the page or uses the existing one. The messenger can still go live after a failure. */
  load(tell: (...news: WidgetNews) => void): void;
  /**
   * Calls `loginUser`.
   *
   * @param jwtCallback - gets the function that answers the ask
   * @param done - gets Zendesk's reason for a failure; empty for success
   */
  login(jwtCallback: (answer: (text?: string) => void) => void, done: (reason: string) => void): void;
  logout(): void;
  /** Sets the page's conversation fields and tags again. */
  restoreConversation(): void;
  /** Adds a listener for an event of the messenger. Returns an unsubscribe function. */
  on(event: string, listener: (...details: unknown[]) => void): () => void;
}

/**
 * Calls the listener at once, and whenever the page may have slept or changed. `cameOnline` is true when the network came
 * back. Returns an unsubscribe function.
 */
export type PageSignals = (listener: (page: PageVisibility, cameOnline: boolean) => void) => () => void;
