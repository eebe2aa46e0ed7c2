// A hidden tab makes no requests that can wait until it is visible.
import { describe, expect, it } from 'vitest';
import { LIMITS, startSession } from './start-session.js';

describe('A hidden tab', () => {
  it('does not renew until the tab is visible again, unless refreshWhenHidden is set', () => {
    const session = startSession().signIn();
    session.send('woke', true, false);
    session.advance(3_500_000);
    expect(session.takeActionTypes()).toEqual([]);
    session.send('woke', false, false);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
    const going = startSession({ ...LIMITS, refreshWhenHidden: true }).signIn();
    going.send('woke', true, false);
    going.advance(2_100_000);
    expect(going.takeActionTypes()).toEqual(['token-requested']);
  });

  it('signs in and keeps trying until three requests have failed, then waits until the tab is visible', () => {
    const session = startSession();
    session.send('woke', true, false);
    session.send('login');
    session.send('live');
    session.takeActionTypes();
    session.deliverTokenAndAsk();
    session.reject('401: x');
    session.takeActionTypes();
    session.advance(1100);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
    session.failFetch();
    session.advance(1100);
    session.failFetch();
    session.advance(2000);
    session.takeActionTypes();
    session.failFetch();
    session.advance(3_600_000);
    expect(session.takeActionTypes()).toEqual(['token-failed']);
    session.send('woke', false, false);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
  });

  it('renews for an ask, and for a login() after the token has expired', () => {
    const hide = () => {
      const session = startSession().signIn();
      session.send('woke', true, false);
      return session;
    };
    const good = hide();
    good.send('login');
    good.advance(3_600_000);
    expect(good.takeActionTypes()).toEqual([]);
    good.ask();
    expect(good.takeActions()[1]).toEqual(['token-requested', { reason: 'renewal' }, good.state.fetchId, 'renewal']);
    const over = hide();
    over.advance(7_200_000);
    expect(over.takeActionTypes()).toEqual([]);
    over.send('login');
    expect(over.takeActionTypes()).toEqual(['token-requested']);
    const asleep = hide();
    asleep.sleep(7_200_000);
    asleep.send('login');
    expect(asleep.takeActionTypes()).toEqual(['token-requested']);
  });

  it('retries a failed renewal at once when the tab is visible again', () => {
    const session = startSession().signIn();
    session.advance(3_002_000);
    session.failFetch();
    session.takeActionTypes();
    session.send('woke', true, false);
    expect(session.takeActionTypes()).toEqual([]);
    session.send('woke', false, false);
    expect(session.takeActionTypes()).toEqual(['token-requested']);
  });
});
