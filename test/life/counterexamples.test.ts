// @vitest-environment jsdom
// What random lives (test/lives) have found, each by the shortest way that leads there.
import { describe, expect, it } from 'vitest';
import {
  BOTH_BUILDS,
  failureOf,
  interceptLogins,
  mint,
  MINUTE_MS,
  openPage,
  pass,
  settle,
  setHidden,
  signInPage,
  sleep,
  usePages,
} from './start-page.js';

usePages();

const tags = () => [...document.querySelectorAll('script#ze-snippet')];

describe.each(BOTH_BUILDS)('a messenger that could not be loaded, build %s', (build) => {
  it.each(['blocked', 'silently-removed'] as const)('is loaded within a minute of the recovery: %s', async (script) => {
    const page = openPage({ build, zendesk: { script } });
    expect((await failureOf(page.messenger.login())).code).toBe('script_blocked');
    await pass(3 * MINUTE_MS);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'script_blocked' } });
    page.zendesk.script = 'runs';
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
    expect(page.zendesk.boots).toBe(1);
    expect(tags()).toHaveLength(1);
  });

  it('is loaded within a minute of the recovery: without its configuration', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('compose', { status: 503 });
    expect((await failureOf(page.messenger.login())).code).toBe('messenger_unavailable');
    await pass(3 * MINUTE_MS);
    page.backend.answerAlways('compose', undefined);
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.boots).toBe(1);
  });

  it('is loaded within a minute of the recovery, also after an hour', async () => {
    const page = openPage({ build, zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.login());
    await pass(60 * MINUTE_MS);
    const loads = page.events.filter(({ type }) => type === 'load-requested').length;
    expect(loads).toBeGreaterThan(60);
    expect(loads).toBeLessThan(130);
    page.zendesk.script = 'runs';
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('is not tried again in a hidden tab, nor for a load() alone', async () => {
    const page = openPage({ build, zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.load());
    await pass(5 * MINUTE_MS);
    expect(page.events.filter(({ type }) => type === 'load-requested')).toHaveLength(1);
    await failureOf(page.messenger.login());
    setHidden(true);
    await pass(5 * MINUTE_MS);
    expect(page.events.filter(({ type }) => type === 'load-requested')).toHaveLength(2);
  });

  it('has had no time while the page slept: no second widget', async () => {
    const page = openPage({ build, zendesk: { bootDelayMs: 600 } });
    const login = page.messenger.login();
    await pass(300);
    sleep(2 * MINUTE_MS);
    window.dispatchEvent(new Event('focus'));
    void page.messenger.login();
    await settle(login);
    await pass(MINUTE_MS);
    expect(page.zendesk.boots).toBe(1);
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });
});

describe.each(BOTH_BUILDS)('a sign-in that has failed for good while loading, build %s', (build) => {
  it('is not said to have failed for the load, too, which would be tried again', async () => {
    const page = openPage({ build, zendesk: { scriptDelayMs: 15_000 }, endpoint: { claims: { external_id: 7 } } });
    const load = failureOf(page.messenger.load());
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe('external_id_not_string');
    expect((await load).code).toBe('script_blocked');
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', live: false, error });
    // Nor when it comes up late.
    await pass(10_000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', live: true, error });
  });
});

describe.each(BOTH_BUILDS)('an ask, build %s', (build) => {
  it('that is answered late is followed by a sign-in that no other request undoes', async () => {
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

  it('that is answered too late for the last try of a request beside it, too', async () => {
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

  it('that is answered with nothing, too', async () => {
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

  it('that could not be answered is followed by a sign-in although the visitor opens the window again', async () => {
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
    // That was an exception: what is renewed waits for the window again.
    const { length } = page.zendeskRequests();
    await pass(60 * MINUTE_MS);
    expect(page.endpoint.requests.at(-1)).toMatchObject({ reason: 'renewal' });
    expect(page.zendeskRequests()).toHaveLength(length);
  });

  it('that was answered late is followed by one, too, if the first attempt fails', async () => {
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

  it('that was answered late reloads no open window: a sign-out would have closed it', async () => {
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

  it('that was answered late is followed by one push under the window, also if no push is ever answered', async () => {
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

  it('during a sign-in whose answer is lost gets the next token, also if the first request for it fails', async () => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    interceptLogins((ask) => [ask]);
    void page.messenger.login();
    await pass(1000);
    page.backend.revokeAll();
    page.endpoint.next.push({ throws: new Error('once') });
    expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  });

  it('about a token that expired while the sign-in was not answered gets the next one', async () => {
    const page = await signInPage({ build, endpoint: { lifetimeS: 5 } });
    // The push takes effect, and its answer is lost on the way.
    page.backend.answerAlways('login', { delayMs: 14_000 });
    await pass(6000);
    expect(await settle(page.zendesk.send('one'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
    await pass(5000);
    expect(await settle(page.zendesk.send('two'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  });

  it('just after a sign-in that was answered twice gets another token', async () => {
    const page = openPage({ build });
    await settle(page.messenger.load());
    interceptLogins((ask, done) => [ask, (error: unknown) => void [done(error), done(error)]]);
    await settle(page.messenger.login());
    await pass(1000);
    page.backend.revokeAll();
    expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect(page.backend.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  it.each([8, 10, 12, 60])('about the token in hand, which no push could replace for %i s, gets another', async (s) => {
    const page = await signInPage({ build });
    const [first] = page.endpoint.tokens;
    page.backend.revoke(first!);
    page.backend.answerAlways('login', 'network-error');
    // The first answer is not told from a doubt; what follows is a push of it, which fails.
    await settle(page.zendesk.request());
    await pass(s * 1000);
    const { length } = page.endpoint.tokens;
    page.backend.revokeAll();
    expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect(page.endpoint.tokens.length).toBeGreaterThan(length);
    expect(page.backend.requests.filter(({ reason }) => reason === 'revoked')).toHaveLength(2);
  });
});

describe.each(BOTH_BUILDS)('a sign-in, build %s', (build) => {
  it.each([12, 60])('with the token that was in use for %i s, while pushes failed, is not the last', async (s) => {
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
    // No more than it takes.
    expect(page.endpoint.tokens).toHaveLength(3);
  });

  it('that is refused too late again and again is the last after two', async () => {
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
    // Three tries take longer than the sign-in's time limit: most verdicts come when it is given up.
    { delayMs: 5000, tokens: 7 },
  ])('that is refused slowly, $delayMs ms for each try, is the last after $tokens tokens', async (row) => {
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
    // A timer may be late, too.
    { what: 'waited until the window was closed', isOpen: true, waitMs: 7000 },
  ])('that $what, and then is refused, is the last after two', async (row) => {
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
    // The messenger's timers have slept, too.
    { when: 'after a sleep that began then', sleepMs: 2 * MINUTE_MS },
  ])('$when is not undone by the request that was refused', async ({ sleepMs }) => {
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

  it('that was asked about, and is never answered, is repeated soon with another token', async () => {
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

  it('whose answer comes too late is not repeated with the token that it was asked about', async () => {
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

it.each(['with', 'without'])('a renewal that arrives after its end is not handed over, %s iat', async (which) => {
  const page = await signInPage({ endpoint: { lifetimeS: 900, claims: which === 'with' ? {} : { iat: undefined } } });
  page.endpoint.delayMs = 1000;
  while (page.endpoint.requests.length < 2) await pass(500);
  const late = mint(page.endpoint);
  page.endpoint.instead = { returns: late };
  sleep(60 * MINUTE_MS);
  await pass(1000);
  page.endpoint.instead = undefined;
  await pass(20_000);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
  expect(page.backend.requests.filter(({ status }) => status === 401)).toEqual([]);
});

it('an ask after the kill switch, which let no push through, gets the token in hand', async () => {
  const page = await signInPage({ endpoint: { lifetimeS: 60 } });
  page.backend.killSwitch = true;
  await settle(page.zendesk.request());
  expect(page.zendesk.isKilled).toBe(true);
  await pass(2 * MINUTE_MS);
  const { length } = page.endpoint.requests;
  expect(await settle(page.zendesk.send('hello'))).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(page.endpoint.requests.length - length).toBeLessThanOrEqual(1);
});

it('a token that is refused while the next one waits for its time is replaced at once', async () => {
  const page = await signInPage({ endpoint: { lifetimeS: 3600 } });
  await pass(1000);
  page.endpoint.instead = { throws: new Error('down') };
  page.backend.answerAlways('login', { status: 401 });
  page.backend.revokeAll();
  // The ask, and a failure while the token in hand still passes for good.
  void page.zendesk.send('hello');
  await pass(20_000);
  page.backend.answerAlways('login', undefined);
  page.endpoint.instead = undefined;
  await pass(MINUTE_MS);
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in' });
  expect(page.zendesk.visitor.kind).toBe('user');
});

it('an endpoint that signs late is asked again only when another second has begun', async () => {
  // The visitor's clock is ahead: only a newer token proves that.
  const page = openPage({ endpoint: { clockSkewMs: -86_400_000, delayMs: 5000 } });
  page.backend.clockSkewMs = -86_400_000;
  const login = page.messenger.login();
  await pass(1000);
  page.endpoint.delayMs = 20;
  expect(await settle(login)).toMatchObject({ status: 'signed-in' });
  expect(page.endpoint.requests).toHaveLength(2);
});
