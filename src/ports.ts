// What the driver needs of the world, in the driver's words. Each is implemented by one file in browser/.
import type { MessengerAuthError, MessengerErrorCode } from './core/errors.js';
import type { TokenReason } from './core/events.js';
import type { Explanation } from './core/findings.js';

export interface Clock {
  /** Local instant. Never goes back, and counts a sleep. */
  nowMs(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Calls back once, in `delayMs` at the latest; it may be much sooner. Returns what cancels it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** The session's event, in a list: an object could be mistaken where the page adds members to all objects. */
export type TokenAnswer =
  /** `token`: whatever came, unread; null when nobody is signed in to the site. */
  | readonly [name: 'tokenArrived', token: unknown, serverNowMs?: number | undefined]
  /** `retryAfterMs`: the endpoint's wish; `Infinity`: trying again would change nothing. */
  | readonly [name: 'tokenFailed', error: MessengerAuthError, retryAfterMs?: number | undefined];

/** Fetches a token. May reject: a failure that may pass. */
export type TokenSource = (request: {
  readonly reason: TokenReason;
  readonly signal: AbortSignal;
}) => Promise<TokenAnswer>;

/** Loads the token doctor. Rejects where it cannot be had. */
export type LoadDoctor = () => Promise<{
  readonly explain: (code: MessengerErrorCode, token: unknown, nowMs: number, skewMs?: number) => Explanation;
}>;

/** What becomes of a snippet, as the session's events. */
export type WidgetNews =
  | ['live']
  | ['loadFailed', code: 'script_blocked' | 'classic_widget', cause?: unknown]
  | ['looked', { scriptRan: true }];

/** The page's Zendesk messenger. No call ever throws. */
export interface Widget {
  /** Puts the snippet on the page, or adopts the one that is there. It may still go live after a failure. */
  load(tell: (...news: WidgetNews) => void): void;
  /** @param jwtCallback - gets the function to answer with · @param done - Zendesk's reason, empty for success */
  login(jwtCallback: (answer: (text?: string) => void) => void, done: (reason: string) => void): void;
  logout(): void;
  /** Sets the conversation fields and tags again that the page had set. */
  restoreConversation(): void;
  /** Listens to an event of the messenger. Returns what ends it. */
  on(event: string, listener: (...details: unknown[]) => void): () => void;
}

/** Calls back when the page may have slept or changed. Returns what ends it. */
export type PageSignals = (listener: (isHidden: boolean, cameOnline: boolean) => void) => () => void;
