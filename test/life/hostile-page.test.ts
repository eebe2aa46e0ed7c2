// @vitest-environment jsdom
// Pages that define their own zE, and pages that change what all scripts share. What needs a real browser is in test/browsers/hostile-*.suite.ts.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failureOf, openPage, pass, settle, signInPage, usePages } from './start-page.js';

usePages();

const page = window as unknown as Record<string, any>;

afterEach(() => {
  delete page['zE'];
  delete page['zEmbed'];
});

describe('A page with its own zE', () => {
  const queue = () => Object.assign((...call: unknown[]) => void own._.push(call as never), { _: [] as never[] });
  let own: ReturnType<typeof queue>;

  it.each([
    ['that is a queue', () => ({ zE: (own = queue()) })],
    ['that is a queue, also at zEmbed', () => ((own = queue()), { zE: own, zEmbed: own })],
    ['that is a function that does nothing', () => ({ zE: vi.fn() })],
    [
      'that is a function that throws',
      () => ({
        zE: () => {
          throw new Error('not yet');
        },
      }),
    ],
    ['that is an object', () => ({ zE: { settings: 1 } })],
    ['whose queue is an object', () => ({ zE: Object.assign(vi.fn(), { _: {} }) })],
    ['whose queue is a string', () => ({ zE: Object.assign(vi.fn(), { _: 'queue' }) })],
    ['whose queue has only push()', () => ({ zE: Object.assign(vi.fn(), { _: { push: vi.fn() } }) })],
    ['that is a string, with an object at zEmbed', () => ({ zE: 'zE', zEmbed: {} })],
  ])('%s still gets a signed-in visitor, and its earlier calls take effect', async (_what, make) => {
    const { messenger, zendesk, events } = openPage();
    Object.assign(page, make());
    messenger.zE('messenger:set', 'zIndex', 9);
    expect(await settle(messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(zendesk.zIndex).toBe(9);
    expect(events.map(({ type }) => type)).not.toContain('call-refused');
  });

  it.each([
    ['that cannot be replaced', () => Object.defineProperty(page, 'zE', { value: 5, configurable: true })],
    ['that is frozen', () => Object.defineProperty(page, 'zE', { value: Object.freeze(() => {}), configurable: true })],
    [
      'whose queue is an object that cannot be replaced',
      () => Object.assign(page, { zE: Object.defineProperty(vi.fn(), '_', { value: { push: vi.fn() } }) }),
    ],
    [
      'that throws when it is looked at',
      () =>
        Object.defineProperty(page, 'zE', {
          get() {
            throw new Error('hands off');
          },
          configurable: true,
        }),
    ],
  ])(
    '%s makes login() fail in time and with the reason, and nothing is thrown into the page',
    async (_what, define) => {
      // The fake script would fail too. How Zendesk's real script behaves here is not known.
      const { messenger, events, zendesk } = openPage({ zendesk: { script: 'hangs' } });
      define();
      expect(messenger.zE('messenger', 'open')).toBeUndefined();
      const off = messenger.on('unreadMessages', () => {});
      const failure = await failureOf(messenger.login(), 15_000);
      expect(failure.code).toBe('script_blocked');
      expect(events.map(({ type }) => type)).toContain('call-refused');
      expect(console.error).toHaveBeenCalledWith(
        expect.anything(),
        expect.objectContaining({ message: expect.any(String) }),
      );
      off();
      expect(messenger.getSnapshot()).toMatchObject({ status: 'failed', live: false });
      delete page['zE'];
      zendesk.script = 'runs';
      expect(await settle(messenger.login())).toMatchObject({ status: 'signed-in' });
    },
  );
});

it('every call ends if the zE of the page throws when it is read', async () => {
  const { messenger } = openPage({ zendesk: { script: 'hangs' } });
  const get = () => {
    throw new Error('hands off');
  };
  Object.defineProperty(page, 'zE', { get, configurable: true });
  void messenger.setUser('1');
  await settle(messenger.logout(), 5000);
  void messenger.setUser('1');
  expect(await failureOf(messenger.setUser(null), 15_000)).toMatchObject({ code: 'script_blocked' });
  await settle(messenger.remove(), 5000);
  delete page['zE'];
});

it('only logs an error if the performance timeline throws', async () => {
  const { messenger, events } = openPage();
  const error = new Error('no marks here');
  vi.spyOn(performance, 'clearMarks').mockImplementation(() => {
    throw error;
  });
  expect(await settle(messenger.login())).toMatchObject({ status: 'signed-in' });
  expect(events.map(({ type }) => type)).toContain('login-accepted');
  expect(console.error).toHaveBeenCalledWith('zendesk-messenger-auth:', error);
});

it('reports what blocked the snippet as the cause of script_blocked', async () => {
  const { messenger } = openPage();
  const error = new TypeError("This document requires 'TrustedScriptURL' assignment.");
  vi.spyOn(HTMLScriptElement.prototype, 'src', 'set').mockImplementationOnce(() => {
    throw error;
  });
  expect(await failureOf(messenger.login())).toMatchObject({ code: 'script_blocked', cause: error });
});

it('restores only conversation fields and tags, not what the page added to Object.prototype', async () => {
  const { messenger, zendesk, events, backend, endpoint } = await signInPage();
  messenger.zE('messenger:set', 'conversationTags', ['checkout']);
  (Object.prototype as any).extend = () => {};
  try {
    // A silent sign-out: nobody answers the messenger.
    endpoint.instead = { throws: new Error('down') };
    backend.revokeAll();
    await settle(zendesk.send('hello'));
    endpoint.instead = undefined;
    await pass(60_000);
  } finally {
    delete (Object.prototype as any).extend;
  }
  expect(zendesk.conversationTags).toEqual(['checkout']);
  expect(events.map(({ type }) => type)).not.toContain('call-refused');
});

it('ignores options that the page added to Object.prototype', async () => {
  Object.assign(Object.prototype, { nonce: 'polluted', onEvent: 'polluted', trustedTypesPolicy: 'polluted' });
  try {
    const { messenger } = openPage({ options: { onEvent: undefined } });
    expect(await settle(messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(document.querySelector<HTMLScriptElement>('#ze-snippet')!.nonce).toBe('');
  } finally {
    for (const name of ['nonce', 'onEvent', 'trustedTypesPolicy']) delete (Object.prototype as any)[name];
  }
});

it('rejects login(), answers asks, and throws nothing into the page if the console throws', async () => {
  vi.mocked(console.error).mockImplementation(() => {
    throw new Error('No errors on the console, please');
  });
  const onEvent = () => {
    throw new Error('The host has a problem');
  };
  const page = openPage({ options: { onEvent }, endpoint: { claims: { external_id: 7 } } });
  expect(await failureOf(page.messenger.login())).toMatchObject({ code: 'external_id_not_string' });
  page.endpoint.claims = {};
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  page.backend.revokeAll();
  expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
});
