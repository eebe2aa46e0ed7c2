import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken, redact } from '../../src/inspect/index.js';
import { CLAIMS, HEADER, NOW_MS, signTexts } from './tokens.js';

const RUN = 6;

function* listRuns(text: string): Iterable<string> {
  for (let at = 0; at + RUN <= text.length; at++) yield text.slice(at, at + RUN);
}

// The words in the doctor's source code. They are in its messages for every token, so they are not secret.
const sources = readdirSync('src/inspect').map((name) => readFileSync(`src/inspect/${name}`, 'utf8'));
const OWN_WORDS = new Set(sources.flatMap((source) => [...listRuns(source)]));

/** The first six characters in a row of a secret that also are in the text. */
function findLeak(said: string, secrets: readonly string[]): string | undefined {
  const runs = new Set(listRuns(said));
  for (const secret of secrets) {
    for (const run of listRuns(secret)) if (runs.has(run) && !OWN_WORDS.has(run)) return run;
  }
  return undefined;
}

// Letters with digits between them, unlike any word in a program.
const secretText = fc
  .array(fc.tuple(fc.constantFrom(...'QXZqxzJKVjkv'), fc.constantFrom(...'WYPwypBFG'), fc.nat({ max: 9 })), {
    minLength: 3,
    maxLength: 12,
  })
  .map((triples) => triples.flat().join(''));
const email = fc.tuple(secretText, secretText).map(([name, host]) => `${name}@${host}.example`);
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
];

/** All strings in a value, including member names. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...listTexts(member)]);
}

const isWord = (text: string) => /^[a-zA-Z_]{1,20}$/.test(text);

describe('personal data', () => {
  const given = fc.record({ claims, header, wrap: fc.constantFrom(...WRAPPINGS) });

  it('is not in findings, redacted reports or explanations', () => {
    fc.assert(
      fc.property(given, ({ claims, header, wrap }) => {
        const token = signTexts(JSON.stringify(header), JSON.stringify(claims));
        const value = wrap(token);
        const secrets = [token, ...listTexts(claims), ...listTexts(header)].filter((text) => !isWord(text));
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
    await fc.assert(
      fc.asyncProperty(given, secret, key, async ({ claims, header, wrap }, secret, key) => {
        const token = signTexts(JSON.stringify(header), JSON.stringify(claims), key(secret));
        const findings = await checkSignature(wrap(token), secret);
        const secrets = [token, secret, ...listTexts(claims), ...listTexts(header)].filter((text) => !isWord(text));
        expect(findLeak(JSON.stringify(findings), secrets)).toBeUndefined();
      }),
      { numRuns: 30 },
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
    expect(OWN_WORDS).toContain('extern');
  });
});
