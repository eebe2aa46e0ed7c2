import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkSignature } from '../../src/inspect/index.js';
import {
  ANOTHER,
  expectForSecrets,
  HEADER_TEXT,
  LETTERS,
  PAYLOAD_TEXT,
  signWith,
  textOf,
  TOKEN,
} from './random-secrets.js';
import { base64url, CLAIMS, HEADER, listCodes, SECRET, sign, signParts, signTexts } from './tokens.js';

describe('checkSignature', () => {
  it('finds nothing with the right secret', () => expectForSecrets((secret) => secret, undefined));

  it('reports a different secret', async () => {
    await expectForSecrets((secret) => `${secret.slice(1)}~`, 'signature_invalid', ANOTHER);
    await expectForSecrets((secret) => secret.slice(0, -1), 'signature_invalid', ANOTHER, textOf(LETTERS, 20, 80));
    await expectForSecrets((secret) => secret + secret, 'signature_invalid', ANOTHER);
  });

  it('reports a token that was changed after signing', async () => {
    const [, , signature] = TOKEN.split('.');
    const changed = `${HEADER_TEXT}.${base64url(JSON.stringify({ ...CLAIMS, external_id: 'admin' }))}.${signature}`;
    expect(await checkSignature(changed, SECRET)).toMatchObject([{ code: 'signature_invalid', message: ANOTHER }]);
  });

  it('accepts tokens of other JWT libraries', async () => {
    const fromJose = await new SignJWT(CLAIMS).setProtectedHeader(HEADER).sign(new TextEncoder().encode(SECRET));
    expect(await checkSignature(fromJose, SECRET)).toEqual([]);
    const spaced = signTexts('{"alg": "HS256", "typ": "JWT", "kid": "x"}', '{"scope": "user", "external_id": "1"}');
    expect(await checkSignature(spaced, SECRET)).toEqual([]);
  });

  it('checks a token inside quotes, Bearer, an object or padding', async () => {
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
  ])('uses the hash function of the alg %s', async (alg, hash) => {
    const signed = `${base64url(JSON.stringify({ ...HEADER, alg }))}.${PAYLOAD_TEXT}`;
    const token = `${signed}.${createHmac(hash, SECRET).update(signed).digest('base64url')}`;
    expect(await checkSignature(token, SECRET)).toEqual([]);
    expect(listCodes(await checkSignature(token, `${SECRET}x`))).toEqual(['signature_invalid']);
  });

  it.each(['none', 'RS256', 'ES512', 'EdDSA'])('reports that %s does not sign with a shared secret', async (alg) => {
    expect(await checkSignature(sign({}, { alg }), SECRET)).toMatchObject([
      {
        code: 'signature_invalid',
        part: 'signature',
        message: 'alg is not an algorithm that signs with a shared secret.',
      },
    ]);
    expect((await checkSignature(sign({}, { alg }), SECRET))[0]!.remedy).toMatch(/^Sign with HS256/);
  });

  it('reports that it cannot check a token without signature, or without Web Crypto', async () => {
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

  it.each(['', ' ', '"" ', '\n', undefined, null, 7, {}])(
    'rejects with a TypeError for the secret %j',
    async (secret) => {
      await expect(checkSignature(TOKEN, secret as string)).rejects.toThrow(
        new TypeError('The secret must be a string that is not empty. Use the secret from the Admin Center.'),
      );
    },
  );

  it('imports the secret only as keys that cannot be extracted', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    onTestFinished(() => importKey.mockRestore());
    await checkSignature(TOKEN, `${SECRET}x`);
    expect(importKey.mock.calls.length).toBeGreaterThan(1);
    expect(importKey.mock.calls.every(([, , , extractable]) => extractable === false)).toBe(true);
  });
});

describe('checkSignature with long input', () => {
  // Somebody may pass a whole .env file as the secret.
  it('rejects a secret of more than 1000 characters with an explanation', async () => {
    await expect(checkSignature(TOKEN, 'x'.repeat(1001))).rejects.toThrow(
      new TypeError('The secret has 1001 characters, which is too many. Pass only the secret from the Admin Center.'),
    );
    const long = 'x'.repeat(1000);
    expect(await checkSignature(signWith(long), long)).toEqual([]);
  });

  it('looks for mistakes with the secret in a token of up to 64,000 characters', async () => {
    const check = (length: number) => {
      const payload = 'A'.repeat(length - HEADER_TEXT.length - 1);
      return checkSignature(signParts(HEADER_TEXT, payload, `${SECRET}\n`), SECRET);
    };
    expect(listCodes(await check(64_000))).toEqual(['secret_whitespace']);
    expect(listCodes(await check(64_001))).toEqual(['signature_invalid']);
  });

  it('looks for a changed serialization in a token of up to 8000 characters', async () => {
    const header = JSON.stringify({ alg: 'HS256' });
    const empty = JSON.stringify({ name: '' });
    const check = async (length: number) => {
      // Base64 turns three bytes into four characters.
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
