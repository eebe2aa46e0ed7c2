// The identity that Zendesk's messenger stores in the browser, and our own record next to it [M 40-43].
import type { IdentityStorage } from '../ports.js';

// A literal: a bundler would keep a template even if nothing uses it.
const RECORD = 'zendesk-messenger-auth:record';
const ID = /^[\da-f]{24}\.appUserId$/;
// Newer builds never delete the names and the e-mail [M 41].
const PROFILE = /^[\da-f]{24}\.(givenName|surname|email)$/;
// Everything that the messenger stores about the visitor. The client's id stays, as at the messenger's own sign-out [M
// 42].
const PERSONAL = /^[\da-f]{24}\.(?!clientId)/;

/** Calls the function for both storages, because the channel's settings decide which one is used [M 40]. */
function forEachStorage(action: (storage: Storage, names: string[]) => void): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const storage = globalThis[name];
      action(storage, Object.keys(storage));
    } catch {
      // The browser denies the storage, or it is full.
    }
  }
}

export const identityStorage: IdentityStorage = {
  readIdentity() {
    let storedId: string | null | undefined;
    let isAnonymous: boolean | undefined;
    let record: string | null | undefined;
    let users = 0;
    forEachStorage((storage, names) => {
      record ??= storage.getItem(RECORD);
      for (const name of names) {
        if (!ID.test(name)) continue;
        const isVisitor = names.includes(name.replace('appUserId', 'sessionToken'));
        if (!isVisitor) users++;
        // With several channels on one origin, a user's identity matters more than an anonymous visitor's.
        if (storedId && (isVisitor || !isAnonymous)) continue;
        storedId = storage.getItem(name);
        isAnonymous = isVisitor;
      }
    });
    // The record does not say which channel it belongs to, and the other one may have another user.
    return { storedId, isAnonymous, record: users > 1 ? undefined : record };
  },
  writeRecord(record) {
    forEachStorage((storage, names) => {
      storage.removeItem(RECORD);
      // A build may use other names. Then the record has no id, and is stored in both.
      if (record.startsWith(':') || names.some((name) => ID.test(name))) storage.setItem(RECORD, record);
    });
  },
  deleteIdentity(keepsVisitor) {
    const personal = keepsVisitor ? PROFILE : PERSONAL;
    forEachStorage((storage, names) => {
      for (const name of names) if (personal.test(name) || name === RECORD) storage.removeItem(name);
    });
  },
};
