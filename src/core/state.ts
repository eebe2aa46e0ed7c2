// The types of the session: what it knows, by subject. Types only.
import type { Attempts } from './attempts.js';
import type { Effect, TokenToExplain } from './effects.js';
import type { MessengerAuthError } from './errors.js';
import type { PlacedToken } from './lifetime.js';
import type { Identity } from './stored-identity.js';

/** @inline */
export type Status = 'signed-out' | 'signing-in' | 'signed-in' | 'failed';

/**
 * Everything that the session knows. Times are those of the driver's clock, in milliseconds. A step never changes an
 * object in it, but replaces it.
 */
export interface Session
  extends CurrentStep, Visitor, Identity, Loading, Failure, Retry, Attempts, TokenSupply, Refusals, Messenger {}

/** The current step, and what its driver must do. */
interface CurrentStep {
  readonly limits: Limits;
  readonly status: Status;
  readonly nowMs: number;
  /** At least 0 and less than 1. */
  readonly chance: number;
  readonly effects: readonly Effect[];
  /** When the next step must run at the latest; `Infinity` if only an event can change the session. */
  readonly wakeAtMs: number;
  /** The last id that a request or a login got. */
  readonly lastId: number;
}

/** `prerendered`: the browser has loaded the page before a visitor came to it [M 82]. */
export type PageVisibility = 'prerendered' | 'hidden' | 'visible';

/** What the site wants, and who is signed in. */
interface Visitor {
  /** A user was named by setUser() or by an accepted token. What the page sets and the visitor writes is that user's. */
  readonly hasNamedUser?: boolean | undefined;
  /** The stored id of the last anonymous conversation. */
  readonly conversationId?: string | null | undefined;
  /** It has begun while a user was named. */
  readonly isUsersConversation?: boolean | undefined;
  /** Who is signed in to the site, as setUser() was told. An empty string: nobody. Absent: it was not told. */
  readonly siteUser?: string | undefined;
  /**
   * `login()` was called, and neither a sign-out nor a permanent error has ended it. `waiting`: the visitor has not
   * consented, so nothing is done.
   */
  readonly wish?: 'signed-in' | 'waiting' | undefined;
  /** Whether the visitor has consented to cookies. Without consent, nothing is loaded, fetched or signed in. */
  readonly hasConsent: boolean;
  /** The external_id of the user whom Zendesk accepted on this page. */
  readonly user?: string | undefined;
  /** The messenger has signed the user out, and is about to get `loginUser` again. The snapshot says so. */
  readonly isOut?: boolean | undefined;
  /** Whose conversation fields and tags the page has set: the user whom Zendesk accepted last. */
  readonly lastUser?: string | undefined;
  /** Whether the messenger has a signed-in user. `maybe-in`: a login or a push failed, or its answer is lost. */
  readonly presence?: 'in' | 'maybe-in' | undefined;
  readonly page: PageVisibility;
  /** Whether the messenger's window is open. A push waits until it is closed. */
  readonly windowOpen?: boolean | undefined;
}

/** Zendesk's script and the messenger that it starts. */
interface Loading {
  /**
   * `requested`: the script's tag is not on the page yet. `parsing`: the page may still contain a tag of its own.
   * `parked`: a consent tool has disabled the page's tag. Absent before `load()` and `login()`, and after `remove()`.
   */
  readonly loadState?: 'requested' | 'parsing' | 'parked' | 'started' | 'live' | 'failed' | undefined;
  /** `remove()` waits for the end of the load. `reload`: `load()` was called meanwhile. */
  readonly removal?: 'waiting' | 'reload' | undefined;
  /** How often the messenger was lost and started again. */
  readonly restarts: number;
  /** When the last tag was put on the page. */
  readonly loadAtMs: number;
  /** Why the last load failed; absent when the messenger is live. */
  readonly loadError?: MessengerAuthError | undefined;
  /** When the load is retried. */
  readonly reloadAtMs: number;
  readonly scriptRan?: boolean | undefined;
}

/** Why the sign-in fails. */
interface Failure {
  readonly failure?: MessengerAuthError | undefined;
  readonly tokenToExplain?: TokenToExplain | undefined;
  /** The session waits for the doctor: the failure becomes visible only after it. */
  readonly explanation?: AwaitedExplanation | undefined;
  /** An unusable token has ended the sign-in. A returning visitor or network starts it again. */
  readonly resumesOnReturn?: boolean | undefined;
}

/** The doctor was asked, and has not answered. */
interface AwaitedExplanation {
  readonly sinceMs: number;
}

/** When something may be tried again. Only `retry.ts` changes these. */
interface Retry {
  /** Since when every load or request has failed, without the time that the computer slept. */
  readonly failingSinceMs?: number | undefined;
  /** The number of failures in a row, which is the exponent of the back-off. */
  readonly failures: number;
  /** `login()` rejects. Retries go on in the background if a retry can help. */
  readonly hasGivenUp?: boolean | undefined;
  /** The end of the back-off after a failed login. `Infinity`: only an event ends it, such as the verdict or an ask. */
  readonly loginRetryAtMs: number;
  /** The end of the back-off for token requests. It does not delay handing over the current token. */
  readonly tokenRetryAtMs: number;
  /** The end of the minimum distance between two requests. Not even `login()` requests a token earlier. */
  readonly nextRequestAtMs: number;
  /** The end of the endpoint's `Retry-After`. */
  readonly retryAfterEndsAtMs: number;
}

interface TokenRequest {
  readonly id: number;
  readonly startedAtMs: number;
}

/** The tokens of the endpoint. */
interface TokenSupply {
  readonly openRequest?: TokenRequest | undefined;
  /** A `login()` waits for a token, so it is fetched even in a hidden tab. */
  readonly isAwaited?: boolean | undefined;
  /** The token to hand over. */
  readonly held?: PlacedToken | undefined;
  /** The token that was read last, usable or not. A newer token is compared with it. */
  readonly last?: PlacedToken | undefined;
  /** The endpoint's last token was unusable, and no good one has arrived since. */
  readonly hasDefect?: boolean | undefined;
}

/** The tokens that Zendesk refused. */
interface Refusals {
  readonly refused: readonly string[];
  readonly refusedInRow: number;
  /** Zendesk's reason for the last failed login, as far as it may be shown. */
  readonly refusalReason?: string | undefined;
  /** The last `invalid_auth` that the doctor has explained, until a login is accepted. */
  readonly refusal?: MessengerAuthError | undefined;
  /** A token was refused, or may have been, and none has been accepted since. */
  readonly isSuspected?: boolean | undefined;
  /** The rate limit for requests after a refusal: each request moves this time forward. */
  readonly followUpsMs: number;
  /** No token request before this time, because too many followed a refusal. */
  readonly followUpsBlockedUntilMs: number;
}

/** The latest `loginUser` call. The messenger keeps its callback. */
export interface Login {
  readonly id: number;
  /** The first `loginUser` call for this user. Asks of earlier calls belong to another user and get no token. */
  readonly firstId: number;
  readonly user: string;
  readonly calledAtMs: number;
  /** `late`: the time limit is over. Zendesk's verdict may still come. */
  readonly verdict: 'open' | 'late' | 'settled';
  /** The tokens that the messenger got during this login: the last two at most. */
  readonly given: readonly string[];
  /** It cleared the conversation's fields and tags, or may have. */
  readonly clearsConversation: boolean;
  /** The token that it replaces has expired, so the messenger may ask about that one. */
  readonly replacesExpired: boolean;
}

/** What the messenger does and has. */
interface Messenger {
  readonly lastLogin?: Login | undefined;
  /** When the messenger asked for a token; absent when no ask is open. */
  readonly askedAtMs?: number | undefined;
  /** The token that the messenger has. */
  readonly handed?: PlacedToken | undefined;
  /** `held` was handed over in the answer to an ask. The next ask does not get it again, unless this is reset. */
  readonly isOffered?: boolean | undefined;
  /** The token that the running session keeps using if a push fails. */
  readonly inUse?: PlacedToken | undefined;
  /** When the running session got its token as the answer to an ask. */
  readonly inUseSinceMs: number;
  /** When Zendesk accepted a token that replaced another one. */
  readonly pushedAtMs?: number | undefined;
  /** Whether `loginUser` must be called again, because the messenger may have signed the visitor out silently. */
  readonly repair?: Repair | undefined;
  /** When the messenger's own retries with an earlier token have ended. A push waits for this time. */
  readonly triesEndAtMs: number;
}

/** `now`: the silent sign-out is certain, or the window was closed. `when-closed`: it can wait until the window is closed. */
export type Repair = 'when-closed' | 'now';

/** The options that the decisions depend on. */
export interface Limits {
  readonly loadTimeoutMs: number;
  readonly tokenTimeoutMs: number;
  readonly loginTimeoutMs: number;
  readonly refreshWhenHidden: boolean;
  readonly consent: 'granted' | 'pending';
}
