// What happened and what to do when a token cannot be used, and the findings do not say it better.
import type { MessengerErrorCode } from '../core/error-codes.js';

type Text = readonly [happened: string, remedy: string];

/** The texts of the codes for an unusable token, without the final period. Other codes have their texts in core/errors.ts. */
export const DEFECT_TEXTS: Readonly<Partial<Record<MessengerErrorCode, Text>>> = {
  token_not_string: ['The token is not a string', 'Return the JWT, or null if nobody is signed in'],
  token_malformed: ['The answer is not a JWT', 'Return the bare JWT'],
  token_expired: ['The token has expired', 'Sign a new one for each request'],
  token_repeated: ['The same token came again', 'Sign a new one for each request'],
  exp_invalid: ['exp is not a number of seconds', 'Correct it'],
  external_id_missing: ['The token has no external_id', 'Set it to the id of the user'],
  external_id_not_string: ['external_id is not a string', 'Use "123", not 123'],
};
