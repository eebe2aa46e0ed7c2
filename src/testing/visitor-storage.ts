// What the messenger keeps in the browser's storage, under Zendesk's own names [M 40–43]. Never a token [M 20].
import type { FakeBuild } from './account.js';
import type { FakeWindow } from './environment.js';
import type { FakeHistory } from './history.js';
import { randomId } from './random-id.js';

/** The stored identity. With a session token it is an anonymous visitor's, without one it is a user's [M 43]. */
export interface StoredIdentity {
  readonly appUserId?: string;
  readonly sessionToken?: string;
}

/** What the server knows about a user. B26 stores it [M 41]. */
export type UserProfile = Readonly<Partial<Record<(typeof PROFILE)[number], string>>>;

export interface VisitorStorage {
  read(): StoredIdentity;
  writeUser(appUserId: string, profile: UserProfile): void;
  writeAnonymous(appUserId: string, sessionToken: string): void;
  /** Notes that a conversation was loaded [M 40]. */
  writeConversationStart(atMs: number): void;
  writeIsOpen(isOpen: boolean): void;
  /** Removes the identity, as every sign-out does [M 42]. */
  wipe(): void;
  /** Removes the identity and what identifies the browser, and stores nothing from now on [M 66]. */
  deny(): void;
  /** Stores what comes from now on [M 66]. */
  allow(): void;
  /** Calls the listener when another tab removes the identity [M 61]. Returns an unsubscribe function. */
  onRemovedElsewhere(listener: () => void): () => void;
  /** Changes nothing from now on: an answer that arrives after the page belongs to nobody. */
  close(): void;
}

export interface StorageSettings {
  readonly build: FakeBuild;
  readonly integrationId: string;
  readonly history: FakeHistory;
}

const IDENTITY = ['appUserId', 'sessionToken', 'conversationStartedAt'] as const;
const PROFILE = ['givenName', 'surname', 'email'] as const;

/** Creates the storage. Never throws: if the storage is denied or full, nothing is stored. */
export function createVisitorStorage(window: FakeWindow, settings: StorageSettings): VisitorStorage {
  const { build, integrationId, history } = settings;
  let isClosed = false;
  const shared = createSafeStorage(() => (isClosed ? undefined : window.localStorage));
  const ofTab = createSafeStorage(() => (isClosed ? undefined : window.sessionStorage));
  const own = history === 'forget' ? ofTab : shared;
  const name = (key: string): string => `${integrationId}.${key}`;
  let isAllowed = true;

  const write = (key: string, value: string): void => {
    if (isAllowed) own.set(name(key), value);
  };

  function identifyBrowser(): void {
    const clientId = own.get(name('clientId')) ?? randomId(16);
    write('clientId', clientId);
    shared.set('ZD-buid', clientId);
    shared.set('ZD-suid', shared.get('ZD-suid') ?? randomId(16));
  }

  const wipe = (): void => IDENTITY.forEach((key) => own.remove(name(key)));
  if (build !== 'classic') identifyBrowser();

  return {
    read() {
      const [appUserId, sessionToken] = [own.get(name('appUserId')), own.get(name('sessionToken'))];
      return { ...(appUserId !== null && { appUserId }), ...(sessionToken !== null && { sessionToken }) };
    },
    writeUser(appUserId, profile) {
      write('appUserId', appUserId);
      own.remove(name('sessionToken'));
      if (build === 'B26') for (const key of PROFILE) if (profile[key] !== undefined) write(key, profile[key]);
    },
    writeAnonymous(appUserId, sessionToken) {
      write('appUserId', appUserId);
      write('sessionToken', sessionToken);
    },
    writeConversationStart: (atMs) => write('conversationStartedAt', String(atMs)),
    writeIsOpen(isOpen) {
      if (isAllowed && build !== 'classic') ofTab.set('ZD-widgetOpen', String(isOpen));
    },
    wipe,
    deny() {
      isAllowed = false;
      wipe();
      for (const area of [shared, ofTab]) area.keys().forEach((key) => key.startsWith('ZD-') && area.remove(key));
    },
    allow() {
      isAllowed = true;
    },
    onRemovedElsewhere(listener) {
      const onStorage = ({ key, newValue }: StorageEvent): void => {
        // Without a key, everything was removed, of this storage or of another. A changed value is ignored [M 62].
        const isIdentity = key === name('appUserId') || (key === null && own.get(name('appUserId')) === null);
        if (history === 'remember' && newValue === null && isIdentity) listener();
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
    close() {
      isClosed = true;
    },
  };
}

interface SafeStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
}

/** Looks the storage up at every access, because the access itself throws where it is denied. */
function createSafeStorage(find: () => Storage | undefined): SafeStorage {
  const access = <Result>(action: (storage: Storage) => Result, otherwise: Result): Result => {
    try {
      const storage = find();
      return storage ? action(storage) : otherwise;
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => access((storage) => storage.getItem(key), null),
    set: (key, value) => access((storage) => storage.setItem(key, value), undefined),
    remove: (key) => access((storage) => storage.removeItem(key), undefined),
    keys: () => access((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''), []),
  };
}
