// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import {
  BOTH_BUILDS,
  MINUTE_MS,
  openPage,
  pass,
  setHidden,
  settle,
  signInPage,
  sleep,
  usePages,
} from './start-page.js';

usePages();

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const noRefusal = (requests: string[]) => expect(requests.filter((request) => !/ 20[01]$/.test(request))).toEqual([]);

describe.each(BOTH_BUILDS)('Renewing, build %s', (build) => {
  it.each([
    [10, 60_000],
    [60, 10 * MINUTE_MS],
    [3600, 6 * HOUR_MS],
    [90 * 86_400, 200 * DAY_MS],
  ])(
    'sends Zendesk no expired token if tokens live %i s, and renews after a third of the lifetime at the earliest',
    async (lifetimeS, lifeMs) => {
      const page = await signInPage({ build, endpoint: { lifetimeS } });
      for (let i = 0; i < 100; i++) {
        await pass(lifeMs / 100);
        await page.zendesk.request();
      }
      noRefusal(page.zendeskRequests());
      expect(page.zendesk.visitor.kind).toBe('user');
      const starts = page.endpoint.requests.map(({ atMs }) => atMs);
      expect(starts.length).toBeGreaterThanOrEqual(lifeMs / 1000 / lifetimeS);
      starts.slice(1).forEach((atMs, i) => expect(atMs - starts[i]!).toBeGreaterThanOrEqual((lifetimeS * 1000) / 3));
      expect(page.endpoint.mostInFlight).toBe(1);
    },
  );

  it('pushes the renewed token while the window is closed', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    await pass(10 * MINUTE_MS);
    expect(page.takeEvents()).toEqual(
      expect.arrayContaining([
        'token-requested',
        'token-received',
        'push-called',
        'asked',
        'answered',
        'login-accepted',
      ]),
    );
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in' });
  });

  it('delays the push while the window is open, answers asks in the meantime, and pushes when it closes', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.zendesk.openWindow();
    await pass(10 * MINUTE_MS + 5000);
    expect(page.takeEvents()).not.toContain('push-called');
    // The messenger's token has expired. The renewed one is in memory.
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    expect(page.zendesk.isOpen).toBe(true);
    expect(page.zendeskRequests()).toEqual(['login 200', 'send 401', 'send 201']);
    await pass(10 * MINUTE_MS);
    page.zendesk.closeWindow();
    await pass(100);
    expect(page.takeEvents()).toContain('push-called');
  });

  it('notices a window that a queued call has opened', async () => {
    const page = openPage({ build, endpoint: { lifetimeS: 600 } });
    page.messenger.zE('messenger', 'open');
    await settle(page.messenger.login());
    expect(page.zendesk.isOpen).toBe(true);
    await pass(600_000);
    expect(page.takeEvents()).not.toContain('push-called');
  });

  it('pushes when the window closes, even if the next token cannot be fetched', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.zendesk.openWindow();
    await pass(560_000);
    expect(page.endpoint.requests).toHaveLength(2);
    page.endpoint.instead = { throws: new Error('down') };
    await pass(page.messenger.getSnapshot().refreshAtMs! - Date.now() + 25_000);
    expect(page.endpoint.requests.length).toBeGreaterThan(2);
    page.zendesk.closeWindow();
    await pass(100);
    expect(page.takeEvents()).toContain('push-called');
  });

  it.each([[{ status: 500 }], ['network-error' as const]])(
    'pushes again after a push that failed with %o',
    async (outcome) => {
      const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
      for (let tries = 0; tries < 3; tries++) page.backend.answerNext('login', outcome);
      await pass(599_000);
      expect(page.takeEvents().filter((type) => type === 'push-called').length).toBeGreaterThan(1);
      expect(page.zendesk.visitor.kind).toBe('user');
    },
  );

  it('ends the back-off at an ask', async () => {
    vi.mocked(Math.random).mockReturnValue(0.99);
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.endpoint.instead = { throws: new Error('down') };
    await pass(560_000);
    let { length } = page.endpoint.requests;
    while (page.endpoint.requests.length === length) await pass(1000);
    await pass(100);
    ({ length } = page.endpoint.requests);
    page.endpoint.instead = undefined;
    page.backend.revoke(page.endpoint.tokens[0]!);
    expect(await settle(page.zendesk.send('hello'), 3000)).toMatchObject({ sentAs: 'user' });
    expect(page.endpoint.requests.length).toBe(length + 1);
  });

  it('answers an ask in the same tick from the token in memory', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.zendesk.openWindow();
    await pass(9 * MINUTE_MS + 50_000);
    await pass(20_000);
    const send = page.zendesk.send('hello');
    while (!page.zendesk.renewalAsks) await pass(1);
    expect(page.zendesk.waitingAsks).toBe(0);
    await settle(send);
  });

  it('answers asks about the old token while the renewed one is being pushed', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    sleep(601_000);
    const sends = ['a', 'b'].map((text) => page.zendesk.send(text));
    page.backend.answerNext('login', { delayMs: 4000 });
    window.dispatchEvent(new Event('focus'));
    expect(await settle(Promise.all(sends))).toMatchObject([{ sentAs: 'user' }, { sentAs: 'user' }]);
    expect(page.endpoint.requests).toHaveLength(2);
  });

  it('counts one refusal if a renewed token is refused while asks come about the old one', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    sleep(601_000);
    for (let i = 0; i < 3; i++) page.backend.answerNext('login', { status: 401 });
    window.dispatchEvent(new Event('focus'));
    await pass(30_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('answers an ask about the expired token at once, from memory, while pushes fail', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.backend.answerAlways('login', { status: 500 });
    await pass(602_000);
    const { length } = page.endpoint.requests;
    page.takeEvents();
    // Newer builds have nobody after a failed push [M 25], and ask for nothing.
    const sentAs = build === 'B25' ? 'user' : 'anonymous';
    expect(await settle(page.zendesk.send('hello'), 3000)).toMatchObject({ sentAs });
    expect(page.endpoint.requests).toHaveLength(length);
    expect(page.takeEvents()).not.toContain('token-refused');
  });

  it('settles login() in a hidden tab that wakes from a sleep', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    setHidden(true);
    sleep(601_000);
    expect(await settle(page.messenger.login(), 5000)).toMatchObject({ status: 'signed-in' });
  });

  it('does not take an ask about an expired token as a refusal', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    sleep(601_000);
    await settle(page.zendesk.send('hello'));
    await pass(1000);
    expect(page.takeEvents()).not.toContain('token-refused');
  });

  it('settles login() in a hidden tab whose token has expired', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    setHidden(true);
    await pass(HOUR_MS);
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  });

  it('keeps the good token when a renewal fails, and retries with back-off', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.endpoint.instead = { throws: new Error('down') };
    await pass(9 * MINUTE_MS + 30_000);
    expect(page.endpoint.requests.length).toBeGreaterThan(2);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
    page.endpoint.instead = undefined;
    await pass(MINUTE_MS);
    await page.zendesk.request();
    noRefusal(page.zendeskRequests());
  });

  it('keeps trying after expiry, reports it, and signs in again when a token arrives', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.endpoint.instead = { throws: new Error('down') };
    await pass(15 * MINUTE_MS);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'token_failed' } });
    await settle(page.zendesk.send('into the void'));
    expect(page.zendesk.visitor.kind).not.toBe('user');
    page.endpoint.instead = undefined;
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('calls loginUser after a late answer to an ask [M 27, 28]', async () => {
    const page = await signInPage({ build });
    page.backend.revoke(page.endpoint.tokens[0]!);
    page.endpoint.delayMs = 3000;
    // Of two simultaneous requests, one waits for the answer, and the other gives up and signs the visitor out.
    const sends = Promise.all([page.zendesk.send('one'), page.zendesk.send('two')]);
    await pass(2500);
    expect(page.zendesk.visitor.kind).not.toBe('user');
    await settle(sends);
    await pass(1000);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('does not renew while hidden, and renews when the visitor returns', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    setHidden(true);
    await pass(3 * HOUR_MS);
    expect(page.endpoint.requests).toHaveLength(1);
    expect(page.messenger.getSnapshot().status).toBe('signing-in');
    setHidden(false);
    await pass(500);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    await page.zendesk.request();
    noRefusal(page.zendeskRequests());
  });

  it('answers asks while hidden', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    setHidden(true);
    await pass(HOUR_MS);
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
  });

  it('renews in a hidden tab with refreshWhenHidden', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 }, options: { refreshWhenHidden: true } });
    setHidden(true);
    await pass(HOUR_MS);
    expect(page.endpoint.requests.length).toBeGreaterThan(5);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it.each(['visibilitychange', 'pageshow', 'online', 'focus'])(
    'signs in again at %s after a sleep that was longer than the lifetime of the token',
    async (name) => {
      const page = await signInPage({ build, endpoint: { lifetimeS: 3600 } });
      sleep(3 * HOUR_MS + 1000);
      const target = name === 'visibilitychange' ? document : window;
      target.dispatchEvent(new Event(name));
      await pass(500);
      expect(page.messenger.getSnapshot().status).toBe('signed-in');
      await page.zendesk.request();
      noRefusal(page.zendeskRequests());
    },
  );

  it('notices a sleep by its timer within an hour if no event reports it', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 7200 } });
    sleep(3 * HOUR_MS);
    await pass(HOUR_MS + 1000);
    await page.zendesk.request();
    noRefusal(page.zendeskRequests());
  });

  it.each([-DAY_MS, -HOUR_MS, 20 * MINUTE_MS, DAY_MS, 3650 * DAY_MS])(
    "is not affected by a visitor's clock that is %i ms off the server's clock",
    async (skewMs) => {
      const page = openPage({ build, endpoint: { lifetimeS: 600, clockSkewMs: skewMs } });
      page.backend.clockSkewMs = skewMs;
      await settle(page.messenger.login());
      for (let i = 0; i < 60; i++) {
        await pass(MINUTE_MS);
        await page.zendesk.request();
      }
      noRefusal(page.zendeskRequests());
      expect(page.endpoint.requests.length).toBeLessThan(20);
    },
  );

  it('is not affected by a clock that is set back or forward', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    for (const jumpMs of [-DAY_MS, 2 * DAY_MS, -HOUR_MS]) {
      sleep(jumpMs);
      // The servers' clocks keep the true time.
      page.endpoint.clockSkewMs -= jumpMs;
      page.backend.clockSkewMs -= jumpMs;
      window.dispatchEvent(new Event('focus'));
      for (let i = 0; i < 20; i++) {
        await pass(MINUTE_MS);
        await page.zendesk.request();
      }
    }
    noRefusal(page.zendeskRequests());
    expect(page.zendesk.visitor.kind).toBe('user');
  });

  it('does not treat a token from a cache as fresh', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    const { expiresAtMs } = page.messenger.getSnapshot();
    page.endpoint.instead = { returns: page.endpoint.tokens[0] };
    await pass(9 * MINUTE_MS);
    expect(page.messenger.getSnapshot().expiresAtMs).toBe(expiresAtMs);
    const failures = page.events.filter((event) => event.type === 'token-failed');
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.every((event) => event.code === 'token_repeated')).toBe(true);
  });

  it('does not renew a token without exp in advance, and answers the ask when it is refused', async () => {
    const page = await signInPage({ build, endpoint: { claims: { exp: undefined } } });
    await pass(30 * DAY_MS);
    expect(page.endpoint.requests).toHaveLength(1);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', expiresAtMs: undefined });
    page.backend.revoke(page.endpoint.tokens[0]!);
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
  });

  it('keeps the visitor signed in despite 401s without CORS headers, after which the messenger does not ask [M 30]', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.backend.withoutCors = true;
    for (let i = 0; i < 40; i++) {
      await pass(MINUTE_MS);
      expect(await page.zendesk.send('hello')).toMatchObject({ sentAs: 'user' });
    }
    noRefusal(page.zendeskRequests());
  });
});
