// No tag is placed yet: a consent tool has disabled the page's own tag, or the page is still being parsed.
import { describe, expect, it } from 'vitest';
import { startSession } from './start-session.js';

const DAY_MS = 86_400_000;

function wait(reason: 'parsing' | 'parked') {
  const session = startSession();
  session.send('load');
  session.send('loadWaits', reason);
  session.takeEffectTypes();
  return session;
}

describe('A parked tag', () => {
  it('is never too late, and nothing is requested meanwhile', () => {
    const session = wait('parked');
    session.send('login');
    session.advance(DAY_MS);
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state).toMatchObject({ loadState: 'parked', status: 'signing-in' });
  });

  it('begins to count when it is enabled: the token is requested, and the time limit begins', () => {
    const session = wait('parked');
    session.send('login');
    session.advance(DAY_MS);
    session.send('tagPlaced');
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    session.advance(9999);
    expect(session.takeEffectTypes()).not.toContain('load-failed');
    session.advance(1);
    expect(session.takeEffectTypes()).toContain('load-failed');
  });
});

describe('A page that is being parsed', () => {
  it('gets its tag later, and the token is requested at once', () => {
    const session = startSession();
    session.send('login');
    session.send('loadWaits', 'parsing');
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'token-requested']);
    session.deliverToken();
    session.advance(60_000);
    expect(session.takeEffectTypes()).not.toContain('load-failed');
    session.send('tagPlaced');
    session.send('live');
    expect(session.takeEffectTypes()).toContain('login-called');
  });

  it('may have a parked tag', () => {
    const session = wait('parsing');
    session.send('loadWaits', 'parked');
    expect(session.state.loadState).toBe('parked');
  });
});

describe.each(['parsing', 'parked'] as const)('While the tag waits (%s)', (reason) => {
  it('the load can fail, for example because the tag has another key', () => {
    const session = wait(reason);
    session.send('loadFailed', 'key_conflict');
    expect(session.takeEffects()).toEqual([['load-failed', { code: 'key_conflict' }]]);
    expect(session.state.loadState).toBe('failed');
  });

  it("the page's own tag can start the messenger, and the library's tag then changes nothing", () => {
    const session = wait(reason);
    session.send('live');
    session.send('tagPlaced');
    session.send('loadWaits', reason);
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual(['messenger-live']);
    expect(session.state.loadState).toBe('live');
  });

  it('nothing comes back after remove()', () => {
    const session = wait(reason);
    session.send('remove');
    session.send('tagPlaced');
    session.send('loadWaits', reason);
    expect(session.state.loadState).toBeUndefined();
  });
});
