// Users who change on one page, and one who signs out and in again. On a slow machine a sign-out takes longer than the
// library waits: then its late end removes the next user, which is repaired, and what was written meanwhile is merged.
import { describe, expect } from 'vitest';
import type { FakeOutcome } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, SHORT_S } from './pages.js';
import { signInToSite, visitAs } from './site-page.js';
import { eventually, type Visit } from './visit.js';

const ALICE = { sentAs: 'user', externalId: 'alice' };
const BOB = { sentAs: 'user', externalId: 'bob' };
const SIGN_OUTS: readonly (readonly [string, FakeOutcome])[] = [
  ['takes 3 s', { delayMs: 3000 }],
  // Longer than the library waits [M 53].
  ['takes 6 s', { delayMs: 6000 }],
  ['hangs', 'hang'],
];

/** Waits until the answer to every sign-out has arrived in the page, and the messenger has dealt with it. */
async function untilSignOutsEnded({ run, zendeskRequests }: Visit): Promise<void> {
  await eventually(async () => {
    const ended = await run(async ({ performance, setTimeout }) => {
      const { length } = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/logout'));
      await new Promise((resolve) => setTimeout(resolve));
      return length;
    });
    expect(ended).toBe(zendeskRequests('logout').length);
  });
}

/** Signs in to the site as somebody else, and tells the library. */
async function change(visit: Visit, user: string, tell: string): Promise<void> {
  signInToSite(visit, user);
  expect(await visit.evaluate(tell)).toMatchObject({ status: 'signed-in', externalId: user });
}

/** A late end of a sign-out may be repaired at this moment. */
async function expectUser(visit: Visit, user: string): Promise<void> {
  await eventually(async () => expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: user }));
}

describeInBrowser('a change of users on a page', () => {
  describe.each(SIGN_OUTS)('whose sign-out %s', (kind, outcome) => {
    it.for(['messenger.setUser("2")', '(messenger.logout(), messenger.login())'])(
      'by %s carries nothing over',
      async (tell, { visit: openVisit }) => {
        const visit = await openVisit();
        visit.backend.answerAlways('logout', outcome);
        await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
        await visit.send('of alice');
        await change(visit, 'bob', tell);
        if (kind !== 'hangs') await untilSignOutsEnded(visit);
        await eventually(async () => expect(await visit.send('of bob')).toEqual(BOB));
        await expectUser(visit, 'bob');
        expect(visit.logins()).not.toContain('bob as alice');
        expect(visit.backend.user('alice')?.messages).toMatchObject([{ text: 'of alice' }]);
      },
    );

    it.for(BUILDS)(
      'ends with the same user, who signs in again at once, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        visit.backend.answerAlways('logout', outcome);
        await visitAs(visit, 'alice');
        await change(visit, 'alice', '(messenger.logout(), messenger.login())');
        if (kind !== 'hangs') await untilSignOutsEnded(visit);
        await eventually(async () => expect(await visit.send('hello')).toEqual(ALICE));
        await expectUser(visit, 'alice');
      },
    );
  });

  it('several times in a row ends with the last one, and every call is answered', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.backend.answerAlways('logout', { delayMs: 300 });
    await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
    signInToSite(visit, 'carol');
    const ends = await visit.run(async ({ messenger }) => {
      const calls = ['2', null, '3', undefined, '4'].map((id) => messenger.setUser(id));
      return (await Promise.allSettled(calls)).map(({ status }) => status);
    });
    expect(ends).toEqual(Array(5).fill('fulfilled'));
    await untilSignOutsEnded(visit);
    await eventually(async () => expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'carol' }));
    expect(visit.logins().slice(0, 2)).toEqual(['alice as nobody', 'carol as nobody']);
  });

  it('that a renewed token shows carries nothing over', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.backend.answerAlways('logout', { delayMs: 1000 });
    visit.endpoint.lifetimeS = SHORT_S;
    await visitAs(visit, 'alice');
    await visit.send('of alice');
    visit.endpoint.lifetimeS = 300;
    signInToSite(visit, 'bob');
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('bob'));
    await untilSignOutsEnded(visit);
    await eventually(async () => expect(await visit.send('of bob')).toEqual(BOB));
    expect(visit.logins()).not.toContain('bob as alice');
  });

  it('by the page with setUser() for the same user does nothing', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
    await change(visit, 'alice', 'messenger.setUser("1")');
    expect(visit.zendeskRequests('login', 'logout')).toEqual(['login 200']);
    expect(visit.endpoint.requests).toHaveLength(1);
  });
});
