// A hidden tab makes no requests that can wait until it is visible.
import { describe, expect, it } from 'vitest';
import { LIMITS, startSession } from './start-session.js';

describe('A hidden tab', () => {
  it('does not renew until the tab is visible again, unless refreshWhenHidden is set', () => {
    const session = startSession().signIn();
    session.send('woke', 'hidden', false);
    session.advance(3_500_000);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('woke', 'visible', false);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    const going = startSession({ ...LIMITS, refreshWhenHidden: true }).signIn();
    going.send('woke', 'hidden', false);
    going.advance(2_100_000);
    expect(going.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('signs in and keeps trying until three requests have failed, then waits until the tab is visible', () => {
    const session = startSession();
    session.send('woke', 'hidden', false);
    session.send('login');
    session.send('live');
    session.takeEffectTypes();
    session.deliverTokenAndAsk();
    session.reject('401: x');
    session.takeEffectTypes();
    session.advance(1100);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    session.failRequest();
    session.advance(1100);
    session.failRequest();
    session.advance(2000);
    session.takeEffectTypes();
    session.failRequest();
    session.advance(3_600_000);
    expect(session.takeEffectTypes()).toEqual(['token-failed']);
    session.send('woke', 'visible', false);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('renews for an ask, and for a login() after the token has expired', () => {
    const hide = () => {
      const session = startSession().signIn();
      session.send('woke', 'hidden', false);
      return session;
    };
    const good = hide();
    good.send('login');
    good.advance(3_600_000);
    expect(good.takeEffectTypes()).toEqual([]);
    good.ask();
    expect(good.takeEffects()[1]).toEqual(['token-requested', { reason: 'renewal' }, good.requestId, 'renewal']);
    const over = hide();
    over.advance(7_200_000);
    expect(over.takeEffectTypes()).toEqual([]);
    over.send('login');
    expect(over.takeEffectTypes()).toEqual(['token-requested']);
    const asleep = hide();
    asleep.sleep(7_200_000);
    asleep.send('login');
    expect(asleep.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('retries a failed renewal at once when the tab is visible again', () => {
    const session = startSession().signIn();
    session.awaitRequest().advance(2000);
    session.failRequest();
    session.takeEffectTypes();
    session.send('woke', 'hidden', false);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('woke', 'visible', false);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('renews for a login() during a push that fails', () => {
    const session = startSession().signIn().push();
    session.reject('500: x');
    session.send('woke', 'hidden', false);
    const { renewalMs } = session.state.held!;
    session.advance(renewalMs - 1000 - session.nowMs);
    session.reject('500: x');
    session.takeEffectTypes();
    expect(session.state.status).toBe('failed');
    session.send('login');
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual(['push-called', 'token-requested']);
  });

  it('does not retry earlier because something has happened in it', () => {
    const session = startSession();
    session.send('woke', 'hidden', false);
    session.send('login');
    session.failRequest();
    session.failRequest();
    session.advance(1500).takeEffectTypes();
    session.send('woke', 'hidden', false);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(500);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });
});
