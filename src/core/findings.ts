// What the token doctor says, as types: nothing of it is left at run time. The doctor itself is in inspect/, and is not
// part of what every visitor downloads.

/** `error`: Zendesk will refuse the token · `warning`: it will hurt later, or may be refused · `info`: good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** Where it is: in the text as a whole, in one of the JWT's three parts, or in its times. */
export type FindingPart = 'text' | 'header' | 'payload' | 'time' | 'signature';

/** What was found, as a stable string to branch on. Each has one severity: the README's table of findings lists them. */
export type FindingCode =
  // error
  | 'not_a_string'
  | 'empty'
  | 'literal_undefined'
  | 'quoted'
  | 'bearer_prefix'
  | 'whitespace'
  | 'json_wrapped'
  | 'not_three_parts'
  | 'not_base64url'
  | 'header_not_json'
  | 'payload_not_json'
  | 'alg_not_hs256'
  | 'kid_missing'
  | 'external_id_missing'
  | 'external_id_not_string'
  | 'external_id_empty'
  | 'user_id_instead'
  | 'scope_missing'
  | 'scope_wrong'
  | 'exp_not_number'
  | 'exp_milliseconds'
  | 'expired'
  | 'iat_not_number'
  | 'iat_milliseconds'
  | 'iat_future'
  | 'nbf_future'
  | 'signature_invalid'
  | 'secret_base64_decoded'
  | 'secret_whitespace'
  // warning
  | 'token_long'
  | 'typ_not_jwt'
  | 'kid_unusual'
  | 'other_zendesk_jwt'
  | 'external_id_literal'
  | 'external_id_whitespace'
  | 'email_verified_not_boolean'
  | 'secret_in_payload'
  | 'exp_missing'
  | 'exp_before_iat'
  | 'lifetime_short'
  | 'lifetime_long'
  | 'nbf_not_number'
  | 'clock_skew'
  | 'signature_not_checked'
  // info
  | 'email_unverified'
  | 'iat_missing'
  | 'nothing_found';

/** One thing that is to be said of a token. Holds no character of the token, of an e-mail or of a secret. */
export interface Finding {
  /** What was found, to branch on. */
  readonly code: FindingCode;
  /** How bad it is. Always the same for the same `code`. */
  readonly severity: FindingSeverity;
  /** Where in the token it is. */
  readonly part: FindingPart;
  /** What is there, in one or two sentences. */
  readonly message: string;
  /** What to change. The first line says it; further lines, where there are any, show it for common backends. */
  readonly remedy: string;
}

/**
 * What the doctor has to say of a token that a sign-in failed for. `text` is what happened and what to do, each without
 * its full stop; absent where the token does not explain the failure.
 */
export type Explanation = readonly [
  text: readonly [happened: string, remedy: string] | undefined,
  findings: readonly Finding[],
];
