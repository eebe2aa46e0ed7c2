// When the session loads the messenger, and what it does when that fails.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { codeOf, LIMITS, MINUTE_MS, startSession } from './start-session.js';

describe('Loading the messenger', () => {
  it('starts once, fails after loadTimeoutMs, and starts again at the next load()', () => {
    const session = startSession();
    session.send('load');
    session.send('load');
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
    session.advance(9999);
    expect(session.state.loadState).toBe('started');
    session.advance(1);
    expect(session.state.loadState).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('script_blocked');
    expect(session.takeEffects()).toEqual([['load-failed', { code: 'script_blocked' }]]);
    session.send('load');
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
    expect(session.state).toMatchObject({ loadState: 'started', failure: undefined, failures: 0 });
    session.advance(9999);
    expect(session.state.loadState).toBe('started');
  });

  it('fails with messenger_unavailable if the script ran without a messenger, and forgets that at the next attempt', () => {
    const session = startSession();
    session.send('load');
    session.send('looked', { scriptRan: true });
    session.advance(10_000);
    expect(codeOf(session.state.failure)).toBe('messenger_unavailable');
    session.send('load');
    session.advance(10_000);
    expect(codeOf(session.state.failure)).toBe('script_blocked');
  });

  it('retries 30 to 40 s after a failure if login() was called', () => {
    for (const [random, ms] of [[0, 30_000] as const, [0.75, 37_500] as const]) {
      const session = startSession(LIMITS, random);
      session.send('login');
      session.send('loadFailed', 'script_blocked');
      expect(session.state.failure!.message).toBe(new MessengerAuthError('script_blocked').message);
      session.takeEffectTypes();
      session.advance(ms - 1);
      expect(session.takeEffectTypes()).toEqual([]);
      session.advance(1);
      expect(session.takeEffectTypes()).toEqual(['load-requested']);
    }
  });

  it('retries at once when the page becomes visible, unless the script ran and may only be slow', () => {
    for (const scriptRan of [false, true]) {
      const session = startSession();
      session.send('login');
      session.send('looked', { scriptRan });
      session.send('loadFailed', 'script_blocked');
      session.send('woke', 'hidden', false);
      session.advance(1100);
      session.takeEffectTypes();
      session.send('woke', 'visible', false);
      expect(session.takeEffectTypes()).toEqual(scriptRan ? [] : ['load-requested']);
    }
  });

  it('gets its whole timeout again after a sleep, which it detects by a timer more than a minute late', () => {
    for (const lateMs of [MINUTE_MS, MINUTE_MS + 1]) {
      const session = startSession();
      session.send('load');
      session.sleep(10_000 + lateMs);
      session.send('looked', {});
      expect(session.state.loadState).toBe(lateMs > MINUTE_MS ? 'started' : 'failed');
    }
  });

  it('goes live once, even after the timeout, and ignores failures after that', () => {
    const session = startSession();
    session.send('load');
    session.advance(10_000);
    session.takeEffectTypes();
    session.send('live');
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live']);
    expect(session.state.failure).toBeUndefined();
    session.send('loadFailed', 'script_blocked');
    session.send('load');
    session.advance(MINUTE_MS);
    expect(session.state.loadState).toBe('live');
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('cancels the token request and fails login() on failure, and resumes the sign-in if the messenger goes live later', () => {
    const session = startSession();
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'token-requested']);
    session.send('loadFailed', 'classic_widget');
    expect(session.takeEffectTypes()).toEqual(['token-cancelled', 'load-failed']);
    expect(session.state.status).toBe('failed');
    session.advance(MINUTE_MS);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'token-requested']);
    expect(session.state.status).toBe('signing-in');
  });

  it('stops at destroy(), but a live messenger stays live', () => {
    const session = startSession();
    session.send('load');
    session.send('destroy');
    expect(session.state.loadState).toBe(undefined);
    expect(startSession().signIn().state.loadState).toBe('live');
    const signedIn = startSession().signIn();
    signedIn.send('destroy');
    expect(signedIn.state).toMatchObject({ loadState: 'live', status: 'signed-out' });
    expect(signedIn.takeEffectTypes()).toEqual([]);
  });

  it('retries a failed load at once after a sleep', () => {
    const session = startSession();
    session.send('login');
    session.send('loadFailed', 'script_blocked');
    session.takeEffectTypes();
    session.sleep(3_600_000);
    session.look();
    expect(session.takeEffectTypes()).toContain('load-requested');
  });

  it('does not retry when the visitor or the network comes back if a retry cannot help', () => {
    for (const code of ['classic_widget', 'key_conflict'] as const) {
      const session = startSession();
      session.send('login');
      session.send('loadFailed', code);
      session.send('woke', 'hidden', false);
      session.advance(MINUTE_MS).takeEffectTypes();
      session.send('woke', 'visible', true);
      session.advance(MINUTE_MS);
      expect(session.takeEffectTypes()).toEqual([]);
    }
  });

  it('reports its failure even if the endpoint has failed before', () => {
    const session = startSession();
    session.send('login');
    session.failRequest();
    session.send('loadFailed', 'script_blocked');
    expect(codeOf(session.state.failure)).toBe('script_blocked');
  });
});
