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
  ['no options', undefined, 'key'],
  ['a string', 'key', 'unknown'],
  ['no key', { tokenUrl: '/t' }, 'key'],
  ['a key that is no UUID', { ...good, key: 'abc' }, 'key'],
  ['a key with more around it', { ...good, key: ` ${KEY}` }, 'key'],
  ['a key with more behind it', { ...good, key: `${KEY}0` }, 'key'],
  ['neither getToken nor tokenUrl', { key: KEY }, 'getToken and tokenUrl'],
  ['both', { ...good, getToken }, 'getToken and tokenUrl'],
  ['getToken a string', { key: KEY, getToken: 'token' }, 'getToken must be a function'],
  ['an empty tokenUrl', { key: KEY, tokenUrl: '' }, 'tokenUrl'],
  ['a signing secret, which belongs on the server', { ...good, secret: 'x' }, 'secret is unknown'],
  ['an empty nonce', { ...good, nonce: '' }, 'nonce must be a string'],
  ['a numeric nonce', { ...good, nonce: 5 }, 'nonce must be a string'],
  ['a time limit as text', { ...good, loadTimeoutMs: '5' }, 'loadTimeoutMs must be a positive number'],
  ['a time limit of 0', { ...good, tokenTimeoutMs: 0 }, 'tokenTimeoutMs'],
  ['a negative time limit', { ...good, loginTimeoutMs: -1 }, 'loginTimeoutMs'],
  ['an endless time limit', { ...good, loginTimeoutMs: Infinity }, 'loginTimeoutMs'],
  ['NaN', { ...good, loginTimeoutMs: NaN }, 'loginTimeoutMs'],
  ['refreshWhenHidden as text', { ...good, refreshWhenHidden: 'yes' }, 'refreshWhenHidden must be a boolean'],
  ['onEvent an object', { ...good, onEvent: {} }, 'onEvent must be a function'],
  ['an unknown option', { ...good, tokenURL: '/t' }, 'tokenURL is unknown'],
  ['a name of Object.prototype', { ...good, constructor: 1 }, 'constructor is unknown'],
])('refuses %s at once, by name', (_what, options, named) => {
  expect(refusal(options)).toContain('invalid_option');
  expect(refusal(options)).toContain(named);
});

it('never repeats the value of an option', () => {
  expect(refusal({ ...good, nonce: { secret: 'hunter2' } })).not.toContain('hunter2');
  expect(refusal({ ...good, key: 'hunter2' })).not.toContain('hunter2');
});

it('fills in the defaults, also for options that are given as undefined', () => {
  expect(checkOptions({ ...good, loadTimeoutMs: undefined, loginTimeoutMs: 5 })).toMatchObject({
    loadTimeoutMs: 10_000,
    tokenTimeoutMs: 10_000,
    loginTimeoutMs: 5,
    refreshWhenHidden: false,
  });
  expect(refusal({ key: KEY, getToken, tokenUrl: undefined })).toBe('none');
});
