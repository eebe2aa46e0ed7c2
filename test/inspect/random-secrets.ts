// Random secrets, tokens that are signed with them, and what checkSignature finds in those tokens.
import fc from 'fast-check';
import { expect } from 'vitest';
import { checkSignature } from '../../src/inspect/index.js';
import { listCodes, sign, signParts } from './tokens.js';

export const TOKEN = sign();
export const [HEADER_TEXT, PAYLOAD_TEXT] = TOKEN.split('.') as [string, string, string];
export const signWith = (key: string | Uint8Array) => signParts(HEADER_TEXT, PAYLOAD_TEXT, key);

export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const textOf = (letters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((chars) => chars.join(''));
export const bytes = fc.uint8Array({ minLength: 20, maxLength: 60 }).map((array) => Buffer.from(array));
export const secret = fc.oneof(
  textOf(`${LETTERS}-_`, 20, 80),
  textOf(LETTERS, 20, 80),
  bytes.map((array) => array.toString('hex')),
  bytes.map((array) => array.toString('base64')),
  bytes.map((array) => array.toString('base64url')),
);
// Each run signs hundreds of times.
export const RUNS = { numRuns: 8 };

/**
 * Checks for random secrets that the only finding has this code and message. The token is signed with `makeKey(secret)`
 * and checked with `makeGiven(secret)`.
 */
export async function expectForSecrets(
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

/** The message for a secret that is simply a different one. */
export const ANOTHER = 'The token was signed with a different secret, or was changed after signing.';
