// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { BOTH_BUILDS, openPage, settle, usePages, pass } from './start-page.js';

usePages();

describe.each(BOTH_BUILDS)('signing in, build %s', (build) => {
  it('fetches the token while the snippet loads, and resolves when Zendesk has accepted', async () => {
    const page = openPage({ build, zendesk: { scriptDelayMs: 300 } });
    const login = page.messenger.login();
    expect(page.messenger.getSnapshot().status).toBe('signing-in');
    await pass(100);
    expect(page.endpoint.tokens).toHaveLength(1);
    expect(page.zendesk.live).toBe(false);
    const snapshot = await settle(login);
    expect(snapshot).toMatchObject({ status: 'signed-in', live: true, externalId: 'user-1' });
    expect(page.zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(page.zendesk.boots).toBe(1);
    expect(await page.zendesk.send('hello')).toMatchObject({ sentAs: 'user' });
  });
});
