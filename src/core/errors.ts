import type { Finding } from './findings.js';

/** What went wrong, as a stable string to branch on. The README's table says who must act on each. */
export type MessengerErrorCode =
  | 'invalid_option'
  | 'no_window'
  | 'destroyed'
  | 'script_blocked'
  | 'messenger_unavailable'
  | 'classic_widget'
  | 'token_failed'
  | 'token_rejected'
  | 'token_not_string'
  | 'token_malformed'
  | 'token_expired'
  | 'token_repeated'
  | 'exp_invalid'
  | 'external_id_missing'
  | 'external_id_not_string'
  | 'invalid_auth'
  | 'identity_conflict'
  | 'login_failed';

// One error class, one union of codes, one table. The texts ship to every visitor, so each is two short sentences: what
// happened, and what to do. What takes a paragraph to explain belongs into the README's table of errors.
const TEXTS: Readonly<Record<MessengerErrorCode, string>> = {
  invalid_option: 'An option is invalid. Fix the createMessenger() call',
  no_window: 'There is no window. Call this in a browser',
  destroyed: 'The messenger was destroyed. Create a new one',
  script_blocked: 'The Zendesk script did not load. Check blockers, the CSP and the network',
  messenger_unavailable:
    'The Zendesk script ran, but no messenger started. Check the key, its allowed domains, the CSP and the network',
  classic_widget: 'The key belongs to a Web Widget (Classic). Use the key of a messaging channel',
  token_failed: 'No token arrived. Check the cause; the library retries',
  token_rejected: 'The token endpoint refused. Check tokenUrl; there is no retry',
  token_not_string: 'The token is not a string. Return the JWT, or null when nobody is signed in',
  token_malformed: 'The token is not a JWT. Return only the JWT: no quotes, Bearer or JSON',
  token_expired: 'The token has expired. Sign a new one for each request',
  token_repeated: 'The same token came again. Sign a new one for each request',
  exp_invalid: 'exp is not a number of seconds. Set it to seconds since 1970',
  external_id_missing: "The token has no external_id. Set it to the user's id, a string",
  external_id_not_string: 'external_id is not a string. Set it to "123", not 123',
  invalid_auth: 'Zendesk refused the token. Check its key, secret and claims',
  identity_conflict: 'The e-mail belongs to another external_id. Merge the two users, or omit email',
  login_failed: 'Zendesk did not complete the sign-in. Check the network; the library retries',
};

// On the global registry, because two copies of the library on one page have two classes.
const BRAND = Symbol.for('zendesk-messenger-auth');

/**
 * The one error of this library: `message` says what happened and what to do, `code` is for branching. Holds nothing of
 * a token, an e-mail or a secret. `cause` is what led to it, such as what a site's `getToken` threw.
 *
 * Recognise it with {@link isMessengerAuthError}, not with `instanceof`.
 */
export class MessengerAuthError extends Error {
  /** What went wrong, to branch on. */
  readonly code: MessengerErrorCode;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /**
   * What is wrong with the token, where that may be why. Where `message` names one of them, it is the first. Absent for
   * other errors, and where the token doctor could not be loaded.
   */
  declare readonly findings?: readonly Finding[];

  /** What {@link isMessengerAuthError} looks for. @internal */
  get [BRAND]() {
    return true;
  }

  /**
   * The library makes its errors itself. You need this only to test what your page does with one.
   *
   * @param code - what went wrong
   * @param detail - follows what happened; must hold nothing of a token
   * @param cause - what led to it
   * @param text - what happened and what to do, in place of the code's own, where more is known
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
 * Whether `value` is a {@link MessengerAuthError}, also one made by another copy of this library on the page.
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
