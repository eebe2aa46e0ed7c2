import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken, redact } from '../../src/inspect/index.js';
import { createLeakFinder, secretText } from '../secret-runs.js';
import { givenTokens, listSecrets, makeToken, zendeskSecret, type GivenToken } from './secret-tokens.js';
import { NOW_MS } from './tokens.js';

const { findLeak, ownWords } = createLeakFinder(['src/inspect']);

describe('personal data', () => {
  it('is not in findings, redacted reports or explanations', () => {
    fc.assert(
      fc.property(givenTokens, zendeskSecret, (one, key) => {
        const token = makeToken(one, key);
        const value = one.wrap(token);
        const secrets = listSecrets(one, token);
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
    const place = fc.constantFrom<(one: GivenToken, secret: string) => GivenToken>(
      (one) => one,
      (one, secret) => ({ ...one, header: { ...one.header, kid: secret } }),
      (one, secret) => ({ ...one, claims: { ...one.claims, note: `my ${secret}` } }),
      (one, secret) => ({ ...one, wrap: (token) => one.wrap(`${token.slice(0, token.lastIndexOf('.'))}.${secret}`) }),
      (one, secret) => ({ ...one, wrap: () => one.wrap(secret) }),
    );
    await fc.assert(
      fc.asyncProperty(givenTokens, secret, key, place, async (one, secret, key, place) => {
        const placed = place(one, secret);
        const token = makeToken(placed, key(secret));
        const findings = await checkSignature(placed.wrap(token), secret);
        expect(findLeak(JSON.stringify(findings), [secret, ...listSecrets(placed, token)])).toBeUndefined();
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
