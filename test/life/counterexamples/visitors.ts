// What the tests do as the page and as another tab, and what they look at: the stored keys, and what messages carry.
import { FAKE_ACCOUNT, type FakeBackend } from '../../../src/testing/index.js';

export const ID = `${FAKE_ACCOUNT.integrationId}.appUserId`;
export const RECORD = 'zendesk-messenger-auth:record';

/** Sets a field and a tag, through the handle. */
export function setFields(messenger: { zE: (...args: any[]) => unknown }, value: string): void {
  messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value }]);
  messenger.zE('messenger:set', 'conversationTags', [value]);
}

/** Another tab changes the storage. */
export function change(key: string, newValue: string | null): void {
  const oldValue = localStorage.getItem(key);
  if (newValue === null) localStorage.removeItem(key);
  else localStorage.setItem(key, newValue);
  window.dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue, storageArea: localStorage }));
}

/** What the last message of this visitor carried besides its text; without an id, of an anonymous one. */
export function carried({ visitors }: FakeBackend, externalId?: string): unknown[] {
  const { fields, tags } = visitors
    .filter((visitor) => visitor.externalId === externalId)
    .at(-1)!
    .messages.at(-1)!;
  // A field cannot be removed, only emptied [M 70].
  return [...fields.map(({ value }) => value).filter((value) => value !== ''), ...tags];
}
