// A page load with an identity that an earlier page has left in the browser. `loginUser` would send it to Zendesk, even
// for another user [M 46].
import { describe, expect, it } from 'vitest';
import { createRecord, type StoredIdentity } from '../../../src/core/stored-identity.js';
import { startSession } from './start-session.js';

/** A page that loads with this identity. The messenger is live, and Ada's token arrives. */
function startPage(stored: StoredIdentity) {
  const session = startSession();
  session.store(stored);
  session.beginSignIn().takeEffectTypes();
  session.deliverToken();
  return session;
}

const leftBy = (user: string, storedId = `au-${user}`) => ({ storedId, record: createRecord({ storedId }, user) });

describe('A page load', () => {
  it.each([
    ['nothing stored', {}],
    ["the same user's identity", leftBy('ada')],
    ["an anonymous visitor's identity", { storedId: 'au-1', isAnonymous: true }],
    [
      "an anonymous visitor's identity that has replaced another user's",
      { storedId: 'au-1', isAnonymous: true, record: leftBy('bob').record },
    ],
    ['only a record of the same user, in a build with other names', { record: createRecord({}, 'ada') }],
  ])('with %s calls loginUser at once', (_, stored) => {
    expect(startPage(stored).takeEffectTypes()).toEqual(['token-received', 'renewal-planned', 'login-called']);
  });

  it.each<[string, StoredIdentity]>([
    ["another user's identity", leftBy('bob')],
    ['an identity without a record', { storedId: 'au-ada' }],
    ['a record that belongs to another identity', { storedId: 'au-2', record: leftBy('ada').record }],
  ])('with %s signs that out first, and signs in as soon as it is gone', (_, stored) => {
    const session = startPage(stored);
    expect(session.takeEffects().slice(2)).toEqual([['signed-out', {}, false, false]]);
    expect(session.state.status).toBe('signing-in');
    const { nowMs } = session;
    session.store({});
    session.look();
    expect(session.takeEffectTypes()).toEqual(['sign-out-completed', 'login-called']);
    expect(session.nowMs).toBe(nowMs);
    session.ask();
    session.acceptAndStore();
    expect(session.state).toMatchObject({ status: 'signed-in', user: 'ada', ownId: 'au-ada' });
  });

  // The endpoint answers for another user before the first login has succeeded: nobody was signed in on this page.
  it.each(['Not latest request', '503: Service Unavailable', 'Unknown error'])(
    "with the same user's identity, whose login ends with %s, signs that out before the next user",
    (reason) => {
      const session = startSession();
      session.storeUser('ada');
      // A slow answer: the next token is requested together with the login.
      session.beginSignIn().advance(7000).deliverTokenAndAsk(session.mint(10));
      session.reject(reason);
      session.takeEffectTypes();
      session.deliverToken(session.mint(3600, 'bob'));
      session.advance(2000);
      const effects = session.takeEffectTypes();
      expect(effects).toContain('signed-out');
      expect(effects).not.toContain('login-called');
      session.store({});
      session.look();
      expect(session.takeEffectTypes()).toContain('login-called');
    },
  );

  it('waits for the messenger with the sign-out, and does not request a token later than usual', () => {
    const session = startSession();
    session.storeUser('bob');
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'token-requested']);
    session.deliverToken();
    expect(session.takeEffectTypes()).not.toContain('signed-out');
    session.send('live');
    expect(session.takeEffectTypes()).toEqual(['messenger-live', 'signed-out']);
  });

  it("with another user's record of a build with other names signs out first, in the same step", () => {
    const session = startPage({ record: createRecord({}, 'bob') });
    const done = ['signed-out', 'sign-out-completed', 'login-called'];
    expect(session.takeEffectTypes().slice(2)).toEqual(done);
  });

  it('with the record of a user who has signed in since the last sign-out signs out again', () => {
    const session = startPage({});
    session.ask();
    session.send('logout');
    session.send('login');
    session.store({ record: createRecord({}, 'ada') });
    session.deliverTokenAndAsk(session.awaitRequest().mint(3599));
    session.accept();
    session.send('remove');
    session.send('login');
    session.send('live');
    session.takeEffectTypes();
    session.deliverToken(session.mint(3600, 'bob'));
    expect(session.takeEffectTypes()).toContain('signed-out');
  });

  it.each(['before', 'after'])('signs a user of an earlier page out if nobody is signed in, %s it is live', (when) => {
    const session = startSession();
    session.storeUser('ada');
    session.send('login');
    if (when === 'after') session.send('live');
    session.takeEffectTypes();
    session.deliverToken(null);
    expect(session.takeEffectTypes()).toEqual(['token-absent', 'signed-out']);
    expect(session.state.status).toBe('signed-out');
  });

  it('leaves an anonymous visitor alone if nobody is signed in to the site [M 34]', () => {
    const session = startSession();
    session.store({ storedId: 'au-1', isAnonymous: true });
    session.beginSignIn().takeEffectTypes();
    session.deliverToken(null);
    expect(session.takeEffectTypes()).toEqual(['token-absent']);
  });

  it('repeats a login of the same user without a sign-out', () => {
    const session = startPage(leftBy('ada'));
    session.ask();
    session.reject('Unknown error');
    session.takeEffectTypes();
    session.awaitCall();
    expect(session.takeEffectTypes()).toEqual(['login-called']);
  });
});
