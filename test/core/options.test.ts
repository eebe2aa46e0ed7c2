import { expect, it } from 'vitest';
import { checkOptions } from '../../src/core/options.js';
import { createMessenger, isMessengerAuthError } from '../../src/index.js';

const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const good = { key: KEY, tokenUrl: '/zendesk-token' };
const getToken = () => 'token';

const refusal = (options: unknown) => {
  try {
    createMessenger(options as never);
  } catch (error) {
    if (isMessengerAuthError(error)) return `${error.code}: ${error.message}`;
  }
  return 'none';
};

it.each([
  ['missing options', undefined, 'key'],
  ['a string instead of options', 'key', 'unknown'],
  ['a missing key', { tokenUrl: '/t' }, 'key'],
  ['a key that is not a UUID', { ...good, key: 'abc' }, 'key'],
  ['a key with a leading space', { ...good, key: ` ${KEY}` }, 'key'],
  ['a key with an extra character', { ...good, key: `${KEY}0` }, 'key'],
  ['options without getToken and tokenUrl', { key: KEY }, 'getToken and tokenUrl'],
  ['options with both getToken and tokenUrl', { ...good, getToken }, 'getToken and tokenUrl'],
  ['a string as getToken', { key: KEY, getToken: 'token' }, 'getToken must be a function'],
  ['an empty tokenUrl', { key: KEY, tokenUrl: '' }, 'tokenUrl'],
  ['a signing secret', { ...good, secret: 'x' }, 'secret is unknown'],
  ['an empty tokenUrl next to getToken', { key: KEY, getToken, tokenUrl: '' }, 'tokenUrl'],
  ['a numeric nonce', { ...good, nonce: 5 }, 'nonce must be a string'],
  ['a time limit that is a string', { ...good, loadTimeoutMs: '5' }, 'loadTimeoutMs must be a positive number'],
  ['a time limit of 0', { ...good, tokenTimeoutMs: 0 }, 'tokenTimeoutMs'],
  ['a negative time limit', { ...good, loginTimeoutMs: -1 }, 'loginTimeoutMs'],
  ['an infinite time limit', { ...good, loginTimeoutMs: Infinity }, 'loginTimeoutMs'],
  ['NaN as a time limit', { ...good, loginTimeoutMs: NaN }, 'loginTimeoutMs'],
  ['a string as refreshWhenHidden', { ...good, refreshWhenHidden: 'yes' }, 'refreshWhenHidden must be a boolean'],
  ['an object as onEvent', { ...good, onEvent: {} }, 'onEvent must be a function'],
  ['an unknown consent', { ...good, consent: 'denied' }, 'consent must be granted or pending'],
  ['a boolean as consent', { ...good, consent: false }, 'consent must be a string'],
  ['an unknown visibility', { ...good, visibility: 'never' }, 'visibility must be always or signed-in'],
  ['an unknown option', { ...good, tokenURL: '/t' }, 'tokenURL is unknown'],
  ['a tokenUrl without a URL', { key: KEY, tokenUrl: { method: 'GET' } }, 'tokenUrl.url'],
  ['a tokenUrl with an empty URL', { key: KEY, tokenUrl: { url: '' } }, 'tokenUrl.url'],
  ['a tokenUrl whose URL is undefined', { key: KEY, tokenUrl: { url: undefined } }, 'tokenUrl.url'],
  ['a list of requests', { key: KEY, tokenUrl: ['/t'] }, 'tokenUrl.0'],
  ['a number as tokenUrl', { key: KEY, tokenUrl: 5 }, 'tokenUrl must be a string'],
  ['null as tokenUrl', { key: KEY, tokenUrl: null }, 'tokenUrl must be a string'],
  ['an unknown member', { key: KEY, tokenUrl: { url: '/t', header: {} } }, 'tokenUrl.header'],
  ['an unknown member that ends like a known one', { key: KEY, tokenUrl: { url: '/t', xbody: 'b' } }, 'tokenUrl.xbody'],
  ['a function as method', { key: KEY, tokenUrl: { url: '/t', method: () => 'GET' } }, 'tokenUrl.method'],
  ['a function as the URL', { key: KEY, tokenUrl: { url: () => '/t' } }, 'tokenUrl.url'],
  ['a string as headers', { key: KEY, tokenUrl: { url: '/t', headers: 'a: b' } }, 'tokenUrl.headers'],
  ['null as headers', { key: KEY, tokenUrl: { url: '/t', headers: null } }, 'tokenUrl.headers'],
  ['a number as body', { key: KEY, tokenUrl: { url: '/t', body: 5 } }, 'tokenUrl.body'],
  ['true as credentials', { key: KEY, tokenUrl: { url: '/t', credentials: true } }, 'tokenUrl.credentials'],
  ['an object as tokenUrl next to getToken', { key: KEY, getToken, tokenUrl: { url: '/t' } }, 'getToken and tokenUrl'],
  ['an option named like a member of Object.prototype', { ...good, constructor: 1 }, 'constructor is unknown'],
])('rejects %s immediately, and names the option', (_what, options, named) => {
  expect(refusal(options)).toContain('invalid_option');
  expect(refusal(options)).toContain(named);
});

it.each([
  { url: '/t' },
  { url: '/t', method: 'GET', headers: { a: 'b' }, body: 'x', credentials: 'include' },
  { url: '/t', headers: () => ({}), body: async () => 'x' },
  { url: '/t', headers: new Headers(), body: new URLSearchParams() },
  { url: '/t', method: 'GET', body: null },
  { url: '/t', body: '' },
  { url: '/t', method: undefined, headers: undefined, body: undefined, credentials: undefined },
])('accepts the tokenUrl %o', (tokenUrl) => {
  expect(refusal({ key: KEY, tokenUrl })).toBe('none');
});

it('accepts an empty nonce, which frameworks pass when there is none', () => {
  expect(refusal({ ...good, nonce: '' })).toBe('none');
});

it('does not print the value of an option', () => {
  expect(refusal({ ...good, nonce: { secret: 'hunter2' } })).not.toContain('hunter2');
  expect(refusal({ ...good, key: 'hunter2' })).not.toContain('hunter2');
  expect(refusal({ ...good, tokenUrl: { url: '/t', headers: 'hunter2', token: 'hunter2' } })).not.toContain('hunter2');
});

it('uses the defaults, also for options that are undefined', () => {
  expect(checkOptions({ ...good, loadTimeoutMs: undefined, loginTimeoutMs: 5 })).toMatchObject({
    loadTimeoutMs: 10_000,
    tokenTimeoutMs: 10_000,
    loginTimeoutMs: 5,
    refreshWhenHidden: false,
  });
  expect(refusal({ key: KEY, getToken, tokenUrl: undefined })).toBe('none');
});
