import { afterEach, expect, it } from 'vitest';
import { createMessenger, type Messenger } from '../../src/index.js';
import { setSubstitute, substituteKey } from '../../src/substitute.js';

const OPTIONS = { key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' };

afterEach(() => setSubstitute(undefined));

it('a substitute sees the options of each messenger and decides what the page gets', () => {
  const seen: unknown[] = [];
  const other = {} as Messenger;
  setSubstitute((options) => {
    seen.push(options);
    return other;
  });
  expect(createMessenger(OPTIONS)).toBe(other);
  expect(seen).toEqual([OPTIONS]);
});

it('a substitute can create real messengers with other options', () => {
  setSubstitute((options, create) => create({ ...options, key: 'wrong' }));
  expect(() => createMessenger(OPTIONS)).toThrow('key must be a UUID');
});

it('the symbol has a name that other bundles know', () => {
  expect(substituteKey()).toBe(Symbol.for('zendesk-messenger-auth.substitute'));
});
