// The types of the token doctor's findings. They do not exist at run time. The doctor itself is in inspect/ and is not
// part of the code that every visitor downloads.

/**
 * How serious a finding is.
 *
 * - `error`: Zendesk will refuse the token.
 * - `warning`: Zendesk may refuse the token, or it will cause a problem later.
 * - `info`: good to know.
 */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** Where the finding is: in the text as a whole, in one of the JWT's three parts, or in its times. */
export type FindingPart = 'text' | 'header' | 'payload' | 'time' | 'signature';

/**
 * What was found, as a stable string. A code has one severity, which may be lower for a harmless case: `whitespace` and
 * `secret_exposed` can also be warnings. In a token for the Web Widget (Classic), `iat_missing` and `lifetime_long` can be
 * errors. `npm run docs:tables` writes these comments into docs/findings.md.
 */
export type FindingCode =
  // error
  /** The token is not a string, but an object, a Promise or `undefined`. */
  | 'not_a_string'
  /** The token is an empty string. */
  | 'empty'
  /** The token is a word, such as `undefined`, that stands for a missing value. */
  | 'literal_undefined'
  /** The token has quotes around it. */
  | 'quoted'
  /** The token starts with `Bearer`. */
  | 'bearer_prefix'
  /** The token has white space around it or in it. If it is only a line break at the end, this is a warning. */
  | 'whitespace'
  /** The token is in a longer text, such as a URL or HTML. The message says what is around it. The rest is about the token. */
  | 'surrounded'
  /** The token is a whole JSON response, or something like JSON, instead of the token in it. */
  | 'json_wrapped'
  /** The token does not have three parts with dots between them. It was cut off, or it is a web page. */
  | 'not_three_parts'
  /** A part is not base64url: it contains `+`, `/` or `=`, or it was cut off. */
  | 'not_base64url'
  /** The header is not a JSON object. */
  | 'header_not_json'
  /** The payload is not a JSON object. */
  | 'payload_not_json'
  /** `alg` is not HS256. */
  | 'alg_not_hs256'
  /** The header has no `kid`, or it is not a string. */
  | 'kid_missing'
  /**
   * The header, the third part, a claim or the whole text is or contains the shared secret, or with `--url`, the endpoint's
   * answer contains it. So whoever sees it can sign as anybody. If only its shape says so, this is a warning.
   */
  | 'secret_exposed'
  /** The token gives access to the API: `kid` is an API key (`act_…`), or `scope` is `account` or `app`. */
  | 'api_key_exposed'
  /** The payload has no `external_id`. */
  | 'external_id_missing'
  /** `external_id` is a number or something else. */
  | 'external_id_not_string'
  /** `external_id` is empty. */
  | 'external_id_empty'
  /** The id has another name, such as `userId`. Zendesk does not read that claim. */
  | 'user_id_instead'
  /** Only in the Web Widget (Classic): the payload has no `name`, or it is not a string. If it is empty, this is a warning. */
  | 'name_missing'
  /** Only in the Web Widget (Classic): the payload has no `email`, or it is not a string. If it is empty, this is a warning. */
  | 'email_missing'
  /** Only in the help center of the Web Widget (Classic): the payload has no `jti`. */
  | 'jti_missing'
  /** The payload has no `scope`. */
  | 'scope_missing'
  /** `scope` is not `"user"`. */
  | 'scope_wrong'
  /** `exp` is a string or something else. */
  | 'exp_not_number'
  /** `exp` is in milliseconds. */
  | 'exp_milliseconds'
  /** `iat` or `exp` is off by a whole number of half hours: local time was taken for UTC. */
  | 'time_zone_offset'
  /** The token has expired: `exp` is in the past. */
  | 'expired'
  /** `iat` is a string or something else. */
  | 'iat_not_number'
  /** `iat` is in milliseconds. */
  | 'iat_milliseconds'
  /**
   * `iat` is more than a minute in the future: the clock of the signing server is wrong. Or, if it is far ahead, local time
   * was taken for UTC.
   */
  | 'iat_future'
  /** `nbf` is more than a minute in the future. */
  | 'nbf_future'
  /** The signature does not match the secret. The message says why, if that can be found out. */
  | 'signature_invalid'
  /** The secret was decoded from base64, base64url or hex before signing. */
  | 'secret_base64_decoded'
  /** The secret had white space or quotes around it, in the backend or here. */
  | 'secret_whitespace'
  // warning
  /** The token has more than 8,000 characters. Servers refuse headers of that size. */
  | 'token_long'
  /** `typ` is not `"JWT"`. */
  | 'typ_not_jwt'
  /** `kid` does not look like a key id of Zendesk: `app_` and 24 hex digits. */
  | 'kid_unusual'
  /** The payload is not UTF-8, but probably Latin-1. Zendesk reads it, but letters such as é are lost. */
  | 'payload_not_utf8'
  /**
   * The token looks like one for another product of Zendesk: single sign-on, or the Web Widget (Classic). If the token should be
   * for that widget, it looks like one for messaging.
   */
  | 'other_zendesk_jwt'
  /** `external_id` is a word such as `undefined`. All users would be the same user. */
  | 'external_id_literal'
  /** `external_id` has white space around it. To Zendesk that is another user. */
  | 'external_id_whitespace'
  /** `external_id` has more than 255 characters. */
  | 'external_id_too_long'
  /** Only in the Web Widget (Classic): `email` has no `@`, or letters that are not ASCII, such as é. */
  | 'email_unusual'
  /** `email_verified` is a string or a number. */
  | 'email_verified_not_boolean'
  /** The name of a claim says that it is a password, a secret or a key, and its value is not just a time or a count. */
  | 'secret_in_payload'
  /** The token never expires. */
  | 'exp_missing'
  /** `exp` is not after `iat`. */
  | 'exp_before_iat'
  /** The token lives for less than a minute. */
  | 'lifetime_short'
  /** The token lives for more than a day, or for longer than Zendesk allows in the Web Widget (Classic). */
  | 'lifetime_long'
  /** `nbf` is not a number of seconds. */
  | 'nbf_not_number'
  /** Two clocks differ: that of the signing server and the one here. */
  | 'clock_skew'
  /** There is no signature to check, or no Web Crypto. */
  | 'signature_not_checked'
  // info
  /** The token has `email` without `email_verified`. */
  | 'email_unverified'
  /** The token has no `iat`. With `iat`, a visitor's wrong clock does no harm. The Web Widget (Classic) requires it. */
  | 'iat_missing'
  /** Zendesk refused the token, but nothing in it is wrong. Only in errors of the library. */
  | 'nothing_found';

/** One problem with a token, or one hint. Contains no character of the token, of an e-mail or of a secret. */
export interface Finding {
  /** What was found, as a stable string. */
  readonly code: FindingCode;
  /** How serious it is. Two codes can have different ones: see {@link FindingCode}. */
  readonly severity: FindingSeverity;
  /** Where in the token it is. */
  readonly part: FindingPart;
  /** What is wrong, in one or two sentences. */
  readonly message: string;
  /** What to change. The first line says it. More lines, if any, show the code for common backends. */
  readonly remedy: string;
}

/**
 * The doctor's explanation of a failed sign-in. `text` says what happened and what to do, each without the final
 * period. It is absent if the token does not explain the failure.
 */
export type Explanation = readonly [
  text: readonly [happened: string, remedy: string] | undefined,
  findings: readonly Finding[],
];
