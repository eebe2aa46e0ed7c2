import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanReason } from '../../src/core/refusal-reason.js';
import type { Login } from '../../src/core/state.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const EARLIER = signToken({ scope: 'user', external_id: 'user-1', jti: 'a' }, FAKE_ACCOUNT);
const PERSON = { name: 'Robin Example', email: 'r.example-7@shop.example' };
const TOKEN = signToken({ scope: 'user', external_id: 'user-1', ...PERSON }, FAKE_ACCOUNT);
const clean = (reason: string, user = 'user-1') =>
  cleanReason(reason, { given: [EARLIER, TOKEN], user } as Partial<Login> as Login);

it.each([
  '401: Invalid JWT',
  '401: Missing key id (kid)',
  '403: Forbidden',
  '400: external_id must be <= 255 characters!',
  '409: User already exists',
  '400: "scope" must be one of: user, account',
  `401: Unknown key ${FAKE_ACCOUNT.keyId}`,
  'Unknown error',
  'Error occurred reading from jwt',
  'JWT request did not resolve within an acceptable time',
])('keeps %s', (reason) => {
  expect(clean(reason)).toBe(reason);
});

it('keeps the first of several lines', () => {
  expect(clean(`401: Invalid\n${TOKEN}`)).toBe('401: Invalid');
});

it('accepts claims of any type', () => {
  const odd = signToken({ scope: 'user', external_id: 'user-1', name: { toString: 1 }, email: ['x'] }, FAKE_ACCOUNT);
  const login = { given: [odd], user: 'user-1' } as Partial<Login> as Login;
  expect(cleanReason('401: Invalid JWT', login)).toBe('401: Invalid JWT');
});

it('keeps the word undefined if the token has no name', () => {
  const user = { given: [EARLIER], user: 'user-1' } as Partial<Login> as Login;
  expect(cleanReason('401: kid is undefined', user)).toBe('401: kid is undefined');
});

it('keeps a status that is the user id by chance', () => {
  for (const user of ['1', '4', '401', '01']) expect(clean('401: Invalid JWT', user)).toBe('401: Invalid JWT');
});

it.each([
  ['a token', `401: ${TOKEN}`],
  ['a token before the last', `401: ${EARLIER.slice(-20)}`],
  ['six characters of a token', `401: Invalid token ${TOKEN.slice(-6)}`],
  ['the external_id', '409: user-1 exists'],
  ['an e-mail', '409: ada@shop.example exists'],
  ['a coded e-mail', '409: ada%40shop.example exists'],
  ['an e-mail in HTML', '409: ada&#64;shop.example exists'],
  ['a secret', `401: not signed with ${'s3cr3t'.repeat(8)}`],
  ['a text that is too long', `401: ${'word '.repeat(40)}`],
  ['the external_id in capitals', '409: USER-1 exists'],
  ['the name', '409: Robin Example exists'],
  ['a part of the name', '409: the user ROBIN exists'],
  ['a part of the e-mail', '409: r.example-7 exists'],
])('drops all but the status of a reason with %s', (_what, reason) => {
  expect(clean(reason)).toBe(reason.slice(0, 3));
});

it.each(['undefined', '[object Object]', '', 'user-1 does not exist', 'for Robin'])('drops %j', (reason) => {
  expect(clean(reason)).toBeUndefined();
});

it('checks a very long reason in a short time', () => {
  expect(clean(`401: ${'x '.repeat(500_000)}`)).toBe('401');
});

it('keeps five characters of a token, which can be a word', () => {
  expect(clean(`401: Invalid ${TOKEN.slice(-5)}`)).toBeDefined();
});

it('drops every reason that quotes six characters of a token anywhere', () => {
  const start = fc.integer({ min: 0, max: TOKEN.length - 6 });
  fc.assert(
    fc.property(start, fc.string(), fc.string(), (at, before, after) => {
      expect(clean(`401: ${before}${TOKEN.slice(at, at + 6)}${after}`)).toBe('401');
    }),
  );
});
