import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import { checkSignature } from '../../src/inspect/index.js';
import { base64url, CLAIMS, HEADER, listCodes, SECRET, sign, signParts, signTexts } from './tokens.js';

const TOKEN = sign();
const [HEADER_TEXT, PAYLOAD_TEXT] = TOKEN.split('.') as [string, string, string];
const signWith = (key: string | Uint8Array) => signParts(HEADER_TEXT, PAYLOAD_TEXT, key);

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const textOf = (letters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((chars) => chars.join(''));
const bytes = fc.uint8Array({ minLength: 20, maxLength: 60 }).map((array) => Buffer.from(array));
const secret = fc.oneof(
  textOf(`${LETTERS}-_`, 20, 80),
  textOf(LETTERS, 20, 80),
  bytes.map((array) => array.toString('hex')),
  bytes.map((array) => array.toString('base64')),
  bytes.map((array) => array.toString('base64url')),
);
// Each run signs hundreds of times.
const RUNS = { numRuns: 8 };

/** For any secret: what is found in a token that was signed with a key made of it, and checked with another text of it. */
async function expectForSecrets(
  makeKey: (secret: string) => string | Uint8Array,
  code: string | undefined,
  message?: string,
  secrets: fc.Arbitrary<string> = secret,
  makeGiven: (secret: string) => string = (secret) => secret,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(secrets, async (secret) => {
      const findings = await checkSignature(signWith(makeKey(secret)), makeGiven(secret));
      expect(listCodes(findings)).toEqual(code === undefined ? [] : [code]);
      if (message !== undefined) expect(findings[0]!.message).toBe(message);
    }),
    RUNS,
  );
}

const ANOTHER = 'The token was signed with a different secret, or was changed after signing.';
const BOTH = 'The secret that signed the token and the secret given here both have white space or quotes around them.';
const decoded = (encoding: string) => `The backend ${encoding}-decoded the secret before signing.`;

describe('checkSignature', () => {
  it('finds nothing with the right secret', () => expectForSecrets((secret) => secret, undefined));

  it('says that another secret is another', async () => {
    await expectForSecrets((secret) => `${secret.slice(1)}~`, 'signature_invalid', ANOTHER);
    await expectForSecrets((secret) => secret.slice(0, -1), 'signature_invalid', ANOTHER, textOf(LETTERS, 20, 80));
    await expectForSecrets((secret) => secret + secret, 'signature_invalid', ANOTHER);
  });

  it('says that a token was changed', async () => {
    const [, , signature] = TOKEN.split('.');
    const changed = `${HEADER_TEXT}.${base64url(JSON.stringify({ ...CLAIMS, external_id: 'admin' }))}.${signature}`;
    expect(await checkSignature(changed, SECRET)).toMatchObject([{ code: 'signature_invalid', message: ANOTHER }]);
  });

  it('takes what libraries sign', async () => {
    const fromJose = await new SignJWT(CLAIMS).setProtectedHeader(HEADER).sign(new TextEncoder().encode(SECRET));
    expect(await checkSignature(fromJose, SECRET)).toEqual([]);
    const spaced = signTexts('{"alg": "HS256", "typ": "JWT", "kid": "x"}', '{"scope": "user", "external_id": "1"}');
    expect(await checkSignature(spaced, SECRET)).toEqual([]);
  });

  it('looks through what is wrapped around the token', async () => {
    for (const value of [`"${TOKEN}"`, `Bearer ${TOKEN}\n`, { token: TOKEN }, `${TOKEN}=`]) {
      expect(await checkSignature(value, SECRET)).toEqual([]);
      expect(listCodes(await checkSignature(value, `${SECRET}x`))).toEqual(['signature_invalid']);
    }
  });

  it.each([
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
    ['hs256', 'sha256'],
    [undefined, 'sha256'],
    ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', 'sha256'],
    ['toString', 'sha256'],
    ['my-RS256', 'sha256'],
    ['none of these', 'sha256'],
  ])('goes by the algorithm that is named: %s', async (alg, hash) => {
    const signed = `${base64url(JSON.stringify({ ...HEADER, alg }))}.${PAYLOAD_TEXT}`;
    const token = `${signed}.${createHmac(hash, SECRET).update(signed).digest('base64url')}`;
    expect(await checkSignature(token, SECRET)).toEqual([]);
    expect(listCodes(await checkSignature(token, `${SECRET}x`))).toEqual(['signature_invalid']);
  });

  it.each(['none', 'RS256', 'ES512', 'EdDSA'])('says that %s needs no shared secret', async (alg) => {
    expect(await checkSignature(sign({}, { alg }), SECRET)).toMatchObject([
      {
        code: 'signature_invalid',
        part: 'signature',
        message: 'alg is not an algorithm that signs with a shared secret.',
      },
    ]);
    expect((await checkSignature(sign({}, { alg }), SECRET))[0]!.remedy).toMatch(/^Sign with HS256/);
  });

  it('says where it cannot check', async () => {
    expect(await checkSignature('a.b', SECRET)).toMatchObject([
      { code: 'signature_not_checked', message: 'The token has no signature to check.' },
    ]);
    vi.stubGlobal('crypto', {});
    expect(await checkSignature(TOKEN, SECRET)).toMatchObject([
      {
        code: 'signature_not_checked',
        message: 'The signature cannot be checked here, because Web Crypto is not available.',
      },
    ]);
    vi.stubGlobal('crypto', undefined);
    expect(listCodes(await checkSignature(TOKEN, SECRET))).toEqual(['signature_not_checked']);
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each(['', ' ', '"" ', '\n', undefined, null, 7, {}])('rejects %j, which is no secret', async (secret) => {
    await expect(checkSignature(TOKEN, secret as string)).rejects.toThrow(
      new TypeError('The secret must be a string that is not empty. Use the secret from the Admin Center.'),
    );
  });

  it('makes no key of the secret that a page could read it from', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    onTestFinished(() => importKey.mockRestore());
    await checkSignature(TOKEN, `${SECRET}x`);
    expect(importKey.mock.calls.length).toBeGreaterThan(1);
    expect(importKey.mock.calls.every(([, , , extractable]) => extractable === false)).toBe(true);
  });
});

describe('checkSignature, of what is long', () => {
  // Takes an access key file, or the whole .env, for a secret.
  it('rejects a secret of more than a thousand characters, and says so at once', async () => {
    await expect(checkSignature(TOKEN, 'x'.repeat(1001))).rejects.toThrow(
      new TypeError('The secret has 1001 characters, which is too many. Pass only the secret from the Admin Center.'),
    );
    const long = 'x'.repeat(1000);
    expect(await checkSignature(signWith(long), long)).toEqual([]);
  });

  it('looks for a mistake with the secret in a token of up to 64 000 characters', async () => {
    const check = (length: number) => {
      const payload = 'A'.repeat(length - HEADER_TEXT.length - 1);
      return checkSignature(signParts(HEADER_TEXT, payload, `${SECRET}\n`), SECRET);
    };
    expect(listCodes(await check(64_000))).toEqual(['secret_whitespace']);
    expect(listCodes(await check(64_001))).toEqual(['signature_invalid']);
  });

  it('looks for a rewriting in a token of up to 8000 characters', async () => {
    const header = JSON.stringify({ alg: 'HS256' });
    const empty = JSON.stringify({ name: '' });
    const check = async (length: number) => {
      // Three letters become four.
      const payloadLength = Math.floor(((length - base64url(header).length - 1) * 3) / 4);
      const name = 'x'.repeat(payloadLength - empty.length);
      const signature = signTexts(header, JSON.stringify({ name }, null, 2)).split('.')[2];
      const given = `${base64url(header)}.${base64url(JSON.stringify({ name }))}`;
      expect(given).toHaveLength(length);
      return (await checkSignature(`${given}.${signature}`, SECRET))[0]!.message;
    };
    expect(await check(8000)).toMatch(/serialized again after signing/);
    expect(await check(8001)).toBe(ANOTHER);
  });
});

describe('checkSignature finds the mistake with the secret', () => {
  const code = 'secret_base64_decoded';
  const plain = textOf(LETTERS, 20, 80);
  const mixed = textOf(`${LETTERS}-_`, 20, 80).map((secret) => `a-_${secret}`);

  it('decoded from base64, as Node does', async () => {
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code, decoded('base64'), plain);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code, decoded('base64url'), mixed);
  });

  it('decoded from base64url', () => expectForSecrets((secret) => Buffer.from(secret, 'base64url'), code));

  it('decoded by what drops the letters that base64 does not have, as PHP, Python and Ruby do', () =>
    expectForSecrets((secret) => Buffer.from(secret.replace(/[-_]/g, ''), 'base64'), code, decoded('base64'), mixed));

  it('decoded by what drops the last letters, too, where they are no four, as JAXB does', () =>
    expectForSecrets(
      (secret) => {
        const letters = secret.replace(/[-_]/g, '');
        return Buffer.from(letters.slice(0, letters.length - (letters.length % 4)), 'base64');
      },
      code,
      decoded('base64'),
      fc.oneof(mixed, plain),
    ));

  it('decoded by what stops at the first such letter', () =>
    expectForSecrets(
      (secret) => Buffer.from(/^[^-_]*/.exec(secret)![0], 'base64'),
      code,
      decoded('base64'),
      mixed.map((secret) => `abcd${secret}`),
    ));

  it('decoded, and made a string of on the way', async () => {
    await expectForSecrets((secret) => Buffer.from(secret, 'base64').toString('latin1'), code);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64').toString('utf8'), code, undefined, plain);
  });

  it('decoded from hex', () =>
    expectForSecrets(
      (secret) => Buffer.from(secret, 'hex'),
      code,
      decoded('hex'),
      bytes.chain((array) => fc.constantFrom(array.toString('hex'), array.toString('hex').toUpperCase())),
    ));

  it('decoded, when the one given here is wrapped in something', () =>
    expectForSecrets(
      (secret) => Buffer.from(secret, 'base64'),
      code,
      undefined,
      plain,
      (secret) => `"${secret}"\n`,
    ));

  it('encoded', async () => {
    const message = 'The backend base64-encoded the secret before signing.';
    await expectForSecrets((secret) => Buffer.from(secret).toString('base64'), 'signature_invalid', message);
    await expectForSecrets((secret) => base64url(secret), 'signature_invalid', message);
    const wrapped = (secret: string) => `"${secret}"\n`;
    await expectForSecrets((secret) => base64url(secret), 'signature_invalid', message, plain, wrapped);
    await expectForSecrets((secret) => base64url(wrapped(secret)), 'signature_invalid', message, plain, wrapped);
  });

  const space = fc.constantFrom(' ', '  ', '\t', '\n', '\r', '\r\n', ' \n', '\n\n', '\u00a0', '\u200b', '\ufeff');
  const quotes = fc.constantFrom(
    ['"', '"'],
    ["'", "'"],
    ['`', '`'],
    ['\u201c', '\u201d'],
    ['\u2018', '\u2019'],
    ['\\"', '\\"'],
    ['"', ''],
    ['', "'"],
  );
  const wrapping = fc.oneof(
    space.map((after) => ['', after]),
    space.map((before) => [before, '']),
    fc.tuple(space, space),
    quotes,
    fc
      .tuple(quotes, fc.constantFrom(['', '\n'], [' ', ''], [' ', ' '], ['', '\r\n']))
      .map(([[open, close], [before, after]]) => [`${before}${open}`, `${close}${after}`]),
  );
  const wrap = (secret: string, [before, after]: readonly string[]) => `${before}${secret}${after}`;

  it('wrapped when it was signed with', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, async (secret, wrapping) => {
        expect(await checkSignature(signWith(wrap(secret, wrapping)), secret)).toMatchObject([
          {
            code: 'secret_whitespace',
            message: expect.stringMatching(/^The token was signed with white space or quotes around the secret/),
          },
        ]);
      }),
      RUNS,
    ));

  it('wrapped where it is given', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, async (secret, wrapping) => {
        expect(await checkSignature(signWith(secret), wrap(secret, wrapping))).toMatchObject([
          {
            code: 'secret_whitespace',
            message: expect.stringMatching(/The secret given here has white space or quotes around it\.$/),
          },
        ]);
      }),
      RUNS,
    ));

  it('wrapped on both sides, in the same or in another way', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, wrapping, async (secret, one, other) => {
        const findings = await checkSignature(signWith(wrap(secret, one)), wrap(secret, other));
        expect(listCodes(findings)).toEqual(['secret_whitespace']);
        const isSame = one.join() === other.join();
        expect(findings[0]!.message.endsWith('both have white space or quotes around them.')).toBe(isSame);
      }),
      RUNS,
    ));

  it('wrapped on both sides in the same way', () =>
    expectForSecrets(
      (secret) => `"${secret}"`,
      'secret_whitespace',
      BOTH,
      secret,
      (secret) => `"${secret}"`,
    ));

  it("with an .env file's \\n at its end", () => expectForSecrets((secret) => `${secret}\\n`, 'secret_whitespace'));
});

describe('checkSignature finds the mistake with the token', () => {
  const REWRITTEN =
    'The header or payload was serialized again after signing, with different white space, order or escapes.';
  const RICH = { name: 'Zoë <a/b> & 測試 😀', list: [1, { a: [] }], ...CLAIMS };
  const upper = (json: string) => json.replace(/\\u[\da-f]{4}/g, (text) => `\\u${text.slice(2).toUpperCase()}`);
  const escape = (json: string, letters: RegExp) =>
    json.replace(letters, (text) =>
      text
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    );
  const sorted = (object: object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  const reversed = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  const python = (object: object) => {
    const lines = JSON.stringify(object, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
    return escape(lines, /[^\0-\x7f]/gu);
  };

  const WRITERS: Readonly<Record<string, (object: object) => string>> = {
    'as JSON.stringify does': (object) => JSON.stringify(object),
    'as Python does': python,
    'with spaces': (object) => JSON.stringify(object, null, 1).replace(/,\n */g, ', ').replace(/\n */g, ''),
    'with lines, two spaces': (object) => JSON.stringify(object, null, 2),
    'with lines, four spaces': (object) => JSON.stringify(object, null, 4),
    'with lines, tabs': (object) => JSON.stringify(object, null, '\t'),
    "with Windows' lines": (object) => JSON.stringify(object, null, 2).replaceAll('\n', '\r\n'),
    sorted: (object) => JSON.stringify(sorted(object)),
    reversed: (object) => JSON.stringify(reversed(object)),
    'as PHP does': (object) => escape(JSON.stringify(object).replaceAll('/', '\\/'), /[^\0-\x7f]/gu),
    'with escaped slashes': (object) => JSON.stringify(object).replaceAll('/', '\\/'),
    'as Go does': (object) => escape(JSON.stringify(object), /[<>&]/g),
    'as .NET does': (object) => upper(escape(JSON.stringify(object), /[<>&'+`]|[^\0-\x7f]/gu)),
  };

  const check = (header: string, payload: string, signedHeader: string, signedPayload: string) => {
    const signature = signTexts(signedHeader, signedPayload).split('.')[2];
    return checkSignature(`${base64url(header)}.${base64url(payload)}.${signature}`, SECRET);
  };
  const rewritten = [{ code: 'signature_invalid', part: 'signature', message: REWRITTEN }];

  it.each(Object.entries(WRITERS).slice(1))('the payload was written %s, and then anew', async (_how, write) => {
    const header = JSON.stringify(HEADER);
    expect(await check(header, JSON.stringify(RICH), header, write(RICH))).toMatchObject(rewritten);
    expect((await check(header, JSON.stringify(RICH), header, write(RICH)))[0]!.remedy).toMatch(/as the JWT library/);
  });

  it.each(Object.entries(WRITERS).slice(1, 7))('the payload was written anew %s', async (_how, write) => {
    const header = JSON.stringify(HEADER);
    expect(await check(header, write(RICH), header, JSON.stringify(RICH))).toMatchObject(rewritten);
  });

  it.each(Object.entries(WRITERS).slice(1, 9))('the header was written %s, and then anew', async (_how, write) => {
    const payload = JSON.stringify(RICH);
    expect(await check(JSON.stringify(HEADER), payload, write(HEADER), payload)).toMatchObject(rewritten);
    expect(await check(write(HEADER), payload, JSON.stringify(HEADER), payload)).toMatchObject(rewritten);
  });

  it.each(Object.entries(WRITERS).slice(1))('both were written %s, and then anew', async (_how, write) => {
    const given = [JSON.stringify(HEADER), JSON.stringify(RICH)] as const;
    expect(await check(...given, write(HEADER), write(RICH))).toMatchObject(rewritten);
  });

  it('the header came in any order, and so did a short payload', async () => {
    const { alg, typ, kid } = HEADER;
    const orders = [
      { alg, kid, typ },
      { kid, alg, typ },
      { kid, typ, alg },
      { typ, alg, kid },
      { typ, kid, alg },
    ];
    for (const order of orders) {
      const payload = JSON.stringify(RICH);
      expect(await check(JSON.stringify(HEADER), payload, JSON.stringify(order), payload)).toMatchObject(rewritten);
    }
    const { scope, external_id, exp, iat } = CLAIMS;
    const [header, payload] = [JSON.stringify(HEADER), JSON.stringify(CLAIMS)];
    expect(await check(header, payload, header, JSON.stringify({ exp, scope, iat, external_id }))).toMatchObject(
      rewritten,
    );
  });

  // Every order of the one with every order of the other would be tens of thousands of signatures.
  it('both parts written anew, but not where the payload is in an order that nobody writes', async () => {
    const { scope, external_id, exp, iat } = CLAIMS;
    const [header, payload] = [JSON.stringify(HEADER), JSON.stringify(CLAIMS)];
    const otherHeader = JSON.stringify(reversed(HEADER));
    expect(await check(header, payload, otherHeader, JSON.stringify(reversed(CLAIMS)))).toMatchObject(rewritten);
    expect(await check(header, payload, otherHeader, JSON.stringify({ exp, scope, iat, external_id }))).toMatchObject([
      { message: ANOTHER },
    ]);
  });

  it('a change of what it says is no such thing', async () => {
    const header = JSON.stringify(HEADER);
    const findings = await check(header, JSON.stringify({ ...RICH, name: 'x' }), header, JSON.stringify(RICH));
    expect(findings).toMatchObject([{ code: 'signature_invalid', message: ANOTHER }]);
  });

  it('the signature was written in hex', async () => {
    const hex = createHmac('sha256', SECRET).update(`${HEADER_TEXT}.${PAYLOAD_TEXT}`).digest('hex');
    for (const signature of [hex, hex.toUpperCase(), base64url(hex)]) {
      const findings = await checkSignature(`${HEADER_TEXT}.${PAYLOAD_TEXT}.${signature}`, SECRET);
      const message = 'The signature is correct, but it is written in hex.';
      expect(findings).toMatchObject([
        { code: 'signature_invalid', part: 'signature', message, remedy: expect.stringMatching(/base64url/) },
      ]);
    }
    expect(await checkSignature(`${HEADER_TEXT}.${PAYLOAD_TEXT}.${hex.slice(1)}`, SECRET)).toMatchObject([
      { message: ANOTHER, remedy: CATALOGUE.signature_invalid[2] },
    ]);
  });
});
