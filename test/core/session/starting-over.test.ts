// A site may call login() or load() again whenever a failure is reported, without any delay of its own.
import { describe, expect, it } from 'vitest';
import { startSession } from './start-session.js';

const count = (types: string[], type: string) => types.filter((one) => one === type).length;

describe('Starting over at once after every failure', () => {
  it('requests a token about once a second at most, although every request fails for good', () => {
    for (const again of [['login'], ['logout', 'login']] as const) {
      const session = startSession();
      session.send('login');
      session.send('live');
      for (let atMs = 0; atMs < 10_900; atMs += 10) {
        if (session.requestId) session.failRequest(Infinity);
        if (session.state.status === 'failed') again.forEach((call) => session.send(call));
        session.advance(10);
      }
      expect(count(session.takeEffectTypes(), 'token-requested')).toBe(10);
    }
  });

  it('requests a token about once a second at most, although Zendesk knows the e-mail under another id', () => {
    const session = startSession().beginSignIn();
    for (let atMs = 0; atMs < 10_900; atMs += 10) {
      if (session.requestId) session.deliverTokenAndAsk().reject('409: x');
      if (session.state.status === 'failed') session.send('login');
      session.advance(10);
    }
    expect(count(session.takeEffectTypes(), 'token-requested')).toBe(10);
  });

  it('puts about one tag a second on the page at most, although every script is blocked', () => {
    for (const call of ['load', 'login'] as const) {
      const session = startSession();
      session.send(call);
      for (let atMs = 0; atMs < 10_900; atMs += 10) {
        if (session.state.loadState === 'started') session.send('loadFailed', 'script_blocked');
        if (session.state.loadState === 'failed') session.send(call);
        session.advance(10);
      }
      expect(count(session.takeEffectTypes(), 'load-requested')).toBe(10);
    }
  });

  it('does not delay a sign-in after a sign-out when nothing has failed', () => {
    const session = startSession().signIn();
    session.send('logout');
    session.takeEffectTypes();
    session.send('login');
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
  });

  it('does not delay a sign-in after a sign-out when a request was open, as in a React effect with a cleanup', () => {
    const session = startSession();
    session.send('login');
    session.takeEffectTypes();
    session.send('logout');
    session.send('login');
    expect(session.takeEffectTypes()).toEqual([
      ...['token-cancelled', 'signed-out', 'sign-out-completed', 'token-requested'],
    ]);
  });

  it('requests a token about once a second at most with logout() and login() after each failed loginUser', () => {
    const session = startSession().beginSignIn();
    for (let atMs = 0; atMs < 10_900; atMs += 10) {
      if (session.requestId) {
        session.deliverTokenAndAsk().reject('500: x');
        session.send('logout');
        session.send('login');
      }
      session.advance(10);
    }
    expect(count(session.takeEffectTypes(), 'token-requested')).toBe(10);
  });
});
