// Zendesk's reason for a login that it refused, as far as it may be shown.
import type { Draft } from './draft.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import type { Login } from './state.js';
import { readClaims } from './token.js';

// A reason, with the token in the next lines. Its first line has no e-mail (also not a coded one), no run of characters that
// could be a token or a secret, and no six characters in a row of the token.
const SAFE = /^(?!.*([\w-]{32}|([\w.-]{6}).*\n[^]*\2))([A-Z\d][^\n@%&#]{1,119})\n/;
// A longer text takes too long to check.
const MAX_LENGTH = 200;

/**
 * Returns the reason, such as `401: Missing key id (kid)`; only its first line if it has several. Only the status, such as
 * `401`, if the rest may contain a part of a token, an e-mail, a name or the `external_id`. `undefined` if there is none.
 */
export function cleanReason(reason: string, { given, user }: Login): string | undefined {
  const [status, words] = /^(?:(\d{3}): )?([^]*)/.exec(reason.toLowerCase())!.slice(1);
  const { name, email } = readClaims(given.at(-1) ?? '') ?? {};
  // Short words are in every sentence.
  const personal = [user, ...(`${name as string} ${email as string}`.match(/[^\s@]{3,}/g) ?? [])];
  const isPersonal = personal.some((text) => words!.includes(text.toLowerCase()));
  return (isPersonal ? undefined : SAFE.exec(`${reason.slice(0, MAX_LENGTH)}\n${given.join()}`)?.[3]) ?? status;
}

/** Creates the error with Zendesk's reason. */
export function createRefusal({ refusalReason }: Draft, code: MessengerErrorCode, cause?: unknown): MessengerAuthError {
  return new MessengerAuthError(code, refusalReason, cause);
}
