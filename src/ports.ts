// The interfaces between the driver and the outside world. One file in browser/ implements each of them.
import type { MessengerErrorCode } from './core/error-codes.js';
import type { MessengerAuthError } from './core/errors.js';
import type { TokenReason } from './core/events.js';
import type { Explanation } from './core/findings.js';
import type { PageVisibility } from './core/state.js';
import type { StoredIdentity } from './core/stored-identity.js';

export interface Clock {
  /** The local time, in milliseconds since 1970. Never goes back, and advances while the computer sleeps. */
  nowMs(): number;
  /** A random number: at least 0 and less than 1. */
  random(): number;
  /**
   * Calls `callback` once, after `delayMs` at the latest. A long timer may fire much earlier. Returns a function that
   * cancels the timer.
   */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/**
 * The result of a token request, as an event of the session. It is a tuple and not an object, because the page may add
 * properties to Object.prototype.
 */
export type TokenAnswer =
  /**
   * `token`: what the source returned, as it came: a token, or something around it, or `null`. `dateMs` and `ageMs`: the
   * response's `Date` and `Age` headers, in milliseconds; NaN or 0 if there are none.
   */
  | readonly [name: 'tokenArrived', token: unknown, dateMs?: number | undefined, ageMs?: number]
  /** `retryAfterMs`: the delay that the endpoint asked for; `Infinity` if a retry cannot help. */
  | readonly [name: 'tokenFailed', error: MessengerAuthError, retryAfterMs?: number | undefined];

/** Fetches a token. A rejection is treated as a temporary failure. */
export type TokenSource = (request: {
  readonly reason: TokenReason;
  readonly signal: AbortSignal;
}) => Promise<TokenAnswer>;

/** Loads the token doctor. Rejects if its file cannot be loaded. */
export type LoadDoctor = () => Promise<{
  readonly explain: (
    code: MessengerErrorCode,
    token: unknown,
    nowMs: number,
    skewMs?: number,
    reason?: string,
  ) => Explanation;
}>;

/** What happens while the snippet loads, as an event of the session. */
export type LoadEvent =
  /** No tag is placed yet: the page is being parsed, or a consent tool has disabled the page's own tag. */
  | ['loadWaits', reason: 'parsing' | 'parked']
  | ['tagPlaced']
  | ['live']
  | ['loadFailed', code: 'script_blocked' | 'classic_widget' | 'key_conflict', cause?: unknown]
  /** The messenger's frame has disappeared from the page. */
  | ['lost']
  | ['looked', { scriptRan: true }];

/** The page's Zendesk messenger. No call ever throws. */
export interface Widget {
  /** Adds the snippet to the page or uses the existing one. The messenger can still go live after a failure. */
  load(notify: (...event: LoadEvent) => void): void;
  /**
   * Calls `loginUser`.
   *
   * @param jwtCallback - called each time the messenger asks for a token, with the function that answers it
   * @param onResult - called with Zendesk's reason for a failure, or with an empty string after a success
   */
  login(jwtCallback: (answer: (text?: string) => void) => void, onResult: (reason: string) => void): void;
  /**
   * Signs out. Returns whether a messenger is live. If not, the call waits in the queue.
   *
   * @param resets - whether to call `resetWidget`, too
   * @param forgets - whether to forget the page's conversation fields and tags
   */
  logout(resets: boolean, forgets: boolean): boolean;
  /** Calls `resetWidget` and deletes the stored identity, because `logoutUser` takes too long. */
  resetMessenger(): void;
  /** Takes the messenger off the page. Keeps the page's settings and listeners for the next one. */
  takeOffPage(): void;
  /**
   * Says whether the page's conversation fields and tags may be in the messenger. If not, they are kept until they may.
   *
   * @param clears - whether to clear them in the messenger; a sign-out does it itself
   */
  allowConversation(mayPass: boolean, clears: boolean): void;
  /** Sets them again, if they may be in the messenger, because it has none of them. */
  restoreConversation(): void;
  /** Whether fields that are forgotten are still on their way into the messenger [M 73]. At most for 10 s. */
  hasLateFields(): boolean;
  /** Clears the fields and tags, and forgets them. */
  forgetConversation(): void;
  /** Adds a listener for an event of the messenger. Returns an unsubscribe function. */
  on(event: string, listener: (...details: unknown[]) => void): () => void;
}

/** The identity that is stored in the browser. No call ever throws, even if the storage is denied. */
export interface IdentityStorage {
  readIdentity(): StoredIdentity;
  /** Stores our own record next to Zendesk's key. */
  writeRecord(record: string): void;
  /**
   * Deletes the stored identity and everything else that is stored about the visitor.
   *
   * @param keepsVisitor - whether the stored id stays, because it already belongs to another visitor
   */
  deleteIdentity(keepsVisitor?: boolean): void;
}

/**
 * Calls the listener immediately, and whenever the page may have slept, its visibility changed, or another tab has
 * changed the stored identity. Returns an unsubscribe function.
 *
 * - `isBackOnline`: the network has just come back.
 * - `isLeaving`: the visitor leaves the page.
 * - `otherTabsId`: the stored id that another tab has set; `null` if that tab has deleted it.
 */
export type PageSignals = (
  listener: (page: PageVisibility, isBackOnline: boolean, isLeaving?: boolean, otherTabsId?: string | null) => void,
) => () => void;
