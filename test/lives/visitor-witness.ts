// Checks the rules about the visitor's whole life: identities, fields and tags, the truth of the snapshot, consent, and
// what is stored. Their numbers are those of the list in README.md in this folder.
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import type { World } from './world.js';

// So long may the snapshot lag behind the messenger.
const LAG_MS = 2000;
// The messenger's tries after a refusal end in a silent sign-out within this time [M 27].
const TRIES_MS = 2000;
// A sign-out without consent takes no longer.
const WITHDRAWAL_MS = 100;
const PROFILE = ['givenName', 'surname', 'email'].map((name) => `${FAKE_ACCOUNT.integrationId}.${name}`);

/** A request of the messenger, when it starts or when it has been answered. */
export interface SeenRequest {
  readonly kind: 'login' | 'logout' | 'other';
  readonly outcome: 'started' | 'ok' | 'refused' | 'failed';
}

export interface VisitorWitness {
  /** Called for every request of this page's messenger. */
  seen(request: SeenRequest): void;
  /** Called when a message has arrived. `visitorId`: who wrote it, as Zendesk says. */
  wrote(visitorId: string, values: readonly string[]): void;
  /** Called when the messenger, the snapshot or the storage may have changed. */
  look(): void;
  /** Called when the library requests a token. */
  requested(): void;
  /** Called for each call of `zE`. */
  called(command: string): void;
  /** Called at events that let the library look at the stored key. */
  woke(): void;
  /** Called when the site's user changes. */
  userChanged(): void;
  /** Called before another tab does something. */
  otherTab(): void;
  /** Called when the consent changes. */
  consentChanged(): void;
  /** Called when a logout() has resolved, and no login has followed. */
  loggedOut(): void;
  /** Called before a login, or another tab, stores somebody again. */
  loginFollows(): void;
  /** Called when Zendesk has accepted a login of the library. */
  accepted(): void;
  check(): void;
}

export function createVisitorWitness(world: World): VisitorWitness {
  const now = () => world.awakeMs();
  /** Since when the snapshot has been wrong, or undefined. */
  let wrongSinceMs: number | undefined;
  let wrongUser: string | undefined;
  /** When conditions were last bad. */
  let quietSinceMs = now();
  let otherTabAtMs = -Infinity;
  let consentSinceMs = now();
  let isLoggedOut = false;
  const pending = { login: 0, logout: 0 };
  const isFailing = { login: false, logout: false };
  /** When a request was last refused. The messenger may have signed the visitor out after it, without an event. */
  let refusedAtMs = -Infinity;
  let noticedAtMs = -Infinity;

  const blame = (text: string) => {
    if (!world.violations.includes(text)) world.violations.push(text);
  };

  /** A silent sign-out, which the library can only notice when it looks at the stored key. */
  const isUnseen = () => refusedAtMs > noticedAtMs - TRIES_MS;
  const isBad = () =>
    world.ze.isLoginOpen ||
    pending.login + pending.logout > 0 ||
    isFailing.login ||
    isFailing.logout ||
    world.goodSinceMs.zendesk === Infinity ||
    world.zendesk.isKilled ||
    isUnseen();

  /** Rule 15. */
  function compare(): void {
    const { status, externalId } = world.messenger.getSnapshot();
    const { visitor, live } = world.zendesk;
    const isUser = live && visitor.kind === 'user' && visitor.externalId === externalId;
    const isWrong = status === 'signed-in' && !isUser;
    if (isBad()) quietSinceMs = now();
    if (wrongSinceMs !== undefined && now() - Math.max(wrongSinceMs, quietSinceMs) > LAG_MS) {
      const whom = live ? JSON.stringify(visitor) : 'no messenger';
      blame(`15: ${wrongUser} has been signed in for over 2 s, but the page has ${whom}`);
    }
    if (isWrong && externalId !== wrongUser) wrongSinceMs = undefined;
    wrongUser = externalId;
    if (!isWrong) wrongSinceMs = undefined;
    else wrongSinceMs ??= now();
  }

  /** Rule 16. */
  function checkConsent(): void {
    if (world.hasConsent || now() - consentSinceMs < WITHDRAWAL_MS || world.wish === 'destroyed') return;
    const { visitor } = world.zendesk;
    if (visitor.kind === 'user') blame(`16: ${visitor.externalId} is signed in without consent`);
    if (world.messenger.getSnapshot().status === 'signed-in') blame('16: the status is signed-in without consent');
  }

  /** Rule 18. */
  function checkStored(): void {
    if (!isLoggedOut) return;
    const users = new Set(world.backend.visitors.filter(({ externalId }) => externalId).map(({ id }) => id));
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of Object.keys(storage)) {
        const isIdentity = name.endsWith('.appUserId') && users.has(storage.getItem(name)!);
        if (isIdentity || name.endsWith('record') || PROFILE.includes(name))
          blame(`18: ${name} is stored after logout()`);
      }
    }
  }

  function look(): void {
    if (world.zendesk.widgets > 1) blame(`17: there are ${world.zendesk.widgets} widgets`);
    compare();
  }

  return {
    look,
    seen({ kind, outcome }) {
      if (kind !== 'other') pending[kind] += outcome === 'started' ? 1 : -1;
      if (kind !== 'other' && outcome !== 'started') isFailing[kind] = outcome !== 'ok';
      if (outcome === 'refused') refusedAtMs = now();
      look();
    },
    wrote(visitorId, values) {
      const { externalId } = world.backend.visitors.find(({ id }) => id === visitorId) ?? {};
      for (const value of values) {
        const owner = world.owners.get(value);
        if (owner === undefined || owner.user === externalId) continue;
        if (externalId === undefined && (owner.isEarly || isUnseen())) continue;
        blame(`14: ${owner.user}'s "${value}" was sent with a message of ${externalId ?? 'nobody'}`);
      }
    },
    requested() {
      if (!world.hasConsent) blame('16: a token was requested without consent');
    },
    called(command) {
      if (!world.hasConsent && command === 'messenger loginUser') blame('16: loginUser was called without consent');
    },
    woke: () => void (noticedAtMs = now()),
    accepted: () => void (noticedAtMs = now()),
    userChanged: () => void (quietSinceMs = now()),
    otherTab() {
      otherTabAtMs = quietSinceMs = now();
      isLoggedOut = false;
    },
    consentChanged: () => void (consentSinceMs = now()),
    loggedOut() {
      // What another tab is storing meanwhile stays.
      isLoggedOut = now() - otherTabAtMs > LAG_MS;
      checkStored();
    },
    loginFollows: () => void (isLoggedOut = false),
    check() {
      look();
      checkConsent();
      checkStored();
      for (const { userId, belongsTo } of world.backend.breaches)
        blame(`13: ${userId}'s login carried ${belongsTo}'s identity`);
    },
  };
}
