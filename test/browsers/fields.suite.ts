// Conversation fields and tags belong to the user for whom they were set [M 70-73].
import { expect } from 'vitest';
import type { StoredMessage } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { leaveFor, signInToSite, sitePage, visitAs } from './site-page.js';
import { eventually, type Visit } from './visit.js';

const SECRET = 'of alice';

/** Notes in `window.leaks` whenever the messenger has alice's fields or tags, and somebody else could write. */
const WATCH = `void (() => {
  window.leaks = [];
  fakeZendeskMessenger.onChange(() => {
    const { visitor, conversationFields, conversationTags } = fakeZendeskMessenger;
    const text = JSON.stringify([conversationFields, conversationTags]);
    if (visitor.externalId !== 'alice' && visitor.kind === 'user' && text.includes('${SECRET}')) leaks.push(visitor);
  });
})()`;

/** Sets two fields one after the other, and tags, and waits until the messenger has them. */
async function setFields(visit: Visit): Promise<void> {
  await visit.run(({ messenger }, secret) => {
    messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value: secret }]);
    messenger.zE('messenger:set', 'conversationFields', [{ id: '2', value: secret }]);
    messenger.zE('messenger:set', 'conversationTags', [secret]);
  }, SECRET);
  await eventually(async () => expect(await fieldsOf(visit)).toHaveLength(2));
}

const fieldsOf = ({ run }: Visit) => run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.conversationFields);

/** What a message says besides its text. An emptied field is there all the same [M 70]. */
const said = ({ fields, tags }: StoredMessage) => [
  // The field rules of two calls can arrive in any order [M 71].
  ...fields
    .filter(({ value }) => value !== '')
    .map(({ id, value }) => `${id}: ${String(value)}`)
    .sort(),
  ...tags,
];
const OF_ALICE = [`1: ${SECRET}`, `2: ${SECRET}`, SECRET];

/** The last message that the backend got, of whomever. */
function lastMessage({ backend }: Visit): StoredMessage {
  const all = backend.visitors.flatMap(({ messages }) => messages);
  return all.reduce((last, message) => (message.atMs >= last.atMs ? message : last));
}

async function send(visit: Visit, text: string): Promise<string[]> {
  await visit.send(text);
  const message = lastMessage(visit);
  expect(message.text).toBe(text);
  return said(message);
}

describeInBrowser('conversation fields and tags', () => {
  it.for(['messenger.setUser("2")', '(messenger.logout(), messenger.login())'])(
    'never reach the next user on the page: %s',
    async (tell, { visit: openVisit }) => {
      const visit = await openVisit();
      visit.backend.answerAlways('logout', { delayMs: 300 });
      await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
      await setFields(visit);
      expect(await send(visit, 'hello')).toEqual(OF_ALICE);
      await visit.evaluate(WATCH);
      signInToSite(visit, 'bob');
      expect(await visit.evaluate(tell)).toMatchObject({ externalId: 'bob' });
      expect(await send(visit, 'hello from bob')).toEqual([]);
      expect(await visit.evaluate('leaks')).toEqual([]);
    },
  );

  it('never reach the next user when they were set right before the sign-out [M 73]', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await visit.evaluate(WATCH);
    // Their rules arrive when bob would be there.
    visit.backend.answerNext('fields', { delayMs: 1000 });
    signInToSite(visit, 'bob');
    await visit.run(async ({ messenger }, secret) => {
      messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value: secret }]);
      void messenger.logout();
      await messenger.login();
    }, SECRET);
    await eventually(async () =>
      expect(
        await visit.run(({ performance }) =>
          performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/conversation_fields')),
        ),
      ).toHaveLength(visit.zendeskRequests('fields').length),
    );
    expect(await send(visit, 'hello from bob')).toEqual([]);
    expect(await visit.evaluate('leaks')).toEqual([]);
  });

  it('never reach an anonymous visitor after another tab has signed out', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await setFields(visit);
    const other = await visit.openTab();
    visit.pages.set('/second', sitePage('alice'));
    await other.goto(`${visit.origin}/second`);
    await other.evaluate('arrived');
    signInToSite(visit, 'nobody');
    await other.run(({ messenger }) => messenger.logout());
    await eventually(async () => expect((await visit.snapshot()).status).toBe('signed-out'));
    expect(await send(visit, 'hello from nobody')).toEqual([]);
  });

  it('come back with the same user, all of them, after the consent was withdrawn', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await setFields(visit);
    await visit.run(({ messenger }) => messenger.zE('messenger:set', 'cookies', 'none'));
    // The messenger itself would keep them [M 72]. It empties a field only when it has asked for the field's rules [M 71].
    await eventually(async () => expect((await fieldsOf(visit)).filter(({ value }) => value !== '')).toEqual([]));
    expect(await send(visit, 'hello from nobody')).toEqual([]);
    await visit.run(({ messenger }) => messenger.zE('messenger:set', 'cookies', 'all'));
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('alice'));
    await eventually(async () => expect(await send(visit, 'hello again')).toEqual(OF_ALICE));
  });

  it('that the page sets for the next user reach that one', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice', { arrive: 'messenger.setUser("1")' });
    await setFields(visit);
    signInToSite(visit, 'bob');
    await visit.run(async ({ messenger }) => {
      const done = messenger.setUser('2');
      messenger.zE('messenger:set', 'conversationFields', [{ id: '3', value: 'of bob' }]);
      messenger.zE('messenger:set', 'conversationTags', ['of bob']);
      await done;
    });
    await eventually(async () => expect(await send(visit, 'hello from bob')).toEqual(['3: of bob', 'of bob']));
  });

  it('do not go on to the next page', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visitAs(visit, 'alice');
    await setFields(visit);
    await leaveFor(visit, 'bob');
    expect(await send(visit, 'hello from bob')).toEqual([]);
  });
});
