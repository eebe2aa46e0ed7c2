import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeDuration, describeInstant, describeType } from '../../src/inspect/words.js';
import { NOW_MS } from './tokens.js';

const DAY_MS = 86_400_000;

afterEach(() => void vi.unstubAllGlobals());

describe('describeType', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    [1n, 'a BigInt'],
    ['x', 'a string'],
    [Symbol('x'), 'a symbol'],
    [() => {}, 'a function'],
    [Promise.resolve(), 'a Promise'],
    [new Response(), 'a Response'],
    [Uint8Array.of(1), 'a list of bytes'],
    [[1], 'a list'],
    [{}, 'an object'],
    [Proxy.revocable([], {}).proxy, 'a list'],
  ])('describes %o as %s', (value, words) => {
    expect(describeType(value)).toBe(words);
  });

  it('works where Response does not exist', () => {
    vi.stubGlobal('Response', undefined);
    expect(describeType({})).toBe('an object');
  });

  it('describes a revoked proxy as an object', () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(describeType(proxy)).toBe('an object');
  });
});

it.each([
  [0, '0 seconds'],
  [1000, '1 second'],
  [89_999, '90 seconds'],
  [90_000, '2 minutes'],
  [89 * 60_000, '89 minutes'],
  [90 * 60_000, '2 hours'],
  [36 * 3_600_000 - 1, '36 hours'],
  [36 * 3_600_000, '2 days'],
  [1000 * DAY_MS, '1000 days'],
])('describes the duration of %i ms as %s', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});

it.each([
  [0, 'just now'],
  [499, 'just now'],
  [-499, 'just now'],
  [500, 'in 1 second'],
  [-500, '1 second ago'],
  [365 * DAY_MS - 1, 'in 365 days'],
  [1 - 365 * DAY_MS, '365 days ago'],
  [365 * DAY_MS, 'in 2027'],
  [-365 * DAY_MS, 'in 2025'],
  [Date.parse('0001-01-01T00:00:00Z') - NOW_MS, 'in 1'],
  [Date.parse('0000-12-31T23:59:59Z') - NOW_MS, 'thousands of years ago'],
  [Date.parse('9999-12-31T23:59:59Z') - NOW_MS, 'in 9999'],
  [Date.parse('+010000-01-01T00:00:00Z') - NOW_MS, 'in thousands of years'],
  [-1e300, 'thousands of years ago'],
  [1e300, 'in thousands of years'],
])('describes the time %d ms from now as %s', (aheadMs, words) => {
  expect(describeInstant(NOW_MS + aheadMs, NOW_MS)).toBe(words);
});
