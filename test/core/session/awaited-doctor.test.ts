// The sign-in has failed for good, and the doctor still examines the token. Until then the failure is not visible.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { codeOf, startSession } from './start-session.js';

/** The endpoint has returned two unusable tokens, and the script was blocked. */
function startBlockedFailure() {
  const session = startSession();
  session.send('login');
  session.deliverToken('x');
  session.advance(1100);
  session.deliverToken('x');
  session.send('loadFailed', 'script_blocked');
  expect(session.state).toMatchObject({ status: 'signing-in', loadState: 'failed' });
  expect(session.takeEffectTypes()).toContain('explanation-requested');
  return session;
}

describe('A failure that waits for the doctor', () => {
  it('is told to both calls of login(), and login() tries again after that', () => {
    const session = startBlockedFailure();
    session.send('login');
    expect(session.state.status).toBe('signing-in');
    const { failure: error } = session.state;
    session.send('explained', error!, new MessengerAuthError('token_malformed', '', undefined, ['So', 'Do'], []));
    expect(session.state).toMatchObject({ status: 'failed', failure: { code: 'token_malformed', findings: [] } });
    session.advance(1100);
    session.takeEffectTypes();
    session.send('login');
    expect(session.takeEffectTypes()).toContain('token-requested');
  });

  it('is told after the time limit of the doctor, although login() was called again', () => {
    const session = startBlockedFailure();
    session.send('login');
    session.advance(5000);
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('token_malformed');
  });

  it('keeps its error when load() fails in the meantime', () => {
    const session = startBlockedFailure();
    session.send('load');
    session.advance(1100);
    expect(session.takeEffectTypes()).toContain('load-requested');
    session.send('loadFailed', 'script_blocked');
    session.advance(5000);
    expect(session.state.status).toBe('failed');
    expect(codeOf(session.state.failure)).toBe('token_malformed');
  });

  it('keeps its findings when a retry fails for the same reason in the meantime', () => {
    const session = startSession().signIn(startSession().mint(60));
    for (let failures = 0; session.state.status !== 'signing-in' || failures < 3; failures++) session.deliverToken('x');
    const { failure, explanation } = session.state;
    expect(explanation).toBeDefined();
    session.send('woke', 'visible', true);
    session.deliverToken('x');
    session.send('explained', failure!, new MessengerAuthError('token_malformed', '', undefined, ['So', 'Do'], []));
    expect(session.state).toMatchObject({ status: 'failed', failure: { code: 'token_malformed', findings: [] } });
  });
});
