import fc from 'fast-check';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { readToken } from '../../src/core/token.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const sign = (claims: Record<string, unknown>) => signToken(claims, FAKE_ACCOUNT);

it('reads the claims of a token that jose signed', async () => {
  const text = await new SignJWT({ scope: 'user', external_id: 'jürgen-✓', name: 'Jürgen' })
    .setProtectedHeader({ alg: 'HS256', kid: FAKE_ACCOUNT.keyId })
    .setIssuedAt(1_795_399_995)
    .setExpirationTime(1_795_403_600)
    .sign(new TextEncoder().encode(FAKE_ACCOUNT.secret));
  expect(readToken(text)).toEqual({ raw: text, user: 'jürgen-✓', exp: 1_795_403_600, iat: 1_795_399_995 });
});

it('reads an external_id with any characters, in a payload of any length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (externalId, name) => {
      expect(readToken(sign({ external_id: externalId, name }))).toMatchObject({ user: externalId });
    }),
  );
});

it('never throws, and returns an error code for anything that is not a token', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(typeof readToken(value)).toBe('string');
    }),
  );
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (header, payload, signature) => {
      readToken(`${header}.${payload}.${signature}`);
    }),
  );
});

it.each([
  ['an exp that is a string', { exp: '1795403600' }],
  ['an exp in milliseconds', { exp: 1_795_403_600_000 }],
  ['an exp that is null', { exp: null }],
])('rejects %s', (_what, claims) => {
  expect(readToken(sign({ external_id: '1', ...claims }))).toBe('exp_invalid');
});

it('accepts a token without exp and iat, and ignores an iat that is not a number', () => {
  expect(readToken(sign({ external_id: '1', iat: '7' }))).toMatchObject({ exp: undefined, iat: undefined });
});

it('accepts only a JWT of three parts with nothing around it', () => {
  const text = sign({ external_id: '1' });
  expect(readToken(text)).toMatchObject({ raw: text });
  for (const other of [` ${text}`, `${text}\n`, `x.${text}`, `${text}.x`, `"${text}"`, `${text}=`]) {
    expect(readToken(other)).toBe('token_malformed');
  }
});

it.each([
  [undefined, 'external_id_missing'],
  ['', 'external_id_missing'],
  [7, 'external_id_not_string'],
  [null, 'external_id_not_string'],
  [['1'], 'external_id_not_string'],
])('rejects the external_id %j with %s', (external_id, code) => {
  expect(readToken(sign({ external_id }))).toBe(code);
});

it('reads exp as seconds up to the year 5138, and uses iat only when it is before exp', () => {
  const read = (exp: number, iat?: number) => readToken(sign({ external_id: '1', exp, iat }));
  expect(read(1e11)).toBe('exp_invalid');
  expect(read(1e11 - 1)).toMatchObject({ exp: 1e11 - 1 });
  expect(read(1000, 999)).toMatchObject({ exp: 1000, iat: 999 });
  expect(read(1000, 1000)).toMatchObject({ exp: 1000, iat: undefined });
  expect(read(1000, 1001)).toMatchObject({ exp: 1000, iat: undefined });
});
