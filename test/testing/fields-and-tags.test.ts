// @vitest-environment jsdom
// Conversation fields and tags: how they are set, when they are cleared, and whose messages they go with.
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend, type FakeBackend, type InstalledMessenger } from '../../src/testing/index.js';
import {
  BOTH_BUILDS,
  insertTag,
  install,
  kinds,
  pass,
  signIn,
  startMessenger,
  token,
  useFakePage,
  zE,
} from './start-messenger.js';

useFakePage();

const setFields = (fields: unknown, callback?: () => void) =>
  zE('messenger:set', 'conversationFields', fields, callback);
const setTags = (tags: unknown) => zE('messenger:set', 'conversationTags', tags);

/** Sets a field and a tag, and waits until both are set. */
async function setBoth(value = 'of Alice'): Promise<void> {
  setFields([{ id: 1, value }]);
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
  it('[M 70] merges fields by id, which may be a number or a string', async () => {
    const { messenger } = await startMessenger(build);
    setFields([
      { id: 1, value: 'one' },
      { id: '2', value: 2 },
    ]);
    await pass();
    setFields([
      { id: '1', value: 'uno' },
      { id: 3, value: true },
    ]);
    await pass();
    expect(messenger.conversationFields).toEqual([
      { id: '1', value: 'uno' },
      { id: '2', value: 2 },
      { id: '3', value: true },
    ]);
  });

  it("[M 70] empties a field with '', and cannot remove it", async () => {
    const { messenger } = await startMessenger(build);
    setFields([{ id: 1, value: 'one' }]);
    await pass();
    setFields([]);
    await pass();
    expect(messenger.conversationFields).toEqual([{ id: '1', value: 'one' }]);
    setFields([{ id: 1, value: '' }]);
    await pass();
    expect(messenger.conversationFields).toEqual([{ id: '1', value: '' }]);
  });

  it('[M 70] replaces tags at once, and empties them with []', async () => {
    const { messenger } = await startMessenger(build);
    setTags(['one', 'two']);
    setTags(['three']);
    expect(messenger.conversationTags).toEqual(['three']);
    setTags([]);
    expect(messenger.conversationTags).toEqual([]);
  });

  it('[M 70] sends the fields and tags with the message, also those of an anonymous visitor', async () => {
    const { backend, messenger } = await startMessenger(build);
    await messenger.send('before');
    await setBoth();
    await messenger.send('after');
    const fields = [{ id: '1', value: 'of Alice' }];
    expect(backend.visitors[0]?.messages).toMatchObject([
      { text: 'before', fields: [], tags: [] },
      { text: 'after', fields, tags: ['alice'] },
    ]);
  });

  it('[M 71] first fetches the rules, sets the fields then, and calls back after that', async () => {
    const { backend, messenger } = await startMessenger(build);
    backend.answerNext('fields', { delayMs: 100 });
    const callback = vi.fn(() => expect(messenger.conversationFields).toHaveLength(1));
    const given = [{ id: 1, value: 'x' }];
    setFields(given, callback);
    given.length = 0;
    await pass(95);
    expect(kinds(backend).at(-1)).toBe('fields 200');
    expect(messenger.conversationFields).toEqual([]);
    expect(callback).not.toHaveBeenCalled();
    await pass(10);
    expect(messenger.conversationFields).toEqual([{ id: '1', value: 'x' }]);
    expect(callback).toHaveBeenCalledTimes(1);
    setFields([{ id: 1, value: 'y' }]);
    await pass();
    expect(kinds(backend).filter((kind) => kind === 'fields 200')).toHaveLength(2);
  });

  it('[M 71] sets the other fields if an id is unknown or a type is wrong, with a console.error for each', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const backend = createFakeBackend({ build, conversationFieldIds: ['1', '2'] });
    const messenger = install(backend);
    insertTag();
    await pass();
    const callback = vi.fn();
    setFields(
      [
        { id: 3, value: 'secret' },
        { id: 2, value: ['secret'] },
        null,
        { id: {}, value: 'secret' },
        { id: 1, value: 'x' },
      ],
      callback,
    );
    await pass();
    expect(messenger.conversationFields).toEqual([{ id: '1', value: 'x' }]);
    expect(error).toHaveBeenCalledTimes(4);
    expect(JSON.stringify(error.mock.calls)).not.toContain('secret');
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('[M 71] only writes a console.error if no array is given', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { backend, messenger } = await startMessenger(build);
    await setBoth();
    setFields({ id: 1, value: 'x' });
    setTags('tag');
    await pass();
    expect(error).toHaveBeenCalledTimes(2);
    expect(messenger).toMatchObject(ALICES);
    expect(kinds(backend).filter((kind) => kind === 'fields 200')).toHaveLength(1);
  });

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
