// The storage that the tabs of the playground share instead of localStorage.
import { expect, it } from 'vitest';
import { loadModule } from './load-module.js';

const { createMemoryStorage } = await loadModule('memory-storage');

/** A tab that notes its storage events. They arrive at once. */
function createView() {
  const events: unknown[] = [];
  class StorageEvent {
    constructor(_type: string, { key, oldValue, newValue }: Record<string, unknown>) {
      events.push([key, oldValue, newValue]);
    }
  }
  return { events, StorageEvent, setTimeout: (action: () => void) => action(), dispatchEvent: () => true };
}

function openTwo() {
  const storage = createMemoryStorage();
  const [one, other] = [createView(), createView()];
  return { storage, one, other, ofOne: storage.open(one), ofOther: storage.open(other) };
}

it('works like localStorage: items, their number and their names', () => {
  const { ofOne, ofOther } = openTwo();
  ofOne.setItem('a', 1);
  ofOne.setItem('b', 'two');
  expect([ofOther.getItem('a'), ofOther.getItem('c'), ofOther.length, ofOther.key(1), ofOther.key(2)]).toEqual([
    ...['1', null, 2, 'b', null],
  ]);
  // The library lists the items so.
  expect(Object.keys(ofOther)).toEqual(['a', 'b']);
  ofOne.removeItem('a');
  expect([Object.keys(ofOther), ofOther.b]).toEqual([['b'], 'two']);
  ofOther.clear();
  expect(ofOne.length).toBe(0);
});

it('tells the other tabs what has changed, and not the tab that changed it', () => {
  const { one, other, ofOne } = openTwo();
  ofOne.setItem('a', 'x');
  ofOne.setItem('a', 'y');
  ofOne.removeItem('a');
  ofOne.clear();
  expect(other.events).toEqual([
    ['a', null, 'x'],
    ['a', 'x', 'y'],
    ['a', 'y', null],
    [null, '', null],
  ]);
  expect(one.events).toEqual([]);
});

it('tells nobody if nothing has changed', () => {
  const { other, ofOne } = openTwo();
  ofOne.removeItem('a');
  ofOne.setItem('a', 'x');
  ofOne.setItem('a', 'x');
  expect(other.events).toHaveLength(1);
});

it('does not tell a tab that is closed', () => {
  const { storage, other, ofOne } = openTwo();
  storage.close(other);
  ofOne.setItem('a', 'x');
  expect(other.events).toEqual([]);
});
