import type { MessengerErrorCode } from './error-codes.js';
import type { Finding } from './findings.js';

// Every visitor downloads these texts, so each has only two short sentences: what happened, and what to do. Longer
// explanations belong in the comments of error-codes.ts, which fill the table in docs/errors.md. For an unusable token, the
// token doctor is loaded and brings the texts (inspect/defect-texts.ts).
const TEXTS: Readonly<Partial<Record<MessengerErrorCode, string>>> = {
  invalid_option: 'An option is wrong. Correct it',
  no_window: 'There is no window. Use a browser',
  destroyed: 'The messenger was destroyed. Create another',
  script_blocked: 'The script did not load. Check blockers, the CSP and the network',
  messenger_unavailable:
    'The script ran, but no messenger started. Check the key, its domains, the CSP and the network',
  classic_widget: 'The key is for a Web Widget (Classic). Use a messaging key',
  key_conflict: 'Another key is on this page. Use one key, or remove() its messenger first',
  token_failed: 'No token arrived. Check the cause',
  token_rejected:
    'The endpoint refused. Check its URL; 403 is a missing CSRF token, a firewall, or a missing permission',
  invalid_auth: 'Zendesk refused the token. Check its key, secret and claims',
  identity_conflict: 'The e-mail belongs to another external_id. Keep ids stable, delete the old user, or omit it',
  login_failed: 'Zendesk did not complete the sign-in. Check the reason, else the network',
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
  /**
   * If Zendesk refused a sign-in: why, in its own words, such as `401: Missing key id (kid)`. For other errors: what
   * `message` has in parentheses, such as the status of the token endpoint. Absent if there is nothing to say, and if
   * Zendesk's words could contain a part of the token, an e-mail or the `external_id`.
   */
  declare readonly reason?: string;

  /** The mark that {@link isMessengerAuthError} checks. @internal */
  get [BRAND]() {
    return true;
  }

  /**
   * Creates an error. The library creates its errors itself. You need this only to test how your page handles an error.
   *
   * @param code - what went wrong
   * @param reason - added in parentheses after what happened; must not contain any part of a token
   * @param cause - the original error
   * @param text - what happened and what to do, instead of the text of the code
   * @param findings - what is wrong with the token
   */
  constructor(
    code: MessengerErrorCode,
    reason: string | number = '',
    cause?: unknown,
    // If the doctor cannot be loaded: "token expired", "external id not string".
    [happened, remedy]: readonly [string, string] = (
      TEXTS[code] ?? `${code.replace(/_/g, ' ')}. Return a new, correct JWT each time`
    ).split('. ') as [string, string],
    findings?: readonly Finding[],
  ) {
    // These say no more than the text of the code.
    const said = `${reason}`.replace(/^(401: Invalid JWT|Unknown error)$/, '');
    super(`${happened}${said && ` (${said})`}. ${remedy}. [${code}]`, { cause });
    this.name = 'MessengerAuthError';
    this.code = code;
    this.remedy = remedy;
    if (findings) this.findings = findings;
    if (reason) this.reason = `${reason}`;
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
