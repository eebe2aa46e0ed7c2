// The session by itself: whatever it is told, in whatever order.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSession, step, type SessionEvent } from '../../src/core/session.js';
import type { Session } from '../../src/core/state.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const LIMITS = { loadTimeoutMs: 10_000, tokenTimeoutMs: 10_000, loginTimeoutMs: 15_000, refreshWhenHidden: false };
const START_MS = 1_800_000_000_000;

const texts = ['ada', 'bob'].flatMap((user) =>
  [0, 1, 600].map((second) =>
    signToken({ external_id: user, iat: START_MS / 1000 + second, exp: START_MS / 1000 + second + 600 }, FAKE_ACCOUNT),
  ),
);

const id = fc.integer({ min: 1, max: 12 });
const event: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.constantFrom<SessionEvent>(
    ['load'],
    ['login'],
    ['login'],
    ['logout'],
    ['live'],
    ['live'],
    ['looked', { scriptRan: true }],
    ['looked', {}],
  ),
  fc.constantFrom<SessionEvent>(
    ['loadFailed', 'script_blocked'],
    ['looked', { windowOpen: true }],
    ['looked', { windowOpen: false }],
  ),
  fc.tuple(fc.constant('woke' as const), fc.boolean(), fc.boolean()),
  fc.tuple(
    fc.constant('tokenArrived' as const),
    id,
    fc.oneof(fc.constantFrom(...texts), fc.constantFrom(null, 'x', 7)),
  ),
  fc.tuple(fc.constant('asked' as const), id),
  fc.tuple(
    fc.constant('answered' as const),
    id,
    fc.constantFrom('', '401: Invalid JWT', '403: x', '409: x', '429: x', 'Unknown error', 'Not latest request'),
  ),
);

const life = fc.array(fc.tuple(event, fc.nat({ max: 400_000 }), fc.double({ min: 0, max: 0.99, noNaN: true })), {
  minLength: 5,
  maxLength: 60,
});

const isWoken = (s: Session, atMs: number) => s.wakeAtMs <= atMs;

it('holds what it promises after every step of a random life', () => {
  fc.assert(
    fc.property(life, (steps) => {
      let s = createSession(LIMITS);
      let nowMs = START_MS;
      const handed = new Map<string, number>();
      for (const [next, delayMs, random] of steps) {
        nowMs += delayMs;
        const before = s;
        const frozen = Object.freeze({ ...before });
        s = step(frozen, next, nowMs, random);
        // Pure: the same again gives the same.
        expect(JSON.stringify(step(frozen, next, nowMs, random))).toBe(JSON.stringify(s));

        if (s.askedAtMs) expect(isWoken(s, s.askedAtMs + LIMITS.tokenTimeoutMs)).toBe(true);
        if (s.fetchId) expect(isWoken(s, s.fetchAtMs + LIMITS.tokenTimeoutMs)).toBe(true);
        if (s.loginAtMs) expect(isWoken(s, s.loginAtMs + LIMITS.loginTimeoutMs)).toBe(true);
        if (s.status === 'signed-in' && s.held!.expiresAtMs) expect(isWoken(s, s.held!.expiresAtMs)).toBe(true);
        if (s.status === 'failed') expect(s.error).toBeDefined();
        if (s.status === 'signed-in') expect(s.user).toBe(s.held!.externalId);
        if (s.status === 'signing-in') {
          // Somebody is always at work on it: a request, a login, a messenger that loads, or a time to look again.
          const isBusy = s.fetchId || s.loginAtMs || s.load === 'loading' || s.wakeAtMs < Infinity || s.hidden;
          expect(isBusy || (s.user !== undefined && s.windowOpen)).toBeTruthy();
        }
        if (!s.wanted) expect([s.fetchId, s.loginAtMs, s.askedAtMs, s.user]).toEqual([0, 0, 0, undefined]);
        expect(s.wakeAtMs).toBeGreaterThan(nowMs);

        for (const action of s.actions) {
          if (action[0] !== 'answered' || action[2] === undefined) continue;
          expect(before.refused).not.toContain(action[2]);
          // Another user's token never answers an ask [M 29].
          expect(s.handed!.externalId).toBe(s.loginUser);
          handed.set(action[2], nowMs);
        }
        const fetches = s.actions.filter(([type]) => type === 'token-requested');
        expect(fetches.length).toBeLessThanOrEqual(1);
        if (fetches.length && before.fetchId)
          expect(s.actions.some(([type]) => type === 'token-cancelled') || next[0] === 'tokenArrived').toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
