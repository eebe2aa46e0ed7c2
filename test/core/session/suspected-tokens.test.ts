// A token is suspected when the messenger asks for another one before Zendesk has answered the login.
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, startSession } from './start-session.js';

describe('A suspected token', () => {
  it('counts the first ask after the sign-in as a refusal if the login had asked for the token already', () => {
    const session = startSession().signIn();
    session.advance(100);
    session.ask();
    expect(session.takeEffectTypes()).toContain('token-refused');
  });

  it('does not request a third token in one login, because two are enough for an answer from Zendesk', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.advance(1100);
    session.ask();
    session.deliverToken();
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked', 'answered']);
  });

  it('does not request a third token when the token after a refused one is suspected', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('401: x');
    session.advance(1100);
    session.deliverTokenAndAsk();
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked', 'answered']);
  });

  it("waits for Zendesk's answer if the endpoint has no better token", () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.advance(1100);
    session.ask();
    session.deliverToken('x');
    session.advance(1100);
    session.takeEffectTypes();
    session.deliverToken('x');
    expect(session.takeEffectTypes()).toEqual(['token-failed', 'answered']);
    session.advance(5000);
    expect(session.takeEffectTypes()).toEqual([]);
    session.accept();
    expect(session.state.status).toBe('signed-in');
  });

  it.each([
    [5000, ['asked', 'answered', 'token-refused', 'explanation-requested']],
    [5001, ['asked', 'token-refused', 'token-requested']],
  ])('reacts to an ask %i ms after it handed over the token after a refused one with %j', (waitMs, done) => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(10_000);
    session.ask();
    session.deliverToken();
    session.advance(waitMs);
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes().sort()).toEqual([...done].sort());
  });

  it('is not handed over again if its push had no verdict, and the session then asks for another one, too', () => {
    const session = startSession().signIn();
    session.push();
    session.advance(1000);
    // The session's token and the pushed one have been revoked: the ask is about one of them.
    session.ask();
    session.deliverToken();
    session.reject('network');
    session.awaitCall().ask();
    session.reject('network');
    session.advance(100);
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked', 'token-refused', 'token-requested']);
  });

  it('calls loginUser five seconds after it handed over a pushed token again', () => {
    const session = startSession().signIn();
    session.push().accept();
    session.advance(1000);
    session.ask();
    session.takeEffectTypes();
    session.advance(4999);
    expect(session.takeEffectTypes()).toEqual([]);
    session.advance(1);
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it('does not count a renewal during a slow login as a request that follows a refusal', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('401: x');
    session.advance(1100);
    const { followUpsMs } = session.state;
    expect(followUpsMs).toBe(session.nowMs + MINUTE_MS);
    session.deliverToken(session.mint(10));
    session.takeEffectTypes();
    session.advance(6000);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    expect(session.state.followUpsMs).toBe(followUpsMs);
  });
});
