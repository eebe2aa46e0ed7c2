// The help center's session in the Web Widget (Classic). It is in localStorage, so it outlives the page (code).
import type { ClassicUser } from './classic-users.js';
import type { FakeWindow } from './environment.js';

export interface HelpCenterSession {
  /** The user of the session. `undefined` if there is none, or if it has expired. */
  readonly user: ClassicUser | undefined;
  /** Replaces the session. `undefined` ends it. */
  start(user: ClassicUser | undefined): void;
}

const KEY = 'ZD-zE_oauth';
const LIFETIME_MS = 2 * 60 * 60 * 1000;

/** Continues the session of an earlier page, if there is one. */
export function createHelpCenterSession({ localStorage }: FakeWindow): HelpCenterSession {
  return {
    get user() {
      const stored = localStorage.getItem(KEY);
      if (stored === null) return undefined;
      const { expiryMs, name, externalId } = JSON.parse(stored) as ClassicUser & { expiryMs: number };
      return expiryMs > Date.now() ? { name, externalId } : undefined;
    },
    start(user) {
      if (user === undefined) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify({ expiryMs: Date.now() + LIFETIME_MS, ...user }));
    },
  };
}
