import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding, FindingCode } from '../../src/core/findings.js';
import { CATALOGUE, sortFindings } from '../../src/inspect/catalogue.js';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { base64url, CLAIMS, HEADER, listCodes, NOW_MS, NOW_S, SECRET, sign, signParts, signTexts } from './tokens.js';

const GOOD = sign();
const [HEADER_TEXT, PAYLOAD_TEXT, SIGNATURE] = GOOD.split('.') as [string, string, string];
const headerAs = (json: string) => signTexts(json, JSON.stringify(CLAIMS));
const payloadAs = (json: string) => signTexts(JSON.stringify(HEADER), json);
const withClaim = (name: string, json: string) => payloadAs(`{"scope":"user","external_id":"1","${name}":${json}}`);
const FOR_SSO = { scope: undefined, jti: '1', email: 'ann@example.com', name: 'Ann' };

const latin1 = (json: string) => signParts(HEADER_TEXT, base64url(Buffer.from(json, 'latin1')));
// As the Admin Center shows it: 64 bytes in base64url.
const SECRET_SHAPE = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');
/** A token whose times are off by some minutes. */
const shift = (minutes: number) => sign({ iat: NOW_S + minutes * 60, exp: NOW_S + minutes * 60 + 900 });
const signHs512 = () => {
  const signed = `${base64url(JSON.stringify({ ...HEADER, alg: 'HS512' }))}.${PAYLOAD_TEXT}`;
  return `${signed}.${createHmac('sha512', SECRET).update(signed).digest('base64url')}`;
};

type Row = readonly [code: FindingCode, has: unknown, nearMiss: unknown];

const IN_TOKENS: readonly Row[] = [
  // The text.
  ['not_a_string', { token: GOOD }, JSON.stringify({ token: GOOD })],
  ['not_a_string', undefined, 'undefined'],
  ['not_a_string', new TextEncoder().encode(GOOD), GOOD],
  ['empty', '', 'x'],
  ['empty', ' \n', '.'],
  ['empty', '""', '"x"'],
  ['empty', 'Bearer ', 'Bearer x'],
  ['literal_undefined', 'undefined', 'undefined.undefined.undefined'],
  ['literal_undefined', ' "null" ', 'nullable'],
  ['literal_undefined', '[object Promise]', '["object Promise"]'],
  ['literal_undefined', '{"token":"undefined"}', '{"token":"defined"}'],
  ['quoted', `"${GOOD}"`, `{"token":"${GOOD}"}`],
  ['quoted', `'${GOOD}'`, sign({ name: '"Ann"' })],
  ['quoted', `${GOOD}"`, GOOD],
  ['quoted', `\u201c${GOOD}\u201d`, GOOD],
  ['quoted', `b'${GOOD}'`, `b${GOOD}`],
  ['bearer_prefix', `Bearer ${GOOD}`, `bearer.${PAYLOAD_TEXT}.${SIGNATURE}`],
  ['bearer_prefix', `bearer: ${GOOD}`, `bearers ${GOOD}`],
  ['bearer_prefix', `Authorization: Bearer ${GOOD}`, `Authorization: ${GOOD}`],
  ['bearer_prefix', `Bearer${GOOD}`, sign({ name: 'Bearer of a ring' })],
  ['whitespace', `${GOOD}\n`, GOOD],
  ['whitespace', ` ${GOOD}`, sign({ name: ' Ann ' })],
  ['whitespace', `\ufeff${GOOD}`, GOOD],
  ['whitespace', `${GOOD}\u200b`, GOOD],
  ['whitespace', GOOD.replace(/.{64}/g, '$&\n'), 'There is. No token. In it'],
  ['json_wrapped', JSON.stringify({ token: GOOD }), JSON.stringify(GOOD)],
  ['json_wrapped', JSON.stringify([{ a: { jwt: GOOD } }], null, 2), sign({ name: '{"token":"x"}' })],
  ['json_wrapped', '{', 'x{'],
  ['json_wrapped', `{'token': '${GOOD}'}`, `{${GOOD}}`],
  ['json_wrapped', JSON.stringify({ body: JSON.stringify({ token: GOOD }) }), `)]}'\n{"token":"${GOOD}"}`],
  ['not_three_parts', `${HEADER_TEXT}.${PAYLOAD_TEXT}`, GOOD],
  ['not_three_parts', `${HEADER_TEXT}.${PAYLOAD_TEXT}.`, `${HEADER_TEXT}.${PAYLOAD_TEXT}.x`],
  ['not_three_parts', `.${PAYLOAD_TEXT}.${SIGNATURE}`, GOOD],
  ['not_three_parts', `${HEADER_TEXT}${PAYLOAD_TEXT}.${SIGNATURE}`, GOOD],
  ['not_three_parts', `${HEADER_TEXT}.${PAYLOAD_TEXT}${SIGNATURE}`, GOOD],
  ['not_three_parts', `${HEADER_TEXT}.${PAYLOAD_TEXT}.`, `${sign({}, { alg: 'none' }).split('.', 2).join('.')}.`],
  ['not_three_parts', `${GOOD}.a.b`, GOOD],
  ['not_three_parts', `${base64url('{"enc":"A256GCM"}')}..c.d.e`, GOOD],
  ['not_three_parts', `${GOOD}${GOOD}`, `${GOOD}\n${GOOD}`],
  ['not_three_parts', `${GOOD.slice(0, 40)}...`, `${GOOD}...`],
  ['not_three_parts', '<!doctype html>', GOOD],
  ['not_base64url', `${GOOD}=`, GOOD],
  ['not_base64url', signParts(`${base64url('{}')}=`, PAYLOAD_TEXT), signParts(base64url('{}'), PAYLOAD_TEXT)],
  [
    'not_base64url',
    signParts(HEADER_TEXT, Buffer.from('{"name":"?>?>"}').toString('base64')),
    signParts(HEADER_TEXT, base64url('{"name":"?>?>"}')),
  ],
  ['not_base64url', `${HEADER_TEXT}.AAAAA.${SIGNATURE}`, `${HEADER_TEXT}.AAAAAA.${SIGNATURE}`],
  ['not_base64url', `${HEADER_TEXT}=a.${PAYLOAD_TEXT}.${SIGNATURE}`, `token=${GOOD}`],
  ['surrounded', `token=${GOOD}`, `${GOOD}=`],
  ['surrounded', `${GOOD}%20`, `${GOOD}.a.b`],
  ['surrounded', `${GOOD}.`, `${HEADER_TEXT}.${PAYLOAD_TEXT}.`],
  ['surrounded', `${GOOD}0`, `${GOOD}a`],
  ['surrounded', `https://shop.example/?a=b&jwt=${GOOD}`, `${GOOD} ${sign({ external_id: 'user-2' })}`],
  ['surrounded', `<p>${GOOD}</p>`, '<p>e30.e30.e30</p>'],
  ['surrounded', `{"token":"${GOOD}"}0`, `{"token":"${GOOD}"}`],
  ['surrounded', `JWT ${GOOD}`, `Bearer ${GOOD}`],
  ['token_long', GOOD.padEnd(8001, 'A'), GOOD.padEnd(8000, 'A')],

  // The header.
  ['header_not_json', headerAs('x'), headerAs(` ${JSON.stringify(HEADER, null, 2)}\n`)],
  ['header_not_json', headerAs('[]'), headerAs('{}')],
  ['header_not_json', headerAs('null'), GOOD],
  ['header_not_json', headerAs('\ufeff{}'), GOOD],
  ['alg_not_hs256', sign({}, { alg: 'HS512' }), GOOD],
  ['alg_not_hs256', sign({}, { alg: 'hs256' }), GOOD],
  ['alg_not_hs256', sign({}, { alg: undefined }), GOOD],
  ['alg_not_hs256', sign({}, { alg: ['HS256'] }), GOOD],
  ['typ_not_jwt', sign({}, { typ: undefined }), GOOD],
  ['typ_not_jwt', sign({}, { typ: 'jwt' }), GOOD],
  ['kid_missing', sign({}, { kid: undefined }), sign({}, { kid: 'x' })],
  ['kid_missing', sign({}, { kid: '' }), GOOD],
  ['kid_missing', sign({}, { kid: 1 }), GOOD],
  ['kid_missing', sign({ kid: HEADER.kid }, { kid: undefined }), sign({ kid: HEADER.kid })],
  ['kid_unusual', sign({}, { kid: 'app_0123456789abcdef0123456' }), sign({}, { kid: 'app_644799609217786f09fd1234' })],
  ['kid_unusual', sign({}, { kid: 'app_0123456789abcdef0123456g' }), sign({}, { kid: 'app_0123456789ABCDEF01234567' })],
  ['kid_unusual', sign({}, { kid: `${HEADER.kid}0` }), sign({}, { kid: HEADER.kid })],
  ['kid_unusual', sign({}, { kid: ' app_6447996092177786f09fd123' }), sign({}, { kid: undefined })],
  ['kid_unusual', sign({}, { kid: 'x'.repeat(86) }), sign({}, { kid: SECRET_SHAPE })],
  ['kid_unusual', sign({}, { kid: 'action' }), sign({}, { kid: 'act_0123456789abcdef01234567' })],
  ['secret_exposed', sign({}, { kid: SECRET_SHAPE }), sign({}, { kid: SECRET_SHAPE.slice(1) })],
  ['secret_exposed', SECRET_SHAPE, `${SECRET_SHAPE}0`],
  ['secret_exposed', `${HEADER_TEXT}.${PAYLOAD_TEXT}.${SECRET_SHAPE}`, signHs512()],
  [
    'secret_exposed',
    `${HEADER_TEXT}.${PAYLOAD_TEXT}.${SECRET_SHAPE}`,
    `${HEADER_TEXT}.${PAYLOAD_TEXT}.${base64url('0123456789abcdef'.repeat(4))}`,
  ],
  [
    'api_key_exposed',
    sign({}, { kid: 'act_0123456789abcdef01234567' }),
    sign({}, { kid: 'act0123456789abcdef01234567' }),
  ],
  ['api_key_exposed', sign({ scope: 'account' }), sign({ scope: 'appUser' })],
  ['api_key_exposed', sign({ scope: 'app' }), sign({ scope: ['app'] })],

  // The payload.
  ['payload_not_json', payloadAs('x'), payloadAs('{}')],
  ['payload_not_json', payloadAs('"{}"'), payloadAs('{ }')],
  ['payload_not_json', latin1('{"name":"Zoë"'), latin1('{"name":"Zoë"}')],
  ['payload_not_utf8', latin1('{"name":"Zoë"}'), payloadAs('{"name":"Zoë"}')],
  ['payload_not_utf8', latin1('{"name":"Müller & Søn"}'), latin1('{"name":"Muller"}')],
  ['scope_missing', sign({ scope: undefined }), sign({ scope: '' })],
  ['scope_wrong', sign({ scope: 'User' }), GOOD],
  ['scope_wrong', sign({ scope: 'appUser' }), sign({ scope: 'app' })],
  ['scope_wrong', sign({ scope: ['user'] }), sign({ scope: undefined })],
  ['scope_wrong', sign({ scope: null }), GOOD],
  ['external_id_missing', sign({ external_id: undefined }), sign({ external_id: '' })],
  ['external_id_missing', sign({ external_id: undefined, sub: '1' }), sign({ sub: '1' })],
  ['external_id_not_string', sign({ external_id: 1 }), sign({ external_id: '1' })],
  ['external_id_not_string', sign({ external_id: null }), sign({ external_id: undefined })],
  ['external_id_empty', sign({ external_id: '' }), sign({ external_id: '0' })],
  ['external_id_empty', sign({ external_id: ' \t' }), sign({ external_id: ' x' })],
  ['user_id_instead', sign({ external_id: undefined, userId: '1' }), sign({ userId: '1' })],
  ['user_id_instead', sign({ external_id: undefined, user_id: 1 }), sign({ external_id: undefined, uid: 1 })],
  ['external_id_literal', sign({ external_id: 'undefined' }), sign({ external_id: 'undefined-1' })],
  ['external_id_literal', sign({ external_id: '[object Object]' }), sign({ external_id: 'object' })],
  ['external_id_literal', sign({ external_id: 'NULL' }), sign({ external_id: '1-null' })],
  ['external_id_whitespace', sign({ external_id: 'a ' }), sign({ external_id: 'a b' })],
  ['external_id_too_long', sign({ external_id: 'a'.repeat(256) }), sign({ external_id: 'a'.repeat(255) })],
  ['external_id_too_long', sign({ external_id: 'é'.repeat(256) }), sign({ external_id: 'é'.repeat(255) })],
  ['email_verified_not_boolean', sign({ email_verified: 'true' }), sign({ email_verified: true })],
  ['email_verified_not_boolean', sign({ email_verified: 1 }), sign({ email_verified: false })],
  ['email_unverified', sign({ email: 'a@b.example' }), sign({ email: 'a@b.example', email_verified: false })],
  ['email_unverified', sign({ email: '' }), sign({ email: null })],
  ['secret_in_payload', sign({ user_password: 'x' }), sign({ has_password: true })],
  ['secret_in_payload', sign({ app: { apiKey: 'x' } }), sign({ app: { key: 'x' } })],
  ['secret_in_payload', sign({ password: 7 }), sign({ password: '' })],
  ['secret_in_payload', sign({ a: { b: [{ pin: 1, passwd: 'x' }] } }), sign({ a: { b: [{ c: { passwd: 'x' } }] } })],
  ['secret_in_payload', sign({ clientSecret: 'x' }), sign({ secretary: 'x', password: null })],
  ['secret_in_payload', sign({ password_reset_token: 'x' }), sign({ password_changed_at: 1_700_000_000 })],
  ['secret_in_payload', sign({ passwordHash: 'x' }), sign({ lastPasswordReset: '2024-05-01' })],
  ['other_zendesk_jwt', sign(FOR_SSO, { kid: undefined }), sign(FOR_SSO)],
  ['other_zendesk_jwt', sign({ ...FOR_SSO, jti: undefined }, { kid: undefined }), sign({ ...FOR_SSO, jti: undefined })],
  // With a kid, as if it were for messaging, but also without an external_id.
  ['other_zendesk_jwt', sign({ ...FOR_SSO, external_id: undefined }), sign({ ...FOR_SSO, sub: '7' })],
  [
    'other_zendesk_jwt',
    sign(FOR_SSO, { kid: 'main' }),
    sign({ ...FOR_SSO, iss: 'https://id.example' }, { kid: 'main' }),
  ],
  [
    'other_zendesk_jwt',
    sign({ ...FOR_SSO, jti: undefined }, { kid: '1' }),
    sign({ ...FOR_SSO, jti: undefined, aud: 'x' }),
  ],
  // An OpenID Connect token, and a token for messaging that lacks both.
  [
    'other_zendesk_jwt',
    sign({ ...FOR_SSO, external_id: undefined }, { kid: undefined }),
    sign({ ...FOR_SSO, external_id: undefined, iss: 'https://id.example', aud: 'x', sub: '7' }, { kid: undefined }),
  ],
  [
    'other_zendesk_jwt',
    sign({ ...FOR_SSO, jti: undefined }, { kid: undefined }),
    sign({ ...FOR_SSO, jti: undefined, email_verified: true }, { kid: undefined }),
  ],
  ['other_zendesk_jwt', sign(FOR_SSO, { kid: undefined }), sign({ ...FOR_SSO, scope: 'user' }, { kid: undefined })],
  ['other_zendesk_jwt', sign(FOR_SSO, { kid: undefined }), sign({ ...FOR_SSO, name: undefined }, { kid: undefined })],
  ['other_zendesk_jwt', sign(FOR_SSO, { kid: undefined }), sign({ ...FOR_SSO, email: undefined }, { kid: undefined })],
  [
    'other_zendesk_jwt',
    sign(FOR_SSO, { kid: undefined }),
    sign({ ...FOR_SSO, jti: undefined, external_id: undefined }, { kid: undefined }),
  ],

  // The times.
  ['time_zone_offset', shift(8 * 60), shift(8 * 60 + 10)],
  ['time_zone_offset', shift(5.5 * 60), shift(5.5 * 60 - 7)],
  ['time_zone_offset', shift(-5 * 60), shift(-5 * 60 - 10)],
  ['time_zone_offset', shift(14 * 60), shift(15 * 60)],
  ['exp_missing', sign({ exp: undefined }), sign({ exp: 0 })],
  ['exp_not_number', sign({ exp: String(NOW_S + 600) }), sign({ exp: NOW_S + 600.5 })],
  ['exp_not_number', sign({ exp: null }), sign({ exp: undefined })],
  ['exp_not_number', withClaim('exp', '1e400'), withClaim('exp', '1e9')],
  ['exp_milliseconds', sign({ exp: NOW_MS + 600_000 }), sign({ exp: 99_999_999_999 })],
  ['exp_milliseconds', sign({ exp: String(NOW_MS) }), sign({ exp: String(NOW_S) })],
  ['exp_milliseconds', sign({ exp: 100_000_000_000 }), sign({ exp: -100_000_000_000 })],
  ['exp_milliseconds', sign({ exp: (NOW_MS + 600_000) * 1e3 }), sign({ exp: NOW_S + 600 })],
  ['expired', sign({ exp: NOW_S }), sign({ exp: NOW_S + 1 })],
  ['expired', sign({ exp: `${NOW_S}` }), sign({ exp: `${NOW_S + 1}` })],
  ['expired', sign({ exp: NOW_MS }), sign({ exp: NOW_MS + 1 })],
  ['exp_before_iat', sign({ iat: NOW_S + 3, exp: NOW_S + 3 }), sign({ iat: NOW_S + 3, exp: NOW_S + 4 })],
  ['exp_before_iat', sign({ iat: NOW_S, exp: NOW_S - 1 }), sign({ iat: undefined, exp: NOW_S - 1 })],
  ['lifetime_short', sign({ iat: NOW_S, exp: NOW_S + 59 }), sign({ iat: NOW_S, exp: NOW_S + 60 })],
  ['lifetime_short', sign({ iat: NOW_S, exp: NOW_S + 59 }), sign({ iat: undefined, exp: NOW_S + 59 })],
  ['lifetime_long', sign({ iat: NOW_S, exp: NOW_S + 86_401 }), sign({ iat: NOW_S, exp: NOW_S + 86_400 })],
  ['lifetime_long', sign({ iat: undefined, exp: NOW_S + 86_401 }), sign({ iat: undefined, exp: NOW_S + 86_400 })],
  ['iat_missing', sign({ iat: undefined }), sign({ iat: null })],
  ['iat_not_number', sign({ iat: `${NOW_S}` }), sign({ iat: NOW_S + 0.5 })],
  ['iat_milliseconds', sign({ iat: NOW_MS }), sign({ iat: 99_999_999_999 })],
  ['iat_milliseconds', sign({ iat: NOW_MS * 1e6 }), sign({ iat: NOW_S })],
  ['iat_future', sign({ iat: NOW_S + 61 }), sign({ iat: NOW_S + 60 })],
  ['iat_future', sign({ iat: NOW_MS + 60_001 }), sign({ iat: NOW_MS + 60_000 })],
  ['clock_skew', sign({ iat: NOW_S + 6 }), sign({ iat: NOW_S + 5 })],
  ['clock_skew', sign({ iat: NOW_S + 60 }), sign({ iat: NOW_S + 61 })],
  ['nbf_not_number', sign({ nbf: `${NOW_S}` }), sign({ nbf: NOW_S })],
  ['nbf_not_number', sign({ nbf: NOW_MS }), sign({ nbf: 0 })],
  ['nbf_not_number', withClaim('nbf', '1e400'), withClaim('nbf', '1e9')],
  ['nbf_future', sign({ nbf: NOW_S + 61 }), sign({ nbf: NOW_S + 60 })],
  ['nbf_future', sign({ nbf: NOW_MS + 60_001 }), sign({ nbf: NOW_MS + 60_000 })],

  // The signature, without the secret.
  ['signature_invalid', `${GOOD}a`, GOOD],
  ['signature_invalid', `${HEADER_TEXT}.${PAYLOAD_TEXT}.${'0'.repeat(64)}`, `${GOOD}=`],
  ['signature_invalid', `${GOOD}${SIGNATURE}a`, `${sign({}, { alg: 'HS512' })}${SIGNATURE}`],
];

// The signature, with the secret: a key that is this mistake, and a key that is not.
const IN_SIGNATURES: readonly (readonly [
  code: FindingCode,
  key: string | Uint8Array,
  nearMiss: string | Uint8Array,
])[] = [
  ['signature_invalid', 'another secret', SECRET],
  ['signature_invalid', SECRET.toLowerCase(), Buffer.from(SECRET, 'base64')],
  ['secret_base64_decoded', Buffer.from(SECRET, 'base64'), SECRET],
  ['secret_base64_decoded', Buffer.from(SECRET, 'base64'), Buffer.from(SECRET, 'base64').subarray(1)],
  ['secret_whitespace', `${SECRET}\n`, SECRET],
  ['secret_whitespace', `"${SECRET}"`, `x${SECRET}x`],
];

// Tokens for the Web Widget (Classic).
const CLASSIC = { name: 'Ann', email: 'ann@example.com', iat: NOW_S, exp: NOW_S + 300 };
const signClassic = (claims: Record<string, unknown> = {}) =>
  sign({ scope: undefined, ...CLASSIC, ...claims }, { kid: undefined });
const asChat = (token: string) => () => inspectToken(token, { nowMs: NOW_MS, product: 'chat' });
const asHelpCenter = (token: string) => () => inspectToken(token, { nowMs: NOW_MS, product: 'help-center' });

// Findings of other functions than inspectToken, or with other options.
const ELSEWHERE: readonly (readonly [FindingCode, () => Findings, () => Findings])[] = [
  ['secret_exposed', () => checkSignature(sign({}, { kid: SECRET }), SECRET), () => checkSignature(GOOD, SECRET)],
  ['secret_exposed', () => checkSignature(SECRET, SECRET), () => checkSignature(SECRET, `${SECRET}x`)],
  ['secret_exposed', () => checkSignature(sign({ note: `is ${SECRET}` }), SECRET), () => checkSignature(GOOD, SECRET)],
  ['name_missing', asChat(signClassic({ name: undefined })), asChat(signClassic({ name: 'A' }))],
  ['name_missing', asChat(signClassic({ name: ' ' })), asChat(signClassic({ name: 'undefined' }))],
  ['email_missing', asChat(signClassic({ email: undefined })), asChat(signClassic({ email: 'a@b' }))],
  ['email_missing', asChat(signClassic({ email: 7 })), asChat(signClassic({ email: '7' }))],
  ['email_unusual', asChat(signClassic({ email: 'ann' })), asChat(signClassic({ email: '@' }))],
  ['email_unusual', asChat(signClassic({ email: 'é@b.example' })), asChat(signClassic({ name: 'é' }))],
  ['jti_missing', asHelpCenter(signClassic()), asHelpCenter(signClassic({ jti: 0 }))],
  ['lifetime_long', asChat(signClassic({ exp: NOW_S + 421 })), asChat(signClassic({ exp: NOW_S + 420 }))],
  ['expired', asHelpCenter(signClassic({ iat: NOW_S - 7201, exp: undefined })), asHelpCenter(signClassic())],
  ['iat_missing', asChat(signClassic({ iat: undefined })), asChat(signClassic())],
  ['other_zendesk_jwt', asChat(GOOD), asChat(signClassic())],
  ['other_zendesk_jwt', asChat(signClassic({ external_id: undefined, jti: 1 })), asChat(signClassic({ jti: 1 }))],
  ['other_zendesk_jwt', asHelpCenter(signClassic()), asHelpCenter(signClassic({ jti: 1 }))],
  ['signature_not_checked', () => checkSignature('x', SECRET), () => checkSignature(GOOD, SECRET)],
  ['signature_not_checked', () => checkSignature(undefined, SECRET), () => checkSignature('a.b.c', SECRET)],
  [
    'nothing_found',
    () => explain('invalid_auth', GOOD, NOW_MS)[1],
    () => explain('invalid_auth', sign({ exp: NOW_S }), NOW_MS)[1],
  ],
];
type Findings = readonly Finding[] | Promise<readonly Finding[]>;

const inspect = (token: unknown) => listCodes(inspectToken(token, { nowMs: NOW_MS }));

describe('each finding', () => {
  it.each(IN_TOKENS)('%s (row %#) is reported, but not for a near miss', (code, has, nearMiss) => {
    expect(inspect(has)).toContain(code);
    expect(inspect(nearMiss)).not.toContain(code);
  });

  it.each(IN_SIGNATURES)(
    '%s (row %#) is reported with the secret, but not for a near miss',
    async (code, key, nearMiss) => {
      const check = async (with_: string | Uint8Array) =>
        listCodes(await checkSignature(signParts(HEADER_TEXT, PAYLOAD_TEXT, with_), SECRET));
      expect(await check(key)).toEqual([code]);
      expect(await check(nearMiss)).not.toContain(code);
    },
  );

  it.each(ELSEWHERE)(
    '%s (row %#) is reported by another function, but not for a near miss',
    async (code, has, nearMiss) => {
      expect(listCodes(await has())).toContain(code);
      expect(listCodes(await nearMiss())).not.toContain(code);
    },
  );

  it('is in one of the tables above', () => {
    const covered = [...IN_TOKENS, ...IN_SIGNATURES, ...ELSEWHERE].map(([code]) => code);
    expect(new Set(covered)).toEqual(new Set(Object.keys(CATALOGUE)));
  });
});

describe('the texts', () => {
  // All texts of findings in one file. To rewrite it: npx vitest run test/inspect/catalogue -u
  it('are the same as in texts.txt', async () => {
    const findings = [...IN_TOKENS.flatMap(([, has]) => inspectToken(has, { nowMs: NOW_MS }))];
    for (const [, key] of IN_SIGNATURES) {
      findings.push(...(await checkSignature(signParts(HEADER_TEXT, PAYLOAD_TEXT, key), SECRET)));
    }
    for (const [, has] of ELSEWHERE) findings.push(...(await has()));
    const texts = Object.entries(CATALOGUE).map(([code, [severity, part, remedy]]) => {
      const found = findings.filter((finding) => finding.code === code);
      const messages = [...new Set(found.map(({ message }) => `  ${message}`))].sort();
      const remedies = [...new Set([remedy, ...found.map((finding) => finding.remedy)])];
      return [`${code}, ${severity}, ${part}`, ...messages, ...remedies.map((text) => `  -> ${text}`)].join('\n');
    });
    await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('texts.txt');
  });
});

describe('the catalog', () => {
  it('has exactly these errors', () => {
    const expected =
      'not_a_string empty literal_undefined quoted bearer_prefix whitespace json_wrapped not_three_parts not_base64url ' +
      'header_not_json payload_not_json alg_not_hs256 kid_missing external_id_missing external_id_not_string ' +
      'external_id_empty user_id_instead scope_missing scope_wrong exp_not_number exp_milliseconds expired ' +
      'iat_not_number iat_milliseconds iat_future nbf_future signature_invalid secret_base64_decoded secret_whitespace ' +
      'surrounded secret_exposed api_key_exposed time_zone_offset name_missing email_missing jti_missing';
    const errors = Object.entries(CATALOGUE).filter(([, [severity]]) => severity === 'error');
    expect(errors.map(([code]) => code).sort()).toEqual(expected.split(' ').sort());
  });

  it.each(Object.entries(CATALOGUE))(
    'gives %s a remedy with an instruction in its first line',
    (_code, [, , remedy]) => {
      const [first, ...lines] = remedy.split('\n');
      expect(first).toMatch(/^[A-Z].{10,}$/);
      for (const line of lines) expect(line).toMatch(/^(?:Node|PHP|Python|Ruby|Java|C#)[\w/, -]*: \S/);
    },
  );

  it('defines the severity and the part of a finding', () => {
    expect(inspectToken(sign({ iat: NOW_S - 60, exp: NOW_S }), { nowMs: NOW_MS })).toMatchObject([
      { code: 'expired', severity: 'error', part: 'time', message: 'The token expired just now.' },
    ]);
  });

  it('sorts leading findings first and typ_not_jwt last, whatever their severity', () => {
    expect(inspect(`${sign({ exp: undefined, scope: 'x' }, { typ: undefined })};`)).toEqual([
      ...['surrounded', 'scope_wrong'],
      ...['exp_missing', 'typ_not_jwt'],
    ]);
    expect(inspect(sign({ iat: undefined }, { typ: undefined }))).toEqual(['iat_missing', 'typ_not_jwt']);
    expect(inspect(sign(FOR_SSO, { kid: undefined }))).toEqual([
      'other_zendesk_jwt',
      ...['kid_missing', 'scope_missing'],
      'email_unverified',
    ]);
    expect(inspect(sign({ iat: NOW_S + 3600, exp: NOW_S + 4500, scope: undefined }, { kid: SECRET_SHAPE }))).toEqual([
      ...['secret_exposed', 'time_zone_offset'],
      'scope_missing',
    ]);
  });

  it('can sort other findings, too', () => {
    const found = [
      { code: 'endpoint_slow', severity: 'warning' },
      { code: 'endpoint_html', severity: 'error' },
      { code: 'surrounded', severity: 'error' },
    ] as const;
    expect(sortFindings(found).map(({ code }) => code)).toEqual(['surrounded', 'endpoint_html', 'endpoint_slow']);
  });

  it('sorts findings by severity, and keeps the order within each severity', () => {
    const token = sign({ iat: undefined, exp: undefined, scope: undefined, external_id: 1, email: 'a@b.example' });
    expect(inspect(token)).toEqual([
      ...['external_id_not_string', 'scope_missing'],
      'exp_missing',
      ...['email_unverified', 'iat_missing'],
    ]);
    expect(sortFindings([])).toEqual([]);
  });
});
