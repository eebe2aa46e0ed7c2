import { describe, expect, it } from 'vitest';
import { findWrongAttributes, nameAttributes } from '../../src/browser/tag-attributes.js';

/** What the browser makes of an attribute: `data-token-url` is `tokenUrl` in `dataset`. */
const inDataset = (attribute: string) =>
  attribute.slice('data-'.length).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const find = (...attributes: string[]) => findWrongAttributes(attributes.map(inDataset));

describe('findWrongAttributes', () => {
  it.each([
    ['data-tokenurl', 'data-token-url'],
    ['data-token_url', 'data-token-url'],
    ['data-token-ulr', 'data-token-url'],
    ['data-tokn-url', 'data-token-url'],
    ['data-token', 'data-token-url'],
    ['data-jwt-url', 'data-token-url'],
    ['data-endpoint', 'data-token-url'],
    ['data-zendesk-token-url', 'data-token-url'],
    ['data-keys', 'data-key'],
    ['data-kee', 'data-key'],
    ['data-zendesk-key', 'data-key'],
    ['data-concent', 'data-consent'],
    ['data-consents', 'data-consent'],
    ['data-visiblity', 'data-visibility'],
    ['data-trusted-type-policy', 'data-trusted-types-policy'],
    ['data-trustedtypespolicy', 'data-trusted-types-policy'],
    ['data-trusted-types', 'data-trusted-types-policy'],
    ['data-debugs', 'data-debug'],
    ['data-nonce', 'nonce'],
  ])('%s: Use %s', (wrong, right) => {
    expect(find(wrong)).toEqual([`${wrong} is unknown. Use ${right}.`]);
  });

  it.each(['data-load-timeout-ms', 'data-refresh-when-hidden', 'data-get-token', 'data-on-event'])(
    'names createMessenger() or data-token-url for the option %s',
    (option) => {
      expect(find(option)).toEqual([
        expect.stringMatching(new RegExp(`^${option} is unknown\\. Use (createMessenger\\(\\)|data-token-url)\\.$`)),
      ]);
    },
  );

  it('says nothing about the right attributes', () => {
    const right = [
      'data-key',
      'data-token-url',
      'data-trusted-types-policy',
      'data-consent',
      'data-visibility',
      'data-debug',
    ];
    expect(find(...right)).toEqual([]);
  });

  it.each([
    ...['data-cookieconsent', 'data-cookie-consent', 'data-consent-category', 'data-categories', 'data-category'],
    ...['data-src', 'data-type', 'data-name', 'data-service', 'data-purposes', 'data-vendor', 'data-cmp-src'],
    ...['data-turbo-track', 'data-turbo-eval', 'data-turbolinks-track', 'data-nscript', 'data-hid', 'data-n-head'],
    ...['data-cfasync', 'data-rocket-src', 'data-rocket-type', 'data-minify', 'data-no-optimize', 'data-optimized'],
    ...['data-usercentrics', 'data-uc-src', 'data-ot-ignore', 'data-domain-script', 'data-iub-purposes', 'data-id'],
    ...['data-pagespeed-no-defer', 'data-v-7ba5bd90', 'data-test-id', 'data-suppressedsrc', 'data-skip', 'data-x'],
    ...['data-hash', 'data-defer', 'data-async', 'data-locale', 'data-constructor', 'data-ad-client'],
  ])("says nothing about another's %s", (attribute) => {
    expect(find(attribute)).toEqual([]);
  });

  it('needs little time for long names', () => {
    const long = Array.from(
      { length: 50 },
      (_, index) => `data-${'trustedtypespolicyx'.repeat(5)}${'a'.repeat(index)}`,
    );
    const startMs = performance.now();
    find(...long);
    expect(performance.now() - startMs).toBeLessThan(1000);
  });
});

it('nameAttributes() replaces the names of options, and nothing else', () => {
  expect(nameAttributes('An option is wrong (tokenUrl must be a string). Correct it.')).toBe(
    'An option is wrong (data-token-url must be a string). Correct it.',
  );
  expect(nameAttributes('key must be a UUID')).toBe('data-key must be a UUID');
  expect(nameAttributes('trustedTypesPolicy, monkey, keys')).toBe('data-trusted-types-policy, monkey, keys');
});
