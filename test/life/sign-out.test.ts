// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { BOTH_BUILDS, interceptLogins, openPage, pass, settle, signInPage, usePages } from './start-page.js';

usePages();

describe.each(BOTH_BUILDS)('Signing out, build %s', (build) => {
  it('signs the visitor out of the messenger', async () => {
    const page = await signInPage({ build });
    await settle(page.messenger.logout());
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', externalId: undefined, live: true });
    await pass(1000);
    expect(page.zendesk.visitor.kind).toBe('none');
    expect(page.takeEvents()).toContain('signed-out');
    await pass(10_000_000);
    expect(page.endpoint.requests).toHaveLength(1);
  });

  it.each(['token-requested', 'token-received', 'renewal-planned', 'login-called', 'asked', 'answered', 'push-called'])(
    'hands over nothing more if called from onEvent at %s',
    async (wanted) => {
      let asksBefore = -1;
      const onEvent = ({ type }: { type: string }) => {
        if (type !== wanted || asksBefore >= 0) return;
        asksBefore = page.zendesk.asks;
        void page.messenger.logout();
      };
      const page = openPage({ build, options: { onEvent } });
      void page.messenger.login();
      await pass(5_000_000);
      expect(asksBefore).toBe(wanted === 'push-called' ? 1 : Number(wanted.startsWith('a')));
      expect(page.zendesk.asks).toBe(asksBefore);
      if (wanted === 'token-requested') expect(page.endpoint.requests).toEqual([]);
      expect(page.zendesk.waitingAsks).toBe(0);
      expect(page.zendesk.visitor.kind).toBe('none');
      expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', error: undefined });
      expect(page.zendeskRequests()).toEqual(wanted === 'push-called' ? ['login 200', 'logout 200'] : []);
    },
  );

  it.each(['asked', 'answered'])('gives the messenger no token if called from onEvent at %s', async (wanted) => {
    const given: unknown[] = [];
    const onEvent = ({ type }: { type: string }) => void (type === wanted && page.messenger.logout());
    const page = openPage({ build, options: { onEvent } });
    await settle(page.messenger.load());
    interceptLogins((ask, done) => [
      (answer: (token: unknown) => void) => ask((token: unknown) => (given.push(token), answer(token))),
      done,
    ]);
    void page.messenger.login();
    await pass(5000);
    expect(given).toEqual([undefined]);
  });

  it('still loads the messenger if called from onEvent at load-requested', async () => {
    const onEvent = ({ type }: { type: string }) => void (type === 'load-requested' && page.messenger.logout());
    const page = openPage({ build, options: { onEvent } });
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-out', live: true });
  });

  it('also happens when the page itself calls logoutUser', async () => {
    const page = await signInPage({ build });
    page.messenger.zE('messenger', 'logoutUser');
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
    await pass(1000);
    expect(page.zendesk.visitor.kind).toBe('none');
  });

  it('cancels a token request, settles login(), and ignores what arrives later', async () => {
    const page = openPage({ build, endpoint: { delayMs: 2000 } });
    const login = page.messenger.login();
    await pass(1000);
    const { signal } = page.endpoint.requests[0]!;
    await settle(page.messenger.logout());
    expect(signal.aborted).toBe(true);
    expect(await settle(login)).toMatchObject({ status: 'signed-out' });
    await pass(10_000);
    expect(page.zendesk.asks).toBe(0);
    expect(page.zendeskRequests()).toEqual([]);
  });

  it('ignores the answer of a token request that ignores its signal', async () => {
    let answer: (token: string) => void = () => {};
    const getToken = () => new Promise<string>((resolve) => (answer = resolve));
    const page = openPage({ build, options: { getToken } });
    void page.messenger.login();
    await pass(1000);
    await settle(page.messenger.logout());
    answer('late');
    await pass(1000);
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
  });

  it("ignores Zendesk's answer to a login on its way", async () => {
    const page = openPage({ build });
    page.backend.answerNext('login', { delayMs: 2000 });
    const login = page.messenger.login();
    await pass(1000);
    await settle(page.messenger.logout());
    expect(await settle(login)).toMatchObject({ status: 'signed-out' });
    await pass(10_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
    expect(page.zendesk.visitor.kind).not.toBe('user');
  });

  it('answers an open ask with nothing, and calls only logoutUser', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.endpoint.delayMs = 3000;
    page.backend.revoke(page.endpoint.tokens[0]!);
    void page.zendesk.send('hello');
    await pass(1000);
    expect(page.zendesk.waitingAsks).toBe(1);
    const live = (window as any).zE;
    const calls: unknown[] = [];
    (window as any).zE = Object.assign(
      (...call: unknown[]) => {
        calls.push(call.slice(0, 2));
        return live(...call);
      },
      { widget: 'messenger' },
    );
    await settle(page.messenger.logout());
    expect(page.zendesk.waitingAsks).toBe(0);
    await pass(60_000);
    expect(calls).toEqual([['messenger', 'logoutUser']]);
    (window as any).zE = live;
  });

  it('is queued before the messenger is live, and a login() after it signs in', async () => {
    const page = openPage({ build, zendesk: { scriptDelayMs: 1000 } });
    void page.messenger.login();
    await settle(page.messenger.logout());
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    // The queued sign-out ran first, so the sign-in was called only once.
    expect(page.zendesk.asks).toBe(1);
    await pass(5000);
    expect(page.zendesk.visitor).toMatchObject({ kind: 'user' });
  });

  it.each(['blocked', 'hangs'] as const)('resolves at once without Zendesk, its script: %s', async (script) => {
    const page = openPage({ build, zendesk: { script } });
    const login = page.messenger.login().catch(() => {});
    await pass(1000);
    // No time passes: fake timers would not let it wait.
    expect(await settle(page.messenger.logout())).toBe(undefined);
    await pass(60_000);
    expect(await settle(page.messenger.logout())).toBe(undefined);
    await login;
  });

  it('cancels what was queued before the messenger is live', async () => {
    const page = openPage({ build });
    void page.messenger.login();
    page.messenger.zE('messenger', 'open');
    page.messenger.zE('messenger:set', 'conversationTags', ['of the first']);
    void page.messenger.logout();
    await settle(page.messenger.load());
    await pass(1000);
    expect(page.zendesk.isOpen).toBe(false);
    expect(page.zendesk.conversationTags).toEqual([]);
  });

  it('signs out a visitor of this page when getToken returns null', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.endpoint.instead = { returns: null };
    await pass(600_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
    expect(page.zendesk.visitor.kind).toBe('none');
    expect(page.takeEvents()).toEqual(expect.arrayContaining(['token-absent', 'signed-out']));
    const { length } = page.endpoint.requests;
    await pass(10_000_000);
    expect(page.endpoint.requests).toHaveLength(length);
  });

  it('signs out a visitor whose push Zendesk has delayed when getToken returns null', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 60 } });
    page.backend.answerAlways('login', { status: 429 });
    await pass(60_000);
    expect(page.takeEvents()).toContain('login-rejected');
    page.endpoint.instead = { returns: null };
    await pass(120_000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out' });
    expect(page.zendesk.visitor.kind).not.toBe('user');
  });

  it('keeps an anonymous visitor and the conversation when getToken returns null [M 34]', async () => {
    const page = openPage({ build, endpoint: { instead: { returns: null } } });
    await settle(page.messenger.load());
    await settle(page.zendesk.send('anonymous'));
    const { visitor } = page.zendesk;
    expect(visitor.kind).toBe('anonymous');
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-out' });
    await pass(10_000);
    expect(page.zendesk.visitor).toEqual(visitor);
    expect(page.zendesk.messages).toHaveLength(1);
    expect(page.zendeskRequests()).toEqual(['send 201']);
  });
});

describe('destroy()', () => {
  it('leaves no timer, listener or request, and rejects pending promises', async () => {
    // The listeners for the page's signals: all listeners of the library on these two that stay.
    const heard = ['visibilitychange', 'prerenderingchange', 'online', 'pageshow', 'focus', 'storage', 'pagehide'];
    const left = new Set<string>();
    for (const target of [window, document]) {
      const [add, remove] = [target.addEventListener.bind(target), target.removeEventListener.bind(target)];
      vi.spyOn(target, 'addEventListener').mockImplementation((name: string, listener: any, options: any) => {
        if (heard.includes(name)) left.add(name);
        add(name, listener, options);
      });
      vi.spyOn(target, 'removeEventListener').mockImplementation((name: string, listener: any, options: any) => {
        left.delete(name);
        remove(name, listener, options);
      });
    }
    const page = await signInPage({ endpoint: { lifetimeS: 600, delayMs: 2000 } });
    expect([...left].sort()).toEqual(heard.sort());
    await pass(590_000);
    const { length } = page.endpoint.requests;
    page.messenger.destroy();
    expect([...left]).toEqual([]);
    await pass(10_000_000);
    expect(page.endpoint.requests).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
    await expect(settle(page.messenger.login())).rejects.toMatchObject({ code: 'destroyed' });
    await expect(settle(page.messenger.load())).rejects.toMatchObject({ code: 'destroyed' });
    expect(page.messenger.zE('messenger', 'open')).toBeUndefined();
    expect(page.zendesk.isOpen).toBe(false);
    page.messenger.on('open', () => {})();
  });

  it('leaves no timer and no message if called while loading', async () => {
    const page = openPage({ zendesk: { script: 'hangs' } });
    void page.messenger.login();
    await pass(100);
    page.messenger.destroy();
    vi.mocked(console.error).mockClear();
    page.takeEvents();
    expect(vi.getTimerCount()).toBe(0);
    document.getElementById('ze-snippet')!.dispatchEvent(new Event('error'));
    await pass(20_000);
    expect(page.takeEvents()).toEqual([]);
    expect(console.error).not.toHaveBeenCalled();
    expect(page.messenger.getSnapshot().status).toBe('signed-out');
  });

  it('inserts nothing if called from onEvent', async () => {
    const onEvent = ({ type }: { type: string }) => void (type === 'load-requested' && page.messenger.destroy());
    const page = openPage({ options: { onEvent } });
    await expect(settle(page.messenger.login())).rejects.toMatchObject({ code: 'destroyed' });
    expect(document.getElementById('ze-snippet')).toBe(null);
  });

  it.each(['token-requested', 'token-received', 'renewal-planned', 'login-called', 'asked'])(
    'hands over nothing and leaves no ask open if called from onEvent at %s',
    async (wanted) => {
      const types: string[] = [];
      const onEvent = ({ type }: { type: string }) => {
        types.push(type);
        if (type === wanted) page.messenger.destroy();
      };
      const page = openPage({ options: { onEvent } });
      await expect(settle(page.messenger.login())).rejects.toMatchObject({ code: 'destroyed' });
      await pass(1000);
      expect(page.zendeskRequests()).toEqual([]);
      expect(page.zendesk.waitingAsks).toBe(0);
      expect(types.at(-1)).toBe(wanted);
    },
  );

  it('does not sign the visitor out, and answers later asks with nothing', async () => {
    const page = await signInPage();
    page.messenger.destroy();
    expect(page.zendesk.visitor.kind).toBe('user');
    page.backend.revoke(page.endpoint.tokens[0]!);
    await settle(page.zendesk.send('hello'));
    expect(page.zendesk.waitingAsks).toBe(0);
  });

  it.each(['destroy', 'logout'] as const)(
    'leaves nothing for the next ask if %s() is called during the answer to an ask',
    async (end) => {
      const page = openPage();
      await settle(page.messenger.load());
      let ask: (answer: (token: unknown) => void) => void = () => {};
      interceptLogins((jwtCallback, done) => [(ask = jwtCallback), done]);
      await settle(page.messenger.login());
      await pass(10_000);
      const given: unknown[] = [];
      ask((token) => {
        given.push(token);
        void page.messenger[end]();
      });
      ask((token) => given.push(token));
      await pass(5000);
      expect(given).toEqual([page.endpoint.tokens[1], undefined]);
    },
  );

  it('lets a new messenger take over', async () => {
    const page = await signInPage();
    page.messenger.destroy();
    await pass(1000);
    const next = page.another();
    expect(await settle(next.login())).toMatchObject({ status: 'signed-in' });
    page.backend.revoke(page.endpoint.tokens.at(-1)!);
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
  });
});
