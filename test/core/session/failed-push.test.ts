// A renewed token is pushed with `loginUser`, and the push fails. Newer builds then have nobody [M 25].
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { LIMITS, startSession } from './start-session.js';

function push(random = 0.5) {
  const session = startSession(LIMITS, random).signInAndStore().push();
  session.takeEffectTypes();
  return session;
}

/** After a 4xx, all builds have nobody. After other failures, older builds continue. */
const isSignedOut = (reason: string) => reason.startsWith('4');
const REASONS = ['399: x', '400: x', '429: Too Many Requests', '499: x', '500: x', '503: x', 'Unknown error'];

describe.each(REASONS)('A push that ends in "%s"', (reason) => {
  it('is a lost session, and the same token is handed over with another login', () => {
    const session = push();
    const text = session.state.held!.raw;
    session.reject(reason);
    expect(session.takeEffectTypes()).toEqual(['login-rejected']);
    expect(session.state).toMatchObject({ status: 'signing-in', presence: 'maybe-in', repair: 'now' });
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual([isSignedOut(reason) ? 'login-called' : 'push-called']);
    session.ask();
    expect(session.takeEffects()[1]).toEqual(['answered', { withToken: true }, text]);
    session.accept();
    expect(session.state.status).toBe('signed-in');
  });

  it('is repeated although the window is open, because it belongs to nobody then', () => {
    const session = push();
    session.send('looked', { windowOpen: true });
    session.reject(reason);
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual(['login-rejected', isSignedOut(reason) ? 'login-called' : 'push-called']);
  });
});

describe('A failed push', () => {
  it('is repeated after 1, 2 and 4 s on average, and later after half a minute at most', () => {
    const session = push();
    const waits = [];
    for (let tries = 0; tries < 6; tries++) {
      session.reject('500: x');
      const failedAtMs = session.nowMs;
      session.awaitCall().ask();
      waits.push(session.nowMs - failedAtMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
    // The third failure is visible, and the retries continue.
    expect(session.state.status).toBe('failed');
    session.accept();
    expect(session.state).toMatchObject({ status: 'signed-in', failures: 0 });
  });

  it('does not sign anybody out: the next login merges what was written meanwhile', () => {
    const session = push();
    session.reject('500: x');
    session.takeEffectTypes();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.look();
    expect(session.takeEffectTypes()).toEqual([]);
    session.awaitCall();
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it('wipes what was written meanwhile if the user has signed out of the site: the next user would get it', () => {
    const session = push();
    session.reject('500: x');
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toContain('signed-out');
  });

  it('signs out if the key is still the one of the user and nobody is signed in to the site any more', () => {
    const session = push();
    session.reject('500: x');
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toContain('signed-out');
  });

  it('is followed by a sign-in, too, if newer builds have wiped the storage after a 429', () => {
    const session = push();
    session.store({});
    session.reject('429: Too Many Requests');
    session.advance(1000);
    expect(session.takeEffectTypes()).toEqual(['login-rejected', 'login-called']);
    session.ask();
    session.acceptAndStore();
    expect(session.state.status).toBe('signed-in');
  });

  it('leaves the token to older builds, which continue and ask for it', () => {
    const session = push();
    const text = session.state.held!.raw;
    session.reject('500: x');
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffects()).toContainEqual(['answered', { withToken: true }, text]);
  });

  it('followed by the token of another user signs out the one who may still be there', () => {
    const session = push();
    session.reject('403: x');
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    expect(session.takeEffectTypes().slice(2)).toEqual(['user-changed', 'signed-out']);
    expect(session.state.lastLogin).toBeUndefined();
  });

  it('signs out if the next login fails for good, because older builds continue with the token before', () => {
    const session = startSession().signIn().push();
    session.reject('403: x');
    session.deliverTokenAndAsk();
    session.takeEffectTypes();
    session.reject('409: x');
    expect(session.takeEffectTypes()).toContain('signed-out');
  });

  it('leaves nobody to sign out after a 401, because the messenger does that itself', () => {
    const session = startSession().signIn().push();
    session.reject('401: x');
    session.awaitRequest().takeEffectTypes();
    session.deliverToken(null);
    expect(session.takeEffectTypes()).toEqual(['token-absent']);
  });

  it('comes 2 minutes before the expiry, so there is time for retries with the token before', () => {
    const session = startSession().signInAndStore();
    const { expiryMs } = session.state.held!;
    session.push();
    expect(session.nowMs).toBe(expiryMs - 121_000);
  });

  it('comes at once if the token before has expired or is short-lived', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk(startSession().mint(60));
    session.acceptAndStore();
    session.awaitRequest().takeEffectTypes();
    session.deliverToken();
    expect(session.takeEffectTypes()).toContain('push-called');
  });
});

describe('A push during which an ask got no token', () => {
  function pushAndAsk() {
    const session = push();
    // Zendesk has refused both tokens, so there is none to answer with.
    session.ask();
    session.deliverToken();
    session.ask();
    session.takeEffectTypes();
    return session;
  }

  it('is a silent sign-out [M 27], even if it is accepted: it is repeated', () => {
    const session = pushAndAsk();
    expect(session.state.status).toBe('signing-in');
    session.accept();
    expect(session.state.status).toBe('signing-in');
    session.advance(1100);
    expect(session.takeEffectTypes()).toContain('push-called');
    session.ask();
    session.accept();
    expect(session.state.status).toBe('signed-in');
  });
});

it('A push that keeps failing does not hide that the endpoint has failed for good', () => {
  const session = push();
  while (!session.state.openRequest) {
    session.reject('500: x');
    session.awaitCall().ask();
  }
  session.send('tokenFailed', session.requestId, new MessengerAuthError('token_rejected'), Infinity);
  expect(session.state.failure).toMatchObject({ code: 'token_rejected' });
  session.reject('500: x');
  expect(session.state.failure).toMatchObject({ code: 'token_rejected' });
  session.awaitCall().ask();
  session.accept();
  expect(session.state).toMatchObject({ status: 'signed-in', failure: undefined });
});

describe('A push without a verdict', () => {
  it('may have cleared the fields and tags, so they are restored when the next one is accepted', () => {
    const session = startSession().signInAndStore().push();
    session.advance(15_000);
    session.awaitCall().ask();
    session.takeEffects();
    session.accept();
    expect(session.takeEffects()).toMatchObject([['login-accepted', {}, true, expect.anything()]]);
  });

  it('is repeated although the window is open, if the messenger had signed the visitor out before', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_600_000);
    session.ask();
    // The ask gets no token, and the endpoint has one only after that.
    session.advance(9000);
    session.deliverToken();
    session.awaitCall().ask();
    session.advance(15_000).takeEffectTypes();
    session.advance(15_000);
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });
});

describe('A push that a loginUser call of the page has superseded', () => {
  function supersede() {
    const session = startSession().signIn().push();
    session.reject('Not latest request');
    session.takeEffectTypes();
    return session;
  }

  it('leaves a session that ends when nobody is signed in to the site any more', () => {
    const session = supersede();
    session.send('setUser', '');
    expect(session.takeEffectTypes()).toContain('signed-out');
  });

  it('leaves a session that ends when the tokens are refused for good, because the page may have given a good one', () => {
    const session = supersede();
    session.ask();
    session.deliverToken();
    session.takeEffectTypes();
    session.ask();
    expect(session.state.failure).toMatchObject({ code: 'invalid_auth' });
    expect(session.takeEffectTypes()).toContain('signed-out');
  });
});
