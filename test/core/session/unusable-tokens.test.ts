// Tokens that the session never sends: they cannot succeed.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { codeOf, MINUTE_MS, START_MS, startSession } from './start-session.js';

describe('An unusable token', () => {
  const BAD = [
    [7, 'token_not_string'],
    ['x', 'token_malformed'],
  ] as const;

  it.each(BAD)(
    'such as %j causes one more request and an explanation by the doctor, and then fails with %s',
    (value, code) => {
      const session = startSession().beginSignIn();
      session.takeEffectTypes();
      session.deliverToken(value);
      expect(session.takeEffects()).toEqual([['token-failed', { code, retryAtMs: START_MS + 1100 }]]);
      session.advance(1100);
      expect(session.takeEffectTypes()).toEqual(['token-requested']);
      session.deliverToken(value);
      expect(session.state.status).toBe('signing-in');
      const [failed, requested] = session.takeEffects();
      expect(failed).toEqual(['token-failed', { code, retryAtMs: undefined }]);
      expect(requested).toEqual(['explanation-requested', {}, session.state.failure, [code, value], undefined]);
      const explained = new MessengerAuthError(code, '', undefined, ['Explained', 'Do it'], []);
      session.send('explained', new MessengerAuthError(code), explained);
      expect(session.state.status).toBe('signing-in');
      session.send('explained', session.state.failure!, explained);
      expect(session.state).toMatchObject({ status: 'failed', failure: explained });
      session.advance(MINUTE_MS);
      expect(session.takeEffectTypes()).toEqual([]);
    },
  );

  it('fails without an explanation if the doctor takes five seconds', () => {
    const session = startSession();
    session.send('login');
    session.deliverToken('x');
    session.advance(1100);
    session.deliverToken('x');
    session.advance(4999);
    expect(session.state.status).toBe('signing-in');
    // Another login() shares the attempt.
    session.send('login');
    expect(session.state.status).toBe('signing-in');
    session.takeEffectTypes();
    session.advance(1);
    expect(session.state.status).toBe('failed');
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('looked', {});
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('starts a new sign-in at a login() right after those five seconds', () => {
    const session = startSession();
    session.send('login');
    session.deliverToken('x');
    session.advance(1100);
    session.deliverToken('x');
    session.advance(5000);
    session.takeEffectTypes();
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    expect(session.state.status).toBe('signing-in');
  });

  it('treats an expired token, and the same token again at a renewal, as unusable', () => {
    const session = startSession().beginSignIn();
    session.takeEffectTypes();
    session.deliverToken(session.mint(-10));
    expect(session.takeEffects()[0]).toMatchObject(['token-failed', { code: 'token_expired' }]);
    const signedIn = startSession();
    const text = signedIn.mint();
    signedIn.signIn(text);
    signedIn.awaitRequest().takeEffectTypes();
    signedIn.deliverToken(text);
    expect(signedIn.takeEffects()[0]).toMatchObject(['token-failed', { code: 'token_repeated' }]);
    expect(signedIn.state.status).toBe('signed-in');
  });

  it('keeps the good token while the endpoint returns unusable ones', () => {
    const session = startSession().signIn();
    session.advance(3_000_000);
    for (const waitMs of [1100, 2000, 4000]) {
      session.deliverToken('x');
      expect(session.state).toMatchObject({ status: 'signed-in', wish: 'signed-in' });
      session.advance(waitMs);
    }
  });

  it('explains an unusable token after a refusal, and keeps the explanation until another failure replaces it', () => {
    const session = startSession().signIn();
    session.advance(10_000);
    session.ask();
    for (const waitMs of [1100, 2000]) {
      session.deliverToken('x');
      session.advance(waitMs);
    }
    session.takeEffectTypes();
    session.deliverToken('x');
    const asked = session.takeEffects().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['token_malformed', 'x']);
    // The explained error stays until a different failure replaces it.
    const explained = new MessengerAuthError('token_malformed', '', undefined, ['Explained', 'Do it'], []);
    session.send('explained', session.state.failure!, explained);
    expect(session.state).toMatchObject({ status: 'failed', failure: explained });
    session.advance(4000);
    session.deliverToken('x');
    expect(session.state.failure).toBe(explained);
    session.advance(8000);
    session.deliverToken(7);
    expect(codeOf(session.state.failure)).toBe('token_not_string');
  });
});
