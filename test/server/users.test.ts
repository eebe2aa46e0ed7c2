import fc from 'fast-check';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import {
  signMessengerToken,
  TokenEndpointError,
  type MessengerUser,
  type TokenProduct,
} from '../../src/server/index.js';
import { CLASSIC_SECRET, KEY, KEY_ID, SECRET } from './keys.js';

const sign = (user: object, options: object = {}) => signMessengerToken(user as MessengerUser, { ...KEY, ...options });
const CLASSIC = { keyId: undefined, secret: CLASSIC_SECRET };

function readClaims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

const ADA = { externalId: 'ada', name: 'Ada', email: 'ada@shop.example' };

/** Users for whom nothing is signed. */
const WRONG: readonly [what: string, user: unknown, code: string][] = [
  ['a text', 'ada', 'user_invalid'],
  ['no externalId', { name: 'Ada' }, 'external_id_missing'],
  ['null as externalId', { externalId: null }, 'external_id_missing'],
  ['an empty externalId', { externalId: '' }, 'external_id_missing'],
  ['white space as externalId', { externalId: ' ' }, 'external_id_missing'],
  ['0 as externalId', { externalId: 0 }, 'external_id_missing'],
  ['a negative externalId', { externalId: -1 }, 'external_id_missing'],
  ['NaN as externalId', { externalId: NaN }, 'external_id_missing'],
  ['the word undefined as externalId', { externalId: 'undefined' }, 'external_id_missing'],
  ['[object Object] as externalId', { externalId: '[object Object]' }, 'external_id_missing'],
  ['an externalId with digits lost', { externalId: 2 ** 53 }, 'external_id_invalid'],
  ['a fraction as externalId', { externalId: 1.5 }, 'external_id_invalid'],
  ['an object as externalId', { externalId: { id: 1 } }, 'external_id_invalid'],
  ['white space around the externalId', { externalId: 'ada ' }, 'external_id_invalid'],
  ['half a character in the externalId', { externalId: 'ada\ud83d' }, 'external_id_invalid'],
  ['an externalId of 256 characters', { externalId: 'a'.repeat(256) }, 'external_id_too_long'],
  ['a name that is an object', { ...ADA, name: { first: 'Ada' } }, 'name_invalid'],
  ['a name of 256 characters', { ...ADA, name: 'a'.repeat(256) }, 'name_invalid'],
  ['an e-mail without @', { ...ADA, email: 'ada' }, 'email_invalid'],
  ['an e-mail with a name', { ...ADA, email: 'Ada <ada@shop.example>' }, 'email_invalid'],
  ['two e-mails', { ...ADA, email: 'ada@shop.example,ada@home.example' }, 'email_invalid'],
  ['an e-mail with a line break', { ...ADA, email: 'ada@shop.example\n' }, 'email_invalid'],
  ['an e-mail with a host that has no name', { ...ADA, email: 'ada@.' }, 'email_invalid'],
  ['an e-mail with two dots in the host', { ...ADA, email: 'ada@shop..example' }, 'email_invalid'],
  ['an e-mail with an invisible character', { ...ADA, email: '\u200bada@shop.example' }, 'email_invalid'],
  ['an e-mail with a control character', { ...ADA, email: 'ada@shop.example\0' }, 'email_invalid'],
  ['an e-mail that is too long', { ...ADA, email: `${'a'.repeat(250)}@b.example` }, 'email_invalid'],
  ['an e-mail that is an object', { ...ADA, email: {} }, 'email_invalid'],
  ['"false" as emailVerified', { ...ADA, emailVerified: 'false' }, 'email_verified_invalid'],
  ['1 as emailVerified', { ...ADA, emailVerified: 1 }, 'email_verified_invalid'],
  ['an invalid date as emailVerified', { ...ADA, emailVerified: new Date(NaN) }, 'email_verified_invalid'],
  [
    'a field that cannot be read',
    {
      externalId: 'ada',
      get name() {
        throw new Error('ada@shop.example');
      },
    },
    'user_invalid',
  ],
  ['the secret in the name', { ...ADA, name: `x${SECRET}` }, 'secret_exposed'],
];

describe('a user', () => {
  it.each(WRONG)('with %s is refused', async (_what, user, code) => {
    const error = await sign(user as object).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TokenEndpointError);
    expect(error).toMatchObject({ code });
    // What happened, and what to do.
    expect((error as Error).message).toMatch(/\w+\. [A-Z].*\. \[|\w+: .*\. \[/s);
    for (const value of ['ada', 'shop.example', SECRET]) expect((error as Error).message).not.toContain(value);
  });

  it('is signed with all claims, and with nothing else', async () => {
    const token = await sign({ ...ADA, emailVerified: true, role: 'admin' }, { now: () => 1_800_000_000_999 });
    expect(readClaims(token)).toEqual({
      scope: 'user',
      external_id: 'ada',
      name: 'Ada',
      email: 'ada@shop.example',
      email_verified: true,
      iat: 1_800_000_000,
      exp: 1_800_000_900,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    const header = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: KEY_ID });
  });

  it.each([
    ['a number', 42, '42'],
    ['a bigint', 2n ** 70n, String(2n ** 70n)],
    ['the text 0', '0', '0'],
    ['255 characters', 'é'.repeat(255), 'é'.repeat(255)],
  ])('can have %s as externalId', async (_what, externalId, text) => {
    expect(readClaims(await sign({ externalId })).external_id).toBe(text);
  });

  it.each([
    [undefined, false],
    [null, false],
    [false, false],
    [true, true],
    [new Date(0), true],
  ])('whose emailVerified is %s has the claim %s', async (emailVerified, claim) => {
    expect(readClaims(await sign({ ...ADA, emailVerified })).email_verified).toBe(claim);
  });

  it.each([
    'a@b',
    'o\u2019hara@shop.example',
    'ada..l@shop.example',
    'ada+1@mail.shop-1.example',
    'zoë@bücher.example',
  ])('can have %s as e-mail', async (email) => {
    expect(readClaims(await sign({ ...ADA, email })).email).toBe(email);
  });

  it('without an e-mail and a name has no claims for them', async () => {
    const claims = readClaims(await sign({ externalId: 7, name: ' ', email: '', emailVerified: true }));
    expect(Object.keys(claims)).toEqual(['scope', 'external_id', 'iat', 'exp', 'jti']);
  });

  it('gets another token for each request of the same second', async () => {
    const now = () => 1_800_000_000_000;
    const tokens = await Promise.all(Array.from({ length: 50 }, () => sign(ADA, { now })));
    expect(new Set(tokens).size).toBe(50);
  });

  it.each(['chat', 'help-center'])('gets a token for %s without what belongs to messaging', async (product) => {
    const token = await sign({ ...ADA, emailVerified: true }, { ...CLASSIC, product, now: () => 1_800_000_000_000 });
    expect(readClaims(token)).toEqual({
      external_id: 'ada',
      name: 'Ada',
      email: 'ada@shop.example',
      iat: 1_800_000_000,
      exp: 1_800_000_300,
      jti: expect.any(String),
    });
    expect(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
  });

  it.each([
    ['name', { ...ADA, name: null }, 'name_invalid'],
    ['email', { ...ADA, email: undefined }, 'email_invalid'],
    ['email in ASCII', { ...ADA, email: 'zoë@shop.example' }, 'email_invalid'],
  ])('of the Web Widget (Classic) needs %s', async (_claim, user, code) => {
    await expect(sign(user, { ...CLASSIC, product: 'chat' })).rejects.toMatchObject({ code });
  });
});

/** Any value, and often one that is nearly right. */
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('undefined'), fc.constant(SECRET));
const anyUser = fc.oneof(
  { weight: 1, arbitrary: fc.anything() },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        externalId: fc.oneof(
          { weight: 9, arbitrary: fc.string({ minLength: 1 }) },
          fc.integer(),
          fc.bigInt(),
          fc.uuid(),
          anyText,
          fc.anything(),
        ),
        name: fc.oneof({ weight: 9, arbitrary: anyText }, fc.string({ maxLength: 300 }), fc.anything()),
        email: fc.oneof({ weight: 9, arbitrary: fc.emailAddress() }, anyText, fc.anything()),
        emailVerified: fc.oneof({ weight: 9, arbitrary: fc.boolean() }, fc.date(), fc.anything()),
      },
      { requiredKeys: [] },
    ),
  },
);
const anyKey = (product: TokenProduct) =>
  fc.record({
    product: fc.constant(product),
    keyId: fc.oneof(
      { weight: 9, arbitrary: fc.constant(product === 'messaging' ? KEY_ID : undefined) },
      anyText,
      fc.anything(),
    ),
    secret: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(product === 'messaging' ? SECRET : CLASSIC_SECRET) },
      anyText,
      fc.anything(),
    ),
    lifetimeS: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 60, max: product === 'messaging' ? 86_400 : 420 }) },
      fc.anything(),
    ),
  });

describe('whatever user and configuration', () => {
  it.each<TokenProduct>(['messaging', 'chat', 'help-center'])(
    'there is an error, or a token for %s in which the doctor finds nothing',
    async (product) => {
      let signed = 0;
      await fc.assert(
        fc.asyncProperty(anyUser, anyKey(product), async (user, key) => {
          let token: string;
          try {
            token = await signMessengerToken(user as MessengerUser, key as typeof KEY);
          } catch (error) {
            expect(error).toBeInstanceOf(TokenEndpointError);
            return;
          }
          signed += 1;
          expect(inspectToken(token, { isNew: true, product })).toEqual([]);
          expect(await checkSignature(token, key.secret as string, { product })).toEqual([]);
          const secret = new TextEncoder().encode(key.secret as string);
          const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'JWT' });
          expect(jsonwebtoken.verify(token, Buffer.from(secret), { algorithms: ['HS256'] })).toEqual(payload);
          expect(payload.exp! - payload.iat!).toBe(key.lifetimeS ?? (product === 'messaging' ? 900 : 300));
        }),
        { numRuns: 2000 },
      );
      // Enough of them must be right, or the property would say nothing.
      expect(signed).toBeGreaterThan(200);
    },
  );
});
