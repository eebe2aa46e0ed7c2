import { describe, expect, it } from 'vitest';
import { findToken } from '../../src/inspect/find-token.js';
import { sign } from './tokens.js';

const TOKEN = sign();
const fill = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

describe('a text that looks like a token', () => {
  it.each([TOKEN, ` ${TOKEN}\n`, `  ${TOKEN}  `, 'ey.e30.x', 'ew-.a.b', 'e30.e30.x'])(
    'starts with ew or ey: %j',
    (text) => {
      expect(findToken({ a: 'b', it: text })).toBe(/^\s*e[wy]/.test(text) ? text : undefined);
    },
  );

  it.each(['x', '1.2.3', 'www.example.com', 'x ey.a.b', 'ey.a.b x', 'ey.a', 'ey..b', 'ey.a.', `${TOKEN}.x`])(
    'does not look like %j',
    (text) => {
      expect(findToken({ it: text })).toBeUndefined();
    },
  );

  it('is preferred to a member named token, and that to a deeper member', () => {
    expect(findToken({ token: 'x', it: TOKEN })).toBe(TOKEN);
    expect(findToken({ first: 'ey.a.b', jwt: TOKEN })).toBe(TOKEN);
    expect(findToken({ first: TOKEN, second: 'ey.a.b' })).toBe(TOKEN);
    expect(findToken({ inner: { it: 'ey.a.b' }, Token: 'x' })).toBe('x');
    // The library takes the only token for the messenger, wherever it is.
    expect(findToken({ inner: { it: TOKEN }, Token: 'x' })).toBe(TOKEN);
    expect(findToken({ JWT: 'x' })).toBe('x');
    expect(findToken({ tokens: 'x', my_jwt: 'x' })).toBeUndefined();
  });
});

describe('a token in a text of the value', () => {
  it('is found in JSON', () => {
    const json = JSON.stringify({ token: TOKEN });
    expect(findToken({ statusCode: 200, body: json })).toBe(TOKEN);
    expect(findToken({ d: JSON.stringify(json) })).toBe(TOKEN);
    expect(findToken({ a: { b: { c: { d: json } } } })).toBe(json);
  });

  it('is found in a longer text, which is returned as it is', () => {
    for (const text of [`x ${TOKEN}`, `${TOKEN} x`, `Bearer ${TOKEN}`]) expect(findToken({ it: text })).toBe(text);
    expect(findToken({ it: `Bearer ${TOKEN}`, deeper: { token: TOKEN } })).toBe(`Bearer ${TOKEN}`);
  });

  it('is found in the first 200,000 characters', () => {
    const fillers = (length: number) => ({ a: 'x'.repeat(length), b: `Bearer ${TOKEN}` });
    const most = 200_000 - TOKEN.length - 'Bearer '.length;
    expect(findToken(fillers(most))).toBe(`Bearer ${TOKEN}`);
    expect(findToken(fillers(most + 1))).toBeUndefined();
  });
});

it('skips null', () => {
  expect(findToken({ a: null, b: { token: TOKEN } })).toBe(TOKEN);
});

it('reads String objects and bytes', () => {
  expect(findToken(new String('x'))).toBe('x');
  expect(findToken({ a: new TextEncoder().encode('x') })).toBe('x');
});

it.each([undefined, null, 7, 'x', {}, [], { a: 1, b: null }])('finds nothing in %o', (value) => {
  expect(findToken(value)).toBeUndefined();
});

describe('the search', () => {
  it('ends after three levels', () => {
    expect(findToken({ a: { b: { c: { token: TOKEN } } } })).toBe(TOKEN);
    expect(findToken({ a: { b: { c: { d: { token: TOKEN } } } } })).toBeUndefined();
    expect(findToken([[[[TOKEN]]]])).toBe(TOKEN);
    expect(findToken([[[[[TOKEN]]]]])).toBeUndefined();
  });

  it('ends after a hundred members of an object or list', () => {
    expect(findToken([...fill(99, 0), TOKEN])).toBe(TOKEN);
    expect(findToken([...fill(100, 0), TOKEN])).toBeUndefined();
    const object = (before: number) =>
      Object.fromEntries([...fill(before, 0).map((_, i) => [`k${i}`, 0]), ['z', TOKEN]]);
    expect(findToken(object(99))).toBe(TOKEN);
    expect(findToken(object(100))).toBeUndefined();
  });

  it('ends after a thousand objects', () => {
    // One list, and ten lists of 98 objects, are 991.
    const many = (more: number) => [...fill(10, fill(98, {})), [...fill(more, {}), { token: TOKEN }]];
    expect(findToken(many(7))).toBe(TOKEN);
    expect(findToken(many(8))).toBeUndefined();
    // Strings do not count.
    expect(findToken([...fill(11, fill(98, 'x')), { token: TOKEN }])).toBe(TOKEN);
  });
});
