// There is no window, as when a server renders a page.
import { expect, it, vi } from 'vitest';
import { createMessenger, isMessengerAuthError } from '../../src/index.js';

it('can be imported, created, read and subscribed to on a server, and rejects login() with no_window', async () => {
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  expect(typeof window).toBe('undefined');
  const getToken = vi.fn();
  const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', getToken });
  expect(messenger.getSnapshot()).toMatchObject({ status: 'signed-out', live: false });
  expect(messenger.getSnapshot()).toBe(messenger.getSnapshot());
  messenger.subscribe(() => {})();
  messenger.on('open', () => {})();
  expect(messenger.zE('messenger', 'open')).toBeUndefined();
  const before = Object.keys(globalThis);
  for (const promise of [messenger.login(), messenger.load()]) {
    const error = await promise.catch((reason: unknown) => reason);
    expect(isMessengerAuthError(error) && error.code).toBe('no_window');
  }
  void messenger.login();
  await messenger.logout();
  messenger.destroy();
  expect(Object.keys(globalThis)).toEqual(before);
  expect('zE' in globalThis).toBe(false);
  expect(getToken).not.toHaveBeenCalled();
  await new Promise((resolve) => setTimeout(resolve));
  expect(rejected).not.toHaveBeenCalled();
  process.off('unhandledRejection', rejected);
});

it.each(['/zendesk-token', 'zendesk-token', 'https://shop.example/zendesk-token'])(
  'accepts the tokenUrl %s on a server, where no page resolves it',
  async (tokenUrl) => {
    const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl });
    await expect(messenger.login()).rejects.toMatchObject({ code: 'no_window' });
  },
);
