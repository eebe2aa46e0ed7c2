// The option `product`: the rules for the Web Widget (Classic).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signToken } from '../../src/testing/index.js';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken, type InspectOptions, type TokenProduct } from '../../src/inspect/index.js';
import { KEY_ID, listCodes, NOW_MS, NOW_S, SECRET, sign } from './tokens.js';

type Json = Readonly<Record<string, unknown>>;
type Classic = Exclude<TokenProduct, 'messaging'>;

const PERSON = { name: 'Ann', email: 'ann@example.com' };
const CLAIMS: Readonly<Record<Classic, Json>> = {
  chat: { ...PERSON, external_id: 'user-1', iat: NOW_S - 5, exp: NOW_S + 295 },
  'help-center': { ...PERSON, jti: 'a1', iat: NOW_S - 5 },
};
const PRODUCTS = ['chat', 'help-center'] as const;

/** A good token for a Classic product with some claims and header members replaced. `undefined` removes one. */
function signFor(product: Classic, claims: Json = {}, header: Json = {}): string {
  const classic = { kid: undefined, ...header };
  return signToken({ ...CLAIMS[product], ...claims }, { secret: SECRET, keyId: KEY_ID, header: classic });
}

const inspectAs = (product: TokenProduct | undefined, token: unknown, options: InspectOptions = {}) =>
  inspectToken(token, { nowMs: NOW_MS, product, ...options });
const describeAs = (product: TokenProduct, token: unknown) =>
  inspectAs(product, token).map(({ code, severity }) => `${severity} ${code}`);

describe('a right token', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '');
  const id = fc.stringMatching(/^[a-z\d]{1,255}$/).filter((value) => !/^(?:undefined|null|none|nil|nan)$/.test(value));
  const email = fc.emailAddress();

  it('for the chat has no findings', () => {
    fc.assert(
      fc.property(text, email, id, fc.integer({ min: 60, max: 420 }), (name, email, external_id, lifetimeS) => {
        const token = signFor('chat', { name, email, external_id, iat: NOW_S, exp: NOW_S + lifetimeS });
        expect(inspectAs('chat', token)).toEqual([]);
      }),
    );
  });

  it('for the help center has no findings, with and without exp', () => {
    const exp = fc.option(fc.integer({ min: NOW_S + 60, max: NOW_S + 7200 }), { nil: undefined });
    fc.assert(
      fc.property(text, email, fc.oneof(id, fc.integer()), exp, (name, email, jti, exp) => {
        const token = signFor('help-center', { name, email, jti, iat: NOW_S, exp });
        expect(inspectAs('help-center', token)).toEqual([]);
      }),
    );
  });

  it('for messaging has no findings if the product is messaging, is not given, or does not exist', () => {
    for (const product of ['messaging', undefined, 'sms'] as (TokenProduct | undefined)[]) {
      expect(inspectAs(product, sign())).toEqual([]);
      expect(listCodes(inspectAs(product, sign({ scope: undefined })))).toEqual(['scope_missing']);
    }
  });

  it('may have what other claims and clocks add', () => {
    expect(inspectAs('chat', signFor('chat', { email_verified: 'yes', jti: 'x', phone: '1' }))).toEqual([]);
    expect(inspectAs('help-center', signFor('help-center', { external_id: 'user-1' }))).toEqual([]);
  });
});

describe('a broken rule', () => {
  it.each<[Classic, string, Json]>([
    ['chat', 'error name_missing', { name: undefined }],
    ['chat', 'error name_missing', { name: 7 }],
    ['chat', 'warning name_missing', { name: ' ' }],
    ['chat', 'error email_missing', { email: undefined }],
    ['chat', 'error email_missing', { email: null }],
    ['chat', 'warning email_missing', { email: '' }],
    ['chat', 'warning email_unusual', { email: 'ann' }],
    ['chat', 'warning email_unusual', { email: 'andré@example.com' }],
    ['chat', 'error external_id_missing', { external_id: undefined }],
    ['chat', 'error external_id_not_string', { external_id: 7 }],
    ['chat', 'error external_id_empty', { external_id: '' }],
    ['chat', 'error iat_missing', { iat: undefined, exp: NOW_S + 300 }],
    ['chat', 'error iat_not_number', { iat: String(NOW_S) }],
    ['chat', 'error iat_future', { iat: NOW_S + 121, exp: NOW_S + 300 }],
    ['chat', 'warning clock_skew', { iat: NOW_S + 120, exp: NOW_S + 300 }],
    ['chat', 'warning exp_missing', { exp: undefined }],
    ['chat', 'error expired', { iat: NOW_S - 300, exp: NOW_S - 1 }],
    ['chat', 'error lifetime_long', { iat: NOW_S, exp: NOW_S + 421 }],
    ['chat', 'error lifetime_long', { iat: NOW_S, exp: NOW_S + 90_000 }],
    ['chat', 'warning lifetime_short', { iat: NOW_S, exp: NOW_S + 59 }],
    ['help-center', 'error name_missing', { name: undefined }],
    ['help-center', 'error email_missing', { email: undefined }],
    ['help-center', 'error jti_missing', { jti: undefined }],
    ['help-center', 'error jti_missing', { jti: '' }],
    ['help-center', 'error iat_missing', { iat: undefined }],
    ['help-center', 'error iat_future', { iat: NOW_S + 121 }],
    ['help-center', 'warning external_id_not_string', { external_id: 7 }],
    ['help-center', 'warning external_id_empty', { external_id: '' }],
    ['help-center', 'warning lifetime_long', { iat: NOW_S, exp: NOW_S + 7201 }],
    ['help-center', 'warning expired', { iat: NOW_S - 7201 }],
  ])('of %s is only the finding "%s" (row %#)', (product, finding, claims) => {
    expect(describeAs(product, signFor(product, claims))).toEqual([finding]);
  });

  it('of both times is told at once', () => {
    const late = { iat: undefined, exp: NOW_S + 421 };
    expect(describeAs('chat', signFor('chat', late))).toEqual(['error iat_missing', 'error lifetime_long']);
    const old = { iat: NOW_S - 421, exp: undefined };
    expect(describeAs('chat', signFor('chat', old))).toEqual(['warning exp_missing', 'warning expired']);
    expect(describeAs('chat', signFor('chat', { ...old, iat: NOW_S - 420 }))).toEqual(['warning exp_missing']);
  });

  it('of messaging is no finding here', () => {
    const messaging = sign({ ...PERSON, iat: NOW_S, exp: NOW_S + 300, scope: undefined }, { kid: undefined });
    expect(listCodes(inspectAs('messaging', messaging))).toContain('kid_missing');
    expect(inspectAs('chat', messaging)).toEqual([]);
  });

  it('of every JWT is a finding here, too', () => {
    expect(describeAs('chat', signFor('chat', {}, { alg: 'RS256' }))).toEqual(['error alg_not_hs256']);
    expect(describeAs('help-center', `Bearer ${signFor('help-center')}`)).toEqual(['error bearer_prefix']);
    expect(describeAs('chat', undefined)).toEqual(['error not_a_string']);
    expect(describeAs('chat', signFor('chat', {}, { kid: 'act_1234' }))).toEqual(['error api_key_exposed']);
  });
});

describe('a token for another product is told as such, first', () => {
  const first = (product: TokenProduct, token: string) => {
    const [finding] = inspectAs(product, token);
    return `${finding?.code}: ${finding?.message}`;
  };
  const told = (what: string) => `other_zendesk_jwt: This looks like a token for ${what}`;

  it.each([
    ['chat', 'the chat'],
    ['help-center', 'the help center'],
  ] as const)('for messaging under %s', (product, name) => {
    const both = 'kid is the id of a key for messaging (app_…), and scope is "user"';
    expect(first(product, sign())).toBe(told(`messaging, not for ${name}: ${both}.`));
    expect(first(product, sign({}, { kid: undefined }))).toBe(told(`messaging, not for ${name}: scope is "user".`));
    expect(first(product, signFor(product, {}, { kid: 'main' }))).toBe(
      told(`messaging, not for ${name}: the header has a kid.`),
    );
  });

  it('for the chat under messaging', () => {
    expect(first('messaging', signFor('chat'))).toBe(told('the chat of the Web Widget (Classic).'));
  });

  it('for the help center under messaging', () => {
    const other = 'single sign-on to Zendesk, or for the help center in the Web Widget (Classic).';
    expect(first('messaging', signFor('help-center'))).toBe(told(other));
  });

  it('for the other Classic product', () => {
    expect(first('chat', signFor('help-center'))).toContain(told('the help center of the Web Widget (Classic)'));
    expect(first('help-center', signFor('chat'))).toBe(told('the chat of the Web Widget (Classic).'));
  });

  it('but not if the key is the secret, which has its own finding', () => {
    const secret = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');
    expect(describeAs('chat', signFor('chat', {}, { kid: secret }))).toEqual(['warning secret_exposed']);
  });
});

describe('the texts', () => {
  // What only messaging has: key ids in every spelling, its lifetimes, and where its keys are.
  const ONLY_MESSAGING =
    /key ?id|key_id|app_|for messaging|messenger|this kid|set kid|\+ 900|\(15\)|1 hour|create a new key|if you do that, correct|never expires/i;

  it.each(PRODUCTS)('of %s say nothing that is right for messaging only', async (product) => {
    const shape = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');
    const tokens = [
      signFor(product, { exp: NOW_S - 1 }),
      signFor(product, { exp: undefined, iat: undefined, external_id: undefined, name: undefined, email: undefined }),
      signFor(product, { exp: NOW_MS, iat: NOW_MS, external_id: 7 }),
      signFor(product, { exp: String(NOW_S), iat: String(NOW_S), external_id: '' }),
      signFor(product, { iat: NOW_S + 50, exp: NOW_S + 40, scope: 'app' }, { alg: 'none', typ: undefined }),
      signFor(product, { iat: NOW_S, exp: NOW_S + 30 }, { kid: shape }),
      signFor(product, { iat: NOW_S, exp: NOW_S + 90_000 }, { kid: 'act_1' }),
      `Bearer ${signFor(product)}`,
      shape,
    ];
    const found = tokens.flatMap((token) => [
      ...inspectAs(product, token),
      ...inspectAs(product, token, { isNew: true, clock: 'server' }),
    ]);
    for (const secret of ['another secret', shape, KEY_ID, Buffer.from(SECRET).toString('base64')]) {
      for (const token of tokens) found.push(...(await checkSignature(token, secret, { product })));
    }
    found.push(...(await checkSignature(signFor(product), `${SECRET}x`, { product })));
    expect(new Set(listCodes(found)).size).toBeGreaterThan(20);
    const texts = found.flatMap(({ message, remedy }) => [message, remedy]);
    const given =
      'The secret given here is the key id (app_…), not the shared secret, so the signature was not checked.';
    expect(texts.filter((text) => ONLY_MESSAGING.test(text) && text !== given)).toEqual([]);
  });

  it('name the place of the secret, and the lines for backends without a key id', async () => {
    const [wrong] = await checkSignature(signFor('chat'), `${SECRET}x`, { product: 'chat' });
    expect(wrong?.remedy).toContain('generate a new one in the Chat dashboard (Settings > Widget > Widget Security).');
    expect(wrong?.remedy).toContain("\nPHP, firebase/php-jwt: JWT::encode($claims, $secret, 'HS256')\n");
    const [center] = await checkSignature(signFor('help-center'), `${SECRET}x`, { product: 'help-center' });
    expect(center?.remedy).toContain('in the Admin Center (Channels > Classic > Web Widget > Security).');
    const [messaging] = await checkSignature(sign(), `${SECRET}x`);
    expect(messaging?.remedy).toContain('create a new key');
  });

  it('say the lifetime in seconds', () => {
    const [long] = inspectAs('chat', signFor('chat', { iat: NOW_S, exp: NOW_S + 421 }));
    expect(long?.message).toBe(
      'exp is 421 seconds after iat. A token for the chat is valid for at most 7 minutes (420 seconds).',
    );
    const [far] = inspectAs('chat', signFor('chat', { exp: 4e10 }));
    expect(far?.message).toMatch(/^exp is more than a year after iat\./);
    const [unknown] = inspectAs('help-center', signFor('help-center', { iat: undefined, exp: NOW_S + 9000 })).slice(1);
    expect(unknown?.message).toContain('exp is 9000 seconds after now.');
  });

  it('contain no value of the token', () => {
    const claims = { name: 'Mallory-7', email: 'mallory-7@exämple.com', jti: 'mallory-7', external_id: 'mallory-7 ' };
    for (const product of PRODUCTS) {
      const found = inspectAs(product, signFor(product, claims, { kid: 'mallory-7' }));
      expect(found.length).toBeGreaterThan(1);
      expect(JSON.stringify(found)).not.toMatch(/mallory|exämple/i);
    }
  });
});

describe('the library', () => {
  it('explains a refused token by the rules for messaging', () => {
    const [text, findings] = explain('invalid_auth', signFor('chat'), NOW_MS);
    expect(text?.[0]).toContain('this looks like a token for the chat of the Web Widget (Classic)');
    expect(listCodes(findings)).toContain('kid_missing');
  });
});
