// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenToPage } from '../../src/browser/page-signals.js';

const listener = vi.fn();
let stop = () => {};

function setPage(properties: { readonly hidden: boolean; readonly prerendering?: boolean }): void {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(document, name, { value, configurable: true });
  }
}

beforeEach(() => {
  listener.mockReset();
  setPage({ hidden: false });
});

afterEach(() => {
  stop();
  Reflect.deleteProperty(document, 'hidden');
  Reflect.deleteProperty(document, 'prerendering');
});

it('reports at once that the page is hidden or prerendered, and nothing if it is visible', () => {
  for (const [properties, expected] of [
    [{ hidden: false }, 'visible'],
    [{ hidden: true }, 'hidden'],
    [{ hidden: true, prerendering: true }, 'prerendered'],
    [{ hidden: false, prerendering: false }, 'visible'],
  ] as const) {
    setPage(properties);
    listener.mockReset();
    listenToPage(listener)();
    expect(listener.mock.calls).toEqual(expected === 'visible' ? [] : [[expected, false]]);
  }
});

it('reports when a visitor comes to a prerendered page', () => {
  setPage({ hidden: true, prerendering: true });
  stop = listenToPage(listener);
  setPage({ hidden: false, prerendering: false });
  document.dispatchEvent(new Event('prerenderingchange'));
  expect(listener.mock.calls).toEqual([
    ['prerendered', false],
    ['visible', false, false, undefined],
  ]);
});

it('reports a prerendered page that opens in a tab in the background as hidden', () => {
  setPage({ hidden: true, prerendering: true });
  stop = listenToPage(listener);
  setPage({ hidden: true, prerendering: false });
  document.dispatchEvent(new Event('prerenderingchange'));
  expect(listener.mock.lastCall).toEqual(['hidden', false, false, undefined]);
});

it.each([
  ['visibilitychange', () => document, false],
  ['prerenderingchange', () => document, false],
  ['online', () => window, true],
  ['pageshow', () => window, false],
  ['focus', () => window, false],
  ['pagehide', () => window, false],
  ['storage', () => window, false],
])('reports the page once at %s, and not after the end', (name, target, cameOnline) => {
  stop = listenToPage(listener);
  listener.mockReset();
  // visibilitychange bubbles to the window.
  target().dispatchEvent(new Event(name, { bubbles: true }));
  expect(listener.mock.calls).toEqual([['visible', cameOnline, name === 'pagehide', undefined]]);
  stop();
  target().dispatchEvent(new Event(name, { bubbles: true }));
  expect(listener).toHaveBeenCalledOnce();
});

it('reports the page also if all objects have a key', () => {
  stop = listenToPage(listener);
  listener.mockReset();
  (Object.prototype as { key?: string }).key = 'polluted';
  try {
    window.dispatchEvent(new Event('focus'));
  } finally {
    delete (Object.prototype as { key?: string }).key;
  }
  expect(listener).toHaveBeenCalledOnce();
});

it('does not report the focus of elements in the page', () => {
  stop = listenToPage(listener);
  listener.mockReset();
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  expect(document.activeElement).toBe(button);
  button.remove();
  expect(listener).not.toHaveBeenCalled();
});

it.each([
  ['0123456789abcdef01234567.appUserId', 1],
  // Another script has called localStorage.clear().
  [null, 1],
  ['0123456789abcdef01234567.clientId', 0],
  ['cart', 0],
])('reports that another tab has changed %s %i times', (key, times) => {
  stop = listenToPage(listener);
  listener.mockReset();
  window.dispatchEvent(new StorageEvent('storage', { key }));
  expect(listener).toHaveBeenCalledTimes(times);
});
