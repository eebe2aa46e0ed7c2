// The only error class of the server half. Its texts say what happened and what to do, without any value.

/**
 * What went wrong, as a stable string. The first ten are thrown at start, because the configuration is wrong. `'request_invalid'`
 * is about the code that calls the endpoint, whose promise is rejected. The others are about one user: the endpoint answers 500, and
 * `onError` gets the error. `npm run docs:tables` writes these comments into docs/server.md.
 */
export type TokenEndpointErrorCode =
  /** `keyId` is not set. With `product: 'chat'` or `'help-center'`, there is none. */
  | 'key_id_missing'
  /** `keyId` is not `app_` and 24 hex digits, or has quotes or white space around it. */
  | 'key_id_invalid'
  /** `keyId` is set, but the product is one of the Web Widget (Classic), whose secrets have no key id. */
  | 'key_id_unexpected'
  /** `keyId` is the id of an API key (`act_…`). Tokens that are signed with it give access to all conversations. */
  | 'api_key'
  /** `keyId` has the secret, and `secret` has the key id. */
  | 'keys_exchanged'
  /** `secret` is not set. */
  | 'secret_missing'
  /** `secret` has quotes or white space around it, has a character that Zendesk never uses, or is a key id. */
  | 'secret_invalid'
  /** `lifetimeS` is not an integer in the range of the product. */
  | 'lifetime_invalid'
  /** Another option is missing, unknown or wrong. */
  | 'option_invalid'
  /** This runtime has no Web Crypto. */
  | 'no_web_crypto'
  /** The endpoint was called with something else than a `Request`. */
  | 'request_invalid'
  /** `getUser` threw an error, or its promise was rejected. The error is the `cause`. */
  | 'get_user_failed'
  /** The user is not an object. */
  | 'user_invalid'
  /** The user has no `externalId`, or it is empty, a word such as `undefined`, 0, or a negative number. */
  | 'external_id_missing'
  /** `externalId` is not a string or a safe integer, or it has white space around it. */
  | 'external_id_invalid'
  /** `externalId` has more than 255 characters. */
  | 'external_id_too_long'
  /** `name` is not a string, or has more than 255 characters. Or it is missing, and the product needs it. */
  | 'name_invalid'
  /** `email` is not an e-mail address. Or the product is one of the Web Widget (Classic), and it is missing or not ASCII. */
  | 'email_invalid'
  /** `emailVerified` is not `true`, `false` or a date. */
  | 'email_verified_invalid'
  /** The user's data contains the secret. */
  | 'secret_exposed';

/**
 * The error of {@link createTokenEndpoint}, {@link signMessengerToken} and `onError`. `message` says what happened and what to do.
 * `code` is a stable string. Contains nothing of a token, an e-mail, an id or a secret, except for what `cause` contains.
 */
export class TokenEndpointError extends Error {
  /** What went wrong, as a stable string. */
  declare readonly code: TokenEndpointErrorCode;

  /**
   * Creates an error. You need this only in tests.
   *
   * @param code - what went wrong
   * @param text - what happened and what to do, without any value
   * @param cause - the original error
   */
  constructor(code: TokenEndpointErrorCode, text: string, cause?: unknown) {
    super(`${text} [${code}]`, cause === undefined ? undefined : { cause });
    this.name = 'TokenEndpointError';
    this.code = code;
  }
}
