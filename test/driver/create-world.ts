// A driver whose ports are plain objects. Nothing happens unless the test makes it happen.
import { afterEach, beforeEach, expect } from 'vitest';
import type { MessengerAuthError } from '../../src/core/errors.js';
import { type MessengerErrorCode } from '../../src/core/error-codes.js';
import { createDriver } from '../../src/driver.js';
import type { Explanation } from '../../src/core/findings.js';
import type { PageVisibility } from '../../src/core/state.js';
import type { StoredIdentity } from '../../src/core/stored-identity.js';
import type { LoadEvent, TokenAnswer } from '../../src/ports.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const LIMITS = {
  loadTimeoutMs: 10_000,
  tokenTimeoutMs: 10_000,
  loginTimeoutMs: 15_000,
  refreshWhenHidden: false,
  consent: 'granted',
} as const;
export const START_MS = 1_800_000_000_000;
export const EXPLANATION: Explanation = [['It is so', 'Do that'], []];

export function createWorld(disabledReason?: MessengerErrorCode) {
  let isHeld = false;
  const world = {
    nowMs: START_MS,
    /** By how much the clock advances each time it is read. */
    tickMs: 0,
    events: [] as { type: string; atMs: number }[],
    loggedErrors: [] as MessengerAuthError[],
    calls: [] as string[],
    timers: [] as { delayMs: number; atMs: number; fire: () => void; isOn: boolean }[],
    requests: [] as {
      reason: string;
      signal: AbortSignal;
      answer: (answer: TokenAnswer) => void;
      fail: (error: unknown) => void;
    }[],
    logins: [] as { ask: (answer: (text?: string) => void) => void; onResult: (reason: string) => void }[],
    listeners: new Map<string, (...details: unknown[]) => void>(),
    notify: (..._event: LoadEvent) => {},
    wake: (_page: PageVisibility, _isBackOnline: boolean, _isLeaving?: boolean) => {},
    /** Whether the messenger is live, so that logoutUser runs at once. */
    isLive: true,
    /** What the messenger has stored. */
    stored: {} as StoredIdentity,
    /** What the snippet reports during `load()`. */
    eventsDuringLoad: [] as LoadEvent[],
    explain: (..._question: unknown[]): Explanation => EXPLANATION,
    questions: [] as unknown[][],
    doctor: undefined as (() => Promise<never>) | undefined,
    onReport: (_event: { type: string }) => {},
  };
  const driver = createDriver({
    clock: {
      nowMs: () => (world.nowMs += world.tickMs),
      random: () => 0.5,
      startTimer(fire, delayMs) {
        const timer = { delayMs, atMs: world.nowMs + delayMs, fire, isOn: true };
        world.timers.push(timer);
        return () => void (timer.isOn = false);
      },
    },
    fetchToken: ({ reason, signal }) =>
      new Promise((answer, fail) => void world.requests.push({ reason, signal, answer, fail })),
    loadDoctor: () =>
      world.doctor?.() ??
      Promise.resolve({
        explain(...question) {
          world.questions.push(question);
          return world.explain(...question);
        },
      }),
    logWarning: (text) => void world.calls.push(`warn ${text.slice(text.lastIndexOf('['))}`),
    widget: {
      load(notify) {
        world.calls.push('load');
        world.notify = notify;
        world.eventsDuringLoad.forEach((event) => notify(...event));
      },
      login: (ask, onResult) => void world.logins.push({ ask, onResult }),
      logout() {
        world.calls.push('logout');
        return world.isLive;
      },
      resetMessenger: () => void world.calls.push('reset'),
      takeOffPage: () => void world.calls.push('remove'),
      restoreConversation: () => void world.calls.push('restore'),
      allowConversation(mayPass, clears) {
        if (mayPass !== isHeld) return;
        isHeld = !mayPass;
        world.calls.push(mayPass ? 'pass' : clears ? 'hold, clear' : 'hold');
      },
      hasLateFields: () => false,
      forgetConversation: () => void world.calls.push('forget'),
      on(event, listener) {
        world.listeners.set(event, listener);
        return () => void world.listeners.delete(event);
      },
    },
    identity: {
      readIdentity: () => world.stored,
      writeRecord: (record) => void (world.stored = { ...world.stored, record }),
      deleteIdentity: (keepsVisitor) => void (world.stored = keepsVisitor ? { storedId: world.stored.storedId } : {}),
    },
    page(listener) {
      world.wake = listener;
      return () => void world.calls.push('page off');
    },
    limits: LIMITS,
    disabledReason,
    report(event) {
      world.events.push(event);
      world.onReport(event);
    },
    logError: (error) => void world.loggedErrors.push(error),
  });
  return Object.assign(world, { driver });
}

/** Waits until pending promises have settled. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));
export const mint = (lifetimeS = 3600, user = 'ada') => {
  const iat = START_MS / 1000;
  return signToken({ external_id: user, iat, exp: iat + lifetimeS }, FAKE_ACCOUNT);
};
type World = ReturnType<typeof createWorld>;

/** Lets time pass, and fires the driver's timer whenever it is due. */
export function pass(world: World, ms: number): void {
  const untilMs = world.nowMs + ms;
  for (let timer; (timer = world.timers.at(-1))?.isOn && timer.atMs <= untilMs;) {
    world.nowMs = timer.atMs;
    timer.fire();
  }
  world.nowMs = untilMs;
}

/** The endpoint answers the latest request with a token of this user, or with `null`. */
export async function answerRequest(world: World, user: string | null = 'ada'): Promise<void> {
  world.requests.at(-1)!.answer(['tokenArrived', user && mint(3600, user)]);
  await settled();
}

/** Zendesk accepts the latest login, and the messenger stores the user's id. */
export function acceptLogin(world: World, user = 'ada'): void {
  const { ask, onResult } = world.logins.at(-1)!;
  ask(() => {});
  world.stored = { storedId: `au-${user}` };
  onResult('');
}

/** The sign-out's server call has ended, and the messenger has deleted its keys. */
export function endSignOut(world: World): void {
  world.stored = { record: world.stored.record };
  pass(world, 50);
}
/** Returns the types of the events since the last call. */
export const takeEventTypes = (world: World) => world.events.splice(0).map(({ type }) => type);

export async function signIn() {
  const world = createWorld();
  const promise = world.driver.login();
  world.notify('live');
  world.requests[0]!.answer(['tokenArrived', mint()]);
  await settled();
  world.logins[0]!.ask(() => {});
  world.logins[0]!.onResult('');
  await promise;
  world.events.length = world.calls.length = 0;
  return world;
}

let rejections: unknown[] = [];
const noteRejection = (reason: unknown) => void rejections.push(reason);

/** Returns the promise rejections that nobody has handled in this test. */
export const unhandledRejections = () => rejections;

/** Registers a check that no test leaves an unhandled rejection. */
export function forbidUnhandledRejections(): void {
  beforeEach(() => {
    rejections = [];
    process.on('unhandledRejection', noteRejection);
  });
  afterEach(async () => {
    await settled();
    process.off('unhandledRejection', noteRejection);
    expect(rejections).toEqual([]);
  });
}
