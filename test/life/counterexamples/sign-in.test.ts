// @vitest-environment jsdom
// Random lives (test/lives) found these failures of a sign-in. Each test is the shortest way to one of them.
import { describe, expect, it } from 'vitest';
import {
  BOTH_BUILDS,
  interceptLogins,
  MINUTE_MS,
  openPage,
  pass,
  settle,
  signInPage,
  sleep,
  usePages,
} from '../start-page.js';

usePages();

describe.each(BOTH_BUILDS)('A sign-in, build %s', (build) => {
  it.each([12, 60])(
    'is repeated with another token if the refused one was in use for %i s while pushes failed',
    async (s) => {
      const page = await signInPage({ build });
      const [first] = page.endpoint.tokens;
      await pass(MINUTE_MS);
      page.backend.revoke(first!);
      page.backend.answerAlways('login', 'network-error');
      expect(await settle(page.zendesk.send('asks about it'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
      await pass(s * 1000);
      page.backend.revokeAll();
      page.backend.answerAlways('login', undefined);
      await pass(MINUTE_MS);
      const refusedLogins = page.backend.requests.filter(({ kind, status }) => kind === 'login' && status === 401);
      expect(refusedLogins.length).toBeGreaterThan(0);
      expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
      expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
      // No request is made that is not needed.
      expect(page.endpoint.tokens).toHaveLength(3);
    },
  );

  it('ends after two tokens if it is refused too late again and again', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.backend.answerAlways('send', { status: 401 });
    page.backend.answerAlways('login', { status: 403, delayMs: 5000 });
    for (let tries = 0; tries < 120; tries++) {
      void page.zendesk.send('asks about it');
      await pass(30_000);
    }
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    expect(page.endpoint.tokens).toHaveLength(2);
  });

  it.each([
    { delayMs: 1200, tokens: 2 },
    // Three tries take longer than the sign-in's time limit, so most answers come after it.
    { delayMs: 5000, tokens: 3 },
  ])('ends after $tokens tokens if each try is refused after $delayMs ms', async (row) => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.backend.answerAlways('send', { status: 401 });
    page.backend.answerAlways('login', { status: 401, delayMs: row.delayMs });
    await settle(page.zendesk.send('asks about it'));
    await pass(60 * MINUTE_MS);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    expect(page.endpoint.tokens).toHaveLength(row.tokens);
  });

  it.each([
    { what: 'was postponed', login: 429 },
    { what: 'waited for a token', isDown: true },
    // This covers a timer that is late.
    { what: 'waited until the window was closed', isOpen: true, waitMs: 7000 },
  ])('ends after two tokens if it $what and was then refused', async (row) => {
    const { isOpen = false, isDown = false, login = 401, waitMs = MINUTE_MS } = row;
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    if (isOpen) page.messenger.zE('messenger', 'open');
    page.backend.revokeAll();
    page.backend.answerAlways('login', { status: login });
    if (isDown) page.endpoint.instead = { throws: new Error('down') };
    await settle(page.zendesk.send('asks about it'));
    await pass(waitMs);
    if (isOpen) page.messenger.zE('messenger', 'close');
    page.endpoint.instead = undefined;
    page.backend.answerAlways('login', { status: 401 });
    await pass(60 * MINUTE_MS);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    expect(page.endpoint.tokens).toHaveLength(2);
  });

  it.each([
    { when: 'just after the last refusal', sleepMs: 0 },
    // The messenger's timers were asleep as well.
    { when: 'after a sleep that followed the last refusal', sleepMs: 2 * MINUTE_MS },
  ])('is not undone by the refused request if it starts $when', async ({ sleepMs }) => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    void page.zendesk.send('asks about the first token');
    await pass(1200);
    page.backend.revokeAll();
    void page.zendesk.send('asks about the second one after 500 ms, signs out after 1,500 ms');
    await pass(1200);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    sleep(sleepMs);
    await settle(page.messenger.login());
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is soon repeated with another token if the messenger asked about it and never answers', async () => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    const stepAside = interceptLogins((ask) => [ask]);
    void page.messenger.login();
    await pass(1000);
    page.backend.revokeAll();
    page.endpoint.instead = { throws: new Error('down') };
    void page.zendesk.send('asks after 500 ms, is answered with nothing after 10,500 ms');
    await pass(13_000);
    page.endpoint.instead = undefined;
    stepAside();
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is not repeated with the token that the messenger asked about if its answer comes too late', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    interceptLogins((ask, done) => [ask, (error: unknown) => void setTimeout(() => done(error), 20_000)]);
    page.backend.revokeAll();
    await settle(page.zendesk.send('asks about the first token'));
    await pass(10_000);
    page.backend.revokeAll();
    await settle(page.zendesk.send('asks about the second one, which was pushed'));
    await pass(5 * MINUTE_MS);
    expect(page.backend.requests.filter(({ kind, status }) => kind === 'login' && status === 401)).toEqual([]);
  });
});
