// The identity that Zendesk's messenger stores in the browser, and our own record next to it [M 40-43].
import type { IdentityStorage } from '../ports.js';
import { NAME } from './console.js';

const RECORD = `${NAME}record`;
const ID = /^[\da-f]{24}\.appUserId$/;
// In the order in which the messenger deletes them [M 42]. Newer builds never delete the names and the e-mail [M 41].
const PERSONAL = /^[\da-f]{24}\.(appUserId|sessionToken|conversationStartedAt|givenName|surname|email)$/;

/** Calls the function for both storages, because the channel's settings decide which one is used [M 40]. */
function forEachStorage(action: (storage: Storage) => void): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      action(globalThis[name]);
    } catch {
      // The browser denies the storage, or it is full.
    }
  }
}

function findIdName(storage: Storage): string | undefined {
  const names = Object.keys(storage).filter((name) => ID.test(name));
  // With several channels on one origin, a user's identity matters more than an anonymous visitor's.
  return names.find((name) => !isAnonymous(storage, name)) ?? names[0];
}

const isAnonymous = (storage: Storage, idName: string) =>
  storage.getItem(idName.replace('appUserId', 'sessionToken')) !== null;

export const identityStorage: IdentityStorage = {
  read() {
    let storedId: string | undefined;
    let isNobody: boolean | undefined;
    let record: string | undefined;
    forEachStorage((storage) => {
      record ??= storage.getItem(RECORD) ?? undefined;
      const name = findIdName(storage);
      if (!name || (storedId && !isNobody)) return;
      storedId = storage.getItem(name) ?? undefined;
      isNobody = isAnonymous(storage, name);
    });
    return { storedId, isAnonymous: isNobody, record };
  },
  writeRecord(record) {
    let isWritten = false;
    const write = (storage: Storage) => {
      storage.setItem(RECORD, record);
      isWritten = true;
    };
    forEachStorage((storage) => storage.removeItem(RECORD));
    forEachStorage((storage) => findIdName(storage) && write(storage));
    forEachStorage((storage) => isWritten || write(storage));
  },
  delete() {
    forEachStorage((storage) => {
      for (const name of Object.keys(storage)) if (PERSONAL.test(name) || name === RECORD) storage.removeItem(name);
    });
  },
};
