// Another tab of the site, which shares the storage: what its messenger and its library do there. This tab's messenger
// and library see it only through the storage events [M 61-64].
import { createRecord } from '../../src/core/stored-identity.js';
import { FAKE_ACCOUNT, signToken, type FakeBackend } from '../../src/testing/index.js';

const RECORD = 'zendesk-messenger-auth:record';
const KEYS = ['appUserId', 'sessionToken', 'conversationStartedAt'].map(
  (key) => `${FAKE_ACCOUNT.integrationId}.${key}`,
);
const [ID, SESSION] = KEYS as [string, string, string];
const LOGIN_URL = `https://${FAKE_ACCOUNT.subdomain}.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}`;

export interface OtherTab {
  signOut(): void;
  /** @param hasRecord - whether that tab uses this library, which writes its record */
  signIn(user: string, hasRecord: boolean): Promise<void>;
  /** A visitor writes who is not signed in. */
  writeAnonymously(): Promise<void>;
}

/** @param later - runs a task: the events come after the change */
export function openOtherTab(backend: FakeBackend, nowMs: () => number, later: (task: () => void) => void): OtherTab {
  function change(key: string, newValue: string | null): void {
    const oldValue = localStorage.getItem(key);
    if (oldValue === newValue) return;
    if (newValue === null) localStorage.removeItem(key);
    else localStorage.setItem(key, newValue);
    const init = { key, oldValue, newValue, storageArea: localStorage };
    later(() => void window.dispatchEvent(new StorageEvent('storage', init)));
  }

  const signOut = () => [...KEYS, RECORD].forEach((key) => change(key, null));

  async function post(path: string, token?: string): Promise<{ id?: string; sessionToken?: string }> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await backend.fetch(`${LOGIN_URL}/${path}`, { method: 'POST', headers, body: '{}' });
    // Zendesk fails in the other tab, too.
    if (!response.ok) return {};
    const body = (await response.json()) as { id: string; sessionToken: string; appUser?: { id: string } };
    return { ...body, id: body.appUser?.id ?? body.id };
  }

  return {
    signOut,
    async signIn(user, hasRecord) {
      const iat = Math.floor(nowMs() / 1000);
      const token = signToken({ scope: 'user', external_id: user, iat, exp: iat + 60, tab: 2 }, FAKE_ACCOUNT);
      const { id } = await post('login', token);
      if (id === undefined) return;
      // The library signs the previous user out first.
      if (hasRecord && localStorage.getItem(ID) !== id) signOut();
      change(ID, id);
      change(SESSION, null);
      if (hasRecord) change(RECORD, createRecord({ storedId: id }, user));
    },
    async writeAnonymously() {
      const { id, sessionToken } = await post('appusers');
      if (id === undefined) return;
      change(ID, id);
      change(SESSION, sessionToken ?? null);
    },
  };
}
