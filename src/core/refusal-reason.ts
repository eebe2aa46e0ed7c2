// Zendesk's reason for a login that it refused, as far as it may be shown.
import type { Draft } from './draft.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import type { Login } from './state.js';
import { readClaims } from './token.js';

// A text without an e-mail, also not a coded one, and without a run of characters that could be a token or a secret.
const SAFE = /^(?!.*[\w-]{32})[A-Z\d][ !"$'-?A-~]{1,119}$/;
// The last line has the user, a word of the name or the e-mail, or six characters in a row of the token. Short words are in
// every sentence. Only one group matches; the reference to the other is empty.
const PERSONAL = /(?:(^.+(?=\n)|[\w.-]{6})|[\n @"]([^\n @"]{3,})(?=[\n @"]))[^]*\n.*\1\2.*$/i;

/**
 * Returns the reason, such as `401: Missing key id (kid)`; only its first line if it has several. Only the status, such as
 * `401`, if the rest may contain a part of a token, an e-mail, a name or the `external_id`. `undefined` if there is none.
 */
export function cleanReason(reason: string, { given, user }: Login): string | undefined {
  const { name = '', email = '' } = readClaims(given.at(-1)!) ?? {};
  const [line, status, words] = /^(?:(\d{3}): )?(.*)/.exec(reason)!;
  const isSafe =
    SAFE.test(line) && !PERSONAL.test(`${user}\n${JSON.stringify([name, email])}\n${given.join()}\n${words}`);
  return isSafe ? line : status;
}

/** Creates the error with Zendesk's reason. */
export function createRefusal({ refusalReason }: Draft, code: MessengerErrorCode, cause?: unknown): MessengerAuthError {
  return new MessengerAuthError(code, refusalReason, cause);
}

/** The last refusal, for a login() that may not request another token yet: with its reason and the findings about its token. */
export function lastRefusal(s: Draft): MessengerAuthError {
  return s.refusal ?? createRefusal(s, 'invalid_auth');
}
