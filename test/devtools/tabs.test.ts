// How the panels of a site's tabs count each other.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { countTabs } from '../../src/devtools/tabs.js';

const page = new EventTarget();
const stops: (() => void)[] = [];
beforeEach(() => vi.stubGlobal('window', page));
afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  vi.unstubAllGlobals();
});

function open() {
  const onCount = vi.fn();
  const stop = countTabs(onCount);
  stops.push(stop);
  const leave = () => stops.splice(stops.indexOf(stop), 1)[0]!();
  return { stop: leave, last: () => onCount.mock.lastCall![0] as number };
}

it('counts the tabs that come and go', async () => {
  const first = open();
  expect(first.last()).toBe(1);
  const second = open();
  await vi.waitFor(() => expect([first.last(), second.last()]).toEqual([2, 2]));
  second.stop();
  await vi.waitFor(() => expect(first.last()).toBe(1));
});

it('knows only this tab without channels', () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  expect(open().last()).toBe(1);
});
