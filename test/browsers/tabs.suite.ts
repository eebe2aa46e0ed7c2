// Two tabs of one visitor, who share what the messenger stores [M 61-65].
import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, LIBRARIES } from './pages.js';
import { signInToSite, sitePage, visitAs } from './site-page.js';
import type { PageGlobals, Tab } from './tab.js';
import { eventually, type Visit } from './visit.js';

const BOB = { sentAs: 'user', externalId: 'bob' };

/** Opens the site's page a second time, as the same user. */
async function openSecondTab(visit: Visit, arrive?: string): Promise<Tab> {
  const tab = await visit.openTab();
  visit.pages.set('/second', sitePage('alice', { ...(arrive !== undefined && { arrive }) }));
  await tab.goto(`${visit.origin}/second`);
  expect(await tab.evaluate('arrived')).toMatchObject({ status: 'signed-in', externalId: 'alice' });
  return tab;
}

const snapshotOf = ({ messenger }: PageGlobals) => messenger.getSnapshot();
const login = ({ messenger }: PageGlobals) => messenger.login();
/** Writes in the conversation that is there, and in a new one, for which the messenger reads the storage [M 63]. */
const write = async ({ fakeZendeskMessenger: messenger }: PageGlobals) => [
  await messenger.send('of the first tab'),
  await messenger.startConversation('of the first tab'),
];

const textsOf = (visit: Visit, user: string) => visit.backend.user(user)!.messages.map(({ text }) => text);

describeInBrowser('another tab', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it.for(BUILDS)(
      'signs out: this one asks who is signed in, and has nobody, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        await visitAs(visit, 'alice', { library });
        await visit.send('of alice');
        const other = await openSecondTab(visit);
        const requests = visit.endpoint.requests.length;
        signInToSite(visit, 'nobody');
        await other.run(({ messenger }) => messenger.logout());
        await eventually(async () => expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' }));
        expect(visit.endpoint.requests).toHaveLength(requests + 1);
        expect(await visit.run(write)).toEqual([{ sentAs: 'anonymous' }, { sentAs: 'anonymous' }]);
        expect(textsOf(visit, 'alice')).toEqual(['of alice']);
      },
    );

    it.for(BUILDS)(
      'signs in somebody else: this one never writes as the previous user, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        await visitAs(visit, 'alice', { library });
        await visit.send('of alice');
        const other = await openSecondTab(visit);
        signInToSite(visit, 'bob');
        await other.run(async ({ messenger }) => {
          await messenger.logout();
          await messenger.login();
        });
        await eventually(async () =>
          expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: 'bob' }),
        );
        expect(await visit.run(write)).toEqual([BOB, BOB]);
        expect(textsOf(visit, 'alice')).toEqual(['of alice']);
        await eventually(async () =>
          expect(await other.run(snapshotOf)).toMatchObject({ status: 'signed-in', externalId: 'bob' }),
        );
        expect(visit.logins()).not.toContain('bob as alice');
      },
    );
  });

  it('signs in somebody else while the endpoint is slow: nothing is written as the previous user', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await visit.send('of alice');
    const other = await openSecondTab(visit, 'messenger.setUser("1")');
    signInToSite(visit, 'bob');
    await other.run(({ messenger }) => messenger.setUser('2'));
    let release = () => {};
    visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
    await eventually(async () => expect((await visit.snapshot()).externalId).not.toBe('alice'));
    await eventually(() => visit.run(({ fakeZendeskMessenger }) => void fakeZendeskMessenger.openWindow()));
    const results = await visit.run(write);
    expect(results).not.toContainEqual({ sentAs: 'user', externalId: 'alice' });
    release();
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('bob'));
    expect(textsOf(visit, 'alice')).toEqual(['of alice']);
  });

  it('signs in somebody else while this one is hidden: it has the new user when it is seen again', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await visit.send('of alice');
    const other = await openSecondTab(visit);
    const comeBack = await visit.hide();
    signInToSite(visit, 'bob');
    await other.run(({ messenger }) => messenger.logout());
    expect(await other.run(login)).toMatchObject({ externalId: 'bob' });
    await comeBack();
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('bob'));
    expect(await visit.run(write)).toEqual([BOB, BOB]);
    expect(textsOf(visit, 'alice')).toEqual(['of alice']);
  });

  it('signs out without the library: this one signs in again, as the endpoint says', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    const other = await openSecondTab(visit);
    await other.evaluate(`void zE('messenger', 'logoutUser')`);
    // One of this tab. If the other tab notices the sign-out before that, it signs in again, too.
    await eventually(() => expect(visit.logins().length).toBeGreaterThan(2));
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('alice'));
    expect(await visit.run(write)).toEqual([
      { sentAs: 'user', externalId: 'alice' },
      { sentAs: 'user', externalId: 'alice' },
    ]);
  });

  it('has a user of its own, where the history is forgotten with the tab [M 65]', async ({ visit: openVisit }) => {
    const visit = await openVisit('B26', { history: 'forget' });
    await visitAs(visit, 'alice');
    const other = await openSecondTab(visit);
    signInToSite(visit, 'bob');
    await other.run(({ messenger }) => messenger.logout());
    expect(await other.run(login)).toMatchObject({ externalId: 'bob' });
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: 'alice' });
    expect(visit.logins()).toEqual(['alice as nobody', 'alice as nobody', 'bob as nobody']);
  });
});
