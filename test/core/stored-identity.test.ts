import { describe, expect, it } from 'vitest';
import { createRecord, hasUser } from '../../src/core/stored-identity.js';

describe('The record of an accepted login', () => {
  const record = createRecord({ storedId: 'au-1' }, 'ada@example.com');

  it('has the stored id and a number, and nothing of the user', () => {
    expect(record).toMatch(/^au-1:\d+$/);
    expect(record).not.toMatch(/ada|example/);
    expect(createRecord({}, 'ada@example.com')).toMatch(/^:\d+$/);
  });

  it('is the same for the same user and id only', () => {
    expect(createRecord({ storedId: 'au-1', isAnonymous: false, record: 'x' }, 'ada@example.com')).toBe(record);
    expect(createRecord({ storedId: 'au-2' }, 'ada@example.com')).not.toBe(record);
    expect(createRecord({}, 'ada@example.com')).not.toBe(record);
  });

  it('differs between users, and has another hash for another id', () => {
    const users = Array.from({ length: 1000 }, (_, index) => `user-${index}`);
    expect(new Set(users.map((user) => createRecord({ storedId: 'au-1' }, user))).size).toBe(1000);
    const [one, two] = ['au-1', 'au-2'].map((storedId) => createRecord({ storedId }, 'ada').slice(4));
    expect(one).not.toBe(two);
  });

  it('reads whole characters', () => {
    expect(createRecord({}, '😀')).not.toBe(createRecord({}, '😁'));
  });
});

it.each([
  [{}, false],
  [{ storedId: 'au-1' }, true],
  [{ storedId: 'au-1', isAnonymous: false }, true],
  [{ storedId: 'au-1', isAnonymous: true }, false],
  [{ storedId: 'au-1', isAnonymous: true, record: 'au-2:1:2' }, false],
  [{ record: ':1:2' }, true],
])('hasUser(%j) is %s', (stored, is) => {
  expect(hasUser(stored)).toBe(is);
});
