// The shared secret, or the key of an API, in a token.
import { describe, expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { mergeFindings } from '../../src/inspect/merge-findings.js';
import { base64url, CLAIMS, HEADER, KEY_ID, listCodes, NOW_MS, sign, signTexts } from './tokens.js';

// As the Admin Center shows it: 64 bytes in base64url.
const SECRET = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');
const SHORT = 'S3cr3t-Key_for-tests-only-0123456789';
const [HEADER_TEXT, PAYLOAD_TEXT] = sign().split('.') as [string, string];
const withSignature = (signature: string) => `${HEADER_TEXT}.${PAYLOAD_TEXT}.${signature}`;
const inspect = (token: unknown) => inspectToken(token, { nowMs: NOW_MS });

describe('by its shape, the secret', () => {
  it.each<[string, string, RegExp, ...string[]]>([
    ['kid', sign({}, { kid: SECRET }), /^kid looks like the shared secret/],
    ['the text', SECRET, /^The text looks like the shared secret/, 'not_three_parts'],
    ['the text with a line break', `${SECRET}\n`, /^The text looks like/, 'not_three_parts', 'whitespace'],
    ['the third part', withSignature(SECRET), /^The third part of the token looks like/],
  ])('is found as %s, as a warning that leads', (_where, token, message, ...others) => {
    const [first, ...rest] = inspect(token);
    expect(first).toMatchObject({
      code: 'secret_exposed',
      severity: 'warning',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/^If it is the secret, create a new key/),
    });
    expect(listCodes(rest)).toEqual(others);
  });

  it.each([
    ['85 characters', SECRET.slice(1)],
    ['87 characters', `${SECRET}a`],
    ['no digits', SECRET.replace(/\d/g, 'x')],
    ['a hash in hex', 'a1'.repeat(43)],
    ['another letter', `${SECRET.slice(1)}+`],
  ])('is not %s', (_what, text) => {
    expect(listCodes(inspect(sign({}, { kid: text })))).toEqual(['kid_unusual']);
    expect(listCodes(inspect(text))).not.toContain('secret_exposed');
  });
});

describe('with the secret at hand, it', () => {
  const check = (token: unknown, secret = SHORT) => checkSignature(token, secret);

  it.each<[string, string, string]>([
    ['kid', sign({}, { kid: SHORT }), 'kid is the shared secret instead of the key id.'],
    ['kid, encoded', sign({}, { kid: base64url(SHORT) }), 'kid is the shared secret instead of the key id.'],
    ['the text', SHORT, 'The text is the shared secret instead of a token.'],
    ['the text in quotes', `"${SHORT}"`, 'The text is the shared secret instead of a token.'],
    [
      'the third part',
      withSignature(SHORT),
      'The third part of the token is the shared secret instead of a signature.',
    ],
    [
      'the third part, encoded',
      withSignature(base64url(SHORT)),
      'The third part of the token is the shared secret instead of a signature.',
    ],
    ['a claim', sign({ user: { note: `it is ${SHORT}` } }), 'A claim in the payload contains the shared secret.'],
    [
      'a claim, encoded',
      sign({ note: `Basic ${Buffer.from(SHORT).toString('base64')}` }),
      'A claim in the payload contains the shared secret.',
    ],
    ['a part of kid', sign({}, { kid: `app_${SHORT}` }), 'kid contains the shared secret.'],
    ['a part of kid, behind the key id', sign({}, { kid: `${KEY_ID}:${SHORT}` }), 'kid contains the shared secret.'],
    ['another parameter of the header', sign({}, { secret: SHORT }), 'The header contains the shared secret.'],
    ['a part of the third part', `${sign()}${SHORT}`, 'The third part of the token contains the shared secret.'],
  ])('is found as %s, as an error', async (_where, token, message) => {
    const [first, ...rest] = await check(token);
    expect(first).toMatchObject({
      code: 'secret_exposed',
      severity: 'error',
      message: `${message} Whoever sees a token can sign as anybody.`,
      remedy: expect.stringMatching(/^Create a new key/),
    });
    // The token was signed with another secret. Where the signature is missing, there is nothing to say of it.
    expect(listCodes(rest).filter((code) => code !== 'signature_invalid')).toEqual([]);
  });

  it.each([
    ['hex', Buffer.from(SECRET).toString('hex')],
    ['hex in capitals', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['its bytes in hex', Buffer.from(SECRET, 'base64url').toString('hex')],
    ['its bytes in base64', Buffer.from(SECRET, 'base64url').toString('base64')],
    ['base64', Buffer.from(SECRET).toString('base64')],
  ])('is found as %s, wherever it is', async (_what, spelling) => {
    for (const [token, part] of [
      [spelling, 'text'],
      [`secret=${spelling}`, 'text'],
      [withSignature(spelling), 'signature'],
      [sign({}, { kid: spelling }), 'header'],
      [sign({}, { kid: `app_${spelling}` }), 'header'],
      [sign({}, { key: spelling }), 'header'],
      [sign({ key: [spelling] }), 'payload'],
    ] as const) {
      expect((await check(token, SECRET))[0]).toMatchObject({ code: 'secret_exposed', severity: 'error', part });
    }
  });

  it('is the only finding about a token that is signed with it', async () => {
    const account = { secret: SHORT };
    const { signToken, FAKE_ACCOUNT } = await import('../../src/testing/index.js');
    const token = signToken(
      { external_id: '1' },
      { ...FAKE_ACCOUNT, ...account, header: { alg: 'HS256', kid: SHORT } },
    );
    expect(listCodes(await check(token))).toEqual(['secret_exposed']);
    expect(listCodes(await check(withSignature(SHORT)))).toEqual(['secret_exposed']);
  });

  it('is not found in a token that has only a part of it, or where it is too short to tell', async () => {
    expect(listCodes(await check(sign({}, { kid: SHORT.slice(1) })))).toEqual(['signature_invalid']);
    expect(listCodes(await check(sign({ note: SHORT.slice(1) })))).toEqual(['signature_invalid']);
    expect(listCodes(await check(sign({ note: 'user' }), 'user'))).toEqual(['signature_invalid']);
  });

  it('replaces the guess from the shape', async () => {
    const token = sign({}, { kid: SECRET });
    const merged = mergeFindings(inspect(token), await check(token, SECRET));
    expect(merged.map(({ code, severity }) => [code, severity])).toEqual([
      ['secret_exposed', 'error'],
      ['signature_invalid', 'error'],
    ]);
    expect(mergeFindings(inspect(token), [])).toEqual(inspect(token));
    // A secret of another shape makes the kid unusual. That is the same cause, but a wrong signature is another one.
    const short = sign({}, { kid: SHORT });
    expect(listCodes(inspect(short))).toEqual(['kid_unusual']);
    expect(listCodes(mergeFindings(inspect(short), await check(short)))).toEqual([
      'secret_exposed',
      'signature_invalid',
    ]);
    const noted = sign({ note: SHORT }, { kid: 'x' });
    expect(listCodes(mergeFindings(inspect(noted), await check(noted)))).toContain('kid_unusual');
    const beside = sign({}, { kid: 'x', note: SHORT });
    expect(listCodes(mergeFindings(inspect(beside), await check(beside)))).toContain('kid_unusual');
    const inside = sign({}, { kid: `${KEY_ID}:${SHORT}` });
    expect(listCodes(mergeFindings(inspect(inside), await check(inside)))).not.toContain('kid_unusual');
  });
});

describe('what is given instead of the secret', () => {
  const email = 'jane.roe@shop.example';
  const token = sign({ email, email_verified: true });
  it.each([
    ['the key id (app_…)', KEY_ID],
    ['the key id (app_…)', `"${KEY_ID}"`],
    ['a token', token],
    ['a token', sign({ external_id: 'user-2' })],
    ["the token's signature", token.split('.')[2]!],
    ["the token's email", email],
  ])('is said to be %s, and is not an exposed secret', async (what, secret) => {
    const findings = await checkSignature(token, secret);
    expect(listCodes(findings)).toEqual(['signature_not_checked']);
    expect(findings[0]!.message).toBe(
      `The secret given here is ${what}, not the shared secret, so the signature was not checked.`,
    );
  });

  it.each(['external_id', 'name', 'email'])(
    'is the secret all the same if it has signed the token: %s',
    async (name) => {
      const secret = 'a-password-of-the-site';
      const signed = signTexts(JSON.stringify(HEADER), JSON.stringify({ ...CLAIMS, [name]: secret }), secret);
      expect(listCodes(await checkSignature(signed, secret))).toEqual(['secret_exposed']);
      const decoded = Buffer.from(secret, 'base64');
      const mistaken = signTexts(JSON.stringify(HEADER), JSON.stringify({ ...CLAIMS, [name]: secret }), decoded);
      expect(listCodes(await checkSignature(mistaken, secret))).toEqual(['secret_exposed', 'secret_base64_decoded']);
      // It looks like a secret of Zendesk.
      expect(listCodes(await checkSignature(sign({ [name]: SECRET }), SECRET))).toEqual([
        'secret_exposed',
        'signature_invalid',
      ]);
    },
  );

  it('is not the key id if app_ is only inside it', async () => {
    expect(listCodes(await checkSignature(sign({}, { kid: `x${KEY_ID}` }), `x${KEY_ID}`))).toContain('secret_exposed');
  });
});

describe('white space, quotes or a name around the secret', () => {
  const wraps = [(s: string) => `${s}\n`, (s: string) => `"${s}"`, (s: string) => ` '${s}'`];
  it.each(wraps)('does not hide it', async (wrap) => {
    for (const secret of [SECRET, SHORT]) {
      const token = sign({}, { kid: wrap(secret) });
      expect((await checkSignature(token, secret))[0]).toMatchObject({ code: 'secret_exposed', part: 'header' });
      expect(listCodes(mergeFindings(inspect(token), await checkSignature(token, secret)))).not.toContain(
        'kid_unusual',
      );
      expect((await checkSignature(wrap(secret), secret))[0]).toMatchObject({ code: 'secret_exposed', part: 'text' });
    }
    expect(listCodes(inspect(sign({}, { kid: wrap(SECRET) })))).toEqual(['secret_exposed']);
  });

  it.each(['ZENDESK_SECRET=%', 'secret: "%"', 'ZENDESK_SECRET = %'])('does not hide it: %s', async (text) => {
    expect(inspect(text.replace('%', SECRET))[0]).toMatchObject({ code: 'secret_exposed', severity: 'warning' });
    const [first, ...rest] = await checkSignature(text.replace('%', SHORT), SHORT);
    expect(first).toMatchObject({ code: 'secret_exposed', severity: 'error', part: 'text' });
    expect(first!.message).toMatch(/^The text contains the shared secret\./);
    expect(rest).toEqual([]);
    expect(listCodes(inspect(text.replace('%', 'a1'.repeat(43))))).not.toContain('secret_exposed');
  });

  it('beside a good token does not hide it', async () => {
    const { SECRET: right } = await import('./tokens.js');
    expect(listCodes(await checkSignature(`secret=${right}&jwt=${sign()}`, right))).toEqual(['secret_exposed']);
  });
});

describe('a token for the API', () => {
  it('has one finding, for its key or its scope', () => {
    const kid = 'act_0123456789abcdef01234567';
    expect(listCodes(inspect(sign({}, { kid })))).toEqual(['api_key_exposed']);
    for (const scope of ['account', 'app']) {
      expect(listCodes(inspect(sign({ scope })))).toEqual(['api_key_exposed']);
      expect(listCodes(inspect(sign({ scope }, { kid })))).toEqual(['api_key_exposed']);
    }
    expect(inspect(sign({ scope: 'app' }))[0]).toMatchObject({ severity: 'error', part: 'payload' });
    expect(inspect(sign({}, { kid }))[0]).toMatchObject({ severity: 'error', part: 'header' });
  });

  it.each([['appUser'], ['App'], ['integration'], [['app']]])('has not the scope %j', (scope) => {
    expect(listCodes(inspect(sign({ scope })))).toEqual(['scope_wrong']);
  });
});

describe('the name of a claim', () => {
  it.each([
    ...['password_changed_at', 'last_password_reset', 'passwordUpdatedAt', 'password_expires', 'lastPasswordChange'],
    ...['password_reset_required', 'isPasswordSet', 'passwordAge', 'secret_expires_at', 'access_token_expires_in'],
    ...[
      'has_passphrase',
      'passwordchangedat',
      'password_last_set',
      'api_key_created_at',
      'password_strength',
      'password-changed-at',
    ],
    ...['needs_password', 'userHasPassword', 'is_password_valid_until'],
    ...['password_created', 'password_version', 'password_status', 'password_method', 'password_provider'],
    ...['apiKeyId', 'api_key_name', 'credit_card_brand', 'passwordless', 'passwordlessLogin', 'credit_card_last4'],
    ...['secret_id', 'passwordType', 'secretary', 'api_key_prefix'],
  ])('%s says a time or a flag', (name) => {
    for (const value of [1_700_000_000, '2024-05-01', 'yes']) expect(inspect(sign({ [name]: value }))).toEqual([]);
  });

  it.each(
    Object.entries<unknown[]>({
      last_changed_password: ['2024-05-01', 1_700_000_000],
      password_login: ['2024-05-01T10:00:00Z', '2024-05-01 10:00:00.123+02:00'],
      password_failures: [0, 3, 9999],
      password_score: [0.5],
      credit_card_check: [1_700_000_000_000],
      login_with_password: [true, '', null],
    }),
  )('%s says a secret, but not with a time, a small number or a boolean', (name, values) => {
    for (const value of values) expect(inspect(sign({ [name]: value }))).toEqual([]);
    for (const value of ['x', '2024-05-01!', 10_000, 12_345_678]) {
      expect(listCodes(inspect(sign({ [name]: value })))).toEqual(['secret_in_payload']);
    }
  });

  it('says a secret, whatever its value is, if it has no other words or says so twice', () => {
    for (const claims of [{ password: 1234 }, { password: '1990-05-01' }, { password_pin: 1234 }]) {
      expect(listCodes(inspect(sign(claims)))).toEqual(['secret_in_payload']);
    }
  });

  it.each([
    ...['password', 'userPassword', 'password_hash', 'password_reset_token', 'last_password', 'new_password'],
    ...['secret_code', 'passwordSalt', 'client_secret', 'this_password', 'API_KEY'],
    ...['password_id_hash', 'my_api_key', 'passwordText', 'credit_card_number', 'secretKey', 'password_plain'],
    ...['account_password', 'existing_password', 'exchange_password', 'basis-secret', 'password2', 'passwords'],
  ])('%s says a secret', (name) => {
    expect(listCodes(inspect(sign({ profile: { [name]: 'x' } })))).toEqual(['secret_in_payload']);
  });
});
