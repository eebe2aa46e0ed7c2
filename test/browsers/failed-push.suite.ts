// A renewed token whose login fails: newer builds then have nobody [M 25].
import { describe, expect } from 'vitest';
import type { FakeOutcome } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, SHORT_S } from './pages.js';
import { visitAs } from './site-page.js';
import { eventually, type Visit } from './visit.js';

const AS_ALICE = { sentAs: 'user', externalId: 'alice' };
const FAILURES: readonly (readonly [string, FakeOutcome])[] = [
  ['answers 503', { status: 503 }],
  // The messenger then also forgets an anonymous visitor [M 25], with what was written meanwhile.
  ['answers 429', { status: 429 }],
  ['breaks the connection', 'network-error'],
];

const visitorOf = ({ run }: Visit) => run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.visitor);
const failedLogins = ({ backend }: Visit) =>
  backend.requests.filter(({ kind, status }) => kind === 'login' && status !== 200).length;

/** Signs alice in with a token that is renewed soon, and fails the login that hands over the new one. */
async function failPush(visit: Visit, outcome: FakeOutcome, options = {}): Promise<void> {
  visit.endpoint.lifetimeS = SHORT_S;
  await visitAs(visit, 'alice', { options });
  expect(await visit.send('before')).toEqual(AS_ALICE);
  visit.backend.answerAlways('login', outcome);
  visit.endpoint.lifetimeS = 300;
  await eventually(() => expect(failedLogins(visit)).toBeGreaterThan(0));
}

/** Waits until alice is signed in again, and the snapshot and the messenger agree about it. */
async function expectAlice(visit: Visit): Promise<void> {
  visit.backend.answerAlways('login', undefined);
  await eventually(async () => {
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: 'alice' });
    expect(await visitorOf(visit)).toEqual({ kind: 'user', externalId: 'alice' });
  });
  expect(await visit.send('after')).toEqual(AS_ALICE);
}

const textsOf = (visit: Visit) => visit.backend.user('alice')?.messages.map(({ text }) => text);

describeInBrowser('a renewed token, when its login', () => {
  describe.each(FAILURES)('%s', (_, outcome) => {
    it('leaves a snapshot that says so, and signs in again with what was written meanwhile', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit('B26');
      await failPush(visit, outcome);
      await eventually(async () => expect((await visit.snapshot()).status).not.toBe('signed-in'));
      expect(await visitorOf(visit)).toEqual({ kind: 'none' });
      if (Object(outcome).status === 429) return expectAlice(visit);
      expect(await visit.send('meanwhile')).toEqual({ sentAs: 'anonymous' });
      // A login that was called before knows nothing of it.
      await eventually(() => expect(visit.logins().at(-1)).toBe('alice as anonymous'));
      await expectAlice(visit);
      expect(textsOf(visit)).toEqual(['before', 'meanwhile', 'after']);
      expect(visit.backend.visitors).toHaveLength(1);
    });

    it('is tried again with the window open, too', async ({ visit: openVisit }) => {
      const visit = await openVisit('B26');
      await failPush(visit, outcome);
      await eventually(async () => expect((await visit.snapshot()).status).not.toBe('signed-in'));
      await visit.run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.openWindow());
      const failed = failedLogins(visit);
      await eventually(() => expect(failedLogins(visit)).toBeGreaterThan(failed));
      await expectAlice(visit);
      expect(textsOf(visit)).toEqual(['before', 'after']);
    });

    it('does not end the session of an older build', async ({ visit: openVisit }) => {
      const visit = await openVisit('B25');
      await failPush(visit, outcome);
      expect(await visit.send('meanwhile')).toEqual(AS_ALICE);
      await expectAlice(visit);
      expect(textsOf(visit)).toEqual(['before', 'meanwhile', 'after']);
      expect(visit.zendeskRequests('logout', 'visitor')).toEqual([]);
    });
  });

  it.for(BUILDS)('hangs, is handed over again, build %s', async (build, { visit: openVisit }) => {
    const visit = await openVisit(build);
    await failPush(visit, 'hang', { loginTimeoutMs: 2000 });
    visit.backend.answerAlways('login', undefined);
    await eventually(() => expect(visit.zendeskRequests('login').at(-1)).toBe('login 200'));
    await expectAlice(visit);
    expect(textsOf(visit)).toEqual(['before', 'after']);
  });
});
