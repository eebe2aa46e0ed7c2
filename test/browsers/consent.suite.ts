// Consent to cookies. Without it nobody is signed in, and nothing is fetched [M 66-69].
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, SHORT_S } from './pages.js';
import { sitePage, visitAs } from './site-page.js';
import { eventually, untilExpired, type Visit } from './visit.js';

const ALICE = { status: 'signed-in', externalId: 'alice' };
const AS_ALICE = { sentAs: 'user', externalId: 'alice' };

const setCookies = ({ run }: Visit, value: string | boolean) =>
  run(({ messenger }, cookies) => void messenger.zE('messenger:set', 'cookies', cookies as 'all'), value);
const visitorOf = ({ run }: Visit) => run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.visitor);
const untilAlice = (visit: Visit) => eventually(async () => expect(await visit.snapshot()).toMatchObject(ALICE));
/** What was fetched from Zendesk, or for it. */
const fetched = ({ urls, origin }: Visit) =>
  urls.filter((url) => !url.startsWith(origin) || url.endsWith('/zendesk-token'));

describeInBrowser('consent', () => {
  it.for(BUILDS)(
    'withdrawn is a sign-out: nothing is requested or renewed, build %s',
    async (build, { visit: openVisit }) => {
      const visit = await openVisit(build);
      visit.endpoint.lifetimeS = SHORT_S;
      await visitAs(visit, 'alice');
      await setCookies(visit, 'none');
      expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' });
      expect(await visitorOf(visit)).toEqual({ kind: 'none' });
      expect(await visit.storedKeys()).toEqual([]);
      // The first token may have been renewed already. A request that was under way has arrived by now.
      await visit.evaluate(`fetch('/').then((response) => response.text())`);
      const before = [...visit.endpoint.tokens];
      const loginsBefore = visit.logins();
      expect(await visit.evaluate('Promise.race([messenger.login().then(() => "done"), "waits"])')).toBe('waits');
      await untilExpired(before.at(-1)!);
      expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' });
      expect(visit.endpoint.tokens).toEqual(before);
      expect(visit.logins()).toEqual(loginsBefore);
      visit.endpoint.lifetimeS = 300;
      await setCookies(visit, 'functional');
      await untilAlice(visit);
      expect(await visit.send('hello')).toEqual(AS_ALICE);
    },
  );

  it('withdrawn during a login signs nobody in', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.backend.answerNext('login', { delayMs: 1500 });
    visit.endpoint.externalId = 'alice';
    await visit.open(sitePage('alice'));
    await eventually(() => expect(visit.logins()).toHaveLength(1));
    await setCookies(visit, false);
    // The messenger says that the login was accepted, but has nobody [M 68].
    await eventually(async () => {
      const ends = await visit.run(({ performance }) =>
        performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/login')),
      );
      expect(ends).toHaveLength(1);
    });
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' });
    expect(await visitorOf(visit)).toEqual({ kind: 'none' });
    await setCookies(visit, true);
    await untilAlice(visit);
    expect(await visit.send('hello')).toEqual(AS_ALICE);
  });

  it('withdrawn and given again after a sign-out signs nobody in', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await setCookies(visit, 'none');
    await visit.run(({ messenger }) => messenger.logout());
    await setCookies(visit, 'all');
    expect(await visit.send('hello')).toEqual({ sentAs: 'anonymous' });
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' });
    expect(visit.logins()).toHaveLength(1);
  });

  it('pending: nothing is loaded or fetched before it is given', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.externalId = 'alice';
    await visit.open(sitePage('alice', { options: { consent: 'pending' } }));
    const waits = (promise: string) => visit.evaluate(`Promise.race([${promise}.then(() => 'done'), 'waits'])`);
    expect(await waits('arrived')).toBe('waits');
    expect(await waits('messenger.load()')).toBe('waits');
    // A round trip later, there is still nothing.
    await visit.evaluate(`fetch('/').then((response) => response.text())`);
    await setCookies(visit, 'none');
    await visit.evaluate(`fetch('/').then((response) => response.text())`);
    expect(fetched(visit)).toEqual([]);
    expect(await visit.count('#ze-snippet, link[href*="zdassets"]')).toBe(0);
    await setCookies(visit, 'functional');
    expect(await visit.evaluate('arrived')).toMatchObject(ALICE);
    expect(await visit.send('hello')).toEqual(AS_ALICE);
  });

  it('pending on the next page of a user who was signed in: a later user gets none of it', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    visit.endpoint.externalId = 'bob';
    await visit.open(sitePage('bob', { options: { consent: 'pending' } }));
    expect(visit.logins()).toHaveLength(1);
    await setCookies(visit, 'all');
    expect(await visit.evaluate('arrived')).toMatchObject({ externalId: 'bob' });
    expect(visit.logins()).toEqual(['alice as nobody', 'bob as nobody']);
  });
});
