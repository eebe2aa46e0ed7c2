// @vitest-environment jsdom
// Random lives (test/lives) found these failures of loading. Each test is the shortest way to one of them.
import { describe, expect, it } from 'vitest';
import {
  BOTH_BUILDS,
  failureOf,
  MINUTE_MS,
  openPage,
  pass,
  settle,
  setHidden,
  sleep,
  usePages,
} from '../start-page.js';

usePages();

const tags = () => [...document.querySelectorAll('script#ze-snippet')];

describe.each(BOTH_BUILDS)('A messenger that could not be loaded, build %s', (build) => {
  it.each(['blocked', 'silently-removed'] as const)(
    'is loaded within a minute after the script is no longer %s',
    async (script) => {
      const page = openPage({ build, zendesk: { script } });
      expect((await failureOf(page.messenger.login())).code).toBe('script_blocked');
      await pass(3 * MINUTE_MS);
      expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'script_blocked' } });
      page.zendesk.script = 'runs';
      await pass(MINUTE_MS);
      expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
      expect(page.zendesk.boots).toBe(1);
      expect(tags()).toHaveLength(1);
    },
  );

  it('is loaded within a minute after its configuration is available again', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('compose', { status: 503 });
    expect((await failureOf(page.messenger.login())).code).toBe('messenger_unavailable');
    await pass(3 * MINUTE_MS);
    page.backend.answerAlways('compose', undefined);
    await pass(MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.boots).toBe(1);
  });

  it('is loaded within eleven minutes after an hour without the script', async () => {
    const page = openPage({ build, zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.login());
    await pass(60 * MINUTE_MS);
    const loads = page.events.filter(({ type }) => type === 'load-requested').length;
    expect(loads).toBeGreaterThan(20);
    expect(loads).toBeLessThan(40);
    page.zendesk.script = 'runs';
    await pass(11 * MINUTE_MS);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('is loaded within a minute after the visitor has come back, although its configuration was missing for hours', async () => {
    const page = openPage({ build });
    page.backend.answerAlways('compose', { status: 503 });
    await failureOf(page.messenger.login());
    await pass(180 * MINUTE_MS);
    page.takeEvents();
    while (!page.takeEvents().includes('load-failed')) await pass(1000);
    page.backend.answerAlways('compose', undefined);
    setHidden(true);
    await pass(1000);
    setHidden(false);
    // A messenger that is only slow must not boot twice.
    await pass(20_000);
    expect(page.takeEvents()).not.toContain('load-requested');
    await pass(40_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
    expect(page.zendesk.boots).toBe(1);
  });

  it('is not loaded again in a hidden tab, or after load() without login()', async () => {
    const page = openPage({ build, zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.load());
    await pass(5 * MINUTE_MS);
    expect(page.events.filter(({ type }) => type === 'load-requested')).toHaveLength(1);
    await failureOf(page.messenger.login());
    setHidden(true);
    await pass(5 * MINUTE_MS);
    expect(page.events.filter(({ type }) => type === 'load-requested')).toHaveLength(2);
  });

  it('does not boot a second widget after the page has slept', async () => {
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

describe.each(BOTH_BUILDS)('A sign-in that fails for good while the messenger loads, build %s', (build) => {
  it('keeps its own error when loading fails too', async () => {
    const page = openPage({ build, zendesk: { scriptDelayMs: 15_000 }, endpoint: { claims: { external_id: 7 } } });
    const load = failureOf(page.messenger.load());
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe('external_id_not_string');
    expect((await load).code).toBe('script_blocked');
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', live: false, error });
    // The error stays when the messenger comes up late.
    await pass(10_000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', live: true, error });
  });
});
