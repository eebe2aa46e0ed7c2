// @vitest-environment jsdom
// When conversation fields and tags are cleared, and whose messages they go with if they are not.
import { describe, expect, it } from 'vitest';
import type { FakeBackend, InstalledMessenger } from '../../src/testing/index.js';
import { BOTH_BUILDS, pass, signIn, startMessenger, token, useFakePage, zE } from './start-messenger.js';

useFakePage();

const setFields = (fields: unknown) => zE('messenger:set', 'conversationFields', fields);
const setTags = (tags: unknown) => zE('messenger:set', 'conversationTags', tags);

/** Sets a field and a tag, and waits until both are set. */
async function setBoth(): Promise<void> {
  setFields([{ id: 1, value: 'of Alice' }]);
  setTags(['alice']);
  await pass();
}

const ALICES = { conversationFields: [{ id: '1', value: 'of Alice' }], conversationTags: ['alice'] };
const NONE = { conversationFields: [], conversationTags: [] };

/** Refuses the user's token three times, which ends the session silently [M 27]. */
async function endSession(backend: FakeBackend, messenger: InstalledMessenger): Promise<void> {
  backend.answerAlways('send', { status: 401 });
  await Promise.all([messenger.send('refused'), pass(3000)]);
  backend.answerAlways('send', undefined);
  expect(messenger.visitor.kind).toBe('none');
}

/** The last message of each visitor with its fields and tags. */
const lastMessages = ({ visitors }: FakeBackend) =>
  visitors.map(({ externalId, messages }) => ({ externalId, ...messages.at(-1) }));

describe.each(BOTH_BUILDS)('Fields and tags in %s', (build) => {
  it('[M 72] clears them at logoutUser', async () => {
    const { messenger } = await startMessenger(build);
    await signIn(token());
    await setBoth();
    zE('messenger', 'logoutUser');
    expect(messenger).toMatchObject(NONE);
  });

  it('[M 72] clears them at logoutUser, also with nobody signed in', async () => {
    const { messenger } = await startMessenger(build);
    await setBoth();
    zE('messenger', 'logoutUser');
    expect(messenger).toMatchObject(NONE);
  });

  it('[M 72] clears them when another user signs in, but not when the same one does again', async () => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token('alice'));
    await setBoth();
    await signIn(token('alice'));
    expect(messenger).toMatchObject(ALICES);
    await signIn(token('bob'));
    expect(messenger).toMatchObject(NONE);
    await messenger.send('from Bob');
    expect(lastMessages(backend).at(-1)).toMatchObject({ externalId: 'bob', text: 'from Bob', fields: [], tags: [] });
  });

  it('[M 72] keeps them at a silent sign-out, and sends them with the message of the anonymous visitor', async () => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token('alice'));
    await setBoth();
    await endSession(backend, messenger);
    expect(messenger).toMatchObject(ALICES);
    expect(await messenger.send('from nobody')).toEqual({ sentAs: 'anonymous' });
    const fields = ALICES.conversationFields;
    const leaked = { externalId: undefined, text: 'from nobody', fields, tags: ['alice'] };
    expect(lastMessages(backend)).toContainEqual(expect.objectContaining(leaked));
  });

  it('[M 72] keeps them with cookies none', async () => {
    const { messenger } = await startMessenger(build);
    await signIn(token('alice'));
    await setBoth();
    zE('messenger:set', 'cookies', 'none');
    expect(messenger).toMatchObject(ALICES);
  });

  it('[M 72] keeps them when another tab signs out', async () => {
    const { messenger } = await startMessenger(build);
    await signIn(token('alice'));
    await setBoth();
    // A browser fires this event in the other tabs of a site.
    for (const key of Object.keys(localStorage))
      for (const newValue of [null, '"signed-out"'])
        window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }));
    expect(messenger.visitor.kind).toBe('none');
    expect(messenger).toMatchObject(ALICES);
  });

  it("[M 73] sets fields after a logoutUser that followed them, so they go with the next user's message", async () => {
    const { backend, messenger } = await startMessenger(build);
    await signIn(token('alice'));
    setFields([{ id: 1, value: 'of Alice' }]);
    setTags(['alice']);
    zE('messenger', 'logoutUser');
    await pass();
    expect(messenger).toMatchObject({ ...ALICES, conversationTags: [] });
    await signIn(token('bob'));
    await messenger.send('from Bob');
    const fields = ALICES.conversationFields;
    expect(lastMessages(backend).at(-1)).toMatchObject({ externalId: 'bob', fields, tags: [] });
  });
});

it.each([
  ['B25', ALICES],
  ['B26', NONE],
] as const)('[M 60] resetWidget in %s leaves %j', async (build, expected) => {
  const { messenger } = await startMessenger(build);
  await signIn(token('alice'));
  await setBoth();
  zE('messenger', 'resetWidget');
  await pass();
  expect(messenger).toMatchObject(expected);
});
