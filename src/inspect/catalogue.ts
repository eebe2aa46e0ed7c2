// The severity, the part and the remedy of each finding. The code that finds the problem writes the message.
import type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
import {
  ALG_LINES,
  EMAIL_VERIFIED_LINES,
  EXP_LINES,
  EXTERNAL_ID_LINES,
  IAT_LINES,
  KID_LINES,
  SECRET_LINES,
  UTC_LINES,
} from './backends.js';

type Entry = readonly [severity: FindingSeverity, part: FindingPart, remedy: string];

const TOKEN_ONLY = 'Pass only the token, with nothing before or after it.';

/** All findings, in the order of the table in docs/findings.md. */
export const CATALOGUE: Readonly<Record<FindingCode, Entry>> = {
  // The text.
  not_a_string: ['error', 'text', 'Pass the JWT itself, as a string.'],
  empty: ['error', 'text', 'Check what the endpoint returned. When nobody is signed in, it should answer 204.'],
  literal_undefined: [
    'error',
    'text',
    'Check where the token is read. It was missing there and was converted to text.',
  ],
  quoted: ['error', 'text', 'Send the token as plain text, or parse the JSON before you pass it on.'],
  bearer_prefix: ['error', 'text', `${TOKEN_ONLY} The messenger adds the Authorization header itself.`],
  whitespace: ['error', 'text', `${TOKEN_ONLY} Trim it, and do not break it into lines.`],
  surrounded: ['error', 'text', `${TOKEN_ONLY} Check what your backend prints or adds there.`],
  json_wrapped: ['error', 'text', 'Pass the token from the response: (await response.json()).token'],
  not_three_parts: ['error', 'text', 'Pass the whole JWT: header, payload and signature, separated by dots.'],
  not_base64url: [
    'error',
    'text',
    'Create the token with a JWT library. If you encode it yourself, use base64url without padding.',
  ],
  token_long: [
    'warning',
    'text',
    'Remove the claims that Zendesk does not read. Servers reject headers larger than about 8 kB.',
  ],
  // The header.
  header_not_json: ['error', 'header', 'Create the token with a JWT library.'],
  alg_not_hs256: ['error', 'header', `Sign with HS256. Zendesk accepts no other algorithm here.${ALG_LINES}`],
  typ_not_jwt: ['warning', 'header', 'Set typ to "JWT" in the header.'],
  kid_missing: ['error', 'header', `Set kid in the header to the key id from the Admin Center (app_…).${KID_LINES}`],
  kid_unusual: [
    'warning',
    'header',
    'Compare it with the key id in the Admin Center. It is app_ followed by 24 hex digits.',
  ],
  secret_exposed: [
    'error',
    'header',
    'Create a new key in the Admin Center and delete this one. Use the secret only to sign, and never put it into a token.',
  ],
  api_key_exposed: [
    'error',
    'header',
    'Sign with a key for messaging (app_…) and the scope "user". If visitors have had such tokens, replace the API key: they give access to all conversations.',
  ],
  // The payload.
  payload_not_json: ['error', 'payload', 'Create the token with a JWT library, from an object of claims.'],
  payload_not_utf8: [
    'warning',
    'payload',
    'Encode the JSON as UTF-8 before base64url, or sign with a JWT library. In JavaScript, btoa(JSON.stringify(…)) does not do that.',
  ],
  name_missing: ['error', 'payload', "Add the claim name: the user's name, as a string."],
  email_missing: ['error', 'payload', "Add the claim email: the user's e-mail address, as a string."],
  jti_missing: ['error', 'payload', 'Add the claim jti: a new random value for each token, such as a UUID.'],
  scope_missing: ['error', 'payload', 'Add the claim scope with the value "user".'],
  scope_wrong: ['error', 'payload', 'Set scope to the string "user".'],
  external_id_missing: [
    'error',
    'payload',
    `Add external_id: your own id for the user, as a string. It must not change over time.${EXTERNAL_ID_LINES}`,
  ],
  external_id_not_string: ['error', 'payload', `Make it a string: "123", not 123.${EXTERNAL_ID_LINES}`],
  external_id_empty: [
    'error',
    'payload',
    'Set it to your own id for the user. When nobody is signed in, answer 204 instead of signing a token.',
  ],
  user_id_instead: ['error', 'payload', 'Rename the claim to external_id.'],
  external_id_literal: [
    'warning',
    'payload',
    'Check where the id is read. All visitors without an id would become the same user.',
  ],
  external_id_whitespace: ['warning', 'payload', 'Trim it. With the white space it is a different user.'],
  external_id_too_long: ['warning', 'payload', 'Use a shorter id that never changes. Zendesk allows 255 characters.'],
  email_unusual: ['warning', 'payload', 'Use a complete address, such as ann@example.com, without accented letters.'],
  email_verified_not_boolean: [
    'warning',
    'payload',
    `Set it to true or false, without quotes. Only true counts as verified.${EMAIL_VERIFIED_LINES}`,
  ],
  email_unverified: [
    'info',
    'payload',
    'If your site has verified the address, add email_verified: true. If not, change nothing.',
  ],
  secret_in_payload: ['warning', 'payload', 'Remove it, and replace the secret. Anyone who has the token can read it.'],
  other_zendesk_jwt: [
    'warning',
    'payload',
    'Sign a token for messaging, with kid in the header, scope "user", and the secret of that key. Each Zendesk product uses its own tokens.',
  ],
  // The times.
  time_zone_offset: [
    'error',
    'time',
    `Use seconds since 1970: they are the same in every time zone. Do not compute them from a local date or time.${UTC_LINES}`,
  ],
  exp_missing: ['warning', 'time', `Set exp to 10 minutes to 1 hour from now, in seconds since 1970.${EXP_LINES}`],
  exp_not_number: ['error', 'time', `Set exp to a number of seconds since 1970, without quotes.${EXP_LINES}`],
  exp_milliseconds: ['error', 'time', `Set exp to seconds since 1970, a number with ten digits.${EXP_LINES}`],
  expired: [
    'error',
    'time',
    `Sign a new token for each request, and do not cache it. Set exp to a time in the future.${EXP_LINES}`,
  ],
  exp_before_iat: ['warning', 'time', `Set exp to 10 minutes to 1 hour after iat.${EXP_LINES}`],
  lifetime_short: [
    'warning',
    'time',
    'Use a lifetime of 10 minutes to 1 hour, so that the token is still valid on slow networks.',
  ],
  lifetime_long: [
    'warning',
    'time',
    'Use a lifetime of 10 minutes to 1 hour. Anyone who obtains the token can act as the user until it expires.',
  ],
  iat_missing: [
    'info',
    'time',
    `Set iat to the time of signing. Then a wrong clock on the visitor's computer does not matter.${IAT_LINES}`,
  ],
  iat_not_number: ['error', 'time', `Set iat to a number of seconds since 1970, without quotes.${IAT_LINES}`],
  iat_milliseconds: ['error', 'time', `Set iat to seconds since 1970, a number with ten digits.${IAT_LINES}`],
  iat_future: [
    'error',
    'time',
    `Correct the clock of the server that signs (NTP). Set iat to the current time.${IAT_LINES}`,
  ],
  nbf_not_number: ['warning', 'time', 'Remove nbf, or set it to a number of seconds since 1970.'],
  nbf_future: ['error', 'time', 'Remove nbf, and correct the clock of the server that signs (NTP).'],
  clock_skew: ['warning', 'time', 'Compare both clocks, and correct the wrong one (NTP).'],
  // The signature.
  signature_invalid: [
    'error',
    'signature',
    `Use the secret that belongs to this kid, exactly as shown. It is shown only once: if you have lost it, create a new key.${SECRET_LINES}`,
  ],
  secret_base64_decoded: [
    'error',
    'signature',
    `Use the secret exactly as shown. It looks encoded, but do not decode it.${SECRET_LINES}`,
  ],
  secret_whitespace: [
    'error',
    'signature',
    'Trim the secret and remove quotes where your backend reads it. Files often end with a line break, and .env files may keep quotes.',
  ],
  signature_not_checked: [
    'warning',
    'signature',
    'Check a complete token, in an environment with Web Crypto (https, localhost or Node).',
  ],
  // Other findings.
  nothing_found: [
    'info',
    'signature',
    'Check what a token does not show: the secret, whether the key id (kid) belongs to it, whether the key belongs to this account, and whether the e-mail belongs to another user (409).',
  ],
};

/** What a finding has instead of what the catalogue says of its code. */
export interface Overrides {
  readonly part?: FindingPart | undefined;
  readonly remedy?: string | undefined;
  /** If the same code is less serious here. */
  readonly severity?: FindingSeverity | undefined;
}

/**
 * Creates a finding with the severity, the part and the remedy of its code.
 *
 * @param message - what is wrong; must not contain a character of the token or the secret
 */
export function createFinding(code: FindingCode, message: string, overrides: Overrides = {}): Finding {
  const [severity, part, remedy] = CATALOGUE[code];
  return {
    code,
    severity: overrides.severity ?? severity,
    part: overrides.part ?? part,
    message,
    remedy: overrides.remedy ?? remedy,
  };
}

/** What both kinds of findings have: those about a token, and those of the command about a response. */
interface Sortable {
  readonly code: string;
  readonly severity: FindingSeverity;
}

// Findings that explain the others, or that matter more than all others. They come first, whatever their severity is.
const LEADING: readonly string[] = [
  'secret_exposed',
  'other_zendesk_jwt',
  'surrounded',
  'time_zone_offset',
] satisfies FindingCode[];
// Rarely the cause of a refusal, so it comes after all others, whatever its severity is.
const TRAILING: readonly string[] = ['typ_not_jwt'] satisfies FindingCode[];
const RANK: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, info: 2 };
const LAST = 3;

/** Whether the finding comes before all others. */
export function isLeading({ code }: Pick<Sortable, 'code'>): boolean {
  return LEADING.includes(code);
}

/**
 * Sorts the leading findings first, and all others by severity, errors first. `typ_not_jwt` is the last. Otherwise, findings keep their order.
 */
export function sortFindings<Kind extends Sortable>(findings: readonly Kind[]): Kind[] {
  const rank = (finding: Kind) =>
    isLeading(finding)
      ? LEADING.indexOf(finding.code) - LEADING.length
      : TRAILING.includes(finding.code)
        ? LAST
        : RANK[finding.severity];
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
