// Chromium loads some pages before a visitor comes to them [M 82].
import { expect, it } from 'vitest';
import { startSession } from './start-session.js';

it('does nothing on a prerendered page until a visitor comes, and then everything', () => {
  for (const page of ['visible', 'hidden'] as const) {
    const session = startSession();
    session.send('woke', 'prerendered', false);
    session.send('login');
    session.advance(3_600_000);
    expect(session.takeEffectTypes()).toEqual([]);
    expect(session.state).toMatchObject({ status: 'signing-in', loadState: 'requested' });
    session.send('woke', page, false);
    expect(session.takeEffectTypes()).toEqual(['load-requested', 'token-requested']);
  }
});

it('puts no tag on a prerendered page for load() alone', () => {
  const session = startSession();
  session.send('woke', 'prerendered', false);
  session.send('load');
  session.advance(3_600_000);
  expect(session.takeEffectTypes()).toEqual([]);
  session.send('woke', 'visible', false);
  expect(session.takeEffectTypes()).toEqual(['load-requested']);
});
