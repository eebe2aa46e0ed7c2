// @vitest-environment jsdom
// What a tab of the playground finds in its window: no network, a clock and a storage of the playground.
import { afterEach, expect, it, vi } from 'vitest';
import { createFakeBackend, installFakeMessenger, type InstalledMessenger } from '../../src/testing/index.js';
import { loadModule } from './load-module.js';

const { equipTab } = await loadModule('tab-environment');
const { createMemoryStorage } = await loadModule('memory-storage');

let messenger: InstalledMessenger;
afterEach(() => messenger.uninstall());

/** A window of its own, in a frame. */
function equip(answerToken = vi.fn()) {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const view = frame.contentWindow as Window & typeof globalThis;
  const fakes = {
    clock: { nowMs: () => 42 },
    storage: createMemoryStorage(),
    openSessionStorage: createMemoryStorage().open,
    answerToken,
    backend: createFakeBackend(),
    installFakeMessenger,
  };
  messenger = equipTab(view, fakes);
  return view;
}

it.each([
  ['script', 'src', 'https://static.zdassets.com/ekr/snippet.js?key=1'],
  ['link', 'href', 'https://ekr.zdassets.com'],
] as const)('gives no %s an address at Zendesk, but shows it', (name, property, address) => {
  const element = equip().document.createElement(name) as unknown as Record<string, string> & Element;
  element[property] = address;
  expect([element[property], element.getAttribute(property)]).toEqual([address, null]);
  element[property] = './own';
  // The fake must not take another script for the snippet.
  const other = element.ownerDocument.createElement(name) as unknown as Record<string, string> & Element;
  other[property] = './own';
  expect(other.getAttribute(property)).toBe('./own');
});

it('answers requests for a token, and no others', async () => {
  const answerToken = vi.fn(async () => new Response('token'));
  const { fetch } = equip(answerToken);
  const { signal } = new AbortController();
  expect(await (await fetch('https://shop.example/zendesk-token', { method: 'POST', signal })).text()).toBe('token');
  expect(answerToken).toHaveBeenCalledWith(signal);
  await expect(fetch('https://shop.example/else')).rejects.toThrow('has no server that answers /else');
});

it('has the clock and the storages of the playground', () => {
  const view = equip();
  view.localStorage.setItem('a', '1');
  view.sessionStorage.setItem('b', '2');
  expect([view.Date.now(), { ...view.localStorage }, { ...view.sessionStorage }]).toEqual([42, { a: '1' }, { b: '2' }]);
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
});
