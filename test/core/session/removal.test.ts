// remove() takes the messenger off the page, and other scripts do so without asking [M 74-77].
import { describe, expect, it } from 'vitest';
import { startSession } from './start-session.js';

describe('remove()', () => {
  it('ends the session without a sign-out, and nothing follows', () => {
    const session = startSession().signInAndStore();
    session.send('remove');
    expect(session.takeEffectTypes()).toEqual(['messenger-removed']);
    expect(session.state).toMatchObject({ status: 'signed-out', loadState: undefined, user: undefined });
    session.advance(86_400_000);
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('is followed by a new messenger at login(), which continues the conversation', () => {
    const session = startSession().signInAndStore();
    session.advance(2000);
    session.send('remove');
    session.takeEffectTypes();
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'token-requested']);
    session.send('live');
    session.deliverToken();
    expect(session.takeEffectTypes().slice(-1)).toEqual(['login-called']);
  });

  it('works ten times in a row', () => {
    const session = startSession();
    for (let times = 0; times < 10; times++) {
      session.send('load');
      session.advance(1100);
      session.send('live');
      session.send('remove');
    }
    const once = ['load-requested', 'messenger-live', 'messenger-removed'];
    expect(session.takeEffectTypes()).toEqual(Array.from({ length: 10 }, () => once).flat());
  });

  it('waits for the end of a load, because the script cannot be stopped', () => {
    const session = startSession();
    session.send('load');
    session.send('remove');
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
    expect(session.state.removal).toBe('waiting');
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'messenger-removed']);
    expect(session.state).toMatchObject({ removal: undefined, loadState: undefined });
  });

  it.each([
    ['fails', 'loadFailed'],
    ['loses its messenger', 'lost'],
    ['takes too long', undefined],
  ] as const)('ends, too, when the load %s, which is no failure then', (_, event) => {
    const session = startSession();
    session.send('load');
    session.send('remove');
    session.takeEffectTypes();
    if (event === 'loadFailed') session.send(event, 'script_blocked');
    else if (event) session.send(event);
    else session.advance(10_000);
    expect(session.takeEffectTypes()).toEqual(['messenger-removed']);
    expect(session.state).toMatchObject({ removal: undefined, status: 'signed-out', loadError: undefined });
  });

  it.each(['load', 'login'] as const)('is followed by another load if %s() was called meanwhile', (name) => {
    const session = startSession();
    session.send('load');
    session.send('remove');
    session.send(name);
    session.advance(2000);
    session.takeEffectTypes();
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'messenger-removed', 'load-requested']);
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live']);
    expect(session.state.loadState).toBe('live');
  });

  it('has nothing to wait for when nothing is loading', () => {
    for (const prepare of [[], ['load', 'parsing'], ['load', 'parked']] as const) {
      const session = startSession();
      if (prepare[0]) session.send(prepare[0]);
      if (prepare[1]) session.send('loadWaits', prepare[1]);
      session.takeEffectTypes();
      session.send('remove');
      expect(session.takeEffectTypes()).toEqual(['messenger-removed']);
      expect(session.state.loadState).toBeUndefined();
    }
  });

  it('takes a messenger off the page that a failed load has started after all', () => {
    const session = startSession();
    session.send('load');
    session.advance(10_000);
    session.send('remove');
    session.takeEffectTypes();
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'messenger-removed']);
  });

  it('deletes the stored identity during a sign-out, because the messenger cannot any more', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.send('remove');
    expect(session.takeEffectTypes()).toEqual(['signed-out', 'stored-identity-deleted', 'messenger-removed']);
  });
});

describe('A messenger that has disappeared', () => {
  it('is started again, and the visitor is signed in with the token in hand', () => {
    const session = startSession().signInAndStore();
    session.advance(2000);
    session.send('lost');
    expect(session.takeEffectTypes()).toEqual(['messenger-lost', 'load-requested']);
    expect(session.state).toMatchObject({ status: 'signing-in', user: undefined });
    session.send('live');
    expect(session.takeEffects()).toEqual([
      ['messenger-live', {}, false],
      ['login-called', {}, session.loginId],
    ]);
  });

  it('is started again although the verdict of its login was awaited', () => {
    const session = startSession().beginSignIn();
    session.deliverTokenAndAsk(session.mint(10));
    session.advance(1100).failRequest(Infinity);
    session.send('lost');
    session.takeEffectTypes();
    session.send('live');
    expect(session.takeEffectTypes()).toContain('login-called');
  });

  it('is started again for an anonymous visitor, whose fields and tags are restored', () => {
    const session = startSession();
    session.send('load');
    session.send('live');
    expect(session.takeEffects().at(-1)).toEqual(['messenger-live', {}, false]);
    session.advance(2000);
    session.send('lost');
    session.send('live');
    expect(session.takeEffects().at(-1)).toEqual(['messenger-live', {}, true]);
  });

  it('gets a new tag 1.1 s after the last one at the earliest', () => {
    const session = startSession();
    session.send('load');
    session.send('lost');
    session.advance(1099);
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'messenger-lost']);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
  });

  it('is started 20 times, and then once in 30 s', () => {
    const session = startSession();
    session.send('load');
    const times = [];
    for (let losses = 0; losses < 24; losses++) {
      session.send('live');
      session.send('lost');
      const lostAtMs = session.nowMs;
      while (session.state.loadState !== 'loading') session.advance(50);
      times.push(session.nowMs - lostAtMs);
    }
    expect(times.slice(0, 20).every((waitMs) => waitMs === 1100)).toBe(true);
    // 20 × 1.1 s have passed.
    expect(times.slice(20)).toEqual([8000, 30_000, 30_000, 30_000]);
  });

  it('had no open window any more, so a push need not wait for it', () => {
    for (const end of ['lost', 'remove'] as const) {
      const session = startSession().signInAndStore();
      session.send('looked', { windowOpen: true });
      session.advance(2000);
      session.send(end);
      session.send('login');
      session.send('live');
      if (session.requestId) session.deliverToken();
      session.ask();
      session.acceptAndStore();
      session.push();
      expect(session.takeEffectTypes()).toContain('push-called');
    }
  });

  it('deletes the stored identity if it disappears during a sign-out', () => {
    const session = startSession().signInAndStore();
    session.send('logout');
    session.send('lost');
    expect(session.takeEffectTypes().slice(0, 3)).toEqual(['signed-out', 'stored-identity-deleted', 'messenger-lost']);
  });

  it('is not started if nobody has asked for it', () => {
    const session = startSession();
    session.send('lost');
    expect(session.takeEffectTypes()).toEqual([]);
  });
});
