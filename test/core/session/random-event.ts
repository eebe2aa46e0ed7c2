// Random events of a session, with what the messenger has stored then.
import fc from 'fast-check';
import { MessengerAuthError } from '../../../src/core/errors.js';
import type { SessionEvent } from '../../../src/core/session.js';
import type { PageVisibility, Session } from '../../../src/core/state.js';
import { createRecord, type StoredIdentity } from '../../../src/core/stored-identity.js';
import { FAKE_ACCOUNT, signToken } from '../../../src/testing/index.js';

/** Makes an event for the current session. Some events belong to the request or login before. */
export type Next = (s: Session, nowMs: number) => SessionEvent;

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
  ...[just('setConsent', false), just('setUser', ''), just('setUser', '1'), just('setUser', '2')],
  ...[just('remove'), just('renew'), just('lost'), just('loadWaits', 'parsing'), just('loadWaits', 'parked')],
  ...[just('tagPlaced'), just('loadFailed', 'key_conflict')],
  { weight: 2, arbitrary: just('setConsent', true) },
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

/** What the messenger stores for a user, with our own record. */
export function identityOf(user: string): StoredIdentity {
  const storedId = `au-${user}`;
  return { storedId, record: createRecord({ storedId }, user) };
}
// Mostly, the messenger or another tab stores nothing new.
const identity = fc.option(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<StoredIdentity>({}) },
    { weight: 2, arbitrary: fc.constantFrom('ada', 'bob').map(identityOf) },
    fc.constantFrom<StoredIdentity>(
      { storedId: 'au-ada' },
      { storedId: 'au-bob', record: identityOf('ada').record },
      { storedId: 'au-1', isAnonymous: true },
      { storedId: 'au-1', isAnonymous: true, record: identityOf('ada').record },
      { record: createRecord({}, 'bob') },
    ),
  ),
  { freq: 6, nil: undefined },
);
export const events = fc.array(fc.tuple(event, delay, chance, identity), { minLength: 5, maxLength: 80 });

const beginSignIn: Next[] = [() => ['login'], () => ['live']];
const signIn: Next[] = [
  ...beginSignIn,
  (s, nowMs) => ['tokenArrived', s.openRequest!.id, token('ada', nowMs, 600)],
  (s) => ['asked', s.lastLogin!.id],
  (s) => ['answered', s.lastLogin!.id, ''],
];
/** What happens first. Random events alone rarely complete a sign-in. */
export const start = fc.constantFrom([], beginSignIn, signIn);

/** An event, the time before it, the random number of its step, and what is stored from then on. */
export type RandomStep = typeof events extends fc.Arbitrary<(infer Step)[]> ? Step : never;
