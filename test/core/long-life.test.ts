// A tab may stay open for weeks. The session must not grow when the same things happen again and again.
import { expect, it } from 'vitest';
import { createSession, step, type SessionEvent } from '../../src/core/session.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const LIMITS = {
  loadTimeoutMs: 10_000,
  tokenTimeoutMs: 10_000,
  loginTimeoutMs: 15_000,
  refreshWhenHidden: false,
  consent: 'granted' as const,
};

it('does not grow with repeated refusals while the window stays open', () => {
  let s = createSession(LIMITS);
  let nowMs = 1_800_000_000_000;
  const take = (...next: SessionEvent) => (s = step(s, next, (nowMs += 10), 0.5));
  const answer = () => {
    const iat = Math.floor(nowMs / 1000);
    take('tokenArrived', s.openRequest!.id, signToken({ external_id: 'ada', iat, exp: iat + 86_400 }, FAKE_ACCOUNT));
  };
  const refuseAndAnswer = (times: number) => {
    for (let i = 0; i < times; i++) {
      nowMs += 700_000;
      take('asked', s.lastLogin!.id);
      answer();
      expect(s.status).toBe('signed-in');
      expect(s.askedAtMs).toBeUndefined();
    }
  };
  take('login');
  take('live');
  answer();
  take('asked', s.lastLogin!.id);
  take('answered', s.lastLogin!.id, '');
  take('looked', { windowOpen: true });
  refuseAndAnswer(200);
  const { length } = JSON.stringify(s);
  const refused = s.refused.at(-1);
  refuseAndAnswer(2000);
  expect(Math.abs(JSON.stringify(s).length - length)).toBeLessThan(20);
  // It still knows the refused tokens of the last hours.
  refuseAndAnswer(60);
  expect(s.refused).not.toContain(refused);
  const lastHours = s.refused.slice(-51);
  refuseAndAnswer(45);
  expect(s.refused).toEqual(expect.arrayContaining(lastHours));
});

it('forgets every token when it is destroyed', () => {
  let s = createSession(LIMITS);
  let nowMs = 1_800_000_000_000;
  const take = (...next: SessionEvent) => (s = step(s, next, (nowMs += 2000), 0.5));
  const token = (nbf: number) => signToken({ external_id: 'ada', exp: 1_800_086_400, nbf }, FAKE_ACCOUNT);
  take('login');
  take('live');
  for (let nbf = 0; nbf < 2; nbf++) {
    take('tokenArrived', s.openRequest!.id, token(nbf));
    take('asked', s.lastLogin!.id);
    take('answered', s.lastLogin!.id, '401: Invalid JWT');
  }
  expect(JSON.stringify(s)).toContain(token(1));
  take('destroy');
  expect(JSON.stringify(s)).not.toMatch(/[\w-]+\.[\w-]+\.[\w-]+/);
});
