import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readToken } from '../../src/core/token.js';
import { inspectToken } from '../../src/inspect/index.js';
import { verifyToken } from '../../src/testing/verify-token.js';
import {
  base64url,
  CLAIMS,
  HEADER,
  KEY_ID,
  listCodes,
  listErrors,
  NOW_MS,
  NOW_S,
  SECRET,
  sign,
  signParts,
  signTexts,
} from './tokens.js';

const NOW = { nowMs: NOW_MS };
const inspect = (token: unknown) => inspectToken(token, NOW);
const withTicks = (name: string, atMs: number) => sign({ [name]: atMs * 1e4 + 621_355_968_000_000_000 });
const IAT_A_LITTLE_AHEAD =
  'iat is slightly in the future (in 20 seconds). The clock of the server that signs is ahead, or this clock is behind.';
const messages = (token: unknown) => inspect(token).map(({ message }) => message);

describe('inspectToken finds nothing', () => {
  it('in a token with good claims', () => {
    const id = fc
      .oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme', minLength: 1 }))
      .filter((text) => text.trim() === text && !/^(?:undefined|null|none|nil|nan|\[object \w+\])$/i.test(text));
    const name = fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined });
    const email = fc.option(
      fc.record({ email: fc.oneof(fc.emailAddress(), fc.string()), email_verified: fc.boolean() }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(id, name, email, fc.integer({ min: 60, max: 86_400 }), (external_id, name, email, lifetimeS) => {
        const claims = { scope: 'user', external_id, name, ...email, iat: NOW_S, exp: NOW_S + lifetimeS };
        expect(inspect(sign(claims))).toEqual([]);
      }),
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['extra claims', { aud: ['a', 'b'], iss: 'https://example.com', sub: '1', jti: 'x', nbf: NOW_S - 5, roles: {} }],
    ["Python's time.time()", { iat: NOW_S - 5.25, exp: NOW_S + 600.75 }],
    ['an extra header member', {}],
    ['userId beside external_id', { userId: 1, user_id: 1, id: 1 }],
    ['a phone number', { phone: '+4912345678', phone_verified: true }],
  ])('in a token with %s', (_what, claims) => {
    expect(inspect(sign(claims, { cty: 'JWT' }))).toEqual([]);
  });

  it('in a token of another JWT library', async () => {
    const fromJose = await new SignJWT({ scope: 'user', external_id: 'jürgen-✓' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: KEY_ID })
      .setIssuedAt(NOW_S)
      .setExpirationTime(NOW_S + 900)
      .sign(new TextEncoder().encode(SECRET));
    expect(inspect(fromJose)).toEqual([]);
    const spread = (value: object) => JSON.stringify(value, null, 1).replace(/\n */g, ' ');
    expect(inspect(signTexts(spread(HEADER), spread(CLAIMS)))).toEqual([]);
    expect(inspect(signTexts(JSON.stringify(HEADER), JSON.stringify(CLAIMS).replace('user-1', '\\u00e9\\/')))).toEqual(
      [],
    );
  });
});

describe('inspectToken agrees with the fake messenger', () => {
  const weighted = (good: unknown, ...bad: unknown[]) =>
    fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
  const ANY = [undefined, null, true, 0, 1, '', ' ', 'x', [], {}, ['user'], { a: 1 }];
  const TIMES = [NOW_S, NOW_S - 1, NOW_S + 1, NOW_S + 60, NOW_S + 61, NOW_S + 3600.5, 0, -1, 1e9, 1e12, -1e12, 1e15];
  const anyTime = [...ANY, ...TIMES, NOW_MS, String(NOW_S), String(NOW_S + 600), `${NOW_MS}`, '1e9', 'now'];
  const claims = fc.record({
    scope: weighted('user', ...ANY, 'User', 'user ', 'app'),
    external_id: weighted('user-1', ...ANY, 'undefined', ' a', 7, '✓'),
    exp: weighted(NOW_S + 600, ...anyTime),
    iat: weighted(NOW_S, ...anyTime),
    nbf: weighted(undefined, ...anyTime),
    email: weighted('a@b.example', ...ANY),
    email_verified: weighted(true, ...ANY, 'true', false),
    userId: weighted(undefined, ...ANY),
    kid: weighted(undefined, ...ANY, KEY_ID),
  });
  const header = fc.record({
    alg: weighted('HS256', ...ANY, 'HS512', 'none', 'hs256', 'RS256'),
    typ: weighted('JWT', ...ANY, 'jwt'),
    kid: weighted(KEY_ID, ...ANY, 'app_0123456789abcdef01234568', KEY_ID.toUpperCase(), ` ${KEY_ID}`),
  });

  // Tokens that the fake refuses and inspectToken reports no error for: it only warns, or cannot know.
  const WARNED: Readonly<Record<string, string>> = {
    'header: typ is not JWT': 'typ_not_jwt',
    'nbf is not a number': 'nbf_not_number',
    'nbf is in milliseconds': 'nbf_not_number',
  };
  const UNSEEN = 'header: kid is the id of another key';

  it('about any claims and headers', () => {
    const counts = { accepted: 0, refused: 0, warned: 0 };
    fc.assert(
      fc.property(claims, header, (claims, header) => {
        const token = sign(claims, header);
        const verdict = verifyToken(token, { secret: SECRET, keyId: KEY_ID, nowMs: NOW_MS });
        const findings = inspect(token);
        const errors = listErrors(findings);
        if ('claims' in verdict) {
          counts.accepted++;
          // The fake accepts an id of white space. inspectToken does not.
          expect(errors).toEqual(verdict.claims.externalId.trim() === '' ? ['external_id_empty'] : []);
        } else if (errors.length > 0) {
          counts.refused++;
        } else if (verdict.reason !== UNSEEN) {
          counts.warned++;
          expect(listCodes(findings)).toContain(WARNED[verdict.reason]);
        }
      }),
      { numRuns: 3000 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(20);
  });

  it('about a token with an extra character', () => {
    const good = sign();
    fc.assert(
      fc.property(
        fc.nat({ max: good.length }),
        fc.constantFrom('"', ' ', '\n', '.', '=', '{', 'é', '%20', 'Bearer '),
        (at, text) => {
          const token = good.slice(0, at) + text + good.slice(at);
          expect(verifyToken(token, { secret: SECRET, keyId: KEY_ID, nowMs: NOW_MS })).toHaveProperty('reason');
          // The endpoint's answer is trimmed before it is handed over, so a line break at the end is only a warning.
          if (text === '\n' && at === good.length) expect(listCodes(inspect(token))).toEqual(['whitespace']);
          else expect(listErrors(inspect(token))).not.toEqual([]);
        },
      ),
      { examples: [[good.length, '\n']] },
    );
  });
});

it('uses the local clock unless nowMs is given', () => {
  const longAgo = sign({ iat: 1_000_000_000, exp: 1_000_000_600 });
  expect(listCodes(inspectToken(longAgo))).toEqual(['expired']);
  expect(listCodes(inspectToken(longAgo, { nowMs: 1_000_000_100_000 }))).toEqual([]);
});

it('reports an error for every token that the library itself rejects', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(1e11, 1e12, NOW_S, '1', ''));
  const json = fc.oneof(
    fc.record({ external_id: odd, exp: odd, iat: odd }, { requiredKeys: [] }).map((some) => JSON.stringify(some)),
    fc.json(),
    fc.constantFrom('{"exp":1e400}', '{"exp":-1e400}', '{"external_id":"1","exp":1e400}', '\ufeff{}', '{', ''),
  );
  const text = fc.oneof(
    json.map((payload) => signTexts(JSON.stringify(HEADER), payload)),
    json.map((payload) => `${base64url('{}')}.${base64url(payload)}.x`),
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'aA0-_..=') }),
    fc.uint8Array().map((bytes) => `e30.${base64url(bytes)}.e30`),
    fc.anything(),
  );
  fc.assert(
    fc.property(text, (token) => {
      if (typeof readToken(token) === 'string') expect(listErrors(inspect(token))).not.toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

describe('inspectToken', () => {
  it('inspects the token inside every kind of wrapping', () => {
    const token = sign({ scope: undefined });
    expect(listCodes(inspect(` "Bearer ${token}" \n`))).toEqual([
      'whitespace',
      'quoted',
      'bearer_prefix',
      'scope_missing',
    ]);
    expect(listCodes(inspect({ data: { token: ` ${token}` } }))).toEqual([
      'not_a_string',
      'whitespace',
      'scope_missing',
    ]);
    expect(listCodes(inspect(JSON.stringify(JSON.stringify({ jwt: token }))))).toEqual([
      'json_wrapped',
      'scope_missing',
    ]);
    expect(listCodes(inspect(JSON.stringify([{ jwt: token }])))).toEqual(['json_wrapped', 'scope_missing']);
    expect(listCodes(inspect(new String(token)))).toEqual(['not_a_string', 'scope_missing']);
    expect(listCodes(inspect(new TextEncoder().encode(token)))).toEqual(['not_a_string', 'scope_missing']);
    expect(listCodes(inspect(`b'${token}'`))).toEqual(['quoted', 'scope_missing']);
    expect(listCodes(inspect(token.split('.').slice(0, 2).join('.')))).toEqual(['not_three_parts', 'scope_missing']);
    expect(listCodes(inspect(token.replace(/.{40}/g, '$&\r\n  ')))).toEqual(['whitespace', 'scope_missing']);
  });

  it('reads a part with padding at the end, but not with = inside', () => {
    const [header, payload, signature] = sign({ scope: undefined }).split('.');
    const withPayload = (text: string) => listCodes(inspect(`${header}.${text}.${signature}`));
    expect(withPayload(`${payload}=`)).toEqual(['not_base64url', 'scope_missing']);
    expect(withPayload(payload!.replace(/.{8}/, '$&='))).toEqual(['not_base64url']);
  });

  it('inspects the token in a response, not a value that only looks like a token', () => {
    const [good, bad] = [sign(), sign({ scope: undefined })];
    expect(inspect({ host: 'www.example.com', version: '1.2.3', token: good }).length).toBe(1);
    expect(inspect({ host: 'www.example.com', zendesk: good }).length).toBe(1);
    expect(inspect({ id_token: bad, token: good }).length).toBe(1);
    expect(inspect({ other: bad, zendesk: good }).length).toBe(1);
    expect(listCodes(inspect({ token: 'undefined' }))).toEqual(['not_a_string', 'literal_undefined']);
    expect(inspect({ a: { b: { c: { token: good } } } }).length).toBe(1);
    expect(inspect([[good]]).length).toBe(1);
    expect(messages('{"error":"nobody"}')).toEqual(['The text starts like JSON, but contains no token.']);
  });

  it.each<[string, unknown, string]>([
    ['a web page', '<!DOCTYPE html><html>', 'The text is a web page, such as a sign-in page, not a token.'],
    ['a text that contains a tag', 'see <html', 'The text has no dot, so it is not a JWT.'],
    ['an XML page', '<?xml version', 'The text is a web page, such as a sign-in page, not a token.'],
    [
      'an encrypted token',
      `${base64url('{"enc":"A256GCM"}')}.b.c.d.e`,
      'The token has five parts, like an encrypted token (JWE).',
    ],
    ['four parts', 'a.b.c.d', 'The text has 4 parts.'],
    ['a text without a dot', 'x', 'The text has no dot, so it is not a JWT.'],
    ['two parts', 'a.b', 'The token has two parts. The signature is missing.'],
    ['an empty header', '.b.c', "The token's header is empty."],
    ['an empty payload', 'a..c', "The token's payload is empty."],
    ['an empty signature', 'a.b.', "The token's signature is empty."],
    ['padding', `${sign()}=`, 'The signature has padding (=) at the end.'],
    ['more padding', `${sign()}==`, 'The signature has padding (=) at the end.'],
    ['= in a part and at its end', `a=b=.e30.x`, 'The header contains =.'],
    ['= in a part', `e3=0.e30.x`, 'The header contains =.'],
    [
      'base64 instead of base64url',
      sign().replace(/\.[^.]*$/, `.${'+'.repeat(43)}`),
      'The signature is base64 (it has + or /), not base64url.',
    ],
    ['a character that is not base64url', `e30.e30.é`, 'The signature has a character that is not base64url.'],
    [
      'an extra character',
      `${sign()}ab`,
      'The signature has a length that is not possible in base64url. A character is missing or extra.',
    ],
    ['a header in Latin-1', `${base64url(Buffer.from('{"a":"é"}', 'latin1'))}.e30.x`, 'The header is not UTF-8 text.'],
    ['JSON that is cut off', `e30.${base64url('{"a":1')}.x`, 'The payload is not JSON.'],
    ['a list as its payload', `e30.${base64url('[]')}.x`, 'The payload is JSON, but not an object.'],
    ['a long signature', `${sign()}a`, 'The signature has 44 characters. An HS256 signature has 43.'],
    [
      'a signature in hex',
      sign().replace(/\.[^.]*$/, `.${'a'.repeat(64)}`),
      'The signature has 64 characters. An HS256 signature has 43. It is written in hex.',
    ],
    [
      'a signature in base64url of hex',
      sign().replace(/\.[^.]*$/, `.${base64url('a'.repeat(64))}`),
      'The signature has 86 characters. An HS256 signature has 43. It is written in hex.',
    ],
    ['an object as text', '[object Promise]', 'An object was converted to text, so only its type is left.'],
    ['a list', [], 'The token is a list, not a string.'],
    ['true', true, 'The token is a boolean, not a string.'],
    [
      'a kid in the payload',
      sign({ kid: KEY_ID }, { kid: undefined }),
      'kid is in the payload. It belongs in the header.',
    ],
    ['sub', sign({ external_id: undefined, sub: '1' }), 'The payload has no external_id. It has sub.'],
    ['another algorithm', sign({}, { alg: 'RS256' }), 'alg is RS256, not HS256.'],
    [
      "the URI that .NET's HmacSha256Signature writes as alg",
      sign({}, { alg: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256' }),
      'alg is another value, not HS256.',
    ],
    [
      'exp as a string',
      sign({ exp: String(NOW_S + 600) }),
      'exp is a string, not a number. As a number, it would be in 10 minutes.',
    ],
    ['exp as a date', sign({ exp: '2026-11-25T00:00:00Z' }), 'exp is a string, not a number.'],
    ['exp in nanoseconds, as in Go', sign({ exp: (NOW_MS + 600_000) * 1e6 }), 'exp is in nanoseconds, not in seconds.'],
    ['exp in .NET ticks', withTicks('exp', NOW_MS + 600_000), 'exp is in .NET ticks, not in seconds.'],
    ['an expired exp in .NET ticks', withTicks('exp', NOW_MS - 600_000), 'The token expired 10 minutes ago.'],
    ['a future iat in .NET ticks', withTicks('iat', NOW_MS + 20_000), IAT_A_LITTLE_AHEAD],
    [
      'an infinite exp',
      sign({ exp: 'x' }).replace(/\..*\./, `.${base64url('{"exp":1e400}')}.`),
      'exp is a number that is too large.',
    ],
    ['exp a moment ago', sign({ exp: NOW_S }), 'The token expired just now.'],
    ['exp in 1970', sign({ exp: 12_345_678 }), 'The token expired in 1970.'],
    ['an exp thousands of years ago', sign({ exp: -1e300 }), 'The token expired thousands of years ago.'],
    [
      'a lifetime of more than a year',
      sign({ iat: NOW_S, exp: NOW_S + 366 * 86_400 }),
      'The token is valid for more than a year.',
    ],
    ['a lifetime of 365 days', sign({ iat: NOW_S, exp: NOW_S + 365 * 86_400 }), 'The token is valid for 365 days.'],
    ['a lifetime of a month', sign({ iat: NOW_S, exp: NOW_S + 30 * 86_400 }), 'The token is valid for 30 days.'],
    ['a short lifetime', sign({ iat: NOW_S, exp: NOW_S + 1 }), 'The token is valid for only 1 second.'],
    [
      'iat in the future',
      sign({ iat: NOW_S + 1200 }),
      'iat is in the future (in 20 minutes). The clock of the server that signs is ahead, or this clock is behind.',
    ],
  ])('reports %s', (_what, token, message) => {
    expect(messages(token)).toContain(message);
  });

  it('reports only alg for a token that is not signed, and says of others that the signature is empty', () => {
    for (const alg of ['none', 'None']) {
      const [header, payload] = sign({ scope: undefined }, { alg }).split('.');
      for (const token of [`${header}.${payload}.`, `${header}.${payload}`]) {
        expect(listCodes(inspect(token))).toEqual(['alg_not_hs256', 'scope_missing']);
      }
    }
    const [header, payload] = sign({}, { alg: 'nonesuch' }).split('.');
    expect(listCodes(inspect(`${header}.${payload}.`))).toEqual(['not_three_parts', 'alg_not_hs256']);
  });

  it('says where a dot is missing, and inspects the parts', () => {
    const [header, payload, signature] = sign({ scope: undefined }).split('.') as [string, string, string];
    const glued = { header: `${header}${payload}.${signature}`, payload: `${header}.${payload}${signature}` };
    expect(listCodes(inspect(glued.header))).toEqual(['not_three_parts', 'scope_missing']);
    expect(messages(glued.header)).toContain(
      'The dot between header and payload is missing, so they are glued together.',
    );
    expect(listCodes(inspect(glued.payload))).toEqual(['not_three_parts', 'scope_missing']);
    expect(messages(glued.payload)).toContain(
      'The dot between payload and signature is missing, so they are glued together.',
    );
    expect(messages(`${header}${payload}`)).toEqual(['The text has no dot, so it is not a JWT.']);
    expect(messages(`${header}.${payload}`)).toContain('The token has two parts. The signature is missing.');
  });

  it('judges a payload that is not UTF-8', () => {
    const latin1 = (claims: object) => {
      const [header] = sign().split('.');
      return signParts(header!, base64url(Buffer.from(JSON.stringify({ ...CLAIMS, ...claims }), 'latin1')));
    };
    expect(inspect(latin1({ name: 'José' }))).toMatchObject([{ code: 'payload_not_utf8', severity: 'warning' }]);
    expect(listCodes(inspect(latin1({ name: 'José', scope: 'x' })))).toEqual(['scope_wrong', 'payload_not_utf8']);
    expect(inspect(latin1({ name: 'Jose' }))).toEqual([]);
    expect(listCodes(inspect(latin1({ name: 'José' }).replace(/\./, '.eyJ')))).toEqual(['payload_not_json']);
  });

  it('calls a line break at the end a warning, but other white space an error', () => {
    const severities = (text: string) => inspect(text).map(({ code, severity }) => `${code} ${severity}`);
    for (const end of ['\n', '\r\n', '\n\n', '\r']) expect(severities(sign() + end)).toEqual(['whitespace warning']);
    expect(severities(`"${sign()}"\n`)).toEqual(['quoted error', 'whitespace warning']);
    for (const text of [`${sign()} `, `${sign()} \n`, `\n${sign()}`, `\n${sign()}\n`, `" ${sign()}"\n`]) {
      expect(severities(text)).toContain('whitespace error');
    }
  });

  it('reports only one finding for a text that is not a JWT', () => {
    for (const text of ['x', 'e30', 'e30.e30.a.b', '.'.repeat(7)]) {
      expect(listCodes(inspect(text))).toEqual(['not_three_parts']);
    }
  });

  it('reports whether typ is missing or wrong', () => {
    expect(messages(sign({}, { typ: undefined }))).toEqual(['The header has no typ.']);
    expect(messages(sign({}, { typ: 'jwt' }))).toEqual(['typ is not "JWT".']);
  });

  it('has a remedy for a signature of the wrong length', () => {
    expect(inspect(`${sign()}a`)).toMatchObject([
      { part: 'signature', remedy: expect.stringMatching(/^Sign with a JWT library\. .* 32 bytes/) },
    ]);
  });

  it('names no other claim when external_id is missing and nothing replaces it', () => {
    expect(messages(sign({ external_id: undefined }))).toEqual(['The payload has no external_id.']);
  });

  it.each(['None', 'NONE', 'nOnE'])('names none however it is written: %s', (alg) => {
    expect(messages(sign({}, { alg }))).toContain('alg is none, not HS256.');
  });

  it.each([
    ['\ufeff%', 'in front of the token, such as a byte order mark (BOM).'],
    ['\n%', 'in front of the token, such as a line break.'],
    [' %', 'in front of the token, such as a space.'],
    ['% ', 'behind the token, such as a space.'],
    ['% \r\n', 'behind the token, such as a line break.'],
    ['%\u200b', 'behind the token, such as a character without width.'],
    ['\ufeff%\n', 'around the token, such as a byte order mark (BOM).'],
    [' % ', 'around the token, such as a space.'],
  ])('says which white space is where: %j', (text, where) => {
    expect(messages(text.replace('%', sign()))).toEqual([`There is white space ${where}`]);
  });

  it.each(['HS512', 'none', 'PS256', 'EdDSA'])('names the algorithm %s, but no other value of alg', (alg) => {
    expect(messages(sign({}, { alg }))).toContain(`alg is ${alg}, not HS256.`);
    for (const other of [`x${alg}`, `${alg}x`, [alg]]) {
      expect(messages(sign({}, { alg: other }))).toContain('alg is another value, not HS256.');
    }
  });

  it.each([
    ['missing', undefined, 'The header has no kid (key id).'],
    ['empty', '', 'kid is an empty string.'],
    ['a number', 1, 'kid is a number, not a string.'],
    ['null', null, 'kid is null, not a string.'],
  ])('reports a kid that is %s', (_what, kid, message) => {
    expect(messages(sign({}, { kid }))).toEqual([message]);
    // A wrong kid in the header is reported as such, also when the payload has a kid.
    if (kid !== undefined) expect(messages(sign({ kid: KEY_ID }, { kid }))).toEqual([message]);
  });

  it.each(['userId', 'user_id', 'userid', 'userID', 'externalId', 'externalID', 'external-id', 'sub', 'id'])(
    'names the claim %s that is there instead of external_id',
    (name) => {
      const found = messages(sign({ external_id: undefined, [name]: 'x' }));
      expect(found).toContain(`The payload has no external_id. It has ${name}.`);
      const isCalled = `The claim is named ${name}. Zendesk does not read it.`;
      expect(found.includes(isCalled)).toBe(/^user/.test(name));
    },
  );

  it.each([
    ...['password', 'passwd', 'Passphrase', 'secret', 'client_secret', 'apikey', 'api-key', 'API_KEY', 'privatekey'],
    ...['private_key', 'accesstoken', 'access_token', 'refreshtoken', 'refresh-token', 'creditcard', 'credit_card'],
  ])('reports the claim %s as a secret', (name) => {
    expect(listCodes(inspect(sign({ [name]: 'x' })))).toEqual(['secret_in_payload']);
  });

  it.each<[unknown, RegExp]>([
    [Promise.resolve(sign()), /await/],
    [new Response(sign()), /response\.text\(\)/],
    [() => sign(), /Call it/],
    [new Uint8Array(3), /TextDecoder/],
    [{}, /response\.token/],
    [7, /Pass the JWT itself/],
  ])('has a specific remedy for %o', (value, remedy) => {
    expect(inspect(value)[0]).toMatchObject({ code: 'not_a_string', remedy: expect.stringMatching(remedy) });
  });
});
