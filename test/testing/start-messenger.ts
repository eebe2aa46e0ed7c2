// A page with the fake messenger and its backend, under fake timers.
import { afterEach, beforeEach, vi } from 'vitest';
import {
  createFakeBackend,
  FAKE_ACCOUNT,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type FakeBackendOptions,
  type FakeBuild,
  type FakeMessenger,
  type InstalledMessenger,
  type InstallOptions,
} from '../../src/testing/index.js';
import type { PageGlobals } from '../../src/testing/page-globals.js';
import { replaceFrames } from '../frames-without-windows.js';

export const SNIPPET_URL = `https://static.zdassets.com/ekr/snippet.js?key=${FAKE_ACCOUNT.key}`;
export const BOTH_BUILDS = ['B25', 'B26'] as const;
export const START = Date.parse('2026-06-01T12:00:00Z');

export type Answer = (jwt?: unknown) => void;

/** The global names that the page shares with the snippet. */
export const page = window as unknown as PageGlobals;

/** Calls the command function. It is looked up at every call, as a page should do. */
export const zE = (...command: unknown[]): unknown => page.zE?.(...command);

/** A good token, valid for 5 minutes unless given otherwise. */
export function token(externalId = 'user-1', claims: Record<string, unknown> = {}, lifetimeS = 300): string {
  const nowS = Math.floor(Date.now() / 1000);
  return signToken(
    { scope: 'user', external_id: externalId, iat: nowS, exp: nowS + lifetimeS, ...claims },
    FAKE_ACCOUNT,
  );
}

export function insertTag(change: (tag: HTMLScriptElement) => void = () => undefined): HTMLScriptElement {
  const tag = document.createElement('script');
  tag.id = 'ze-snippet';
  tag.src = SNIPPET_URL;
  change(tag);
  document.head.append(tag);
  return tag;
}

/** Advances the fake timers. 5 ms are "at once": a timer that is set within another timer fires 1 ms late. */
export const pass = (ms = 5) => vi.advanceTimersByTimeAsync(ms);

const installed = new Set<InstalledMessenger>();

/** Registers fake timers, and a clean page after each test. Only a test of the frames needs real ones. */
export function useFakePage({ realFrames = false } = {}): void {
  let restoreFrames = () => {};
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    if (!realFrames) restoreFrames = replaceFrames();
  });
  afterEach(() => {
    installed.forEach((messenger) => messenger.uninstall());
    installed.clear();
    document.head.replaceChildren();
    document.body.replaceChildren();
    localStorage.clear();
    sessionStorage.clear();
    delete page.zEMessenger;
    delete page.zESettings;
    restoreFrames();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

export function install(backend: FakeBackend, options: InstallOptions = {}): InstalledMessenger {
  const messenger = installFakeMessenger({ fetch: backend.fetch, ...options });
  installed.add(messenger);
  return messenger;
}

export interface Started {
  readonly backend: FakeBackend;
  readonly messenger: InstalledMessenger;
}

/** A live messenger, with nobody signed in. */
export async function startMessenger(
  build: FakeBuild = 'B26',
  options: InstallOptions = {},
  account: FakeBackendOptions = {},
): Promise<Started> {
  const backend = createFakeBackend({ build, ...account });
  const messenger = install(backend, options);
  insertTag();
  await pass();
  return { backend, messenger };
}

/** The next page of the same visitor, with a live messenger. */
export async function loadNextPage({ backend, messenger }: Started, options: InstallOptions = {}): Promise<Started> {
  messenger.uninstall();
  const next = install(backend, options);
  insertTag();
  await pass();
  return { backend, messenger: next };
}

/** A page of a visitor whose earlier page has left alice's identity. */
export async function startWithLeftover(build: FakeBuild): Promise<Started> {
  const first = await startMessenger(build);
  await signIn(token('alice'));
  return loadNextPage(first);
}

/** A page of an anonymous visitor who wrote on an earlier page. */
export async function startAsAnonymous(build: FakeBuild): Promise<Started> {
  const first = await startMessenger(build);
  await first.messenger.send('as nobody');
  return loadNextPage(first);
}

/** A messenger with alice signed in. */
export async function startSignedIn(build: FakeBuild): Promise<Started> {
  const started = await startMessenger(build);
  await signIn(token('alice'), token('alice', { n: 2 }));
  return started;
}

/** The `external_id` of the user whom the messenger has, or the kind of the visitor. */
export function whoIs({ visitor }: FakeMessenger): string {
  return visitor.kind === 'user' ? visitor.externalId : visitor.kind;
}

/** The logins so far, as `bob with alice`: who signed in, and whose stored identity the login carried. */
export function logins({ requests }: FakeBackend): string[] {
  return requests
    .filter(({ kind }) => kind === 'login')
    .map(({ userId, appUserIdOf, appUserIdOfUser }) => `${userId} with ${appUserIdOfUser ?? appUserIdOf ?? 'nothing'}`);
}

/** Signs in with these answers, one for each ask. The last one is used for all later asks. */
export async function signIn(...answers: unknown[]) {
  const loginCallback = vi.fn();
  const jwtCallback = vi.fn((answer: Answer) => answer(answers.length > 1 ? answers.shift() : answers[0]));
  zE('messenger', 'loginUser', jwtCallback, loginCallback);
  await pass();
  return { jwtCallback, loginCallback };
}

/** The stored identity: the keys that a sign-out removes [M 42], without their prefix. */
export function readStored(area: Storage = localStorage): Record<string, string> {
  const names = ['appUserId', 'sessionToken', 'conversationStartedAt'];
  const entries = names.map((name) => [name, area.getItem(`${FAKE_ACCOUNT.integrationId}.${name}`)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The name of a key of the integration. */
export const own = (name: string) => `${FAKE_ACCOUNT.integrationId}.${name}`;

export const failure = (reason: string) => ({ type: 'LoginFailedError', message: 'Authentication failed', reason });

export const kinds = ({ requests }: FakeBackend) => requests.map(({ kind, status }) => `${kind} ${status}`);
