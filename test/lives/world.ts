// The life of a visitor, page after page: the library, the fake messenger and the site's backend, in virtual time. The servers use the true
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
import { openOtherTab, type OtherTab } from './other-tab.js';
import { createSite, type Dates, type Site } from './site.js';
import { createVisitorWitness, type SeenRequest, type VisitorWitness } from './visitor-witness.js';
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
  /** Whether the messenger's keys are in the localStorage, or in the sessionStorage of this tab [M 40]. */
  readonly history: 'remember' | 'forget';
  /** Whether the visitor has consented before the first page. */
  readonly hasConsent: boolean;
  readonly seed: number;
}

/** A promise that the library has returned. */
export interface Pledge {
  readonly name: 'load' | 'login' | 'logout' | 'setUser' | 'remove';
  readonly sinceMs: number;
  outcome: 'open' | 'kept' | 'refused';
}

/** Whose a value of a field or tag is. */
export interface Owner {
  readonly user: string;
  /** The value was set before the user was signed in, and no call for anybody else has followed: an anonymous visitor may send it. */
  isEarly: boolean;
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
  readonly visitorWitness: VisitorWitness;
  readonly otherTab: OtherTab;
  /** How long Zendesk's answers take. */
  readonly latencyMs: Record<'login' | 'logout', number>;
  /** Whether the visitor has consented to cookies. The site knows that on the next page, too. */
  hasConsent: boolean;
  /** Whose the values of fields and tags are. */
  readonly owners: Map<string, Owner>;
  /** The rules that were broken. */
  readonly violations: string[];
  /** The last call of the site. */
  wish: 'none' | 'load' | 'login' | 'logout' | 'destroyed';
  online: boolean;
  /** Whether the script or its configuration does not load. */
  isLoadBroken: boolean;
  /** The site has inserted a tag that does not load. The library first waits for it, and then replaces it. */
  hasDeadTag: boolean;
  /** `resetWidget` is being called through the handle, and has not returned. */
  isResetting: boolean;
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
  setUser(name: string | null): void;
  logout(): void;
  remove(): void;
  /** Calls the messenger through the handle, which signs out. */
  callZe(scope: 'messenger', name: 'logoutUser' | 'resetWidget'): void;
  /**
   * Another user is signed in to the site, or nobody.
   *
   * @param isTold - whether setUser() follows
   */
  changeUser(name: string | null, isTold?: boolean): void;
  /** Sets a conversation field and a tag for the current user, if there is one. */
  setConversation(): void;
  setCookies(policy: 'none' | 'functional' | 'all'): void;
  /** The messenger is loaded again. */
  reload(): void;
  /** Leaves the page, and opens another one of the site. */
  navigate(): void;
  /** Inserts Zendesk's own tag. */
  insertTag(): void;
  destroy(): void;
  /** Creates a new messenger after `destroy()`. */
  create(): void;
  /** Checks all rules. */
  check(): void;
  close(): void;
}

/** The events that tell a page that time may have passed. */
export type Signal = 'visibilitychange' | 'focus' | 'pageshow' | 'online';

export const CONDITIONS = ['endpoint', 'zendesk', 'page', 'wish', 'consent'] as const;
export type Condition = (typeof CONDITIONS)[number];

export function openWorld(circumstances: Circumstances): World {
  const {
    build,
    dates,
    clockErrorMs,
    ignoresAbort,
    bootDelayMs,
    source,
    refreshWhenHidden,
    prerenderedForMs,
    history,
  } = circumstances;
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
    onRequest() {
      world.witness.requested();
      world.visitorWitness.requested();
    },
    onOfflinePage() {
      world.goodSinceMs.endpoint = Math.max(world.goodSinceMs.endpoint, awakeMs());
    },
    ignoresAbort,
  });
  site.lifetimeMs = circumstances.lifetimeS * 1000;
  const backend = createFakeBackend({ build, history, now: serverNowMs });
  backend.sendsProfile = true;
  const reach: typeof backend.fetch = async (...args) => {
    const { visitorWitness } = world;
    const [input, init] = args;
    // The messenger passes text.
    const url = input as string;
    const [, kind = 'other'] = /\/(log(?:in|out))$/.exec(url) ?? [];
    const tell = (outcome: SeenRequest['outcome']) =>
      void (visitorWitness === world.visitorWitness && visitorWitness.seen({ kind, outcome } as SeenRequest));
    tell('started');
    const fail = (): never => {
      tell('failed');
      throw new TypeError('Failed to fetch');
    };
    if (!world.online) return fail();
    const response = await backend.fetch(...args);
    const [, token] = /^Bearer (.*)$/.exec(new Headers(init?.headers).get('authorization') ?? '') ?? [];
    if (token && response.ok) world.witness.accepted(token);
    if (token && (response.status === 401 || response.status === 403)) world.witness.refused(token);
    const [, writer] = /\/appusers\/([^/]+)\/messages$/.exec(url) ?? [];
    if (writer && response.ok) world.visitorWitness.wrote(writer, readValues(init?.body));
    const latencyMs = kind === 'other' ? 0 : world.latencyMs[kind as 'login' | 'logout'];
    if (latencyMs > 0) await wait(latencyMs);
    if (!world.online) return fail();
    tell(response.ok ? 'ok' : response.status === 401 ? 'refused' : 'failed');
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
      consent: world.hasConsent ? ('granted' as const) : ('pending' as const),
      onEvent(event: MessengerEvent) {
        if (isLeaving) return;
        events.push(event);
        // The library deletes zE, which the watch has defined.
        if (/^messenger-(lost|removed)$/.test(event.type)) queueMicrotask(() => world.ze.watchAgain());
        if (event.type === 'login-accepted') {
          world.visitorWitness.accepted();
          const { visitor } = world.zendesk;
          acceptedUser = visitor.kind === 'user' ? visitor.externalId : undefined;
        }
        world.witness.noticed(event);
        const { atNextEvent } = world;
        world.atNextEvent = undefined;
        atNextEvent?.();
        if (world.hostThrows) throw new Error('The host has a problem');
      },
    };
    const messenger = composeMessenger(options, async () => ({ explain }));
    messenger.subscribe(() => {
      if (world.messenger === messenger && !isLeaving) {
        world.witness.published();
        world.visitorWitness.look();
      }
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

  /** Calls a method that returns a promise, and records what becomes of the promise. */
  function pledge(name: Pledge['name'], method: () => Promise<unknown>): Promise<void> {
    const entry: Pledge = { name, sinceMs: awakeMs(), outcome: 'open' };
    pledges.push(entry);
    return (attempt(method) ?? Promise.resolve()).then(
      () => void (entry.outcome = 'kept'),
      () => void (entry.outcome = 'refused'),
    );
  }

  /** What a page load starts. */
  function openPage(): void {
    site.beginPage();
    world.witness = createWitness(world);
    world.ze = watchZe({
      nowMs: awakeMs,
      owner: () => world.messenger,
      later: setTimeout,
      listener: {
        ...world.witness,
        called(command) {
          world.witness.called(command);
          world.visitorWitness.called(command);
        },
      },
    });
    const visitorWitness = createVisitorWitness(world);
    world.visitorWitness = visitorWitness;
    // The messenger of a page that was left does nothing any more, whatever it waits for.
    const isOpen = () => visitorWitness === world.visitorWitness;
    world.zendesk = installFakeMessenger({
      bootDelayMs,
      clearTimeout,
      setTimeout: (callback, delayMs) => setTimeout(() => void (isOpen() && callback()), delayMs),
      async fetch(...args) {
        const response = await reach(...args);
        return isOpen() ? response : new Promise(() => {});
      },
    });
    const { zendesk } = world;
    world.create();
    zendesk.onChange(() => void (isOpen() && visitorWitness.look()));
  }

  /** The page's scripts end here. What they would do later must not be seen, or change what is stored. */
  function closePage(): void {
    isLeaving = true;
    const stored = [localStorage, sessionStorage].map((storage) => Object.entries(storage));
    world.zendesk.uninstall();
    world.messenger.destroy();
    world.ze.stop();
    [localStorage, sessionStorage].forEach((storage, index) => {
      storage.clear();
      for (const [name, value] of stored[index]!) storage.setItem(name, value as string);
    });
    document.head.replaceChildren();
    document.body.replaceChildren();
    isLeaving = false;
  }

  let isLeaving = false;
  let settings = 0;
  /** The latest call that says who is signed in. */
  let latestCall = 0;
  /** The user of the last setUser(), if nothing has changed since. */
  let toldUser: string | null = null;
  /** Who was signed in last, so an anonymous visitor must not send what is set for this user from now on. */
  let acceptedUser: string | undefined;
  let siteTag: HTMLScriptElement | undefined;
  let script: ScriptOutcome = 'runs';
  let offlinePageAtMs = -Infinity;
  let wasVisible = true;
  function tell(signal: Signal | 'prerenderingchange'): void {
    world.witness.disturb();
    world.visitorWitness.woke();
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
    isLoadBroken: false,
    hasDeadTag: false,
    isResetting: false,
    isVisible: true,
    isPrerendered: prerenderedForMs > 0,
    hostThrows: false,
    atNextEvent: undefined,
    windowWasOpen: false,
    isSpotless: true,
    jumpedMs: 0,
    wasSet: false,
    goodSinceMs: {
      endpoint: 0,
      zendesk: 0,
      page: prerenderedForMs > 0 ? Infinity : 0,
      wish: Infinity,
      consent: circumstances.hasConsent ? 0 : Infinity,
    },
    latencyMs: { login: 0, logout: 0 },
    hasConsent: circumstances.hasConsent,
    owners: new Map(),
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
      // A request that is on its way seems to take that long, and is cancelled.
      if (ms > 0 && site.inFlight > 0) world.isSpotless = false;
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
      if (name === 'login') noteLogin();
      world.witness.calling(name);
      void pledge(name, () => world.messenger[name]());
    },
    setUser(name) {
      // For the library, it is another user. What is set from now on is early again.
      if (name !== toldUser) acceptedUser = undefined;
      noteLogin();
      toldUser = name;
      world.witness.calling(name === null ? 'load' : 'login');
      void pledge('setUser', () => world.messenger.setUser(name));
    },
    logout() {
      noteCall();
      const call = latestCall;
      const { visitorWitness } = world;
      world.witness.calling('logout');
      void pledge('logout', () => world.messenger.logout()).then(() => {
        if (call === latestCall && visitorWitness === world.visitorWitness) visitorWitness.loggedOut();
      });
    },
    remove() {
      // It keeps what was set.
      noteCall(site.user);
      acceptedUser = undefined;
      world.witness.calling('remove');
      void pledge('remove', () => world.messenger.remove());
    },
    callZe(scope, name) {
      noteCall();
      world.witness.calling('logout');
      // It closes the window before the library knows that it is a sign-out.
      world.isResetting = name === 'resetWidget';
      world.messenger.zE(scope, name);
      world.isResetting = false;
    },
    changeUser(name, isTold) {
      if (name === site.user) return;
      if (!isTold) {
        // The library does not know whose the early values are.
        for (const [value, { isEarly }] of world.owners) if (isEarly) world.owners.delete(value);
        toldUser = null;
      }
      site.user = name;
      world.isSpotless &&= !world.zendesk.live;
      world.visitorWitness.userChanged();
    },
    setConversation() {
      const { externalId } = world.messenger.getSnapshot();
      const owner = externalId ?? toldUser;
      if (owner === null) return;
      const value = `${owner}-${++settings}`;
      world.owners.set(value, { user: owner, isEarly: externalId === undefined && owner !== acceptedUser });
      world.messenger.zE('messenger:set', 'conversationFields', [{ id: String((settings % 2) + 1), value }]);
      world.messenger.zE('messenger:set', 'conversationTags', [value]);
    },
    setCookies(policy) {
      const hasConsent = policy !== 'none';
      if (hasConsent !== world.hasConsent) world.visitorWitness.consentChanged();
      world.isSpotless = false;
      world.hasConsent = hasConsent;
      world.goodSinceMs.consent = hasConsent ? awakeMs() : Infinity;
      world.messenger.zE('messenger:set', 'cookies', policy);
    },
    reload() {
      const { zendesk } = world.goodSinceMs;
      if (zendesk < Infinity) world.goodSinceMs.zendesk = world.isLoadBroken ? Infinity : awakeMs();
    },
    navigate() {
      world.hasDeadTag = false;
      window.dispatchEvent(new Event('pagehide'));
      closePage();
      world.wish = 'none';
      world.isSpotless = world.windowWasOpen = world.isPrerendered = false;
      world.atNextEvent = undefined;
      pledges.length = 0;
      noteCall();
      world.goodSinceMs.wish = Infinity;
      // The kill switch lasts until the page load [M 11].
      world.reload();
      openPage();
      world.setScript(script);
      wasVisible = isSeen();
      showVisibility();
      judgePage();
    },
    insertTag() {
      // A site that inserts two tags itself, without this library, has two widgets.
      const isIdle = !['load', 'login'].includes(world.wish) || !world.hasConsent || world.isPrerendered;
      if (isIdle && document.getElementById('ze-snippet')) return;
      // The library removes one tag before it starts the messenger again, and takes the other one for the page's own.
      if (siteTag?.isConnected && !world.zendesk.live) return;
      world.hasDeadTag ||= world.isLoadBroken;
      const tag = document.createElement('script');
      tag.id = 'ze-snippet';
      tag.src = `https://static.zdassets.com/ekr/snippet.js?key=${FAKE_ACCOUNT.key}`;
      siteTag = tag;
      document.head.append(tag);
    },
    destroy() {
      // The next messenger does not know of what this one has set.
      world.owners.clear();
      void attempt(() => world.messenger.destroy());
    },
    create() {
      site.beginPage();
      noteCall();
      world.witness.created();
      world.messenger = create();
    },
    check() {
      world.witness.check();
      world.visitorWitness.check();
    },
    close() {
      isLeaving = true;
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
      sessionStorage.clear();
    },
  } as Omit<Mutable<World>, LateParts> as Mutable<World>;
  const noteCall = (user?: string | null) => {
    latestCall++;
    toldUser = null;
    if (user !== acceptedUser) acceptedUser = undefined;
    for (const owner of world.owners.values()) owner.isEarly &&= owner.user === user;
  };
  const noteLogin = () => {
    // A call for the same user changes nothing, so what was set for that user is still early.
    noteCall(site.user);
    world.visitorWitness.loginFollows();
  };
  world.otherTab = openOtherTab(backend, serverNowMs, (task) => void setTimeout(task, 0));
  openPage();
  wasVisible = isSeen();
  showVisibility();
  const firstPage = world.visitorWitness;
  const comes = () => {
    if (world.visitorWitness !== firstPage) return;
    world.isPrerendered = false;
    tell('prerenderingchange');
  };
  if (prerenderedForMs > 0) setTimeout(comes, prerenderedForMs);
  return world;
}

/** These parts are created last, because they need the world. */
type LateParts = 'witness' | 'visitorWitness' | 'otherTab' | 'ze' | 'zendesk' | 'messenger';
type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

/** Returns the values of all fields and tags of a message. */
function readValues(body: unknown): string[] {
  const { fields, tags } = JSON.parse(body as string) as { fields: { value: unknown }[]; tags: string[] };
  return [...fields.map(({ value }) => String(value)), ...tags];
}
