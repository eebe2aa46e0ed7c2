// @vitest-environment jsdom
// Random lives (test/lives) found these failures after an ask. Each test is the shortest way to one of them.
import { describe, expect, it } from 'vitest';
import {
  BOTH_BUILDS,
  interceptLogins,
  MINUTE_MS,
  openPage,
  pass,
  settle,
  signInPage,
  usePages,
} from '../start-page.js';

usePages();

describe.each(BOTH_BUILDS)('An ask, build %s', (build) => {
  it('is followed by a sign-in if it was answered late, and no other request undoes that', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.endpoint.delayMs = 1800;
    const asking = page.zendesk.send('asks after 500 ms, is answered after 2,300 ms');
    await pass(1000);
    const other = page.zendesk.send('tries for the last time after 2,000 ms, and signs out after 2,500 ms');
    await pass(MINUTE_MS);
    await Promise.all([asking, other]);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is followed by another sign-in if the messenger signs out just after a push that followed a late answer', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.endpoint.delayMs = 600;
    // Whichever token it carries: the last try ends 1,000 ms after the answer, and the push comes 550 ms after it.
    for (let tries = 3; tries > 0; tries--) page.backend.answerNext('send', { status: 401 });
    await settle(page.zendesk.send('refused three times'));
    expect(page.zendesk.visitor.kind).not.toBe('user');
    await pass(2000);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is followed by a sign-in if it was answered too late for the last retry of another request', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.endpoint.delayMs = 700;
    const asking = page.zendesk.send('asks after 500 ms, is answered after 1,200 ms');
    const other = page.zendesk.send('tries for the last time after 1,000 ms, and signs out after 1,500 ms');
    await pass(4000);
    await Promise.all([asking, other]);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is followed by a sign-in if it was answered with nothing', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.endpoint.next.push({ throws: new Error('The first request fails') });
    page.endpoint.delayMs = 4800;
    const asking = page.zendesk.send('asks after 500 ms, is answered after 10,500 ms, signs out after 11,500 ms');
    await pass(MINUTE_MS);
    await asking;
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('is followed by a sign-in if it could not be answered, even while the window is open again', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.zendesk.openWindow();
    page.backend.revokeAll();
    page.endpoint.instead = { throws: new Error('down') };
    void page.zendesk.send('asks after 500 ms, is answered with nothing, signs out');
    await pass(20_000);
    expect(page.zendesk.isOpen).toBe(false);
    page.zendesk.openWindow();
    page.endpoint.instead = undefined;
    await pass(MINUTE_MS);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(page.zendesk.isOpen).toBe(true);
    // A renewed token waits again until the window is closed.
    const { length } = page.zendeskRequests();
    await pass(60 * MINUTE_MS);
    expect(page.endpoint.requests.at(-1)).toMatchObject({ reason: 'renewal' });
    expect(page.zendeskRequests()).toHaveLength(length);
  });

  it('is followed by a sign-in if it was answered late, even if the first attempt fails', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.backend.revokeAll();
    page.endpoint.delayMs = 700;
    page.backend.answerNext('login', 'network-error');
    void page.zendesk.send('asks after 500 ms, is answered after 1,200 ms');
    void page.zendesk.send('tries for the last time after 1,000 ms, and signs out after 1,500 ms');
    await pass(1750);
    page.zendesk.openWindow();
    await pass(MINUTE_MS);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });

  it('does not reload an open window if it was answered late: a sign-out would have closed the window', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    page.zendesk.openWindow();
    page.backend.revokeAll();
    page.endpoint.delayMs = 700;
    page.takeEvents();
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    await pass(10 * MINUTE_MS);
    expect(page.takeEvents()).not.toContain('push-called');
  });

  it('is followed by only one push under an open window if it was answered late, even if no push is ever answered', async () => {
    const page = await signInPage({ build });
    await pass(MINUTE_MS);
    interceptLogins((ask) => [ask]);
    page.backend.revokeAll();
    page.endpoint.delayMs = 700;
    page.takeEvents();
    expect(await settle(page.zendesk.send('hello'))).toMatchObject({ sentAs: 'user' });
    page.zendesk.openWindow();
    await pass(10 * MINUTE_MS);
    expect(page.takeEvents().filter((type) => type === 'push-called')).toHaveLength(1);
  });

  it('gets the next token during a sign-in whose answer is lost, even if the first request for it fails', async () => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    interceptLogins((ask) => [ask]);
    void page.messenger.login();
    await pass(1000);
    page.backend.revokeAll();
    page.endpoint.next.push({ throws: new Error('once') });
    expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  });

  it('gets the next token if the token expired while the sign-in was not answered', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 5 } });
    // The push takes effect, but its answer comes too late.
    page.backend.answerAlways('login', { delayMs: 14_000 });
    await pass(6000);
    expect(await settle(page.zendesk.send('one'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
    await pass(5000);
    expect(await settle(page.zendesk.send('two'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  });

  it('gets another token just after a sign-in that was answered twice', async () => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    interceptLogins((ask, done) => [ask, (error: unknown) => void [done(error), done(error)]]);
    await settle(page.messenger.login());
    await pass(1000);
    page.backend.revokeAll();
    expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect(page.backend.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });
});

// Newer builds have nobody after a failed push, and ask for nothing [M 25].
it.each([8, 10, 12, 60])('An ask of build B25 gets another token if no push has succeeded for %i s', async (s) => {
  const page = await signInPage({ build: 'B25' });
  const [first] = page.endpoint.tokens;
  page.backend.revoke(first!);
  page.backend.answerAlways('login', 'network-error');
  // After the first answer the library pushes the token to check it. That push fails.
  await settle(page.zendesk.request());
  await pass(s * 1000);
  const { length } = page.endpoint.tokens;
  page.backend.revokeAll();
  expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(page.endpoint.tokens.length).toBeGreaterThan(length);
  expect(page.backend.requests.filter(({ reason }) => reason === 'revoked')).toHaveLength(2);
});

it('answers an ask with the token in memory after the kill switch has stopped every push', async () => {
  const page = await signInPage({ endpoint: { lifetimeS: 60 } });
  page.backend.killSwitch = true;
  await settle(page.zendesk.request());
  expect(page.zendesk.isKilled).toBe(true);
  await pass(2 * MINUTE_MS);
  const { length } = page.endpoint.requests;
  expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(page.endpoint.requests.length - length).toBeLessThanOrEqual(1);
});

it('signs in again after the last try of a request that has begun under the messenger before [M 27]', async () => {
  const page = await signInPage({ build: 'B25' });
  page.endpoint.instead = { throws: new Error('down') };
  page.backend.revokeAll();
  void page.zendesk.send('hello');
  await pass(520);
  page.messenger.destroy();
  page.endpoint.instead = undefined;
  await pass(840);
  const next = page.another();
  await settle(next.login());
  expect(page.zendesk.visitor.kind).toBe('user');
  await pass(500);
  expect(page.zendesk.visitor.kind).toBe('none');
  await pass(2000);
  expect(page.zendesk.visitor.kind).toBe('user');
});
