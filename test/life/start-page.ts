// A page under fake timers, with the fake messenger, its backend, a token endpoint, and a messenger that uses them.
import { afterEach, beforeEach, vi } from 'vitest';
import type { Messenger, MessengerEvent, MessengerOptions } from '../../src/index.js';
import { explain } from '../../src/inspect/explain.js';
import { composeMessenger } from '../../src/messenger.js';
import type { LoadDoctor } from '../../src/ports.js';
import {
  createFakeBackend,
  FAKE_ACCOUNT,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type FakeBuild,
  type InstalledMessenger,
  type InstallOptions,
} from '../../src/testing/index.js';
import { replaceFrames } from '../frames-without-windows.js';

export const BOTH_BUILDS = ['B25', 'B26'] as const;
export const START_MS = Date.parse('2026-06-01T12:00:00Z');
export const KEY = FAKE_ACCOUNT.key;

/** Advances the fake timers. */
export const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
export const MINUTE_MS = 60_000;

/** The site's backend. Changes apply from the next request on. */
export interface Endpoint {
  externalId: string;
  lifetimeS: number;
  /** How far the signing server's clock is ahead of the page's. */
  clockSkewMs: number;
  delayMs: number;
  claims: Record<string, unknown>;
  /** Instead of a token: a value to return (null: nobody), an error to throw, or 'hangs'. */
  instead: { returns: unknown } | { throws: unknown } | 'hangs' | undefined;
  /** The same, but only for the next requests. */
  readonly next: ({ returns: unknown } | { throws: unknown } | 'hangs')[];
  /** Every token that the endpoint has made. */
  readonly tokens: string[];
  readonly requests: { readonly reason: string; readonly atMs: number; readonly signal: AbortSignal }[];
  inFlight: number;
  mostInFlight: number;
}

export interface Page {
  readonly backend: FakeBackend;
  readonly zendesk: InstalledMessenger;
  readonly endpoint: Endpoint;
  readonly messenger: Messenger;
  readonly events: MessengerEvent[];
  /** Returns the types of the events since the last call. */
  takeEvents(): string[];
  /** The kind and status of each request to Zendesk, without configuration and visits. */
  zendeskRequests(): string[];
  another(options?: Partial<MessengerOptions>): Messenger;
}

/** The doctor as an import, because loading its file would take real time. */
export const doctorAtHand: LoadDoctor = async () => ({ explain });

const opened: { messengers: Messenger[]; installed: InstalledMessenger[] } = { messengers: [], installed: [] };
let rejections: unknown[] = [];
const noteRejection = (reason: unknown) => void rejections.push(reason);

/** Registers fake timers, a clean page after each test, and a check for unhandled rejections. */
export function usePages(): void {
  let restoreFrames = () => {};
  beforeEach(() => {
    restoreFrames = replaceFrames();
    vi.useFakeTimers({ now: START_MS });
    // The middle of every random delay. A test can set its own.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    rejections = [];
    process.on('unhandledRejection', noteRejection);
  });
  afterEach(async () => {
    opened.messengers.splice(0).forEach((messenger) => messenger.destroy());
    opened.installed.splice(0).forEach((installed) => installed.uninstall());
    document.head.replaceChildren();
    document.body.replaceChildren();
    localStorage.clear();
    setHidden(false);
    restoreFrames();
    vi.restoreAllMocks();
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', noteRejection);
    if (rejections.length) throw new Error(`Unhandled rejection: ${String(rejections[0])}`);
  });
}

export function createEndpoint(): Endpoint {
  return {
    externalId: 'user-1',
    lifetimeS: 3600,
    clockSkewMs: 0,
    delayMs: 50,
    claims: {},
    instead: undefined,
    next: [],
    tokens: [],
    requests: [],
    inFlight: 0,
    mostInFlight: 0,
  };
}

/** Wraps the endpoint as a site's `getToken`. */
export function getTokenFrom(endpoint: Endpoint) {
  return async ({ reason, signal }: { reason: string; signal: AbortSignal }): Promise<string | null> => {
    endpoint.requests.push({ reason, atMs: Date.now(), signal });
    endpoint.mostInFlight = Math.max(endpoint.mostInFlight, ++endpoint.inFlight);
    const instead = endpoint.next.shift() ?? endpoint.instead;
    try {
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        if (instead !== 'hangs') setTimeout(resolve, endpoint.delayMs);
      });
    } finally {
      endpoint.inFlight--;
    }
    if (instead && typeof instead === 'object') {
      if ('throws' in instead) throw instead.throws;
      return instead.returns as string | null;
    }
    return mint(endpoint);
  };
}

export function mint(endpoint: Endpoint): string {
  const iat = Math.floor((Date.now() + endpoint.clockSkewMs) / 1000);
  const { externalId, lifetimeS, claims } = endpoint;
  const token = signToken(
    { scope: 'user', external_id: externalId, iat, exp: iat + lifetimeS, ...claims },
    FAKE_ACCOUNT,
  );
  endpoint.tokens.push(token);
  return token;
}

export interface PageOptions {
  readonly build?: FakeBuild;
  readonly zendesk?: InstallOptions;
  readonly options?: Partial<MessengerOptions>;
  readonly endpoint?: Partial<Endpoint>;
  readonly loadDoctor?: LoadDoctor;
}

/** Installs a fake messenger as after a page load: storage stays as the previous one left it. */
export function install(backend: FakeBackend, options?: InstallOptions): InstalledMessenger {
  const zendesk = installFakeMessenger({ fetch: backend.fetch, ...options });
  opened.installed.push(zendesk);
  return zendesk;
}

export function openPage({
  build = 'B26',
  zendesk: zendeskOptions,
  options,
  endpoint: given,
  loadDoctor = doctorAtHand,
}: PageOptions = {}): Page {
  const backend = createFakeBackend({ build });
  const zendesk = install(backend, zendeskOptions);
  const endpoint: Endpoint = { ...createEndpoint(), ...given };
  const events: MessengerEvent[] = [];
  const another = (more?: Partial<MessengerOptions>) => {
    const all = {
      key: KEY,
      getToken: getTokenFrom(endpoint),
      onEvent: (event: MessengerEvent) => void events.push(event),
      ...more,
    };
    const messenger = composeMessenger(all as MessengerOptions, loadDoctor);
    opened.messengers.push(messenger);
    return messenger;
  };
  const messenger = another(options);
  return {
    backend,
    zendesk,
    endpoint,
    messenger,
    events,
    another,
    takeEvents: () => events.splice(0).map(({ type }) => type),
    zendeskRequests: () =>
      backend.requests
        .filter(({ kind }) => kind !== 'compose' && kind !== 'visitor' && kind !== 'conversations')
        .map(({ kind, status }) => `${kind} ${status}`),
  };
}

/**
 * Stands between the library and the live messenger: each `loginUser` goes on with what `change` makes of its callbacks.
 * Gives back a function that steps aside.
 */
export function interceptLogins(change: (jwtCallback: any, loginCallback: any) => unknown[]): () => void {
  const { zE } = window as any;
  const between = (scope: string, name: string, ...rest: [any, any]) =>
    zE(scope, name, ...(name === 'loginUser' ? change(...rest) : rest));
  Object.assign(window, { zE: Object.assign(between, { widget: 'messenger' }) });
  return () => void Object.assign(window, { zE });
}

/** Opens a page and signs the visitor in. */
export async function signInPage(options?: PageOptions): Promise<Page> {
  const page = openPage(options);
  await settle(page.messenger.login());
  page.takeEvents();
  return page;
}

/** Waits for a promise while fake time passes; gives up after `withinMs`. Returns the value, or throws the error. */
export async function settle<T>(promise: Promise<T>, withinMs = 120_000): Promise<T> {
  let outcome: { value: T } | { error: unknown } | undefined;
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  for (let ms = 0; !outcome && ms <= withinMs; ms += 50) await pass(ms && 50);
  if (!outcome) throw new Error(`Not settled within ${withinMs} ms`);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** Returns the error of a promise that must reject. */
export async function failureOf(promise: Promise<unknown>, withinMs?: number): Promise<any> {
  return settle(promise, withinMs).then(
    () => {
      throw new Error('It did not reject');
    },
    (error: unknown) => error,
  );
}

export function setHidden(hidden: boolean): void {
  if (document.hidden === hidden) return;
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Simulates a sleeping laptop: the clock advances, but no timer fires until something wakes the page. */
export function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}
