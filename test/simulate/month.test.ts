// One tab in 30 days, with nights, failures and a daily outage.
import { expect, it } from 'vitest';
import { INTEGRATIONS } from '../../tools/simulate/integrations.js';
import { simulateMonth } from '../../tools/simulate/month.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../tools/simulate/world.js';

const live = (name: keyof typeof INTEGRATIONS, lifetimeMs: number) =>
  simulateMonth(INTEGRATIONS[name], lifetimeMs, 1, 0);

it.each([HOUR_MS, DAY_MS])(
  'with tokens of %i ms the visitor stays signed in, and there is always a valid token',
  (lifetimeMs) => {
    const { withToken, signedIn, signOuts, requests, least } = live('this library', lifetimeMs);
    expect(signOuts).toBe(0);
    expect(withToken).toBeGreaterThan(0.9999);
    expect(signedIn).toBeGreaterThan(0.9999);
    expect(requests).toBeGreaterThanOrEqual(least);
    expect(requests / least).toBeLessThan(1.5);
  },
);

it('with tokens of five minutes only the outage leaves the visitor without a token', () => {
  const { withToken, signedIn } = live('this library', 5 * MINUTE_MS);
  // Ten minutes in ten hours are 1.7 %.
  expect(withToken).toBeGreaterThan(0.983);
  expect(signedIn).toBeGreaterThan(0.983);
});

it('integrations written by hand lose the sign-in silently, again and again', () => {
  expect(live('one token for ever', HOUR_MS).signOuts).toBeGreaterThan(25);
  expect(live('fetched when asked', HOUR_MS).signOuts).toBeGreaterThan(2);
});
