// The public types of the server half's options.
import type { TokenEndpointError } from './errors.js';

/**
 * What a token is for.
 *
 * - `'messaging'`: the messenger of Zendesk messaging.
 * - `'chat'`: the chat of the Web Widget (Classic).
 * - `'help-center'`: the restricted help center in the Web Widget (Classic).
 */
export type TokenProduct = 'messaging' | 'chat' | 'help-center';

/** A user of your site, as Zendesk gets to know them. */
export interface MessengerUser {
  /**
   * The user's id in your system, at most 255 characters. Zendesk identifies the user by it, so it must never change. A number
   * must be a safe integer from 1, and is converted to a string.
   */
  readonly externalId: string | number | bigint;
  /** The user's name, at most 255 characters. Required for the Web Widget (Classic). */
  readonly name?: string | null | undefined;
  /** The user's e-mail address, at most 254 characters. Required for the Web Widget (Classic). */
  readonly email?: string | null | undefined;
  /**
   * Whether the user has proved that the address is theirs. Only then does Zendesk identify the user by it. A date is the time of
   * the proof, as some libraries store it. Not used by the Web Widget (Classic).
   *
   * @defaultValue false
   */
  readonly emailVerified?: boolean | Date | null | undefined;
}

/** The key that signs tokens, and how long a token is valid. */
export interface SigningOptions {
  /**
   * The key id: `app_` and 24 hex digits. In the Admin Center: Account → Security → End user authentication → Messaging.
   * Required for `'messaging'`. The Web Widget (Classic) has none.
   */
  readonly keyId?: string | undefined;
  /** The shared secret, as the Admin Center shows it: do not decode it. Required. */
  readonly secret: string | undefined;
  /**
   * What the token is for.
   *
   * @defaultValue 'messaging'
   */
  readonly product?: TokenProduct | undefined;
  /**
   * How long a token is valid, in whole seconds. For `'messaging'` 60 to 86,400, by default 900. For `'chat'` and `'help-center'` 60 to 420, by
   * default 300.
   */
  readonly lifetimeS?: number | undefined;
  /** Returns the current time, in milliseconds since 1970. For tests. Default: the clock of this computer. */
  readonly now?: (() => number) | undefined;
}

/**
 * Options of {@link createTokenEndpoint}. `Context` is the type of what `getUser` gets besides the request. It follows from the type
 * that you give to that parameter.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- without a type, each framework's own request fits
export interface TokenEndpointOptions<Context = any> extends SigningOptions {
  /**
   * Returns the user who sent the request, or `null` or `undefined` if nobody is signed in. Must read the user from the session, never from
   * an id in the request: otherwise anybody could read everybody's conversations. Is not called for a request that is refused.
   *
   * `context` is the second argument of the endpoint: for {@link toNodeHandler} Node's or Express's request.
   */
  readonly getUser: (
    request: Request,
    context: Context,
  ) => MessengerUser | null | undefined | Promise<MessengerUser | null | undefined>;
  /**
   * The origins of other pages that may request tokens with their cookies, such as `https://www.shop.example`. By default, only pages of the
   * endpoint's own origin may.
   *
   * @defaultValue []
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * Called with every error because of which a request was answered with 500. The response waits for its promise. Default: `console.error`.
   */
  readonly onError?: ((error: TokenEndpointError, request: Request) => unknown) | undefined;
}
