// What fails for hours is tried ever more rarely, and at once when somebody or the network comes back.
import { describe, expect, it } from 'vitest';
import type { MessengerEventTypes } from '../../../src/core/events.js';
import { LIMITS, MINUTE_MS, startSession } from './start-session.js';

const HOUR_MS = 60 * MINUTE_MS;

type Session = ReturnType<typeof startSession>;

/** Lets something fail for hours. Returns when it was tried, in milliseconds after the first failure. */
function failFor(session: Session, hours: number, type: keyof MessengerEventTypes, fail: () => void): number[] {
  const fromMs = session.nowMs;
  const times: number[] = [];
  fail();
  while (session.nowMs < fromMs + hours * HOUR_MS) {
    session.takeEffectTypes();
    session.advance(session.state.wakeAtMs - session.nowMs);
    if (!session.takeEffectTypes().includes(type)) continue;
    times.push(session.nowMs - fromMs);
    fail();
  }
  return times;
}

/** Signs in with a token of a minute, and lets the session request the next one. Every wait is nearly the longest one. */
const signInBriefly = () => startSession(LIMITS, 0.99).signIn(startSession().mint(60)).awaitRequest();

function longestGap(times: number[]): number {
  expect(times.length).toBeGreaterThan(3);
  return Math.max(...times.slice(1).map((atMs, i) => atMs - times[i]!));
}

describe('A long outage', () => {
  // A web page instead of a token, and an endpoint that answers 500.
  it.each<[string, (session: Session) => void]>([
    ['unusable tokens', (session) => session.deliverToken('<html>')],
    ['failed requests', (session) => session.failRequest()],
  ])('costs a tab at most 80 requests in 8 hours of %s, at most 15 minutes apart', (_what, fail) => {
    const session = signInBriefly();
    const times = failFor(session, 8, 'token-requested', () => fail(session));
    expect(times.length).toBeLessThan(80);
    expect(times.length).toBeGreaterThan(40);
    expect(longestGap(times)).toBeLessThanOrEqual(15 * MINUTE_MS);
    expect(longestGap(times)).toBeGreaterThan(14 * MINUTE_MS);
    // For the first three minutes, a visitor is signed in within half a minute after the endpoint has recovered.
    expect(longestGap(times.filter((atMs) => atMs < 3 * MINUTE_MS))).toBeLessThanOrEqual(30_000);
  });

  it('costs a tab at most 80 script tags in 8 hours, at most 15 minutes apart', () => {
    const session = startSession(LIMITS, 0.99);
    session.send('login');
    const times = failFor(session, 8, 'load-requested', () => session.send('loadFailed', 'script_blocked'));
    expect(times.length).toBeLessThan(80);
    expect(times.length).toBeGreaterThan(40);
    expect(longestGap(times)).toBeLessThanOrEqual(15 * MINUTE_MS);
    expect(longestGap(times)).toBeGreaterThan(14 * MINUTE_MS);
    expect(longestGap(times.filter((atMs) => atMs < 3 * MINUTE_MS))).toBeLessThanOrEqual(40_000);
  });

  it.each<[string, (session: Session) => void]>([
    ['the network comes back', (session) => session.send('woke', 'visible', true)],
    [
      'the visitor comes back',
      (session) => {
        session.send('woke', 'hidden', false);
        session.send('woke', 'visible', false);
      },
    ],
  ])('ends at once when %s', (_what, comeBack) => {
    const session = signInBriefly();
    failFor(session, 5, 'token-requested', () => session.failRequest());
    session.advance(2000);
    session.takeEffectTypes();
    comeBack(session);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);

    const blocked = startSession(LIMITS, 0.99);
    blocked.send('login');
    failFor(blocked, 5, 'load-requested', () => blocked.send('loadFailed', 'script_blocked'));
    blocked.advance(2000);
    blocked.takeEffectTypes();
    comeBack(blocked);
    expect(blocked.takeEffectTypes()).toEqual(['load-requested']);
  });

  it('does not count the time for which the computer slept', () => {
    const session = signInBriefly();
    failFor(session, 0.05, 'token-requested', () => session.failRequest());
    session.sleep(8 * HOUR_MS);
    session.send('looked', {});
    const times = failFor(session, 0.05, 'token-requested', () => session.failRequest());
    expect(longestGap(times)).toBeLessThanOrEqual(30_000);

    const blocked = startSession(LIMITS, 0.99);
    blocked.send('login');
    failFor(blocked, 0.05, 'load-requested', () => blocked.send('loadFailed', 'script_blocked'));
    blocked.sleep(8 * HOUR_MS);
    blocked.send('looked', {});
    const loads = failFor(blocked, 0.05, 'load-requested', () => blocked.send('loadFailed', 'script_blocked'));
    expect(longestGap(loads)).toBeLessThanOrEqual(40_000);
  });

  it.each([120, 300, 3600])('costs at most 80 calls of loginUser in 8 hours, with tokens of %i s', (lifetimeS) => {
    const session = startSession(LIMITS, 0.99).signIn(startSession().mint(lifetimeS));
    const untilMs = session.nowMs + 8 * HOUR_MS;
    let calls = 0;
    while (session.nowMs < untilMs) {
      session.advance(session.state.wakeAtMs - session.nowMs);
      if (session.requestId) session.deliverToken(session.mint(lifetimeS));
      if (session.state.lastLogin!.verdict === 'open') session.reject('500: x');
      calls += session.takeEffectTypes().filter((type) => type === 'push-called' || type === 'login-called').length;
    }
    expect(calls).toBeLessThan(80);
    expect(calls).toBeGreaterThan(8);
  });

  it('waits for half a minute at most again after the network came back', () => {
    const session = signInBriefly();
    failFor(session, 5, 'token-requested', () => session.failRequest());
    session.advance(2000);
    session.send('woke', 'visible', true);
    const times = failFor(session, 0.05, 'token-requested', () => session.failRequest());
    expect(longestGap(times)).toBeLessThanOrEqual(30_000);
  });

  it('does not count a push that got no answer and waits for the window, while renewals work', () => {
    const session = startSession().signIn();
    session.push();
    session.send('looked', { windowOpen: true });
    session.advance(LIMITS.loginTimeoutMs);
    expect(session.state.failures).toBe(1);
    session.deliverToken();
    expect(session.state).toMatchObject({ failures: 0, failingSinceMs: undefined });
  });
});
