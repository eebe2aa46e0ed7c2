// The messenger's frame has disappeared: a script has replaced the body, or a router has [M 74-77].
import { describe, expect, it } from 'vitest';
import { startSession } from './start-session.js';

describe('A messenger that has disappeared', () => {
  it('is started again, and the visitor is signed in with the token in hand', () => {
    const session = startSession().signInAndStore();
    session.advance(2000);
    session.send('lost');
    expect(session.takeEffectTypes()).toEqual(['messenger-lost', 'load-requested']);
    expect(session.state).toMatchObject({ status: 'signing-in', user: undefined });
    session.send('live');
    expect(session.takeEffects()).toEqual([
      ['messenger-live', {}, true],
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

  it('gets a new tag 1.11 s after the last one at the earliest', () => {
    const session = startSession();
    session.send('load');
    session.send('lost');
    session.advance(1109);
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'messenger-lost']);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
  });

  it('is started ever more slowly if it is lost again and again', () => {
    const session = startSession();
    session.send('load');
    const times = [];
    for (let losses = 0; losses < 40; losses++) {
      session.send('live');
      session.send('lost');
      const lostAtMs = session.nowMs;
      while (session.state.loadState !== 'started') session.advance(10);
      times.push(session.nowMs - lostAtMs);
    }
    expect([times[0], times[9], times[31], times[39]]).toEqual([1110, 2100, 11_340, 17_100]);
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

  it('is not started if nobody has asked for it', () => {
    const session = startSession();
    session.send('lost');
    expect(session.takeEffectTypes()).toEqual([]);
  });
});
