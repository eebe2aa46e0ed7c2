// The errors of this entry. It has a class of its own, so that its few texts are all that a page downloads.

/**
 * What went wrong, as a stable string. Nothing is retried: the next time that the widget asks for a token, or
 * `reauthenticate()`, is the next try.
 */
export type ClassicErrorCode =
  /** An option is missing, unknown or wrong: `createClassicAuth` throws this error. The message names it. */
  | 'invalid_option'
  /** The key belongs to Zendesk messaging, whose messenger never calls `jwtFn`. Use `createMessenger`. */
  | 'messenger_widget'
  /** `getToken` threw an error, or the endpoint answered 408, 425, 429 or 5xx, or did not answer in time. See `cause`. */
  | 'token_failed'
  /** The endpoint answered with another 4xx. The message has the status. */
  | 'token_rejected'
  /** The answer has no text that could be a token. */
  | 'token_not_string'
  /** The answer is a text, but no JWT with an HS256 signature: a web page, for example. Or it has several. */
  | 'token_malformed'
  /** The token is for Zendesk messaging: it has a `kid` that begins with `app_`, or the scope `user`. */
  | 'messaging_token'
  /** The token has no `name` or no `email`, or an empty one. */
  | 'name_or_email_missing'
  /** `iat` is missing, or `iat` or `exp` is not a number of seconds, but a string or milliseconds. */
  | 'time_invalid'
  /** A token for the chat whose `exp` is more than 7 minutes after its `iat`. */
  | 'lifetime_long'
  /** The token had already expired when it arrived. */
  | 'token_expired';

const TEXTS: Readonly<Record<ClassicErrorCode, string>> = {
  invalid_option: 'An option is wrong. Correct it',
  messenger_widget: 'The page has the messenger. Use createMessenger',
  token_failed: 'No token arrived. Check the cause',
  token_rejected: 'The endpoint refused. Check its URL and CSRF token',
  token_not_string: 'The answer has no token. Return the JWT, or null for nobody',
  token_malformed: 'The answer is no JWT. Return the bare JWT',
  messaging_token: 'The token is for messaging. Use the secret of this product, no kid, no scope',
  name_or_email_missing: 'The token has no name or email. Set both',
  time_invalid: 'The iat or exp is wrong. Set seconds since 1970',
  lifetime_long: 'The token is valid too long. Set exp to iat + 300',
  token_expired: 'The token is too old. Sign one for each request',
};

/**
 * The errors of `zendesk-messenger-auth/classic`. `message` says what happened and what to do, and for which product.
 *
 * The error contains no part of a token, an e-mail or a secret, except for what `cause` contains.
 */
export class ClassicAuthError extends Error {
  /** What went wrong, as a stable string. */
  declare readonly code: ClassicErrorCode;

  /**
   * Creates an error. The library creates its errors itself. You need this only to test how your page handles an error.
   *
   * @param code - what went wrong
   * @param detail - added in parentheses after what happened; must not contain any part of a token
   * @param cause - the original error
   */
  constructor(code: ClassicErrorCode, detail = '', cause?: unknown) {
    super(`${TEXTS[code].replace('.', detail ? ` (${detail}).` : '.')}. [${code}]`, { cause });
    this.name = 'ClassicAuthError';
    this.code = code;
  }
}
