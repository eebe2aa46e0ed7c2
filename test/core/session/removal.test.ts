// remove() takes the messenger off the page [M 76].
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
});
