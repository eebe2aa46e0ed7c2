// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://shop.example" }
// Whether dev.js runs on a page that is not local. It does not start in this file, so each test imports it anew.
import { afterEach, expect, it, vi } from 'vitest';

const error = vi.spyOn(console, 'error').mockReturnValue();

async function load(): Promise<void> {
  vi.resetModules();
  await import('../../src/dev/index.js');
}

afterEach(() => {
  expect(document.querySelector('[data-zendesk-messenger-dev]')).toBe(null);
  expect(error.mock.calls.map(([text]) => text as string)).toEqual([
    expect.stringContaining('because shop.example is not a local host'),
  ]);
  error.mockClear();
  document.body.replaceChildren();
  delete window.zendeskMessengerDev;
});

it('does not run because of elements that somebody has put into the page', async () => {
  document.body.innerHTML = '<a id="zendeskMessengerDev"></a><a id="zendeskMessengerDev" name="allow"></a>';
  // In a browser, the name of an element is a member of the window, and that of two is a collection.
  Object.assign(window, { zendeskMessengerDev: document.body.children });
  expect(window.zendeskMessengerDev?.allow).toBeInstanceOf(Element);
  await load();
});

it.each(['true', 1, {}])('does not run if `allow` is %j', async (allow) => {
  Object.assign(window, { zendeskMessengerDev: { allow } });
  await load();
});

it('does not run because of the window of a frame, even if reading its members throws', async () => {
  const frame = new Proxy(
    { allow: true },
    {
      get() {
        throw new DOMException('Blocked a frame', 'SecurityError');
      },
      getPrototypeOf: () => null,
    },
  );
  Object.assign(window, { zendeskMessengerDev: frame });
  await load();
});
