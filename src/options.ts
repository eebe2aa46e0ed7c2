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
   * doctor's file. Without it, the snippet has none, and the doctor's file has the nonce of the library's own tag. The
   * scripts that the snippet inserts do not get it.
   */
  readonly nonce?: string | undefined;
  /**
   * The name of a Trusted Types policy for pages with `require-trusted-types-for 'script'`; the `trusted-types` directive
   * must allow it. The library makes the policy, once in a page. It allows Zendesk's snippet and, in the script-tag build,
   * the token doctor's file. It has no effect in browsers without Trusted Types.
   */
  readonly trustedTypesPolicy?: string | undefined;
  /**
   * How long the messenger may take to come up, in milliseconds.
   *
   * @defaultValue 10000
   */
  readonly loadTimeoutMs?: number | undefined;
  /**
   * How long one token request may take, in milliseconds.
   *
   * @defaultValue 10000
   */
  readonly tokenTimeoutMs?: number | undefined;
  /**
   * How long Zendesk may take to answer a sign-in, in milliseconds.
   *
   * @defaultValue 15000
   */
  readonly loginTimeoutMs?: number | undefined;
  /**
   * Whether tokens are renewed in a hidden tab, too. Without it, a tab that nobody looks at does not keep a site's session
   * alive for days. When the visitor returns to the tab, the token is renewed first.
   *
   * @defaultValue false
   */
  readonly refreshWhenHidden?: boolean | undefined;
  /** Called with each event, for logs and timelines. Never gets a token. If it throws, the error only goes to the console. */
  readonly onEvent?: ((event: MessengerEvent) => void) | undefined;
}

/** The options of `createMessenger`: exactly one of `getToken` and `tokenUrl`. */
export type MessengerOptions = CommonOptions &
  (
    | {
        /** Fetches a new JWT. Return `null` when nobody is signed in; throw when it failed. Gets `{ reason, signal }`. */
        readonly getToken: GetToken;
        /** Not beside `getToken`. */
        readonly tokenUrl?: undefined;
      }
    | {
        /** The URL that answers a POST with a JWT, or with 401 or 403 when nobody is signed in. On the page's own origin. */
        readonly tokenUrl: string;
        /** Not beside `tokenUrl`. */
        readonly getToken?: undefined;
      }
  );
