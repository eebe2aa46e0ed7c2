// The public types of the options. core/options.ts checks the values.
import type { MessengerEvent, TokenReason } from './core/events.js';

/**
 * Fetches a JWT for the visitor from the site's backend. Each call must return a new JWT.
 *
 * Return the JWT, or the parsed JSON that contains it, such as `{ token }`. Return `null` when nobody is signed in to the
 * site. A user who was signed in, on this page or an earlier one, is then signed out of the messenger. Throw or reject when
 * the request failed. The library then keeps the current token and calls the function again later.
 *
 * The function is called for a sign-in, before the token expires, and when Zendesk refuses the token. It is not called
 * while an earlier call is pending, unless that call took longer than `tokenTimeoutMs`. In that case `signal` is
 * aborted. `setUser()` for another user, `logout()`, `remove()`, `destroy()` and a
 * withdrawn consent abort it, too. Do not put a token into the error that you throw: the library
 * keeps it as `cause`.
 *
 * @example
 * const messenger = createMessenger({
 *   key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
 *   async getToken({ signal }) {
 *     const response = await fetch('/zendesk-token', { method: 'POST', signal });
 *     if (response.status === 204) return null;
 *     if (!response.ok) throw new Error(`The token endpoint answered ${response.status}`);
 *     return response.text();
 *   },
 * });
 */
export type GetToken = (request: {
  /** Why a token is needed. */
  readonly reason: TokenReason;
  /** Aborted when the token is no longer needed. Pass it to `fetch`. */
  readonly signal: AbortSignal;
}) => TokenResult | Promise<TokenResult>;

/**
 * What {@link GetToken} returns: the JWT, or an object with it, such as `{ token }`, or `null` when nobody is signed in. The
 * member may be `null`, too.
 */
export type TokenResult =
  | string
  | null
  | {
      /** The token, or something that contains it. */
      readonly [name: string]: unknown;
    }
  | (object & {
      /** Absent. A `Response` has it: return its text or its JSON instead. */
      readonly arrayBuffer?: never;
      /** Absent. A Promise has it. */
      readonly then?: never;
    });

/**
 * The request to your token endpoint, for the option `tokenUrl`. `headers` and `body` may be functions: they are called
 * for each request, so that a CSRF token or a Bearer token is never an old one. If one of them throws or rejects, the
 * request counts as failed, with that as `cause`, and is repeated later.
 *
 * @example
 * const messenger = createMessenger({
 *   key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
 *   tokenUrl: {
 *     url: '/zendesk-token',
 *     headers: () => ({ 'x-csrf-token': document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content }),
 *   },
 * });
 * @example
 * const messenger = createMessenger({
 *   key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
 *   tokenUrl: {
 *     url: 'https://api.shop.example/zendesk-token',
 *     method: 'GET',
 *     headers: () => ({ authorization: `Bearer ${sessionStorage.getItem('access-token')}` }),
 *   },
 * });
 */
export interface TokenRequest {
  /** The URL. A relative one is resolved once, when the messenger is created. */
  readonly url: string;
  /**
   * The HTTP method.
   *
   * @defaultValue 'POST'
   */
  readonly method?: string | undefined;
  /** The request's headers, or a function that returns them or a promise of them. */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** The request's body, or a function that returns it or a promise of it. Not with the method GET. */
  readonly body?: RequestBody | (() => RequestBody | Promise<RequestBody>) | undefined;
  /**
   * Whether cookies are sent: `same-origin`, `include` or `omit`, as for `fetch`.
   *
   * @defaultValue 'same-origin'
   */
  readonly credentials?: RequestCredentials | undefined;
}

/** A stream is not among them, because it can be sent only once. @inline */
type RequestBody = Exclude<BodyInit, ReadableStream> | null;

/** @inline */
interface CommonOptions {
  /** The key of the messaging channel: the UUID in Zendesk's snippet. Not the key id that signs tokens. */
  readonly key: string;
  /**
   * The CSP nonce for the script tags that the library inserts: Zendesk's snippet and, in the script-tag build, the
   * token doctor's file. Without this option, or if it is empty, the snippet gets no nonce, and the doctor's file gets
   * the nonce of the library's own tag. The scripts that the snippet inserts do not get the nonce.
   */
  readonly nonce?: string | undefined;
  /**
   * The name of a Trusted Types policy for pages with `require-trusted-types-for 'script'`. The `trusted-types`
   * directive must allow this name. The library creates the policy, once per page. The policy allows only Zendesk's
   * snippet and, in the script-tag build, the token doctor's file. It has no effect in browsers without Trusted Types.
   */
  readonly trustedTypesPolicy?: string | undefined;
  /**
   * How long the messenger may take to start, in milliseconds. A positive number.
   *
   * @defaultValue 10000
   */
  readonly loadTimeoutMs?: number | undefined;
  /**
   * How long one token request may take, in milliseconds. A positive number.
   *
   * @defaultValue 10000
   */
  readonly tokenTimeoutMs?: number | undefined;
  /**
   * How long Zendesk may take to answer a sign-in, in milliseconds. A positive number.
   *
   * @defaultValue 15000
   */
  readonly loginTimeoutMs?: number | undefined;
  /**
   * Whether tokens are also renewed while the tab is hidden. By default they are not, so that a forgotten tab does not
   * keep a session on your site alive for days. When the visitor returns to the tab, the token is renewed first.
   *
   * @defaultValue false
   */
  readonly refreshWhenHidden?: boolean | undefined;
  /**
   * Whether the visitor has consented to Zendesk's cookies. With `pending`, nothing is loaded, fetched or signed in until
   * the site calls `zE('messenger:set', 'cookies', 'all')`, `'functional'` or `true`; `load()`, `login()` and
   * `setUser()` wait for it. `'none'` and `false` withdraw the consent at any time.
   *
   * @defaultValue 'granted'
   */
  readonly consent?: 'granted' | 'pending' | undefined;
  /**
   * When the launcher is shown. With `signed-in`, it is hidden until somebody is signed in, and again after a sign-out,
   * the expiry of the token or a refusal. `zE('messenger', 'hide')` still hides it.
   *
   * @defaultValue 'always'
   */
  readonly visibility?: 'always' | 'signed-in' | undefined;
  /**
   * Called with each event, for logs and timelines. Never gets a token. If it throws, the error goes to the console.
   */
  readonly onEvent?: ((event: MessengerEvent) => void) | undefined;
}

/** The options of `createMessenger`. Exactly one of `getToken` and `tokenUrl` is required. */
export type MessengerOptions = CommonOptions &
  (
    | {
        /**
         * Fetches a new JWT. Gets `{ reason, signal }`. Return the JWT or JSON that contains it, and `null` when nobody is
         * signed in. Throw when it failed.
         */
        readonly getToken: GetToken;
        /** Not allowed together with `getToken`. */
        readonly tokenUrl?: undefined;
      }
    | {
        /**
         * The URL of your token endpoint, which answers a POST with a JWT, or with 204, 401 or `{ "token": null }` when
         * nobody is signed in. Or an object `{ url, method, headers, body, credentials }`: `headers` and `body` may be
         * functions, which are called for each request. A relative URL is resolved once, when the messenger is created.
         */
        readonly tokenUrl: string | TokenRequest;
        /** Not allowed together with `tokenUrl`. */
        readonly getToken?: undefined;
      }
  );
