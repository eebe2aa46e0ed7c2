// The session keeps its promises for random events in random order.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { createSession, step, type SessionEvent } from '../../../src/core/session.js';
import type { PageVisibility, Session } from '../../../src/core/state.js';
import { readToken } from '../../../src/core/token.js';
import { FAKE_ACCOUNT, signToken } from '../../../src/testing/index.js';

const LIMITS = {
  loadTimeoutMs: 10_000,
  tokenTimeoutMs: 10_000,
  loginTimeoutMs: 15_000,
  refreshWhenHidden: false,
  consent: 'granted' as const,
};
const START_MS = 1_800_000_000_000;

/** Makes an event for the current session. Some events belong to the request or login before. */
type Next = (s: Session, nowMs: number) => SessionEvent;

const just = (...event: SessionEvent): fc.Arbitrary<Next> => fc.constant(() => event);
/** By how much the id of a request or login is too low: mostly 0. */
const staleness = fc.constantFrom(0, 0, 0, 0, 1);

const token = (user: string, nowMs: number, lifetimeS: number) => {
  const iat = Math.floor(nowMs / 1000);
  return signToken({ external_id: user, iat, exp: iat + lifetimeS }, FAKE_ACCOUNT);
};

const freshToken = fc
  .tuple(staleness, fc.constantFrom('ada', 'ada', 'ada', 'bob'), fc.constantFrom(3, 10, 600, 3600))
  .map(([stale, user, lifetimeS]): Next => (s, nowMs) => [
    'tokenArrived',
    (s.openRequest?.id ?? 0) - stale,
    token(user, nowMs, lifetimeS),
  ]);
const otherAnswer = fc
  .constantFrom<(s: Session) => unknown>(
    () => null,
    () => 'x',
    () => 7,
    (s) => s.last?.raw,
    (s) => s.refused.at(-1),
  )
  .map((pick): Next => (s) => ['tokenArrived', s.openRequest?.id ?? 0, pick(s)]);
const failure = fc
  .constantFrom(undefined, 5000, 300_000, Infinity)
  .map((retryAfterMs): Next => (s) => [
    'tokenFailed',
    s.openRequest?.id ?? 0,
    new MessengerAuthError('token_failed'),
    retryAfterMs,
  ]);
const ask = staleness.map((stale): Next => (s) => ['asked', (s.lastLogin?.id ?? 0) - stale || -1]);
const REASONS = [
  '',
  '',
  '',
  '',
  '401: Invalid JWT',
  '403: x',
  '409: x',
  '429: x',
  'Unknown error',
  'Not latest request',
];
const verdict = fc
  .tuple(staleness, fc.constantFrom(...REASONS))
  .map(([stale, reason]): Next => (s) => ['answered', (s.lastLogin?.id ?? 0) - stale || -1, reason]);
const woken = fc
  .tuple(fc.constantFrom<PageVisibility>('visible', 'visible', 'hidden'), fc.boolean())
  .map(([page, cameOnline]): Next => () => ['woke', page, cameOnline]);
const explained = staleness.map((stale): Next => (s) => {
  const error = stale || !s.failure ? new MessengerAuthError('destroyed') : s.failure;
  return ['explained', error, new MessengerAuthError(error.code, '', undefined, ['Explained', 'Do it'], [])];
});

const event = fc.oneof(
  ...[just('load'), just('logout'), just('loadFailed', 'script_blocked'), woken],
  ...[just('looked', { windowOpen: true }), just('looked', { windowOpen: false })],
  { weight: 2, arbitrary: just('login') },
  { weight: 2, arbitrary: just('live') },
  { weight: 3, arbitrary: just('looked', {}) },
  { weight: 8, arbitrary: freshToken },
  { weight: 3, arbitrary: otherAnswer },
  { weight: 2, arbitrary: failure },
  { weight: 5, arbitrary: ask },
  { weight: 7, arbitrary: verdict },
  { weight: 2, arbitrary: explained },
);
// Mostly short, so that more happens before the tokens expire.
const delay = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 50 }) },
  { weight: 2, arbitrary: fc.nat({ max: 3000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 30_000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 700_000 }) },
);
const chance = fc.double({ min: 0, max: 0.99, noNaN: true });
const events = fc.array(fc.tuple(event, delay, chance), { minLength: 5, maxLength: 80 });

const beginSignIn: Next[] = [() => ['login'], () => ['live']];
const signIn: Next[] = [
  ...beginSignIn,
  (s, nowMs) => ['tokenArrived', s.openRequest!.id, token('ada', nowMs, 600)],
  (s) => ['asked', s.lastLogin!.id],
  (s) => ['answered', s.lastLogin!.id, ''],
];
/** What happens first. Random events alone rarely complete a sign-in. */
const start = fc.constantFrom([], beginSignIn, signIn);

/** Returns what is wrong after a step. It runs for every step, so it is plain code: `expect` would take most of the time. */
function findBrokenPromises(before: Session, s: Session, nowMs: number): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, text: string) => void (holds || broken.push(text));
  const checkWake = (atMs: number, what: string) => check(s.wakeAtMs <= atMs, `wakes too late for ${what}`);
  check(s.wakeAtMs > nowMs, 'wakes in the past');
  if (s.askedAtMs !== undefined) checkWake(s.askedAtMs + LIMITS.tokenTimeoutMs, 'the time limit of an ask');
  if (s.openRequest) checkWake(s.openRequest.startedAtMs + LIMITS.tokenTimeoutMs, 'the time limit of a request');
  if (s.lastLogin?.verdict === 'open')
    checkWake(s.lastLogin.calledAtMs + LIMITS.loginTimeoutMs, 'the time limit of a login');
  if (s.explanation) checkWake(s.explanation.sinceMs + 5000, 'the time limit of an explanation');
  if (s.status === 'signed-in' && s.held!.expiryMs) checkWake(s.held!.expiryMs, 'the expiry of the token');
  if (s.status === 'failed') check(s.failure !== undefined, 'failed without an error');
  if (s.status === 'signed-in') check(s.user === s.held!.user, "signed in with another user's token");
  if (s.status === 'signing-in' && s.page === 'visible') {
    // Something must be pending: a request, a login, a loading messenger, or the next wake-up.
    const isBusy =
      s.openRequest ||
      s.lastLogin?.verdict === 'open' ||
      s.loadState === 'requested' ||
      s.loadState === 'loading' ||
      s.wakeAtMs < Infinity;
    check(Boolean(isBusy || (s.user !== undefined && s.windowOpen)), 'signing in, but nothing is pending');
  }
  if (!s.wish)
    check(
      !s.openRequest && !s.lastLogin && s.askedAtMs === undefined && s.user === undefined,
      'something is pending, but login() was not called',
    );

  const requests = s.effects.filter(([type]) => type === 'token-requested');
  check(requests.length <= 1, 'two token requests');
  for (const effect of s.effects) {
    if (effect[0] !== 'answered' || effect[2] === undefined) continue;
    // The session never hands over a refused token or another user's token [M 29].
    check(!before.refused.includes(effect[2]), 'handed over a refused token');
    const read = readToken(effect[2]);
    check(
      typeof read === 'object' && read.user === before.lastLogin!.user,
      "handed over another user's token, or an unreadable one",
    );
  }
  return broken;
}

it('keeps its promises after every step', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(start, events, (firstSteps, steps) => {
      let s = createSession(LIMITS);
      let nowMs = START_MS;
      const broken: string[] = [];
      const take = (next: SessionEvent, random: number) => {
        const before = Object.freeze(s);
        s = step(before, next, nowMs, random);
        // `step` is pure: the same input gives the same session.
        if (!isDeepStrictEqual(step(before, next, nowMs, random), s))
          broken.push('the same input gave another session');
        broken.push(...findBrokenPromises(before, s, nowMs));
        seen.add(s.status);
        s.effects.forEach(([type, , token]) => seen.add(type === 'answered' && token ? 'answered with a token' : type));
        if (before.refused.includes(next[2] as string)) seen.add('a refused token arrived');
      };
      for (const next of firstSteps) take(next(s, nowMs), 0.5);
      for (const [next, delayMs, random] of steps) {
        const untilMs = nowMs + delayMs;
        for (let fired = 0; s.wakeAtMs <= untilMs && fired < 100; fired++) {
          nowMs = s.wakeAtMs;
          take(['looked', {}], random);
        }
        nowMs = untilMs;
        take(next(s, nowMs), random);
        // Later steps of a broken session say nothing new.
        if (broken.length > 0) break;
      }
      expect(broken).toEqual([]);
    }),
    { numRuns: 1500 },
  );
  // Together, the runs reached every status, these actions, and a refused token that the endpoint returned again.
  const everywhere = [
    'signed-out',
    'signing-in',
    'signed-in',
    'failed',
    'push-called',
    'token-refused',
    'login-rejected',
    'explanation-requested',
    'answered with a token',
    'a refused token arrived',
  ];
  expect([...seen]).toEqual(expect.arrayContaining([...everywhere, 'answered', 'token-absent', 'token-cancelled']));
});
