// The driver with a world of plain objects: nothing happens in it but what a test says.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MessengerAuthError, type MessengerErrorCode } from '../../src/core/errors.js';
import { createDriver } from '../../src/driver.js';
import type { Explanation } from '../../src/core/findings.js';
import type { TokenAnswer, WidgetNews } from '../../src/ports.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const LIMITS = { loadTimeoutMs: 10_000, tokenTimeoutMs: 10_000, loginTimeoutMs: 15_000, refreshWhenHidden: false };
const START_MS = 1_800_000_000_000;
const EXPLANATION: Explanation = [['It is so', 'Do that'], []];

function createWorld(obstacle?: MessengerErrorCode) {
  const world = {
    nowMs: START_MS,
    /** How far the clock goes on with each look at it. */
    tickMs: 0,
    events: [] as { type: string; atMs: number }[],
    complaints: [] as MessengerAuthError[],
    calls: [] as string[],
    timers: [] as { delayMs: number; fire: () => void; isOn: boolean }[],
    requests: [] as {
      reason: string;
      signal: AbortSignal;
      answer: (answer: TokenAnswer) => void;
      fail: (error: unknown) => void;
    }[],
    logins: [] as { ask: (answer: (text?: string) => void) => void; done: (reason: string) => void }[],
    listeners: new Map<string, (...details: unknown[]) => void>(),
    tell: (..._news: WidgetNews) => {},
    wake: (_isHidden: boolean, _cameOnline: boolean) => {},
    /** What the snippet tells while it is being put on the page. */
    newsAtOnce: [] as WidgetNews[],
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
        const timer = { delayMs, fire, isOn: true };
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
    widget: {
      load(tell) {
        world.calls.push('load');
        world.tell = tell;
        world.newsAtOnce.forEach((news) => tell(...news));
      },
      login: (ask, done) => void world.logins.push({ ask, done }),
      logout: () => void world.calls.push('logout'),
      restoreConversation: () => void world.calls.push('restore'),
      on(event, listener) {
        world.listeners.set(event, listener);
        return () => void world.listeners.delete(event);
      },
    },
    page(listener) {
      world.wake = listener;
      return () => void world.calls.push('page off');
    },
    limits: LIMITS,
    obstacle,
    report(event) {
      world.events.push(event);
      world.onReport(event);
    },
    complain: (error) => void world.complaints.push(error),
  });
  return Object.assign(world, { driver });
}

/** Lets promises go on. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const mint = (lifetimeS = 3600) => {
  const iat = START_MS / 1000;
  return signToken({ external_id: 'ada', iat, exp: iat + lifetimeS }, FAKE_ACCOUNT);
};
const types = (world: ReturnType<typeof createWorld>) => world.events.splice(0).map(({ type }) => type);

async function signIn() {
  const world = createWorld();
  const promise = world.driver.login();
  world.tell('live');
  world.requests[0]!.answer(['tokenArrived', mint()]);
  await settled();
  world.logins[0]!.ask(() => {});
  world.logins[0]!.done('');
  await promise;
  world.events.length = world.calls.length = 0;
  return world;
}

let rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);
beforeEach(() => {
  rejections = [];
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await settled();
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});

describe('a step', () => {
  it('comes after the one that has set it off', () => {
    const world = createWorld();
    world.newsAtOnce = [['live']];
    void world.driver.login();
    expect(types(world)).toEqual(['load-requested', 'token-requested', 'messenger-live']);
  });

  it('has one instant for all that it does, however long that takes', () => {
    const world = createWorld();
    world.tickMs = 7;
    void world.driver.login();
    expect(new Set(world.events.map(({ atMs }) => atMs)).size).toBe(1);
    world.tell('live');
    expect(world.events.at(-1)).toEqual({ type: 'messenger-live', atMs: world.events[0]!.atMs + 7 });
  });

  it('leaves one timer, until the session wants to look again, and none where it never does', () => {
    const world = createWorld();
    void world.driver.load();
    expect(world.timers.map(({ delayMs, isOn }) => [delayMs, isOn])).toEqual([[10_000, true]]);
    world.nowMs += 4000;
    world.timers[0]!.fire();
    expect(world.timers.map(({ delayMs, isOn }) => [delayMs, isOn])).toEqual([
      [10_000, false],
      [6000, true],
    ]);
    world.tell('live');
    expect(world.timers).toHaveLength(2);
    expect(world.timers[1]!.isOn).toBe(false);
  });

  it('that the timer brings sees what time it is', async () => {
    const world = createWorld();
    const promise = world.driver.load();
    world.nowMs += 10_000;
    world.timers[0]!.fire();
    await expect(promise).rejects.toMatchObject({ code: 'script_blocked' });
  });
});

describe('a token request', () => {
  it('is told why, and its answer is taken with the clock of the server', async () => {
    const world = createWorld();
    void world.driver.login();
    expect(world.requests[0]!.reason).toBe('sign-in');
    world.requests[0]!.answer(['tokenArrived', mint(), START_MS + 600_000]);
    await settled();
    expect(world.driver.getSnapshot().expiresAtMs).toBe(START_MS + 3_000_000);
  });

  it.each<[string, (world: ReturnType<typeof createWorld>) => void, number]>([
    [
      'answers with an error',
      (world) => world.requests[0]!.answer(['tokenFailed', new MessengerAuthError('token_failed', 'x')]),
      1000,
    ],
    [
      'answers with an error and a wish',
      (world) => world.requests[0]!.answer(['tokenFailed', new MessengerAuthError('token_failed', 'x'), 7000]),
      10_500,
    ],
    ['is rejected', (world) => world.requests[0]!.fail(new Error('down')), 1000],
  ])('that %s is tried again', async (_how, fail, retryMs) => {
    const world = createWorld();
    void world.driver.login();
    fail(world);
    await settled();
    expect(world.events.at(-1)).toMatchObject({
      type: 'token-failed',
      code: 'token_failed',
      retryAtMs: START_MS + retryMs,
    });
  });

  it('that is rejected for good is the cause of the error', async () => {
    const world = createWorld();
    const promise = world.driver.login();
    const cause = new Error('down');
    world.tell('live');
    for (let request = 0; request < 3; request++) {
      world.requests[request]!.fail(cause);
      await settled();
      world.nowMs += 9000;
      world.timers.at(-1)!.fire();
    }
    const error: unknown = await promise.catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'token_failed', cause });
    expect((error as Error).message).not.toContain('(');
    expect(world.complaints).toEqual([error]);
    // A token comes after all: until Zendesk has it, the error stands, and nobody is told again.
    world.requests[3]!.answer(['tokenArrived', mint()]);
    await settled();
    expect(world.driver.getSnapshot()).toMatchObject({ status: 'failed', error, expiresAtMs: expect.any(Number) });
    expect(world.complaints).toEqual([error]);
  });

  it('is given up by its signal, and the next one has another', async () => {
    const world = await signIn();
    world.driver.logout();
    void world.driver.login();
    world.nowMs += 2000;
    world.timers.at(-1)!.fire();
    const [, request] = world.requests;
    expect(request!.signal.aborted).toBe(false);
    world.driver.logout();
    expect(request!.signal.aborted).toBe(true);
    expect(world.calls).toEqual(['logout', 'logout']);
  });
});

describe('an ask', () => {
  it('of each who waits is answered, though one of them throws', async () => {
    const world = createWorld();
    void world.driver.login();
    world.tell('live');
    const token = mint();
    world.requests[0]!.answer(['tokenArrived', token]);
    await settled();
    const answers: unknown[] = [];
    const { ask } = world.logins[0]!;
    ask((text) => {
      answers.push(text);
      throw new Error('theirs');
    });
    expect(answers).toEqual([token]);
    // A doubt: there is no other token yet. Nobody is answered twice.
    ask((text) => void answers.push(['second', text]));
    ask((text) => {
      answers.push(['third', text]);
      throw new Error('theirs');
    });
    ask((text) => void answers.push(['fourth', text]));
    expect(answers).toHaveLength(1);
    world.driver.logout();
    expect(answers.slice(1)).toEqual([
      ['second', undefined],
      ['third', undefined],
      ['fourth', undefined],
    ]);
  });
});

describe('the conversation', () => {
  it('is restored after a sign-in, and not after a push', async () => {
    const world = createWorld();
    void world.driver.login();
    world.tell('live');
    world.requests[0]!.answer(['tokenArrived', mint()]);
    await settled();
    world.logins[0]!.ask(() => {});
    expect(world.calls).toEqual(['load']);
    world.logins[0]!.done('');
    expect(world.calls).toEqual(['load', 'restore']);
    world.nowMs += 3_300_000;
    world.timers.at(-1)!.fire();
    const iat = world.nowMs / 1000;
    world.requests[1]!.answer(['tokenArrived', signToken({ external_id: 'ada', iat, exp: iat + 3600 }, FAKE_ACCOUNT)]);
    await settled();
    expect(types(world).at(-1)).toBe('push-called');
    world.logins[1]!.ask(() => {});
    world.logins[1]!.done('');
    expect(types(world).at(-1)).toBe('login-accepted');
    expect(world.calls).toEqual(['load', 'restore']);
  });

  it('holds a push back while its window is open', async () => {
    const world = await signIn();
    world.listeners.get('open')!();
    world.nowMs += 3_300_000;
    world.timers.at(-1)!.fire();
    const iat = world.nowMs / 1000;
    world.requests[1]!.answer(['tokenArrived', signToken({ external_id: 'ada', iat, exp: iat + 3600 }, FAKE_ACCOUNT)]);
    await settled();
    expect(types(world)).not.toContain('push-called');
    world.listeners.get('close')!();
    expect(types(world)).toEqual(['push-called']);
  });
});

describe('an explanation', () => {
  const fail = async (world = createWorld()) => {
    const promise = world.driver.login();
    for (const request of [0, 1]) {
      world.requests[request]!.answer(['tokenArrived', 'x']);
      await settled();
      world.nowMs += 1100;
      world.timers.at(-1)?.fire();
    }
    await settled();
    return promise.catch((error: unknown) => error);
  };

  it('is asked for with the token that failed, at the instant of the step, and told with the same code', async () => {
    const world = createWorld();
    world.explain = () => EXPLANATION;
    const error = await fail(world);
    expect(world.questions).toEqual([['token_malformed', 'x', expect.any(Number), undefined]]);
    expect(error).toMatchObject({
      code: 'token_malformed',
      message: 'It is so. Do that. [token_malformed]',
      findings: [],
    });
    expect(world.complaints).toEqual([error]);
  });

  it.each<[string, (world: ReturnType<typeof createWorld>) => void]>([
    ['cannot be loaded', (world) => (world.doctor = () => Promise.reject(new Error('404')))],
    [
      'throws',
      (world) =>
        (world.explain = () => {
          throw new Error('broken');
        }),
    ],
  ])('is done without where the doctor %s', async (_how, breakDoctor) => {
    const world = createWorld();
    breakDoctor(world);
    const error = await fail(world);
    expect(error).toMatchObject({
      code: 'token_malformed',
      message: expect.stringMatching(/^The token is not a JWT\./),
    });
    expect(error).not.toHaveProperty('findings');
  });
});

describe('promises', () => {
  it('of load() wait until the messenger is live, or has failed', async () => {
    const world = createWorld();
    let isSettled = false;
    const promise = world.driver.load().finally(() => (isSettled = true));
    await settled();
    expect(isSettled).toBe(false);
    world.tell('live');
    expect(await promise).toBe(world.driver.getSnapshot());
    expect(await world.driver.load()).toMatchObject({ live: true, status: 'signed-out' });
    const failing = createWorld();
    const failed = failing.driver.load();
    failing.tell('loadFailed', 'classic_widget');
    await expect(failed).rejects.toMatchObject({ code: 'classic_widget' });
  });

  it('of login() wait for the sign-in, and for the messenger where there is nobody', async () => {
    const world = createWorld();
    let isSettled = false;
    const promise = world.driver.login().finally(() => (isSettled = true));
    world.requests[0]!.answer(['tokenArrived', null]);
    await settled();
    expect(isSettled).toBe(false);
    world.tell('live');
    expect(await promise).toMatchObject({ status: 'signed-out', live: true });
    const signedIn = await signIn();
    expect(await signedIn.driver.login()).toMatchObject({ status: 'signed-in', externalId: 'ada' });
  });

  it('of load() from within a step wait for its end', async () => {
    const world = createWorld();
    let inner: Promise<unknown> | undefined;
    world.onReport = ({ type }) => void (type === 'messenger-live' && (inner = world.driver.load()));
    void world.driver.load();
    world.tell('live');
    expect(await inner).toMatchObject({ live: true });
  });

  it('that nobody looks at are no unhandled rejections', async () => {
    const world = createWorld('no_window');
    void world.driver.login();
    await settled();
    expect(rejections).toEqual([]);
  });
});

describe('an obstacle', () => {
  it('lets nothing begin, and is what every promise rejects with', async () => {
    const world = createWorld('no_window');
    await expect(world.driver.load()).rejects.toMatchObject({ code: 'no_window' });
    await expect(world.driver.login()).rejects.toMatchObject({ code: 'no_window' });
    world.driver.logout();
    expect([world.calls, world.events, world.listeners.size]).toEqual([[], [], 0]);
    world.driver.destroy();
    await expect(world.driver.load()).rejects.toMatchObject({ code: 'no_window' });
  });

  it('is the end: nothing is heard or told any more', async () => {
    const world = await signIn();
    let told = 0;
    world.driver.subscribe(() => void told++);
    world.driver.destroy();
    expect(told).toBe(1);
    expect(world.listeners.size).toBe(0);
    expect(world.calls).toEqual(['page off']);
    await expect(world.driver.login()).rejects.toMatchObject({ code: 'destroyed' });
    world.events.length = 0;
    world.driver.logout();
    world.tell('live');
    expect([world.events, world.calls, told]).toEqual([[], ['page off'], 1]);
  });

  it('that comes while the promises are open rejects them', async () => {
    const world = createWorld();
    const promises = [world.driver.load(), world.driver.login()];
    world.driver.destroy();
    for (const promise of promises) await expect(promise).rejects.toMatchObject({ code: 'destroyed' });
    world.events.length = 0;
    world.tell('live');
    expect(world.events).toEqual([]);
  });
});

describe('the snapshot', () => {
  it('is the same object until something changes, and each change is told once', async () => {
    const world = createWorld();
    const seen: unknown[] = [];
    const listener = () => void seen.push(world.driver.getSnapshot());
    const stop = world.driver.subscribe(listener);
    world.driver.subscribe(listener);
    const before = world.driver.getSnapshot();
    expect(before).toEqual({
      ...{ status: 'signed-out', live: false, externalId: undefined },
      ...{ expiresAtMs: undefined, refreshAtMs: undefined, error: undefined },
    });
    void world.driver.load();
    expect(world.driver.getSnapshot()).toBe(before);
    world.tell('live');
    expect(seen).toEqual([world.driver.getSnapshot(), world.driver.getSnapshot()]);
    expect(seen[0]).toMatchObject({ live: true });
    stop();
    stop();
    void world.driver.login();
    expect(seen).toHaveLength(3);
    expect(seen[2]).toMatchObject({ status: 'signing-in', externalId: undefined });
    world.wake(false, false);
    expect(seen).toHaveLength(3);
  });

  it('tells who is signed in, and until when', async () => {
    const world = await signIn();
    expect(world.driver.getSnapshot()).toEqual({
      ...{ status: 'signed-in', live: true, externalId: 'ada', error: undefined },
      ...{ expiresAtMs: START_MS + 3_600_000, refreshAtMs: START_MS + 2_100_000 },
    });
  });

  it('tells of a failure as long as it lasts, and a person is told once', async () => {
    const world = createWorld();
    void world.driver.login();
    world.tell('loadFailed', 'script_blocked');
    const { error } = world.driver.getSnapshot();
    expect(error).toMatchObject({ code: 'script_blocked' });
    world.wake(false, false);
    world.tell('looked', { scriptRan: true });
    expect(world.complaints).toEqual([error]);
    world.tell('live');
    expect(world.driver.getSnapshot().error).toBeUndefined();
    expect(world.complaints).toEqual([error]);
  });
});

it('looks again when the page wakes', async () => {
  const world = await signIn();
  world.wake(true, false);
  world.nowMs += 7_200_000;
  world.timers.at(-1)!.fire();
  expect(types(world)).toEqual([]);
  expect(world.driver.getSnapshot()).toMatchObject({ status: 'signing-in', externalId: undefined });
  world.wake(false, true);
  expect(types(world)).toEqual(['token-requested']);
});
