// The messenger asks for a token after a 401. What it gets, and what the session does next.
import { describe, expect, it } from 'vitest';
import { createRecord } from '../../../src/core/stored-identity.js';
import { startSession } from './start-session.js';

describe('Asks of a signed-in messenger', () => {
  it('answers an ask when the renewed token arrives, and calls loginUser afterwards if that took over a second', () => {
    const session = startSession().signIn();
    session.advance(3_600_000 - 500);
    session.ask();
    session.takeEffectTypes();
    session.advance(1000);
    session.deliverToken();
    expect(session.takeEffectTypes()).toEqual(['token-received', 'renewal-planned', 'answered']);
    const late = startSession().signIn();
    late.advance(3_600_000 - 500);
    late.ask();
    late.takeEffectTypes();
    late.advance(1001);
    late.deliverToken();
    expect(late.takeEffectTypes()).toEqual(['token-received', 'renewal-planned', 'answered']);
    // The messenger's own retries with the old token must be over first.
    late.advance(549);
    expect(late.takeEffectTypes()).toEqual([]);
    late.advance(1);
    expect(late.takeEffectTypes()).toEqual(['push-called']);
  });

  it("does not call loginUser after a sleep until the messenger's own retries are over", () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(10_000);
    session.ask();
    session.deliverToken();
    session.takeEffectTypes();
    session.send('looked', { windowOpen: false });
    session.sleep(3_000_000);
    session.send('looked', {});
    expect(session.takeEffectTypes()).not.toContain('push-called');
    session.advance(1099);
    expect(session.takeEffectTypes()).not.toContain('push-called');
    session.advance(1);
    expect(session.takeEffectTypes()).toContain('push-called');
  });

  it("calls loginUser at once after a sleep if the messenger's own retries were over before", () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(10_000);
    session.ask();
    session.deliverToken();
    session.advance(5000);
    session.look();
    session.takeEffectTypes();
    session.sleep(3_000_000);
    session.send('looked', { windowOpen: false });
    expect(session.takeEffectTypes()).toContain('push-called');
  });

  it('calls loginUser after a late answer, too, if the window was open, as soon as it is closed', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_600_000);
    session.ask();
    session.advance(451);
    session.deliverToken();
    session.advance(10_000).takeEffectTypes();
    session.send('looked', { windowOpen: false });
    expect(session.takeEffectTypes()).toEqual(['push-called']);
  });

  it('calls loginUser only if its answer came too late for the last retry of another request', () => {
    for (const waitMs of [0, 450, 451]) {
      const session = startSession().signIn();
      session.advance(3_600_000);
      session.ask();
      session.advance(waitMs);
      session.deliverToken();
      session.takeEffectTypes();
      session.advance(10_000);
      expect(session.takeEffectTypes()).toEqual(waitMs > 450 ? ['push-called'] : []);
    }
  });

  it('answers with nothing after tokenTimeoutMs', () => {
    const session = startSession().signIn();
    session.advance(3_599_500);
    session.takeEffectTypes();
    session.ask();
    session.advance(8999);
    expect(session.takeEffectTypes()).not.toContain('answered');
    session.advance(1);
    expect(session.takeEffects()).toContainEqual(['answered', { withToken: false }, undefined]);
  });

  it('takes one ask after a push to be about the previous token, and a second one to be about the pushed token', () => {
    const session = startSession().signIn();
    session.advance(3_000_000);
    const text = session.mint();
    session.push(text).accept();
    session.takeEffectTypes();
    session.advance(4999);
    session.ask();
    expect(session.takeEffects()).toContainEqual(['answered', { withToken: true }, text]);
    session.advance(100);
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes()).toContain('token-refused');
    const later = startSession().signIn();
    later.advance(3_000_000);
    later.push().accept();
    later.advance(5000);
    later.takeEffectTypes();
    later.ask();
    expect(later.takeEffectTypes()).toContain('token-refused');
  });

  it('does not take an ask about an expired token as a refusal of the token that is being pushed', () => {
    const session = startSession().signIn();
    session.send('woke', 'hidden', false);
    session.advance(7_200_000);
    session.send('woke', 'visible', false);
    session.deliverToken();
    expect(session.takeEffectTypes().at(-1)).toBe('push-called');
    session.ask();
    const text = session.state.handed!.raw;
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffects()).toEqual([
      ['asked', {}],
      ['answered', { withToken: true }, text],
    ]);
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked']);
    expect(session.state.isSuspected).toBe(true);
  });

  it('does not answer with a token in memory that has expired', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_000_000);
    session.deliverToken();
    session.send('woke', 'hidden', false);
    session.advance(7_200_000);
    session.takeEffectTypes();
    session.ask();
    expect(session.takeEffectTypes()).toEqual(['asked', 'token-requested']);
  });

  it('restores what the page had set after an ask that got no answer', () => {
    const session = startSession().signIn();
    session.advance(3_600_000);
    session.ask();
    session.advance(9000);
    session.advance(2000);
    session.deliverTokenAndAsk();
    session.takeEffectTypes();
    session.accept();
    expect(session.takeEffects()).toEqual([['login-accepted', {}, true, createRecord({}, 'ada')]]);
  });

  it('does not wait for the window again after an ask that got no answer, although a late answer follows', () => {
    const session = startSession().signIn();
    session.send('looked', { windowOpen: true });
    session.advance(3_600_000);
    session.ask();
    session.advance(9000);
    expect(session.state.repair).toBe('now');
    session.awaitRequest().ask();
    session.advance(500);
    session.deliverToken();
    expect(session.state.repair).toBe('now');
  });
});
