import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken, redact } from '../../src/inspect/index.js';
import { createLeakFinder, secretEmail as email, secretText } from '../secret-runs.js';
import { base64url, CLAIMS, HEADER, NOW_MS, signParts } from './tokens.js';

const { findLeak, ownWords } = createLeakFinder(['src/inspect']);

const value = fc.oneof(
  secretText,
  email,
  secretText.map((text) => [text, { name: text }]),
  secretText.map((text) => ({ [text]: text })),
);
// Claim names that could identify a person: with @, digits or spaces, or long.
const oddName = fc.oneof(
  secretText,
  email,
  secretText.map((text) => `is ${text}`),
  fc.constant('JaneSoapOfTheSoapsOfQuxborough'),
);
const claims = fc
  .tuple(
    fc.record(
      {
        ...{ scope: value, external_id: value, name: secretText, email, email_verified: value, kid: value },
        ...{ exp: value, iat: value, nbf: value, jti: value, userId: value, password: secretText, picture: value },
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(oddName, value, { maxKeys: 3 }),
    fc.boolean(),
  )
  .map(([named, odd, isGood]): Record<string, unknown> => ({ ...(isGood && CLAIMS), ...named, ...odd }));
const header = fc
  .tuple(
    fc.record({ alg: value, typ: value, kid: value }, { requiredKeys: [] }),
    fc.dictionary(oddName, value, { maxKeys: 1 }),
  )
  .map(([named, odd]): Record<string, unknown> => ({ ...HEADER, ...named, ...odd }));
// 64 bytes in base64url, as the Admin Center shows a secret.
const zendeskSecret = fc
  .uint8Array({ minLength: 64, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

const WRAPPINGS: readonly ((token: string) => unknown)[] = [
  (token) => token,
  (token) => `"Bearer ${token}\n"`,
  (token) => JSON.stringify({ user: { token } }),
  (token) => ({ data: { token } }),
  (token) => token.split('.').slice(0, 2).join('.'),
  (token) => token.split('.').reverse().join('.'),
  (token) => token.slice(5),
  (token) => `${token}=`,
  (token) => token.replaceAll('.', ''),
  (token) => `https://example.com/?token=${token}`,
  (token) => `<p>Qx7Zw3 ${token} Xz4Qy9</p>`,
  (token) => `callback({"jwt":"${token}"});`,
  (token) => `${token}0`,
  (token) => `{'token': '${token}'}`,
  (token) => JSON.stringify({ body: JSON.stringify({ token }) }),
  (token) => `JWT ${token.replace(/.{40}/g, '$&\n')}`,
  (token) => token.replace('.', ''),
];
// The text around the token must not be shown, either.
const AROUND = ['Qx7Zw3', 'Xz4Qy9'];

/** All strings in a value, including member names. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...listTexts(member)]);
}

const isWord = (text: string) => /^[a-zA-Z_]{1,20}$/.test(text);

describe('personal data', () => {
  const given = fc.record({
    claims,
    header: fc.oneof(
      header,
      zendeskSecret.map((kid) => ({ ...HEADER, kid })),
      fc.tuple(zendeskSecret, fc.constantFrom('act_', 'app_')).map(([id, prefix]) => ({ ...HEADER, kid: prefix + id })),
    ),
    wrap: fc.constantFrom(...WRAPPINGS),
    isLatin1: fc.boolean(),
  });
  type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;
  const makeToken = ({ claims, header, isLatin1 }: Given, key?: string | Buffer) => {
    const json = JSON.stringify(isLatin1 ? { city: 'Zürich', ...claims } : claims);
    const payload = Buffer.from(json, isLatin1 ? 'latin1' : 'utf8');
    return signParts(base64url(JSON.stringify(header)), base64url(payload), key);
  };

  it('is not in findings, redacted reports or explanations', () => {
    fc.assert(
      fc.property(given, zendeskSecret, (one, key) => {
        const { claims, header, wrap } = one;
        const token = makeToken(one, key);
        const value = wrap(token);
        const secrets = [token, ...AROUND, ...listTexts(claims), ...listTexts(header)].filter((text) => !isWord(text));
        expect(findLeak(JSON.stringify(inspectToken(value, { nowMs: NOW_MS })), secrets)).toBeUndefined();
        expect(findLeak(redact(value, { nowMs: NOW_MS }), secrets)).toBeUndefined();
        expect(findLeak(JSON.stringify(explain('invalid_auth', value, NOW_MS)), secrets)).toBeUndefined();
        expect(findLeak(JSON.stringify(explain('exp_invalid', value, NOW_MS, 1e6)), secrets)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('and the secret are not in the findings about the signature', async () => {
    const secret = fc.tuple(fc.constantFrom('', ' ', '"'), secretText, secretText).map((texts) => texts.join(''));
    // The token is signed with a mistake in the secret.
    const key = fc.constantFrom<(secret: string) => string | Buffer>(
      (text) => text,
      (text) => text.trim().replaceAll('"', ''),
      (text) => `${text}\n`,
      (text) => Buffer.from(text, 'base64'),
      (text) => Buffer.from(text).toString('base64'),
      (text) => `${text}x`,
    );
    // The secret is in the token, or is all there is.
    const place = fc.constantFrom<(one: Given, secret: string) => Given>(
      (one) => one,
      (one, secret) => ({ ...one, header: { ...one.header, kid: secret } }),
      (one, secret) => ({ ...one, claims: { ...one.claims, note: `my ${secret}` } }),
      (one, secret) => ({ ...one, wrap: (token) => one.wrap(`${token.slice(0, token.lastIndexOf('.'))}.${secret}`) }),
      (one, secret) => ({ ...one, wrap: () => one.wrap(secret) }),
    );
    await fc.assert(
      fc.asyncProperty(given, secret, key, place, async (one, secret, key, place) => {
        const { claims, header, wrap } = place(one, secret);
        const token = makeToken({ ...one, claims, header }, key(secret));
        const findings = await checkSignature(wrap(token), secret);
        const secrets = [token, secret, ...listTexts(claims), ...listTexts(header)].filter((text) => !isWord(text));
        expect(findLeak(JSON.stringify(findings), secrets)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('is not in the error for an invalid secret', async () => {
    await expect(checkSignature('x', ' "" ')).rejects.toThrow(TypeError);
    await expect(checkSignature('x', undefined as never)).rejects.toThrow(TypeError);
    await expect(checkSignature('x', ['Qx7Zp3Wy9'] as never)).rejects.not.toThrow('Qx7Zp3');
  });

  it('would be found by this test', () => {
    expect(findLeak('The token of Qw1Xy2 is', ['aQw1Xy2b'])).toBe('Qw1Xy2');
    expect(findLeak('The token of Qw1Xy is', ['aQw1Xy2b'])).toBeUndefined();
    expect(ownWords).toContain('extern');
  });
});
