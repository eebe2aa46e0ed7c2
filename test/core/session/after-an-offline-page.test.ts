// A service worker answers with its offline page, twice. The endpoint itself is fine.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../../src/core/errors.js';
import { codeOf, startSession } from './start-session.js';

const EXPLAINED = new MessengerAuthError('token_malformed', '', undefined, ['It is a web page', 'Do that'], []);

function startOffline() {
  const session = startSession().beginSignIn();
  session.deliverToken('<html>offline</html>');
  session.advance(1100);
  session.deliverToken('<html>offline</html>');
  session.send('explained', session.state.failure!, EXPLAINED);
  expect(session.state.status).toBe('failed');
  session.advance(60_000);
  session.takeEffectTypes();
  return session;
}

describe('After an offline page', () => {
  it.each([
    ['the network comes back', [['visible', true]]],
    [
      'the visitor comes back',
      [
        ['hidden', false],
        ['visible', false],
      ],
    ],
  ] as const)('the visitor is signed in when %s; the failure is visible until then', (_what, signals) => {
    const session = startOffline();
    for (const [page, cameOnline] of signals) session.send('woke', page, cameOnline);
    expect(session.takeEffectTypes()).toEqual(['token-requested']);
    expect(session.state).toMatchObject({ status: 'failed', failure: EXPLAINED });
    session.deliverTokenAndAsk().accept();
    expect(session.state).toMatchObject({ status: 'signed-in', failure: undefined });
  });

  it('nothing is tried while nobody comes back, or in a hidden tab', () => {
    const session = startOffline();
    session.send('woke', 'visible', false);
    session.advance(3_600_000);
    session.send('woke', 'hidden', true);
    session.advance(3_600_000);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('the same failure keeps its findings, and is looked at again at the next return', () => {
    const session = startOffline();
    for (let returns = 0; returns < 2; returns++) {
      session.send('woke', 'visible', true);
      session.deliverToken('<html>offline</html>');
      session.advance(1100);
      session.deliverToken('<html>offline</html>');
      session.advance(60_000);
      expect(session.state).toMatchObject({ status: 'failed', failure: EXPLAINED });
      expect(session.takeEffectTypes().filter((type) => type === 'token-requested')).toHaveLength(2);
    }
    session.send('woke', 'visible', true);
    session.deliverToken(7);
    session.advance(1100);
    session.deliverToken(7);
    expect(codeOf(session.state.failure)).toBe('token_not_string');
  });

  it('a refusal before it stays final, because two refusals in a row must end a sign-in', () => {
    const session = startSession().beginSignIn().deliverTokenAndAsk();
    session.reject('401: x');
    session.deliverToken('<html>offline</html>');
    session.deliverToken('<html>offline</html>');
    expect(session.state.failure).toMatchObject({ code: 'invalid_auth', cause: { code: 'token_malformed' } });
    session.advance(60_000);
    session.takeEffectTypes();
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);
  });

  it('nobody is signed in again after logout(), or after a refusal by Zendesk', () => {
    const session = startOffline();
    session.send('logout');
    session.takeEffectTypes();
    session.send('woke', 'visible', true);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state.status).toBe('signed-out');

    const refused = startSession().beginSignIn().deliverTokenAndAsk();
    refused.reject('401: x');
    refused.deliverToken(refused.state.refused[0]);
    refused.advance(1100);
    refused.deliverToken(refused.state.refused[0]);
    expect(codeOf(refused.state.failure)).toBe('invalid_auth');
    refused.advance(60_000);
    refused.takeEffectTypes();
    refused.send('woke', 'visible', true);
    expect(refused.takeEffectTypes()).toEqual([]);
  });
});

it('a wrong clock and a look back do not end a sign-in: the second token is requested a second after the first came', () => {
  const session = startSession().beginSignIn();
  // The visitor's clock is a day ahead of the server's.
  const mint = () => {
    const iat = Math.floor(session.nowMs / 1000) - 86_400;
    return session.mint(3600, 'ada', { iat, exp: iat + 3600 });
  };
  // The endpoint takes most of a second, and signs at the end of it.
  session.advance(900);
  session.deliverToken(mint());
  expect(session.takeEffects().at(-1)).toMatchObject(['token-failed', { code: 'token_expired' }]);
  session.send('woke', 'hidden', false);
  session.send('woke', 'visible', false);
  session.advance(1099);
  expect(session.requestId).toBe(0);
  session.advance(1);
  session.deliverToken(mint());
  session.ask();
  session.accept();
  expect(session.state.status).toBe('signed-in');
});
