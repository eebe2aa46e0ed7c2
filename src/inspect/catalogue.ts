// What each finding means: how bad it is, where it is, and what to change. The message is written where it is found.
import type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
import {
  ALG_LINES,
  EMAIL_VERIFIED_LINES,
  EXP_LINES,
  EXTERNAL_ID_LINES,
  IAT_LINES,
  KID_LINES,
  SECRET_LINES,
} from './backends.js';

type Entry = readonly [severity: FindingSeverity, part: FindingPart, remedy: string];

const BARE = 'Hand over the bare token: nothing before it, nothing after it.';

/** Every finding there is, in the order of the README's table. */
export const CATALOGUE: Readonly<Record<FindingCode, Entry>> = {
  // The text.
  not_a_string: ['error', 'text', 'Hand over the JWT itself, a string.'],
  empty: ['error', 'text', 'Look at what the endpoint answered: when nobody is signed in, it should answer 401.'],
  literal_undefined: ['error', 'text', 'Look at where the token is read: it was missing there, and became a word.'],
  quoted: ['error', 'text', 'Send the token as plain text, or parse the JSON before handing it over.'],
  bearer_prefix: ['error', 'text', `${BARE} The messenger writes the header by itself.`],
  whitespace: ['error', 'text', `${BARE} Trim it, and do not wrap its line.`],
  json_wrapped: ['error', 'text', 'Take the token out of the response: (await response.json()).token'],
  not_three_parts: [
    'error',
    'text',
    'Hand over the whole JWT: header, payload and signature, with a dot between each.',
  ],
  not_base64url: ['error', 'text', 'Let a JWT library write the token. By hand: base64url, without padding.'],
  token_long: [
    'warning',
    'text',
    'Leave out what Zendesk does not read. Servers refuse headers of more than about 8 kB.',
  ],
  // The header.
  header_not_json: ['error', 'header', 'Let a JWT library write the token.'],
  alg_not_hs256: ['error', 'header', `Sign with HS256, the only algorithm that Zendesk takes here.${ALG_LINES}`],
  typ_not_jwt: ['warning', 'header', 'Set typ to "JWT" in the header, as Zendesk documents it.'],
  kid_missing: ['error', 'header', `Set kid in the header to the key id from the Admin Center (app_…).${KID_LINES}`],
  kid_unusual: ['warning', 'header', 'Compare it with the key id in the Admin Center: app_ and 24 hex digits.'],
  // The payload.
  payload_not_json: ['error', 'payload', 'Let a JWT library write the token, from an object of claims.'],
  scope_missing: ['error', 'payload', 'Add the claim scope with the value "user".'],
  scope_wrong: ['error', 'payload', 'Set scope to the string "user", and nothing else.'],
  external_id_missing: [
    'error',
    'payload',
    `Add external_id: your own id of the user, as a string, always the same for the same person.${EXTERNAL_ID_LINES}`,
  ],
  external_id_not_string: ['error', 'payload', `Write it as a string: "123", not 123.${EXTERNAL_ID_LINES}`],
  external_id_empty: ['error', 'payload', 'Set it to your own id of the user. For nobody, sign no token: answer 401.'],
  user_id_instead: ['error', 'payload', 'Name the claim external_id.'],
  external_id_literal: ['warning', 'payload', 'Look at where the id is read: everybody without one would be one user.'],
  external_id_whitespace: ['warning', 'payload', 'Trim it: with the white space it is another user.'],
  email_verified_not_boolean: [
    'warning',
    'payload',
    `Write it as true or false, without quotes. Only true counts.${EMAIL_VERIFIED_LINES}`,
  ],
  email_unverified: [
    'info',
    'payload',
    'If your site has verified the address, add email_verified: true. If not, leave it as it is.',
  ],
  secret_in_payload: ['warning', 'payload', 'Take it out, and change it: anybody who has the token can read it.'],
  other_zendesk_jwt: [
    'warning',
    'payload',
    'Sign one for messaging: with kid in the header, scope "user", and the secret of that key. Each product has its own.',
  ],
  // The times.
  exp_missing: ['warning', 'time', `Set exp, 10 minutes to 1 hour ahead, in seconds since 1970.${EXP_LINES}`],
  exp_not_number: ['error', 'time', `Write exp as a number of seconds since 1970, without quotes.${EXP_LINES}`],
  exp_milliseconds: ['error', 'time', `Write exp in seconds since 1970, which has ten digits today.${EXP_LINES}`],
  expired: ['error', 'time', `Sign a new token for each request, and keep none. Set exp ahead of now.${EXP_LINES}`],
  exp_before_iat: ['warning', 'time', `Set exp after iat: 10 minutes to 1 hour.${EXP_LINES}`],
  lifetime_short: ['warning', 'time', 'Let it live for 10 minutes to 1 hour: it must outlast slow networks.'],
  lifetime_long: [
    'warning',
    'time',
    'Let it live for 10 minutes to 1 hour: whoever gets hold of it is the user until then.',
  ],
  iat_missing: ['info', 'time', `Set iat: with it a visitor's wrong clock does not matter.${IAT_LINES}`],
  iat_not_number: ['error', 'time', `Write iat as a number of seconds since 1970, without quotes.${IAT_LINES}`],
  iat_milliseconds: ['error', 'time', `Write iat in seconds since 1970, which has ten digits today.${IAT_LINES}`],
  iat_future: ['error', 'time', `Set the clock of the server that signs (NTP), and iat to the present.${IAT_LINES}`],
  nbf_not_number: ['warning', 'time', 'Leave nbf out, or write it as a number of seconds since 1970.'],
  nbf_future: ['error', 'time', 'Leave nbf out, and set the clock of the server that signs (NTP).'],
  clock_skew: ['warning', 'time', 'Compare the clocks, and set the wrong one (NTP).'],
  // The signature.
  signature_invalid: [
    'error',
    'signature',
    `Take the secret that was shown with this kid, as the text it is. It is shown once: if it is lost, make a new key.${SECRET_LINES}`,
  ],
  secret_base64_decoded: [
    'error',
    'signature',
    `Use the secret as the text it is, though it looks encoded. Do not decode it.${SECRET_LINES}`,
  ],
  secret_whitespace: [
    'error',
    'signature',
    'Trim the secret, and take the quotes off, where it is read. A file ends with a line break, an .env file keeps quotes.',
  ],
  signature_not_checked: ['warning', 'signature', 'Check it where there is a whole token, and Web Crypto.'],
  // What is left.
  nothing_found: [
    'info',
    'signature',
    'What is left does not show in it: a wrong secret, a key id (kid) that does not belong to it, a key of another account, or an e-mail that belongs to another user (409).',
  ],
};

/** @param part - where it is, for what can be in more than one place */
export function find(code: FindingCode, message: string, part?: FindingPart, remedy?: string): Finding {
  const [severity, usualPart, usualRemedy] = CATALOGUE[code];
  return { code, severity, part: part ?? usualPart, message, remedy: remedy ?? usualRemedy };
}

const RANK: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first; what is equally bad stays in its order. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
