// The options as the site's developer sees them. Types only: core/options.ts checks them.
import type { MessengerEvent, TokenReason } from './core/events.js';

/**
 * Fetches a JWT for the visitor from the site's backend: a new one at every call. `null` when nobody is signed in to
 * the site; a visitor who was signed in on this page is then signed out of the messenger. When it throws or rejects,
 * the token in hand is kept and it is called again later.
 *
 * Never called while an earlier call is under way, unless that one took longer than `tokenTimeoutMs`; `signal` is
 * aborted then, as it is by `logout()` and `destroy()`. Put no token into what you throw: the error is kept as `cause`.
 */
export type GetToken = (request: {
  /** Why a token is needed. */
  readonly reason: TokenReason;
  /** Aborted when the token is no longer wanted: hand it on to `fetch`. */
  readonly signal: AbortSignal;
}) => string | null | Promise<string | null>;

/** @inline */
interface CommonOptions {
  /** The key of the messaging channel: the UUID in Zendesk's snippet. */
  readonly key: string;
  /**
   * The CSP nonce for the script tags that the library inserts: Zendesk's snippet, and in the script-tag build the token
   * doctor's file. Default: none for the snippet; the doctor's file then has that of the library's own tag. The scripts
   * that the snippet inserts do not get it.
   */
  readonly nonce?: string | undefined;
  /**
   * The name of a Trusted Types policy for pages with `require-trusted-types-for 'script'`; the `trusted-types` directive
   * must allow it. The library makes the policy, once in a page, and it lets through Zendesk's snippet and, in the
   * script-tag build, the token doctor's file. Default: none. Without effect in browsers that have no Trusted Types.
   */
  readonly trustedTypesPolicy?: string | undefined;
  /** How long the messenger may take to come up, in milliseconds. Default 10 000. */
  readonly loadTimeoutMs?: number | undefined;
  /** How long one token request may take, in milliseconds. Default 10 000. */
  readonly tokenTimeoutMs?: number | undefined;
  /** How long Zendesk may take to answer a sign-in, in milliseconds. Default 15 000. */
  readonly loginTimeoutMs?: number | undefined;
  /**
   * Whether tokens are renewed in a hidden tab, too. Default false: a tab that nobody looks at must not keep a site's
   * session alive for days; on return the token is renewed first.
   */
  readonly refreshWhenHidden?: boolean | undefined;
  /** Told what happens, for logs and timelines. Never gets a token. What it throws goes to the console only. */
  readonly onEvent?: ((event: MessengerEvent) => void) | undefined;
}

/** The options of `createMessenger`: exactly one of `getToken` and `tokenUrl`. */
export type MessengerOptions = CommonOptions &
  (
    | {
        /** Fetches a new JWT for the visitor at every call. */
        readonly getToken: GetToken;
        /** Not beside `getToken`. */
        readonly tokenUrl?: undefined;
      }
    | {
        /** The URL that answers a POST with the JWT; 401 or 403 when nobody is signed in. At this page's own origin. */
        readonly tokenUrl: string;
        /** Not beside `tokenUrl`. */
        readonly getToken?: undefined;
      }
  );
