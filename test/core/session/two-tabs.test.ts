// Two tabs share one storage. Each has a site session with another user, so each sign-in ends the one of the other tab.
import { expect, it } from 'vitest';
import { createRecord, type StoredIdentity } from '../../../src/core/stored-identity.js';
import { LIMITS, MINUTE_MS, startSession } from './start-session.js';

/** The tabs with these users, their messengers and endpoints. Returns how often each effect occurred in each minute. */
function live(users: readonly string[], minutes: number) {
  let stored: StoredIdentity = {};
  const counts = Array.from({ length: minutes }, () => ({ logins: 0, requests: 0, restarts: 0 }));
  const tabs = users.map((user, index) => ({ user, session: startSession(LIMITS, 0.4 + index / 10) }));
  const startMs = tabs[0]!.session.nowMs;
  const store = (identity: StoredIdentity) => {
    stored = identity;
    // The browser tells the other tabs.
    for (const { session } of tabs) {
      session.store(stored);
      session.look();
    }
  };
  const perform = ({ user, session }: (typeof tabs)[number], type: string) => {
    const count = counts[Math.floor((session.nowMs - startMs) / MINUTE_MS)];
    if (type === 'load-requested') session.send('live');
    if (type === 'token-requested') session.deliverToken(session.mint(3600, user));
    if (type === 'login-called') {
      session.ask();
      const storedId = `au-${user}`;
      store({ storedId });
      session.accept();
      store({ storedId, record: createRecord({ storedId }, user) });
    }
    if (type === 'signed-out') store({});
    if (!count) return;
    count.logins += Number(type === 'login-called');
    count.requests += Number(type === 'token-requested');
    count.restarts += Number(type === 'messenger-lost');
  };
  tabs.forEach(({ session }) => session.send('login'));
  for (let atMs = 0; atMs < minutes * MINUTE_MS; atMs += 50)
    for (const tab of tabs) {
      tab.session.advance(50);
      for (let types; (types = tab.session.takeEffectTypes()).length > 0;) types.forEach((type) => perform(tab, type));
    }
  return { counts, statuses: tabs.map(({ session }) => session.state.status) };
}

it('two tabs with two users do not sign each other out without a pause', () => {
  const { counts } = live(['ada', 'bob'], 10);
  const [first, ...later] = counts;
  expect(first!.logins).toBeLessThan(20);
  for (const { logins, requests } of later) {
    expect(logins).toBeGreaterThan(0);
    expect(logins).toBeLessThan(9);
    expect(requests).toBeLessThan(9);
  }
});

it('two tabs with the same user leave each other alone', () => {
  const { counts, statuses } = live(['ada', 'ada'], 3);
  expect(statuses).toEqual(['signed-in', 'signed-in']);
  expect(counts[0]).toEqual({ logins: 2, requests: 2, restarts: 0 });
  expect(counts.slice(1)).toEqual([1, 2].map(() => ({ logins: 0, requests: 0, restarts: 0 })));
});
