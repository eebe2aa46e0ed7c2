import { describe, expect, it } from 'vitest';
import { createTokenEndpoint, signMessengerToken } from '../../src/server/index.js';
import { CLASSIC_SECRET, KEY, KEY_ID, SECRET } from './keys.js';
import { keepWarnings } from './keep-console.js';

const getUser = () => null;
const create = (options: object) => createTokenEndpoint({ ...KEY, getUser, ...options });

/** Wrong configurations, and what the error says. */
const WRONG: readonly [what: string, options: object, code: string, text: RegExp][] = [
  ['no key id', { keyId: undefined }, 'key_id_missing', /environment variable.*End user authentication/],
  ['an empty key id', { keyId: ' ' }, 'key_id_missing', /keyId is not set/],
  ['the text of a missing key id', { keyId: 'undefined' }, 'key_id_missing', /keyId is not set/],
  ['a key id in quotes', { keyId: `"${KEY_ID}"` }, 'key_id_invalid', /quotes/],
  ['a line break behind the key id', { keyId: `${KEY_ID}\n` }, 'key_id_invalid', /line break/],
  ['a key id that was cut off', { keyId: KEY_ID.slice(0, -1) }, 'key_id_invalid', /24 hex digits/],
  ['a channel key as key id', { keyId: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b' }, 'key_id_invalid', /24 hex digits/],
  ['a key id that is no string', { keyId: 5 }, 'key_id_invalid', /not a string/],
  ['an API key', { keyId: 'act_0123456789abcdef01234567' }, 'api_key', /all conversations/],
  ['the two exchanged', { keyId: SECRET, secret: KEY_ID }, 'keys_exchanged', /exchanged/],
  ['no secret', { secret: undefined }, 'secret_missing', /environment variable/],
  ['a secret that is null', { secret: null }, 'secret_missing', /secret is not set/],
  ['a secret in quotes', { secret: `'${SECRET}'` }, 'secret_invalid', /quotes/],
  ['a space before the secret', { secret: ` ${SECRET}` }, 'secret_invalid', /white space/],
  ['a line break that was not decoded behind the secret', { secret: `${SECRET}\\n` }, 'secret_invalid', /backslash/],
  ['an invisible character before the secret', { secret: `\u200b${SECRET}` }, 'secret_invalid', /never uses/],
  ['a whole file as secret', { secret: 'a'.repeat(1001) }, 'secret_invalid', /too long/],
  ['a key id as secret', { secret: KEY_ID }, 'secret_invalid', /key id/],
  ['an API key as secret', { secret: 'act_0123456789abcdef01234567' }, 'secret_invalid', /key id/],
  ['a lifetime in milliseconds', { lifetimeS: 900_000 }, 'lifetime_invalid', /60 to 86400.*seconds/],
  ['a lifetime below a minute', { lifetimeS: 59 }, 'lifetime_invalid', /60 to 86400/],
  ['a lifetime that is not whole', { lifetimeS: 90.5 }, 'lifetime_invalid', /integer/],
  ['a lifetime as text', { lifetimeS: '900' }, 'lifetime_invalid', /integer/],
  [
    'a lifetime of Classic above 7 minutes',
    { product: 'chat', keyId: undefined, lifetimeS: 421 },
    'lifetime_invalid',
    /60 to 420/,
  ],
  ['an unknown product', { product: 'toString' }, 'option_invalid', /'messaging', 'chat' or 'help-center'/],
  ['a messaging key for Classic', { product: 'chat' }, 'key_id_unexpected', /Classic.*omit product/],
  ['no getUser', { getUser: undefined }, 'option_invalid', /getUser must be a function/],
  ['an onError that is no function', { onError: 'log' }, 'option_invalid', /onError must be a function/],
  ['a misspelt option', { lifeTime: 900 }, 'option_invalid', /lifetimeS/],
  ['an origin for all', { allowedOrigins: ['*'] }, 'option_invalid', /any site could read/],
  [
    'an origin with a path',
    { allowedOrigins: ['https://shop.example/'] },
    'option_invalid',
    /without a slash at the end/,
  ],
  ['an origin that is no URL', { allowedOrigins: ['shop.example'] }, 'option_invalid', /https:\/\/www\.shop\.example/],
  ['an origin that is null', { allowedOrigins: ['null'] }, 'option_invalid', /not an origin/],
  ['origins that are no array', { allowedOrigins: 'https://shop.example' }, 'option_invalid', /must be an array/],
];

describe('createTokenEndpoint', () => {
  it.each(WRONG)('refuses %s at once', (_what, options, code, text) => {
    const values = Object.values(options).filter((value) => typeof value === 'string' && value.length > 20);
    let error: any;
    try {
      create(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'TokenEndpointError', code });
    expect(error.message).toMatch(text);
    expect(error.message).toContain(`[${code}]`);
    for (const value of values) expect(error.message).not.toContain((value as string).trim());
  });

  it('refuses to be called without options', () => {
    expect(() => createTokenEndpoint(undefined as never)).toThrow('There are no options');
  });

  it('says nothing about a right configuration', () => {
    const warnings = keepWarnings();
    create({});
    create({ lifetimeS: 60, allowedOrigins: ['https://shop.example', 'http://localhost:3000'] });
    create({ lifetimeS: 86_400, keyId: KEY_ID.toUpperCase().replace('APP', 'app') });
    create({ product: 'chat', keyId: undefined, secret: CLASSIC_SECRET, lifetimeS: 420 });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['a placeholder', { secret: 'your-secret' }, /placeholder.*Web Widget \(Classic\)/],
    ['a secret with other characters', { secret: `${SECRET}==` }, /does not look like one of Zendesk/],
    [
      'a placeholder for Classic',
      { product: 'chat', keyId: undefined, secret: 'secret' },
      /It may be a placeholder\. Compare/,
    ],
    [
      'a secret of messaging for Classic',
      { product: 'help-center', keyId: undefined },
      /looks like one for messaging.*'help-center'/,
    ],
  ])('warns once of %s', async (_what, options, text) => {
    const warnings = keepWarnings();
    const endpoint = create(options);
    await endpoint(new Request('https://shop.example/', { method: 'POST' }));
    expect(warnings).toEqual([expect.stringMatching(text)]);
    expect(warnings[0]).not.toContain(SECRET);
  });
});

describe('signMessengerToken', () => {
  it('rejects with a wrong configuration', async () => {
    await expect(signMessengerToken({ externalId: '1' }, { ...KEY, secret: undefined })).rejects.toMatchObject({
      code: 'secret_missing',
    });
  });

  it.each([
    ['no options', undefined, 'There are no options. Pass { keyId, secret }.'],
    ['options that are null', null, 'There are no options'],
    ['a misspelt option', { ...KEY, lifetime: 60 }, 'The options are keyId, secret, product, lifetimeS, now.'],
    ['a now that is no function', { ...KEY, now: 5 }, 'now must be a function'],
  ])('rejects with %s', async (_what, options, text) => {
    const error = await signMessengerToken({ externalId: '1' }, options as never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'option_invalid', message: expect.stringContaining(text) });
  });

  it.each<[string, () => unknown]>([
    ['no number', () => undefined],
    ['NaN', () => NaN],
    ['a date', () => new Date()],
    ['seconds', () => Date.now() / 1000],
    ['microseconds', () => Date.now() * 1000],
    ['a bigint', () => 5n],
    [
      'nothing, because it fails',
      () => {
        throw new Error('no clock');
      },
    ],
  ])('signs nothing if now returns %s', async (_what, now) => {
    const signing = signMessengerToken({ externalId: '1' }, { ...KEY, now: now as () => number });
    await expect(signing).rejects.toMatchObject({
      code: 'option_invalid',
      message: expect.stringContaining('milliseconds'),
    });
  });

  it('needs Web Crypto', async () => {
    const { crypto } = globalThis;
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      // A secret that was not used before.
      await expect(signMessengerToken({ externalId: '1' }, { ...KEY, secret: `${SECRET}x` })).rejects.toMatchObject({
        code: 'no_web_crypto',
      });
    } finally {
      Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
    }
  });
});
