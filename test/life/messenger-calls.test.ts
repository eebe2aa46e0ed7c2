// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { BOTH_BUILDS, install, openPage, pass, settle, signInPage, usePages } from './start-page.js';

usePages();

describe.each(BOTH_BUILDS)('zE, build %s', (build) => {
  it('queues calls in order before live, and calls the live messenger afterwards', async () => {
    const page = openPage({ build });
    const order: number[] = [];
    page.messenger.zE('messenger:set', 'zIndex', 1);
    page.messenger.zE(() => order.push(page.zendesk.zIndex!));
    page.messenger.zE('messenger:set', 'zIndex', 2);
    page.messenger.zE(() => order.push(page.zendesk.zIndex!));
    await settle(page.messenger.load());
    expect(order).toEqual([1, 2]);
    page.messenger.zE('messenger', 'open');
    expect(page.zendesk.isOpen).toBe(true);
  });

  it('never throws, and reports a rejected call once to onEvent and the console [M 10]', async () => {
    const page = await signInPage({ build });
    vi.mocked(console.error).mockClear();
    expect(page.messenger.zE.unsafe('messenger', 'inventedYesterday')).toBeUndefined();
    page.messenger.zE.unsafe('messenger', 'inventedYesterday');
    expect(page.events.filter(({ type }) => type === 'call-refused')).toMatchObject([
      { command: 'messenger inventedYesterday' },
    ]);
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('zE.unsafe and on.unsafe do the same as zE and on', async () => {
    const page = openPage({ build });
    const counts: number[] = [];
    page.messenger.zE.unsafe('messenger:set', 'zIndex', 7);
    const off = page.messenger.on.unsafe('unreadMessages', (count: number) => void counts.push(count));
    await settle(page.messenger.load());
    page.zendesk.setUnread(3);
    off();
    page.zendesk.setUnread(4);
    expect(page.zendesk.zIndex).toBe(7);
    expect(counts).toEqual([0, 3]);
  });

  it('is looked up at every call', async () => {
    const page = await signInPage({ build });
    const later = vi.fn();
    const live = (window as any).zE;
    (window as any).zE = Object.assign(later, { widget: 'messenger' });
    page.messenger.zE('messenger', 'show');
    expect(later).toHaveBeenCalledExactlyOnceWith('messenger', 'show');
    (window as any).zE = live;
  });

  it('restores conversation fields and tags after a sign-in that cleared them [M 18, 33]', async () => {
    const page = openPage({ build });
    const fields = [{ id: '123', value: 'gold' }];
    page.messenger.zE('messenger:set', 'conversationFields', fields);
    page.messenger.zE('messenger:set', 'conversationTags', ['checkout']);
    await settle(page.messenger.login());
    const isSet = () => {
      expect(page.zendesk.conversationTags).toEqual(['checkout']);
      expect(page.zendesk.conversationFields).toEqual(fields);
    };
    isSet();
    await pass(10_000);
    // Another script signs the same user out, which clears them. The library notices when the window closes.
    (window as any).zE('messenger', 'logoutUser');
    await pass(2000);
    expect(page.zendesk.conversationTags).toEqual([]);
    page.zendesk.openWindow();
    page.zendesk.closeWindow();
    await pass(2000);
    expect(page.zendesk.visitor).toMatchObject({ externalId: 'user-1' });
    isSet();
  });

  it('never gives them to another user [M 72, 73]', async () => {
    const page = openPage({ build });
    const set = (value: string) => {
      page.messenger.zE('messenger:set', 'conversationFields', [{ id: '123', value }]);
      page.messenger.zE('messenger:set', 'conversationTags', [value]);
    };
    const values = () => [
      ...page.zendesk.conversationTags,
      ...page.zendesk.conversationFields.map(({ value }) => value).filter((value) => value !== ''),
    ];
    set('of user 1');
    await settle(page.messenger.login());
    expect(values()).toEqual(['of user 1', 'of user 1']);
    // The messenger still fetches the rules of these fields when the visitor signs out [M 73].
    set('late');
    await settle(page.messenger.logout());
    await pass(1000);
    expect(values()).toEqual([]);
    page.endpoint.externalId = 'user-2';
    await settle(page.messenger.login());
    await pass(1000);
    expect(values()).toEqual([]);
    set('of user 2');
    await pass(1000);
    // The next renewal finds another user.
    page.endpoint.externalId = 'user-3';
    page.backend.revoke(page.endpoint.tokens.at(-1)!);
    await settle(page.zendesk.send('hello'));
    await pass(10_000);
    expect(page.zendesk.visitor).toMatchObject({ externalId: 'user-3' });
    expect(values()).toEqual([]);
  });

  it('does not restore them after a renewal', async () => {
    const page = openPage({ build, endpoint: { lifetimeS: 600 } });
    page.messenger.zE('messenger:set', 'conversationTags', ['checkout']);
    await settle(page.messenger.login());
    (window as any).zE('messenger:set', 'conversationTags', ['set by somebody else']);
    page.takeEvents();
    await pass(1_200_000);
    expect(page.takeEvents()).toContain('push-called');
    expect(page.zendesk.conversationTags).toEqual(['set by somebody else']);
  });

  it('restores them if the messenger still had another user from an earlier page [M 18]', async () => {
    const page = await signInPage({ build });
    page.messenger.destroy();
    page.zendesk.uninstall();
    const zendesk = install(page.backend);
    page.endpoint.externalId = 'user-2';
    const messenger = page.another();
    messenger.zE('messenger:set', 'conversationTags', ['checkout']);
    await settle(messenger.login());
    expect(zendesk.visitor).toMatchObject({ externalId: 'user-2' });
    expect(zendesk.conversationTags).toEqual(['checkout']);
  });

  it('restores them after a silent sign-out', async () => {
    const page = openPage({ build });
    page.messenger.zE('messenger:set', 'conversationTags', ['checkout']);
    await settle(page.messenger.login());
    await pass(60_000);
    page.endpoint.instead = { throws: new Error('down') };
    page.backend.revoke(page.endpoint.tokens[0]!);
    await settle(page.zendesk.send('hello'));
    page.endpoint.instead = undefined;
    await pass(60_000);
    expect(page.zendesk.visitor.kind).toBe('user');
    expect(page.zendesk.conversationTags).toEqual(['checkout']);
  });

  it('reports a function that throws only to the console', async () => {
    const page = await signInPage({ build });
    vi.mocked(console.error).mockClear();
    page.messenger.zE(() => {
      throw new Error('host');
    });
    expect(console.error).toHaveBeenCalledOnce();
    expect(page.events.some(({ type }) => type === 'call-refused')).toBe(false);
  });

  it('signs out at resetWidget, and the snapshot says so', async () => {
    const page = await signInPage({ build });
    page.messenger.zE('messenger', 'resetWidget');
    await pass(1000);
    expect(page.zendesk.visitor.kind).toBe('none');
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
  });

  it('on() delivers events, even if called before live, until it is unsubscribed', async () => {
    const page = openPage({ build });
    const counts: number[] = [];
    const off = page.messenger.on('unreadMessages', (count) => void counts.push(count));
    await settle(page.messenger.load());
    page.zendesk.setUnread(3);
    off();
    page.zendesk.setUnread(4);
    expect(counts).toEqual([0, 3]);
    off();
  });

  it('on() calls listeners in the order of their subscription', async () => {
    const page = openPage({ build });
    const heard: string[] = [];
    page.messenger.on('unreadMessages', () => void heard.push('a'));
    page.messenger.on('unreadMessages', () => void heard.push('b'));
    await settle(page.messenger.load());
    heard.length = 0;
    page.zendesk.setUnread(3);
    expect(heard).toEqual(['a', 'b']);
  });

  it('never throws, no matter what it is called with', () => {
    const { messenger } = openPage({ build });
    for (const call of [[], [null], ['messenger', Symbol('x')], [{}, 5]]) {
      expect(() => Reflect.apply(messenger.zE, messenger, call)).not.toThrow();
    }
  });

  it('on() delivers nothing if it is unsubscribed before live', async () => {
    const page = openPage({ build });
    const listener = vi.fn();
    page.messenger.on('unreadMessages', listener)();
    await settle(page.messenger.load());
    page.zendesk.setUnread(3);
    expect(listener).not.toHaveBeenCalled();
  });

  it.each(['open', 'close'] as const)('on(%s) can be unsubscribed in every build [M 13]', async (event) => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    const listener = vi.fn();
    const off = page.messenger.on(event, listener);
    page.zendesk.openWindow();
    page.zendesk.closeWindow();
    expect(listener).toHaveBeenCalledOnce();
    off();
    page.zendesk.openWindow();
    page.zendesk.closeWindow();
    expect(listener).toHaveBeenCalledOnce();
  });

  it('on() does not throw for an event that a build lacks, and can be unsubscribed', async () => {
    const page = await signInPage({ build });
    const off = page.messenger.on.unsafe('inventedYesterday', () => {});
    off();
    expect(page.takeEvents()).toContain('call-refused');
  });

  it('reports a listener that throws only to the console', async () => {
    const page = await signInPage({ build });
    vi.mocked(console.error).mockClear();
    page.messenger.on('open', () => {
      throw new Error('host');
    });
    page.zendesk.openWindow();
    expect(console.error).toHaveBeenCalledOnce();
  });
});

it('survives the kill switch, and calls loginUser again later [M 11]', async () => {
  const page = await signInPage({ build: 'B26', endpoint: { lifetimeS: 600 } });
  page.backend.killSwitch = true;
  await page.zendesk.request();
  expect(page.zendesk.isKilled).toBe(true);
  expect(page.messenger.zE('messenger', 'show')).toBeUndefined();
  page.messenger.zE(() => 'the source of a function');
  expect(page.events.filter(({ type }) => type === 'call-refused')).toMatchObject([
    { command: 'messenger show' },
    { command: '' },
  ]);
  await pass(1_200_000);
  expect(page.takeEvents()).toContain('login-rejected');
  expect(vi.mocked(console.error).mock.calls.length).toBeLessThan(20);
});
