import type { Finding } from './findings.js';

/**
 * What went wrong, as a stable string. Each code has three paragraphs: what happened, who must act, and
 * whether it is retried. `npm run docs:tables` writes them into docs/errors.md.
 */
export type MessengerErrorCode =
  /**
   * An option is missing, unknown or wrong. `createMessenger` throws this error.
   *
   * You: correct the call. The message names the option.
   *
   * Retry: no.
   */
  | 'invalid_option'
  /**
   * `login()` or `load()` was called on a server.
   *
   * You: call it in the browser only.
   *
   * Retry: no.
   */
  | 'no_window'
  /**
   * `login()` or `load()` was called after `destroy()`, or `destroy()` was called while one of them was waiting.
   *
   * You: create a new messenger.
   *
   * Retry: no.
   */
  | 'destroyed'
  /**
   * Zendesk's script did not load within `loadTimeoutMs`, or could not be inserted: see `cause`.
   *
   * Usually nobody: the visitor has a blocker. Offer another contact. If every visitor has it, you: check your CSP
   * and the network.
   *
   * Retry: after `login()` was called, every 30 to 40 s at first, then after growing waits of up to 10 minutes, and
   * when the visitor or the network comes back.
   */
  | 'script_blocked'
  /**
   * The script ran, but no messenger started in time. Zendesk gives no reason.
   *
   * You: check the key, the channel's allowed domains in the Admin Center, and your CSP.
   *
   * Retry: after `login()` was called, every 30 to 40 s at first, then after growing waits of up to 10 minutes.
   */
  | 'messenger_unavailable'
  /**
   * The key belongs to a Web Widget (Classic).
   *
   * You: use the key of a messaging channel.
   *
   * Retry: stops.
   */
  | 'classic_widget'
  /**
   * `getToken` threw an error, or the endpoint answered 408, 425, 429 or 5xx, or did not answer in time.
   *
   * Your backend team, if it lasts. `cause` is what was thrown.
   *
   * Retry: yes, after random waits of up to 30 s at first and up to 10 minutes later, and when the visitor or the
   * network comes back; `login()` rejects after the third failure.
   */
  | 'token_failed'
  /**
   * The endpoint answered with another 4xx. The message has the status.
   *
   * You: check `tokenUrl`, and that the endpoint accepts a POST. If nobody is signed in, answer 401.
   *
   * Retry: stops; for a signed-in visitor until you call `login()`, the messenger asks, the tab becomes visible
   * again or the network comes back.
   */
  | 'token_rejected'
  /**
   * The token is not a string, but for example an object or `undefined`.
   *
   * You: return the JWT, or `null` when nobody is signed in.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_not_string'
  /**
   * The text is not a JWT: a web page, quotes or `Bearer` around it, an empty answer.
   *
   * Your backend team: return the bare token. Do not redirect to a sign-in page.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_malformed'
  /**
   * The token had already expired when it arrived.
   *
   * Your backend team: sign a new token for each request, and check the server's clock.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_expired'
  /**
   * The same token came again when a new one was needed.
   *
   * Your backend team: sign a new token for each request. Do not keep one in a cache, in the session or in the page.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_repeated'
  /**
   * `exp` is not a number of seconds, but a string or milliseconds.
   *
   * Your backend team: set it to `Math.floor(Date.now() / 1000) + 900`, a number.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'exp_invalid'
  /**
   * The token has no `external_id`, or an empty one.
   *
   * Your backend team: set it. The name is `external_id`, not `userId` or `sub`.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'external_id_missing'
  /**
   * `external_id` is a number or something else.
   *
   * Your backend team: send `"123"`, not `123`.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'external_id_not_string'
  /**
   * Zendesk refused two tokens in a row, or one token and no other came.
   *
   * Your backend team: see `findings`.
   *
   * Retry: once with a new token, then stops.
   */
  | 'invalid_auth'
  /**
   * Zendesk answered 409: it knows the verified e-mail under another `external_id`.
   *
   * Your Zendesk administrator: merge the two users. Or leave `email` out of the token.
   *
   * Retry: stops.
   */
  | 'identity_conflict'
  /**
   * Zendesk did not answer the sign-in, or answered 429 or 5xx.
   *
   * Usually nobody. If it lasts, you: check the network and Zendesk's status.
   *
   * Retry: yes, after random waits of up to 30 s at first and up to 10 minutes later, and when the visitor or the
   * network comes back; `login()` rejects after the third failure.
   */
  | 'login_failed';

// Every visitor downloads these texts, so each has only two short sentences: what happened, and what to do. Longer
// explanations belong in the comments above, which fill the table in docs/errors.md.
const TEXTS: Readonly<Record<MessengerErrorCode, string>> = {
  invalid_option: 'An option is invalid. Correct the call of createMessenger',
  no_window: 'There is no window. Call this in a browser',
  destroyed: 'The messenger was destroyed. Create a new one',
  script_blocked: 'The Zendesk script did not load. Check blockers, the CSP and the network',
  messenger_unavailable:
    'The Zendesk script ran, but no messenger started. Check the key, its allowed domains, the CSP and the network',
  classic_widget: 'The key belongs to a Web Widget (Classic). Use the key of a messaging channel',
  token_failed: 'No token arrived. Check the cause; the library retries',
  token_rejected: 'The token endpoint refused. Check tokenUrl',
  token_not_string: 'The token is not a string. Return the JWT, or null when nobody is signed in',
  token_malformed: 'The token is not a JWT. Return the bare JWT',
  token_expired: 'The token has expired. Sign a new one for each request',
  token_repeated: 'The same token came again. Sign a new one for each request',
  exp_invalid: 'exp is not a number of seconds. Set it to seconds since 1970',
  external_id_missing: "The token has no external_id. Set it to the user's id, a string",
  external_id_not_string: 'external_id is not a string. Set it to "123", not 123',
  invalid_auth: 'Zendesk refused the token. Check its key, secret and claims',
  identity_conflict: 'The e-mail belongs to another external_id. Merge the two users, or omit email',
  login_failed: 'Zendesk did not complete the sign-in. Check the network; the library retries',
};

// A symbol from the global registry, because two copies of the library on one page have two error classes.
const BRAND = Symbol.for('zendesk-messenger-auth');

/**
 * The only error class of this library. `message` says what happened and what to do. `code` is a stable string that
 * your code can compare. `cause` is the original error, such as the one that `getToken` threw.
 *
 * The error contains no part of a token, an e-mail or a secret, except for what `cause` contains. Recognize it with
 * {@link isMessengerAuthError}, not with `instanceof`: two copies of the library on one page have two classes.
 */
export class MessengerAuthError extends Error {
  /** What went wrong, as a stable string. */
  declare readonly code: MessengerErrorCode;
  /** What to do about it, in one sentence. */
  declare readonly remedy: string;
  /**
   * What is wrong with the token, if the token may be the cause. If `message` describes one of the findings, that one
   * is the first. Absent for other errors, and if the token doctor could not be loaded.
   */
  declare readonly findings?: readonly Finding[];

  /** The mark that {@link isMessengerAuthError} checks. @internal */
  get [BRAND]() {
    return true;
  }

  /**
   * Creates an error. The library creates its errors itself. You need this only to test how your page handles an error.
   *
   * @param code - what went wrong
   * @param detail - added in parentheses after what happened; must not contain any part of a token
   * @param cause - the original error
   * @param text - what happened and what to do, instead of the text of the code
   * @param findings - what is wrong with the token
   */
  constructor(
    code: MessengerErrorCode,
    detail?: string | number,
    cause?: unknown,
    [happened, remedy]: readonly [string, string] = TEXTS[code].split('. ') as [string, string],
    findings?: readonly Finding[],
  ) {
    super(`${happened}${detail ? ` (${detail})` : ''}. ${remedy}. [${code}]`, { cause });
    this.name = 'MessengerAuthError';
    this.code = code;
    this.remedy = remedy;
    if (findings) this.findings = findings;
  }
}

/**
 * Returns whether `value` is a {@link MessengerAuthError}. Also recognizes an error from another copy of this library
 * on the page. Accepts any value and never throws.
 *
 * @example
 * try {
 *   await messenger.login();
 * } catch (error) {
 *   if (isMessengerAuthError(error) && error.code === 'script_blocked') showContactForm();
 * }
 */
export function isMessengerAuthError(value: unknown): value is MessengerAuthError {
  return !!(value as Partial<MessengerAuthError> | null | undefined)?.[BRAND];
}
