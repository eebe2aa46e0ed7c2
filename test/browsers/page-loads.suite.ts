// A user's identity outlives the page, in the browser's storage. The next page must not sign in anybody else with it.
import { describe, expect } from 'vitest';
import type { FakeOutcome } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, htmlPage, KEY, LIBRARIES } from './pages.js';
import { leave, leaveFor, visitAs } from './site-page.js';

const SNIPPET_TAG = `<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=${KEY}"></script>`;
const SIGN_OUTS: readonly (readonly [string, FakeOutcome])[] = [
  ['takes 3 s', { delayMs: 3000 }],
  ['hangs', 'hang'],
  ['fails', { status: 500 }],
];
const ALICE = { sentAs: 'user', externalId: 'alice' };
const BOB = { sentAs: 'user', externalId: 'bob' };
const CLEAN = ['alice as nobody', 'bob as nobody'];

describeInBrowser('the next page', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it.for(BUILDS)(
      'has another user: no identity of the previous one, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        await visitAs(visit, 'alice', { library });
        expect(await visit.send('of alice')).toEqual(ALICE);
        await visitAs(visit, 'bob', { library });
        expect(visit.logins()).toEqual(CLEAN);
        expect(await visit.send('of bob')).toEqual(BOB);
        expect(visit.backend.user('bob')?.messages).toMatchObject([{ text: 'of bob' }]);
      },
    );
  });

  it('has another user, as setUser() says', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
    await visitAs(visit, 'bob', { arrive: 'messenger.setUser("2")' });
    expect(visit.logins()).toEqual(CLEAN);
  });

  it('has the same user: no sign-out, and the conversation goes on', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await visit.send('one');
    await visitAs(visit, 'alice');
    expect(await visit.send('two')).toEqual(ALICE);
    expect(visit.logins()).toEqual(['alice as nobody', 'alice as alice']);
    expect(visit.zendeskRequests('logout')).toEqual([]);
    expect(visit.backend.visitors).toMatchObject([{ messages: [{ text: 'one' }, { text: 'two' }] }]);
  });

  it('has a user who wrote without an account before: the conversation is kept', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'nobody');
    expect(await visit.send('one')).toEqual({ sentAs: 'anonymous' });
    await leaveFor(visit, 'alice');
    expect(await visit.send('two')).toEqual(ALICE);
    expect(visit.logins()).toEqual(['alice as anonymous']);
    expect(visit.backend.visitors).toMatchObject([{ messages: [{ text: 'one' }, { text: 'two' }] }]);
  });

  it.for(['messenger.login()', 'messenger.setUser(null)'])(
    'has nobody: nothing of the user is left after %s',
    async (arrive, { visit: openVisit }) => {
      const visit = await openVisit();
      await visitAs(visit, 'alice');
      await visit.send('of alice');
      expect(await visit.storedKeys()).toContain('appUserId');
      await visitAs(visit, 'nobody', { arrive });
      expect(await visit.storedKeys()).toEqual([]);
      expect(await visit.send('of nobody')).toEqual({ sentAs: 'anonymous' });
      await leaveFor(visit, 'bob');
      expect(visit.logins()).toEqual(['alice as nobody', 'bob as anonymous']);
      expect(visit.backend.user('bob')?.messages).toMatchObject([{ text: 'of nobody' }]);
    },
  );

  it.for(['runs before the library', 'is live before the library'])(
    'has another user, and its own snippet tag %s',
    async (when, { visit: openVisit }) => {
      const visit = await openVisit();
      await visitAs(visit, 'alice', { before: SNIPPET_TAG });
      const arrive = `new Promise((live) => zE(live)).then(() => messenger.login())`;
      await visitAs(visit, 'bob', { before: SNIPPET_TAG, ...(when.startsWith('is live') && { arrive }) });
      expect(visit.logins()).toEqual(CLEAN);
      expect(await visit.run(({ fakeZendeskMessenger: { boots } }) => boots)).toBe(1);
    },
  );

  it.for(BUILDS)(
    'has another user, where the history is forgotten with the tab, build %s',
    async (build, { visit: openVisit }) => {
      const visit = await openVisit(build, { history: 'forget' });
      await visitAs(visit, 'alice');
      expect(await visit.run(({ sessionStorage }) => Object.keys(sessionStorage).join())).toContain('.appUserId');
      await visitAs(visit, 'bob');
      expect(visit.logins()).toEqual(CLEAN);
      expect(await visit.send('of bob')).toEqual(BOB);
    },
  );
});

describeInBrowser('the page after a sign-out', () => {
  describe.each(SIGN_OUTS)('that %s', (_, outcome) => {
    it.for(BUILDS)(
      'which was awaited has nothing of the previous user, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        visit.backend.answerAlways('logout', outcome);
        const onLeave = `event.preventDefault(); messenger.logout().then(() => {
        window.name = Object.keys(localStorage).filter((name) => name.endsWith('.appUserId')).join();
        location.href = '/next';
      })`;
        await visitAs(visit, 'alice', { onLeave });
        await visit.send('of alice');
        await leaveFor(visit, 'bob');
        // What was still stored when logout() resolved.
        expect(await visit.evaluate('window.name')).toBe('');
        expect(visit.logins()).toEqual(CLEAN);
        expect(await visit.send('of bob')).toEqual(BOB);
      },
    );

    it.for(['messenger.logout()', "messenger.zE('messenger', 'logoutUser')", 'messenger.setUser(null)'])(
      'was still under way, by %s, has nothing of the previous user',
      async (onLeave, { visit: openVisit }) => {
        const visit = await openVisit();
        visit.backend.answerAlways('logout', outcome);
        await visitAs(visit, 'alice', { onLeave });
        await visit.send('of alice');
        // A page without the library: what it finds was left by the previous page.
        await leave(visit, htmlPage('nothing'));
        expect(await visit.storedKeys()).toEqual([]);
      },
    );
  });
});
