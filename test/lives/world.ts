// The life of one page: the library, the fake messenger and the site's backend, in virtual time. The servers use the true
// time. The page's clock may be wrong, may be changed, and stops during a sleep.
import { vi } from 'vitest';
import type { Messenger, MessengerEvent } from '../../src/index.js';
import { explain } from '../../src/inspect/explain.js';
import { composeMessenger } from '../../src/messenger.js';
import {
  createFakeBackend,
  FAKE_ACCOUNT,
  installFakeMessenger,
  type FakeBackend,
  type InstalledMessenger,
  type ScriptOutcome,
} from '../../src/testing/index.js';
import { createSite, type Dates, type Site } from './site.js';
import { watchPage, type PageWatch } from './watch-page.js';
import { watchZe, type ZeWatch } from './watch-ze.js';
import { createWitness, type Witness } from './witness.js';

export const START_MS = Date.parse('2026-06-01T12:00:00Z');

/** The settings that stay the same during a life. */
export interface Circumstances {
  readonly build: 'B25' | 'B26';
  readonly source: 'getToken' | 'tokenUrl';
  readonly dates: Dates;
  readonly lifetimeS: number;
  /** How far the page's clock is ahead of the servers' clocks. */
  readonly clockErrorMs: number;
  readonly refreshWhenHidden: boolean;
  readonly ignoresAbort: boolean;
  readonly bootDelayMs: number;
  /** How long the page is prerendered before the visitor comes to it. */
  readonly prerenderedForMs: number;
  readonly seed: number;
}

/** A promise that the library has returned. */
export interface Pledge {
  readonly name: 'load' | 'login';
  readonly sinceMs: number;
  outcome: 'open' | 'kept' | 'refused';
}

export interface World {
  readonly circumstances: Circumstances;
  readonly site: Site;
  readonly backend: FakeBackend;
  readonly zendesk: InstalledMessenger;
  readonly ze: ZeWatch;
  readonly page: PageWatch;
  readonly events: readonly MessengerEvent[];
  readonly pledges: readonly Pledge[];
  readonly messenger: Messenger;
  readonly witness: Witness;
  /** The rules that were broken. */
  readonly violations: string[];
  /** The last call of the site. */
  wish: 'none' | 'load' | 'login' | 'logout' | 'destroyed';
  online: boolean;
  isVisible: boolean;
  /** Whether the browser has loaded the page before the visitor came to it [M 82]. */
  isPrerendered: boolean;
  hostThrows: boolean;
  /** What the site does once from within `onEvent`. */
  atNextEvent: (() => void) | undefined;
  /** Whether the window was ever open. An open window delays pushes, so Zendesk may get an expired token, and asks. */
  windowWasOpen: boolean;
  /** Whether everything has worked so far, and the page was always visible. */
  isSpotless: boolean;
  /** The sum of all changes that set the page's clock ahead. Changes that set it back do not count. */
  jumpedMs: number;
  /** Whether the page's clock was ever changed. */
  wasSet: boolean;
  /** The time (see `awakeMs`) since which each condition is good, or Infinity while it is not. */
  readonly goodSinceMs: Record<Condition, number>;
  /** When the page was last offline with a service worker that answers for the endpoint (see `awakeMs`). */
  readonly offlinePageAtMs: number;
  /** The time by the servers' clocks. */
  serverNowMs(): number;
  /** The time since the start, without sleeps. */
  awakeMs(): number;
  pass(ms: number): Promise<void>;
  /** Lets the page sleep until an event wakes it. */
  sleep(ms: number, signal: Signal): void;
  /** Changes the page's clock. */
  jump(ms: number): void;
  setVisible(isVisible: boolean): void;
  setOnline(isOnline: boolean): void;
  /** Sets what happens to Zendesk's script while the page is online. */
  setScript(outcome: ScriptOutcome): void;
  call(name: 'load' | 'login'): void;
  logout(): void;
  destroy(): void;
  /** Creates a new messenger after `destroy()`. */
  create(): void;
  close(): void;
}

/** The events that tell a page that time may have passed. */
export type Signal = 'visibilitychange' | 'focus' | 'pageshow' | 'online';

export const CONDITIONS = ['endpoint', 'zendesk', 'page', 'wish'] as const;
export type Condition = (typeof CONDITIONS)[number];

export function openWorld(circumstances: Circumstances): World {
  const { build, dates, clockErrorMs, ignoresAbort, bootDelayMs, source, refreshWhenHidden, prerenderedForMs } =
    circumstances;
  vi.clearAllTimers();
  vi.setSystemTime(START_MS + clockErrorMs);
  const page = watchPage();
  const startedMs = performance.now();
  const awakeMs = () => performance.now() - startedMs;
  let asleepMs = 0;
  const serverNowMs = () => START_MS + awakeMs() + asleepMs;
  let seed = circumstances.seed;
  const random = vi.spyOn(Math, 'random').mockImplementation(() => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  });

  const wait = (delayMs: number) => new Promise<void>((resolve) => void page.setTimeout(resolve, delayMs));
  const site = createSite({
    serverNowMs,
    dates,
    wait,
    isOnline: () => world.online,
    onRequest: () => world.witness.requested(),
    onOfflinePage() {
      world.goodSinceMs.endpoint = Math.max(world.goodSinceMs.endpoint, awakeMs());
    },
    ignoresAbort,
  });
  site.lifetimeMs = circumstances.lifetimeS * 1000;
  const backend = createFakeBackend({ build, now: serverNowMs });
  const reach: typeof backend.fetch = async (...args) => {
    if (!world.online) throw new TypeError('Failed to fetch');
    const [, init] = args;
    const response = await backend.fetch(...args);
    const [, token] = /^Bearer (.*)$/.exec(new Headers(init?.headers).get('authorization') ?? '') ?? [];
    if (token && response.ok) world.witness.accepted(token);
    if (token && (response.status === 401 || response.status === 403)) world.witness.refused(token);
    if (!world.online) throw new TypeError('Failed to fetch');
    return response;
  };
  vi.stubGlobal('fetch', (_url: string, init?: RequestInit) => site.fetch(init));
  const { setTimeout, clearTimeout } = page;
  const pledges: Pledge[] = [];
  const events: MessengerEvent[] = [];
  const violations: string[] = [];

  function create(): Messenger {
    const options = {
      key: FAKE_ACCOUNT.key,
      refreshWhenHidden,
      ...(source === 'getToken' ? { getToken: site.getToken } : { tokenUrl: '/zendesk-token' }),
      onEvent(event: MessengerEvent) {
        events.push(event);
        world.witness.noticed(event);
        const { atNextEvent } = world;
        world.atNextEvent = undefined;
        atNextEvent?.();
        if (world.hostThrows) throw new Error('The host has a problem');
      },
    };
    const messenger = composeMessenger(options, async () => ({ explain }));
    messenger.subscribe(() => {
      if (world.messenger === messenger) world.witness.published();
      if (world.hostThrows) throw new Error('The host has a problem');
    });
    return messenger;
  }

  const attempt = <Result>(action: () => Result): Result | undefined => {
    try {
      return action();
    } catch (error) {
      violations.push(`8: the library has thrown into the site: ${String(error)}`);
      return undefined;
    }
  };

  let script: ScriptOutcome = 'runs';
  let offlinePageAtMs = -Infinity;
  let wasVisible = true;
  function tell(signal: Signal | 'prerenderingchange'): void {
    world.witness.disturb();
    judgePage();
    showVisibility();
    const isShown = isSeen() && !wasVisible;
    wasVisible = isSeen();
    if (isShown || signal === 'online') world.witness.returned();
    const target = signal === 'visibilitychange' || signal === 'prerenderingchange' ? document : window;
    target.dispatchEvent(new Event(signal, { bubbles: true }));
  }
  const isSeen = () => world.isVisible && !world.isPrerendered;
  function showVisibility(): void {
    Object.defineProperty(document, 'hidden', { value: !isSeen(), configurable: true });
    Object.defineProperty(document, 'prerendering', { value: world.isPrerendered, configurable: true });
  }
  function judgePage(): void {
    world.goodSinceMs.page = isSeen() && world.online ? awakeMs() : Infinity;
    if (world.goodSinceMs.page === Infinity) world.isSpotless = false;
  }

  const world: Mutable<World> = {
    circumstances,
    site,
    backend,
    page,
    events,
    pledges,
    violations,
    wish: 'none',
    online: true,
    isVisible: true,
    isPrerendered: prerenderedForMs > 0,
    hostThrows: false,
    atNextEvent: undefined,
    windowWasOpen: false,
    isSpotless: true,
    jumpedMs: 0,
    wasSet: false,
    goodSinceMs: { endpoint: 0, zendesk: 0, page: prerenderedForMs > 0 ? Infinity : 0, wish: Infinity },
    get offlinePageAtMs() {
      if (!world.online && site.hasOfflinePage) offlinePageAtMs = awakeMs();
      return offlinePageAtMs;
    },
    serverNowMs,
    awakeMs,
    async pass(ms) {
      await vi.advanceTimersByTimeAsync(ms);
    },
    sleep(ms, signal) {
      world.isSpotless = false;
      asleepMs += ms;
      world.witness.skipped(ms);
      vi.setSystemTime(Date.now() + ms);
      tell(signal);
    },
    jump(ms) {
      world.wasSet = true;
      world.jumpedMs += Math.max(0, ms);
      // The page looks before and after, because a change during a sleep can hide the sleep.
      tell('focus');
      // The page cannot tell a clock that is set ahead from a sleep.
      if (ms > 0) world.witness.skipped(ms);
      vi.setSystemTime(Date.now() + ms);
      tell('focus');
    },
    setVisible(isVisible) {
      world.isVisible = isVisible;
      tell('visibilitychange');
    },
    setOnline(isOnline) {
      if (world.online === isOnline) return;
      void world.offlinePageAtMs;
      world.online = isOnline;
      world.setScript(script);
      if (isOnline) tell('online');
      else judgePage();
    },
    setScript(outcome) {
      script = outcome;
      world.zendesk.script = world.online ? script : 'blocked';
    },
    call(name) {
      const pledge: Pledge = { name, sinceMs: awakeMs(), outcome: 'open' };
      pledges.push(pledge);
      world.witness.calling(name);
      void attempt(() => world.messenger[name]())?.then(
        () => (pledge.outcome = 'kept'),
        () => (pledge.outcome = 'refused'),
      );
    },
    logout: () => void attempt(() => world.messenger.logout()),
    destroy: () => void attempt(() => world.messenger.destroy()),
    create() {
      world.witness.created();
      world.messenger = create();
    },
    close() {
      world.messenger.destroy();
      Reflect.deleteProperty(document, 'hidden');
      Reflect.deleteProperty(document, 'prerendering');
      world.zendesk.uninstall();
      world.ze.stop();
      page.stop();
      random.mockRestore();
      vi.unstubAllGlobals();
      document.head.replaceChildren();
      document.body.replaceChildren();
      localStorage.clear();
    },
  } as Omit<Mutable<World>, LateParts> as Mutable<World>;
  world.witness = createWitness(world);
  world.ze = watchZe({ nowMs: awakeMs, owner: () => world.messenger, later: setTimeout, listener: world.witness });
  world.zendesk = installFakeMessenger({ fetch: reach, setTimeout, clearTimeout, bootDelayMs });
  world.create();
  wasVisible = isSeen();
  showVisibility();
  const comes = () => {
    world.isPrerendered = false;
    tell('prerenderingchange');
  };
  if (prerenderedForMs > 0) setTimeout(comes, prerenderedForMs);
  return world;
}

/** These parts are created last, because they need the world. */
type LateParts = 'witness' | 'ze' | 'zendesk' | 'messenger';
type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };
