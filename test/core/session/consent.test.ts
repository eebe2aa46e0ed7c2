// Without consent nothing is loaded, requested or signed in [M 66-68].
import { describe, expect, it } from 'vitest';
import { LIMITS, MINUTE_MS, startSession } from './start-session.js';

const PENDING = { ...LIMITS, consent: 'pending' } as const;
const DAY_MS = 86_400_000;

describe('Before the consent', () => {
  it('login() does nothing, until the visitor consents', () => {
    const session = startSession(PENDING);
    session.send('login');
    session.send('woke', 'visible', true);
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state).toMatchObject({ status: 'signed-out', wish: 'waiting', loadState: 'requested' });
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'load-requested', 'token-requested']);
    expect(session.state.status).toBe('signing-in');
  });

  it('load() does nothing, and then loads without a sign-in', () => {
    const session = startSession(PENDING);
    session.send('load');
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'load-requested']);
  });

  it('a consent tool that reports it before load() and login() loads nothing', () => {
    const session = startSession(PENDING);
    session.send('setConsent', true);
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual(['consent-given']);
    session.send('load');
    expect(session.takeEffectTypes()).toEqual(['load-requested']);
  });

  it('a messenger that the page has started itself signs nobody in', () => {
    const session = startSession(PENDING);
    session.beginSignIn();
    expect(session.takeEffectTypes()).toEqual(['messenger-live']);
  });

  it('logout() and remove() end the wait', () => {
    for (const end of ['logout', 'remove'] as const) {
      const session = startSession(PENDING);
      session.send('login');
      session.send(end);
      session.takeEffectTypes();
      session.send('setConsent', true);
      expect(session.takeEffectTypes()).not.toContain('token-requested');
      expect(session.state.status).toBe('signed-out');
    }
  });

  it('a refusal only confirms what is', () => {
    const session = startSession(PENDING);
    session.send('login');
    session.send('setConsent', false);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.wish).toBe('waiting');
  });
});

describe('A withdrawn consent', () => {
  it('ends the session: nothing is requested or renewed, and an ask gets no token', () => {
    const session = startSession().signInAndStore();
    session.send('setConsent', false);
    expect(session.takeEffectTypes()).toEqual(['consent-withdrawn']);
    expect(session.state).toMatchObject({ status: 'signed-out', user: undefined, held: undefined, wish: 'waiting' });
    session.store({});
    session.advance(DAY_MS);
    session.send('woke', 'hidden', false);
    session.send('woke', 'visible', true);
    session.send('login');
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual([]);
    session.send('asked', 2);
    expect(session.takeEffects()[1]).toEqual(['answered', { withToken: false }, undefined]);
  });

  it('cancels the request and answers the ask that are open', () => {
    const session = startSession().signInAndStore().advance(3_000_000);
    session.ask();
    session.takeEffectTypes();
    session.send('setConsent', false);
    expect(session.takeEffectTypes()).toEqual(['answered', 'token-cancelled', 'consent-withdrawn']);
  });

  it('during a login makes its verdict count for nothing [M 68]', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    const { loginId } = session;
    session.send('setConsent', false);
    session.takeEffectTypes();
    session.send('answered', loginId, '');
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-out');
  });

  it('ends the retries of a failing sign-in', () => {
    const session = startSession().beginSignIn();
    session.failRequest();
    session.send('setConsent', false);
    session.takeEffectTypes();
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('keeps a messenger that has disappeared off the page', () => {
    const session = startSession().signInAndStore();
    session.send('setConsent', false);
    session.send('lost');
    session.advance(DAY_MS);
    expect(session.takeEffectTypes()).toEqual(['consent-withdrawn', 'messenger-lost']);
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'load-requested', 'token-requested']);
  });

  it('that is given again signs in with a new token, if the site still wants somebody signed in', () => {
    const session = startSession().signInAndStore();
    session.send('setConsent', false);
    session.store({});
    session.takeEffectTypes();
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'token-requested']);
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('login-called');
    session.send('logout');
    session.send('setConsent', false);
    session.takeEffectTypes();
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given']);
  });

  it('that is given again loads the messenger again if that has failed before', () => {
    const session = startSession();
    session.send('login');
    session.send('loadFailed', 'key_conflict');
    session.send('setConsent', false);
    session.advance(2000);
    session.takeEffectTypes();
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'load-requested', 'token-requested']);
    expect(session.state).toMatchObject({ status: 'signing-in', loadError: undefined });
  });

  it('that is given again although it was never withdrawn changes nothing [M 69]', () => {
    const session = startSession().signInAndStore();
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-in');
  });
});

describe('A sign-in that has failed', () => {
  it('is tried again when the consent is withdrawn and given', () => {
    const session = startSession().beginSignIn();
    session.deliverToken('no token');
    session.deliverToken('no token');
    expect(session.state).toMatchObject({ wish: undefined, failure: { code: 'token_malformed' } });
    session.send('setConsent', false);
    expect(session.state).toMatchObject({ status: 'signed-out', wish: 'waiting' });
    session.advance(MINUTE_MS).takeEffectTypes();
    session.send('setConsent', true);
    expect(session.takeEffectTypes()).toEqual(['consent-given', 'token-requested']);
  });
});
