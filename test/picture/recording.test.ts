import { expect, it } from 'vitest';
import { readInstants, readSignedIn, readTokens, type Recording } from '../../tools/picture/recording.js';
import type { MessengerEvent } from '../../src/index.js';
import { LIFE } from './lives.js';

const without = (type: MessengerEvent['type']): Recording => ({
  ...LIFE,
  events: LIFE.events.filter((event) => event.type !== type),
});

it('reads the life of each token', () => {
  expect(readTokens(LIFE)).toEqual([
    {
      why: 'sign-in',
      requestedMs: 100,
      handedMs: 160,
      signInsMs: [160],
      refusedMs: undefined,
      endMs: 30_080,
      expiresMs: 60_100,
    },
    {
      why: 'renewal',
      requestedMs: 30_000,
      handedMs: 30_080,
      signInsMs: [30_080],
      refusedMs: 40_000,
      endMs: 40_000,
      expiresMs: 90_000,
    },
    // Answers a jwtCallback, and is handed over with loginUser later.
    {
      why: 'invalid_auth',
      requestedMs: 40_000,
      handedMs: 40_080,
      signInsMs: [45_000],
      refusedMs: undefined,
      endMs: 70_080,
      expiresMs: 100_000,
    },
    {
      why: 'renewal',
      requestedMs: 70_000,
      handedMs: 70_080,
      signInsMs: [70_080],
      refusedMs: undefined,
      endMs: 80_000,
      expiresMs: 130_000,
    },
  ]);
});

it('a token is not handed over while it waits, or by an answer without a token', () => {
  const [requested, received] = LIFE.events as [MessengerEvent, MessengerEvent];
  const events: MessengerEvent[] = [
    requested,
    received,
    { type: 'answered', atMs: 170, withToken: false },
    { type: 'signed-out', atMs: 180 },
  ];
  expect(readTokens({ ...LIFE, events })).toMatchObject([{ handedMs: undefined, signInsMs: [], endMs: 180 }]);
});

it('a refusal is of the token that was handed over, not of a token that waits', () => {
  const until = LIFE.events.findIndex(({ type }) => type === 'push-called');
  const events: MessengerEvent[] = [
    ...LIFE.events.slice(0, until),
    { type: 'token-refused', atMs: 30_060 },
    { type: 'answered', atMs: 30_070, withToken: true },
    { type: 'signed-out', atMs: 30_080 },
  ];
  expect(readTokens({ ...LIFE, events })).toMatchObject([
    { refusedMs: 30_060, endMs: 30_060 },
    { refusedMs: undefined, handedMs: 30_070, signInsMs: [], endMs: 30_080 },
  ]);
});

it('a token that is not replaced in time ends when it expires', () => {
  const events: MessengerEvent[] = [...LIFE.events.slice(0, 6), { type: 'signed-out', atMs: 70_000 }];
  expect(readTokens({ ...LIFE, events })).toMatchObject([{ endMs: 60_100, expiresMs: 60_100 }]);
});

it('reads from when to when the visitor was signed in', () => {
  expect(readSignedIn(LIFE)).toEqual([[200, 80_000]]);
  const visitor = [
    { kind: 'user', atMs: 1 },
    { kind: 'anonymous', atMs: 2 },
    { kind: 'user', atMs: 3 },
    { kind: 'none', atMs: 4 },
  ] as const;
  expect(readSignedIn({ ...LIFE, visitor })).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it('finds the times of an event', () => {
  expect(readInstants(LIFE, 'token-refused')).toEqual([40_000]);
  expect(readInstants(LIFE, 'login-accepted')).toEqual([200, 30_120, 45_040, 70_120]);
});

it('an incomplete recording throws an error that says what is missing', () => {
  expect(() => readTokens(without('signed-out'))).toThrow('The recording does not end with a sign-out');
  expect(() => readTokens(without('token-requested'))).toThrow('a token without a request or without an end');
  const endless: MessengerEvent = { type: 'token-received', atMs: 1, lifetimeMs: undefined };
  const events = [LIFE.events[0]!, endless, ...LIFE.events.slice(2)];
  expect(() => readTokens({ ...LIFE, events })).toThrow('a token without a request or without an end');
  expect(() => readSignedIn({ ...LIFE, visitor: LIFE.visitor.slice(0, 2) })).toThrow(
    'The recording ends before the visitor is signed out',
  );
});
