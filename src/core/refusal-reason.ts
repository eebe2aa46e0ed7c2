// Zendesk's reason for a login that it refused, as far as it may be shown.
import type { Draft } from './draft.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import type { Login } from './state.js';

// A reason, with the token in the next lines. It is a sentence, without an e-mail (also not a coded one), without a run of
// characters that could be a token or a secret, and without six characters in a row of the token.
const SAFE = /^(?!.*([\w-]{32}|([\w.-]{6}).*\n[^]*\2))([A-Z\d][\w ,:;.()'"-]{1,119})\n/;
// A longer text takes too long to check.
const MAX_LENGTH = 200;
// How long the status is, with the colon. It is no part of an `external_id`, even if that is `1`.
const STATUS_LENGTH = 4;

/**
 * Returns the reason, such as `401: Missing key id (kid)`; only its first line if it has several. `undefined` if it may
 * contain a part of a token, an e-mail or the `external_id`.
 */
export function cleanReason(reason: string, { given, user }: Login): string | undefined {
  return reason.slice(STATUS_LENGTH).includes(user)
    ? undefined
    : SAFE.exec(`${reason.slice(0, MAX_LENGTH)}\n${given.join()}`)?.[3];
}

/** Creates the error with Zendesk's reason. */
export function createRefusal({ refusalReason }: Draft, code: MessengerErrorCode, cause?: unknown): MessengerAuthError {
  return new MessengerAuthError(code, refusalReason, cause);
}
