// @vitest-environment jsdom
// Conversation fields and tags: how they are set, and that they go with each message.
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import { BOTH_BUILDS, insertTag, install, kinds, pass, startMessenger, useFakePage, zE } from './start-messenger.js';

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
});
