import fc from 'fast-check';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { readToken } from '../../src/core/token.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const sign = (claims: Record<string, unknown>) => signToken(claims, FAKE_ACCOUNT);

it('reads the claims of a token that a well-kept library signed', async () => {
  const text = await new SignJWT({ scope: 'user', external_id: 'jürgen-✓', name: 'Jürgen' })
    .setProtectedHeader({ alg: 'HS256', kid: FAKE_ACCOUNT.keyId })
    .setIssuedAt(1_795_399_995)
    .setExpirationTime(1_795_403_600)
    .sign(new TextEncoder().encode(FAKE_ACCOUNT.secret));
  expect(readToken(text)).toEqual({ text, externalId: 'jürgen-✓', exp: 1_795_403_600, iat: 1_795_399_995 });
});

it('reads every external_id, whatever its letters, and whatever the length of the payload', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (externalId, name) => {
      expect(readToken(sign({ external_id: externalId, name }))).toMatchObject({ externalId });
    }),
  );
});

it('never throws, and finds a defect in anything that is no token', () => {
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
  ['exp as text', { exp: '1795403600' }],
  ['exp in milliseconds', { exp: 1_795_403_600_000 }],
  ['exp as null', { exp: null }],
])('refuses %s', (_what, claims) => {
  expect(readToken(sign({ external_id: '1', ...claims }))).toBe('exp_invalid');
});

it('takes a token without exp and iat, and ignores an iat that is no number', () => {
  expect(readToken(sign({ external_id: '1', iat: '7' }))).toMatchObject({ exp: undefined, iat: undefined });
});

it('takes a bare JWT of three parts only', () => {
  const text = sign({ external_id: '1' });
  expect(readToken(text)).toMatchObject({ text });
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
])('refuses the external_id %j: %s', (external_id, code) => {
  expect(readToken(sign({ external_id }))).toBe(code);
});

it('takes exp for seconds up to the year 5138, and iat only where it lies before exp', () => {
  const read = (exp: number, iat?: number) => readToken(sign({ external_id: '1', exp, iat }));
  expect(read(1e11)).toBe('exp_invalid');
  expect(read(1e11 - 1)).toMatchObject({ exp: 1e11 - 1 });
  expect(read(1000, 999)).toMatchObject({ exp: 1000, iat: 999 });
  expect(read(1000, 1000)).toMatchObject({ exp: 1000, iat: undefined });
  expect(read(1000, 1001)).toMatchObject({ exp: 1000, iat: undefined });
});
