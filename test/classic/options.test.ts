// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { createClassicAuth } from '../../src/classic/index.js';

const getToken = () => null;
const secret = 'user:pass-zq7x';

afterEach(() => Reflect.deleteProperty(window, 'zESettings'));

it.each<[options: unknown, detail: string]>([
  [undefined, 'give one of getToken and tokenUrl'],
  [{}, 'give one of getToken and tokenUrl'],
  [{ getToken, tokenUrl: '/token' }, 'give one of getToken and tokenUrl'],
  [{ getToken: 'a' }, 'getToken must be a function'],
  [{ getToken, onError: 5 }, 'onError must be a function'],
  [{ getToken, key: 'a' }, 'key is unknown'],
  [{ getToken, products: [] }, 'products must have chat or helpCenter'],
  [{ getToken, products: 'chat' }, 'products must have chat or helpCenter'],
  [{ getToken, products: ['chat', 'talk'] }, 'products must have chat or helpCenter'],
  [{ getToken, tokenTimeoutMs: 0 }, 'tokenTimeoutMs must be positive'],
  [{ getToken, tokenTimeoutMs: Infinity }, 'tokenTimeoutMs must be positive'],
  [{ products: ['chat', 'helpCenter'], tokenUrl: '/token' }, 'tokenUrl needs a URL for chat'],
  [{ products: ['chat', 'helpCenter'], tokenUrl: { url: '/token' } }, 'tokenUrl needs a URL for chat'],
  [{ products: ['chat', 'helpCenter'], tokenUrl: { chat: '/token' } }, 'tokenUrl needs a URL for helpCenter'],
  [{ tokenUrl: { helpCenter: '/token' } }, 'tokenUrl needs a URL for chat'],
  [{ tokenUrl: { url: '' } }, 'tokenUrl must be a URL without a password'],
  [{ tokenUrl: 'localhost:3000/token' }, 'tokenUrl must be a URL without a password'],
  [{ tokenUrl: `https://${secret}@shop.example/` }, 'tokenUrl must be a URL without a password'],
  [{ tokenUrl: `https://${secret}:99999999/` }, 'tokenUrl must be a URL without a password'],
])('%j: %s', (options, detail) => {
  let error: any;
  try {
    createClassicAuth(options as any);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    name: 'ClassicAuthError',
    code: 'invalid_option',
    message: `An option is wrong (${detail}). Correct it. [invalid_option]`,
    cause: undefined,
  });
  expect('zESettings' in window).toBe(false);
});

it('accepts every option that may be undefined', () => {
  const none = { products: undefined, tokenUrl: undefined, tokenTimeoutMs: undefined, onError: undefined };
  createClassicAuth({ getToken, ...none }).destroy();
});
