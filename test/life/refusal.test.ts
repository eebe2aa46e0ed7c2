// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { BOTH_BUILDS, failureOf, mint, openPage, pass, settle, signInPage, sleep, usePages } from './start-page.js';

usePages();

describe.each(BOTH_BUILDS)('invalid_auth, build %s', (build) => {
  it('replaces a revoked token, and the message is sent as the user', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.backend.revoke(page.endpoint.tokens[0]!);
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    expect(page.endpoint.requests.map(({ reason }) => reason)).toEqual(['sign-in', 'invalid_auth']);
    expect(page.zendeskRequests()).toEqual(['login 200', 'send 401', 'send 201']);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('answers every ask from one token request', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.backend.revoke(page.endpoint.tokens[0]!);
    const all = ['one', 'two', 'three'].map((text) => page.zendesk.send(text));
    await settle(Promise.all([...all, page.zendesk.connectRealtime()]));
    expect(page.endpoint.requests).toHaveLength(2);
    expect(page.endpoint.mostInFlight).toBe(1);
  });

  it('fails with invalid_auth after two different tokens are refused in a row, and stops retrying', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.backend.revoke(page.endpoint.tokens[0]!);
    page.backend.answerAlways('send', { status: 401 });
    page.backend.answerAlways('login', { status: 401 });
    // The request asks about the first token only. The loginUser that follows shows that the second is refused too.
    await settle(page.zendesk.send('hello'));
    await pass(10_000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    expect(new Set(page.endpoint.tokens).size).toBe(2);
    expect(page.zendesk.waitingAsks).toBe(0);
    await pass(3_600_000);
    expect(page.endpoint.requests).toHaveLength(2);
  });

  it('signs a visitor in again after a second refusal has signed them out silently', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.backend.revoke(page.endpoint.tokens[0]!);
    page.backend.answerNext('send', { status: 401 });
    page.backend.answerNext('send', { status: 401 });
    page.backend.answerNext('send', { status: 401 });
    await settle(page.zendesk.send('hello'));
    expect(page.zendesk.visitor.kind).not.toBe('user');
    await pass(10_000);
    expect(page.zendesk.visitor.kind).toBe('user');
  });

  it('does not take the new token as refused because of a request that still carried the old one', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    sleep(601_000);
    page.backend.answerNext('send', { status: 401 });
    const send = page.zendesk.send('with the old token');
    window.dispatchEvent(new Event('focus'));
    expect(await settle(send)).toMatchObject({ sentAs: 'user' });
    await pass(10_000);
    expect(page.endpoint.requests).toHaveLength(2);
    expect(page.takeEvents()).not.toContain('token-refused');
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('does not fail after two refusals with a working token between them', async () => {
    const page = await signInPage({ build });
    for (let i = 0; i < 4; i++) {
      await pass(60_000);
      page.backend.revoke(page.endpoint.tokens.at(-1)!);
      expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    }
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('does not fail after such refusals while the window is open and nothing is pushed', async () => {
    const page = await signInPage({ build });
    page.zendesk.openWindow();
    for (let i = 0; i < 4; i++) {
      await pass(60_000);
      page.backend.revoke(page.endpoint.tokens.at(-1)!);
      expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    }
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('does not count an earlier refusal, already repaired, in an outage that follows', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 60 } });
    // The window is open, so that no loginUser brings an answer in the meantime.
    page.zendesk.openWindow();
    page.backend.revoke(page.endpoint.tokens[0]!);
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    await pass(8000);
    page.endpoint.instead = { throws: new Error('down') };
    sleep(61_000);
    window.dispatchEvent(new Event('focus'));
    for (let i = 0; i < 8; i++) {
      await pass(1500);
      window.dispatchEvent(new Event('online'));
    }
    await pass(1500);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'token_failed' } });
    page.endpoint.instead = undefined;
    expect(await settle(page.messenger.login(), 3000)).toMatchObject({ status: 'signed-in' });
  });

  it('never hands over a refused token again', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    const [first] = page.endpoint.tokens;
    page.backend.revoke(first!);
    page.endpoint.instead = { returns: first };
    void page.zendesk.send('hello');
    await pass(30_000);
    expect(page.zendesk.waitingAsks).toBe(0);
    page.endpoint.instead = undefined;
    await pass(60_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    // Only the first three tries with the token get 401.
    expect(page.backend.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(3);
  });

  it('makes at most 10 requests after refusals in 5 minutes', async () => {
    const page = await signInPage({ build });
    for (let i = 0; i < 100; i++) {
      await pass(6000);
      page.backend.revoke(page.endpoint.tokens.at(-1)!);
      void page.zendesk.send('hello');
    }
    const starts = page.endpoint.requests.map(({ atMs }) => atMs);
    expect(starts.length).toBeGreaterThan(10);
    for (const atMs of starts.slice(1)) {
      expect(starts.filter((other) => other >= atMs && other < atMs + 300_000).length).toBeLessThanOrEqual(10);
    }
  });

  it('answers an ask with nothing at once if that limit forbids a request', async () => {
    const page = await signInPage({ build });
    for (let i = 0; i < 12; i++) {
      await pass(9000);
      page.backend.revoke(page.endpoint.tokens.at(-1)!);
      void page.zendesk.send('hello');
      await pass(2000);
      expect(page.zendesk.waitingAsks).toBe(0);
    }
  });

  it('keeps that limit when the site calls login() again and again', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 401 });
    for (let i = 0; i < 40; i++) {
      const error = await failureOf(page.messenger.login());
      expect(error.code).toBe('invalid_auth');
      await pass(1500);
    }
    const starts = page.endpoint.requests.map(({ atMs }) => atMs);
    for (const atMs of starts.slice(1)) {
      expect(starts.filter((other) => other >= atMs && other < atMs + 300_000).length).toBeLessThanOrEqual(10);
    }
  });

  it('answers an ask within tokenTimeoutMs even if no token arrives [M 28]', async () => {
    const page = await signInPage({ build, options: { tokenTimeoutMs: 5000 } });
    await pass(60_000);
    page.endpoint.instead = 'hangs';
    page.backend.revoke(page.endpoint.tokens[0]!);
    void page.zendesk.send('hello');
    await pass(1000);
    expect(page.zendesk.waitingAsks).toBe(1);
    await pass(5000);
    expect(page.zendesk.waitingAsks).toBe(0);
  });

  it('signs in again after a refusal during which the endpoint was down', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.endpoint.instead = { throws: new Error('down') };
    page.backend.revoke(page.endpoint.tokens[0]!);
    await settle(page.zendesk.send('hello'));
    expect(page.zendesk.visitor.kind).not.toBe('user');
    page.endpoint.instead = undefined;
    await pass(60_000);
    expect(page.zendesk.visitor.kind).toBe('user');
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });
});

describe.each(BOTH_BUILDS)("Another user's token, build %s", (build) => {
  it('signs that user in at a renewal, even while the window is open [M 29]', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 600 } });
    page.zendesk.openWindow();
    page.endpoint.externalId = 'user-2';
    await pass(600_000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', externalId: 'user-2' });
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(page.backend.requests.some(({ status }) => status === 401)).toBe(false);
  });

  it('is never the answer to an ask of the first user [M 29]', async () => {
    const page = await signInPage({ build });
    await pass(60_000);
    page.endpoint.externalId = 'user-2';
    page.backend.revoke(page.endpoint.tokens[0]!);
    await settle(page.zendesk.send('from the first user'));
    await pass(2000);
    expect(page.backend.user('user-2')!.messages).toEqual([]);
    expect(page.takeEvents()).toEqual(expect.arrayContaining(['login-called', 'login-accepted']));
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
  });

  it("replaces the first user's token during that user's sign-in", async () => {
    const page = openPage({ build });
    page.backend.answerAlways('login', { status: 401 });
    void page.messenger.login();
    await pass(100);
    page.backend.answerAlways('login', undefined);
    page.backend.revoke(mint(page.endpoint));
    page.endpoint.externalId = 'user-2';
    await pass(5000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', externalId: 'user-2' });
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
  });
});
