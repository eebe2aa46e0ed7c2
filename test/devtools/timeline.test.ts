// What the timeline records of the events, and where it draws marks.
import { expect, it } from 'vitest';
import { describeEvent } from '../../src/devtools/sentences.js';
import { spreadMarks } from '../../src/devtools/timeline-picture.js';
import { createRecord, endToken, forgetOld, recordEvent } from '../../src/devtools/timeline-record.js';
import type { MessengerEvent } from '../../src/index.js';

function record(...events: MessengerEvent[]) {
  const all = createRecord();
  events.forEach((event) => recordEvent(all, event));
  return all;
}

it('records requests, tokens and marks', () => {
  const all = record(
    { type: 'token-requested', atMs: 0, reason: 'sign-in' },
    { type: 'token-received', atMs: 100, lifetimeMs: 60_000 },
    { type: 'renewal-planned', atMs: 100, refreshAtMs: 30_000, expiresAtMs: 60_000 },
    { type: 'answered', atMs: 200, withToken: true },
    { type: 'answered', atMs: 250, withToken: false },
    { type: 'login-accepted', atMs: 300 },
    { type: 'token-requested', atMs: 30_000, reason: 'renewal' },
    { type: 'token-received', atMs: 30_100, lifetimeMs: undefined },
    { type: 'token-requested', atMs: 40_000, reason: 'renewal' },
    { type: 'token-failed', atMs: 40_100, code: 'token_failed', retryAtMs: 41_000, reason: '503' },
  );
  expect(all).toMatchObject({
    requests: [
      { startMs: 0, endMs: 100, outcome: 'received' },
      { startMs: 30_000, endMs: 30_100, outcome: 'received' },
      { startMs: 40_000, endMs: 40_100, outcome: 'failed' },
    ],
    tokens: [
      { fromMs: 100, expiresAtMs: 60_000, refreshAtMs: 30_000, endMs: 30_100, end: 'replaced' },
      { fromMs: 30_100, expiresAtMs: Infinity },
    ],
    marks: [
      { kind: 'handed', atMs: 200 },
      { kind: 'accepted', atMs: 300 },
    ],
    retryAtMs: 41_000,
    lifetimeMs: 60_000,
  });
  recordEvent(all, { type: 'signed-out', atMs: 50_000 });
  expect(all.retryAtMs).toBeUndefined();
  endToken(all, 50_000, 'ended');
  expect(all.tokens.at(-1)).toMatchObject({ endMs: 50_000, end: 'ended' });
});

it('marks a refusal once', () => {
  const rejected = { type: 'login-rejected', atMs: 2, retryAtMs: undefined, reason: undefined } as const;
  const refused = record({ type: 'token-refused', atMs: 1 }, { ...rejected, code: 'invalid_auth' });
  expect(refused.marks).toEqual([{ kind: 'refused', atMs: 1 }]);
  expect(record({ ...rejected, code: 'login_failed' }).marks).toEqual([{ kind: 'failed', atMs: 2 }]);
});

it('forgets what is older than four minutes, and keeps the last of each kind', () => {
  const all = record(
    { type: 'login-accepted', atMs: 0 },
    { type: 'login-accepted', atMs: 1000 },
    { type: 'token-requested', atMs: 0, reason: 'sign-in' },
  );
  forgetOld(all, 300_000);
  expect(all.marks).toEqual([{ kind: 'accepted', atMs: 1000 }]);
  expect(all.requests).toHaveLength(1);
});

it('shows marks that are milliseconds apart side by side, and none in the future', () => {
  const marks = [1000, 1001, 1002].map((atMs) => ({ kind: 'accepted', atMs }) as const);
  const shown = spreadMarks(marks, 10, 1002)
    .map(({ shownAtMs }) => shownAtMs)
    .sort((one, other) => one - other);
  expect(shown.at(-1)!).toBeLessThanOrEqual(1002);
  expect(shown[1]! - shown[0]!).toBeGreaterThanOrEqual(170);
  expect(shown[2]! - shown[1]!).toBeGreaterThanOrEqual(170);
});

it('ignores an event of a newer version, and describes it by its type', () => {
  const event = { type: 'toString', atMs: 0 } as unknown as MessengerEvent;
  expect(record(event)).toEqual(createRecord());
  expect(describeEvent(event)).toEqual(['page', 'toString']);
  expect(
    describeEvent({ type: 'token-failed', atMs: 0, code: 'token_failed', retryAtMs: 1500, reason: '503' }),
  ).toEqual(['site', 'No token: token_failed. Next retry in 1.5 s.']);
});
