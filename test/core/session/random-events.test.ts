// The session keeps its promises for random events in random order.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSession, step, type SessionEvent } from '../../../src/core/session.js';
import type { StoredIdentity } from '../../../src/core/stored-identity.js';
import { findBrokenPromises } from './broken-promises.js';
import { events, identityOf, type Next, type RandomStep, start } from './random-event.js';
import { LIMITS, START_MS } from './start-session.js';

/** A session, and what its messenger has stored. Collects what is broken and what was seen. */
function startLife(seen: Set<string>) {
  let s = createSession(LIMITS);
  let stored: StoredIdentity = {};
  const broken: string[] = [];
  const names: string[] = [];
  return {
    broken,
    names,
    get session() {
      return s;
    },
    store: (identity: StoredIdentity) => void (stored = identity),
    take(next: SessionEvent, nowMs: number, random: number) {
      const before = Object.freeze(s);
      const [name, id, reason] = next;
      names.push(name);
      // The messenger stores the user's id before it reports that the login was accepted.
      const isAccepted = name === 'answered' && reason === '' && id === s.lastLogin?.id;
      if (isAccepted && s.lastLogin!.verdict !== 'settled') stored = identityOf(s.lastLogin!.user);
      s = step(before, next, nowMs, random, stored);
      // `step` is pure: the same input gives the same session.
      if (!isDeepStrictEqual(step(before, next, nowMs, random, stored), s))
        broken.push('the same input gave another session');
      broken.push(...findBrokenPromises(before, next, s));
      seen.add(s.status);
      for (const [type, , token] of s.effects) {
        seen.add(type === 'answered' && token ? 'answered with a token' : type);
        // Some sign-outs are complete at once, and after a reset nothing is stored.
        if (type === 'sign-out-delayed') stored = {};
        if (type === 'signed-out' && random < 0.5) stored = {};
      }
      if (before.refused.includes(reason as string)) seen.add('a refused token arrived');
    },
  };
}

function live(firstSteps: readonly Next[], steps: readonly RandomStep[], seen: Set<string>) {
  const life = startLife(seen);
  let nowMs = START_MS;
  for (const next of firstSteps) life.take(next(life.session, nowMs), nowMs, 0.5);
  for (const [next, delayMs, random, identity] of steps) {
    const untilMs = nowMs + delayMs;
    for (let fired = 0; life.session.wakeAtMs <= untilMs && fired < 30; fired++) {
      nowMs = life.session.wakeAtMs;
      life.take(['looked', {}], nowMs, random);
    }
    nowMs = untilMs;
    if (identity) life.store(identity);
    life.take(next(life.session, nowMs), nowMs, random);
    // Later steps of a broken session say nothing new.
    if (life.broken.length > 0) break;
  }
  return life;
}

it('keeps its promises after every step', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(start, events, (firstSteps, steps) => {
      const { broken, names } = live(firstSteps, steps, seen);
      expect(broken, names.join(', ')).toEqual([]);
    }),
    { numRuns: 1200 },
  );
  // Together, the runs reached every status, these actions, and a refused token that the endpoint returned again.
  const everywhere = [
    ...['signed-out', 'signing-in', 'signed-in', 'failed'],
    ...['push-called', 'token-refused', 'login-rejected', 'explanation-requested'],
    ...['answered with a token', 'a refused token arrived', 'answered', 'token-absent', 'token-cancelled'],
    ...['sign-out-completed', 'sign-out-delayed', 'identity-lost', 'user-changed'],
    ...['consent-given', 'consent-withdrawn', 'messenger-lost', 'messenger-removed'],
  ];
  expect([...seen]).toEqual(expect.arrayContaining(everywhere));
});
