// Eight hours of outage: no tab makes more than 100 requests, whatever fails and whatever happens meanwhile. Token requests,
// script tags and `loginUser` calls count together.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type OutageScenario, simulateOutage } from '../../tools/simulate/outage.js';
import { RESULTS, type Results } from '../../tools/simulate/results.js';
import { OUTAGE_TABS, OUTAGES } from '../../tools/simulate/scenarios.js';
import { HOUR_MS, MINUTE_MS } from '../../tools/simulate/world.js';

const MOST = 100;

const failing: readonly Partial<OutageScenario>[] = [
  ...(['fails', 'hangs', 'page', 'refuses'] as const).map((endpoint) => ({ endpoint })),
  ...(['fails', 'limits', 'hangs', 'blocked', 'silent'] as const).map((zendesk) => ({ zendesk })),
  { endpoint: 'fails', zendesk: 'blocked' },
  { endpoint: 'hangs', zendesk: 'fails' },
];
const meanwhile: readonly Partial<OutageScenario>[] = [
  {},
  { isHidden: true },
  ...(['return', 'online', 'ask', 'otherTab', 'window'] as const).map((everyMinute) => ({ everyMinute })),
  { isImpatient: true },
];

const count = (scenario: OutageScenario, stream = 0) => {
  const { tokens, scripts, logins } = simulateOutage(scenario, 1, stream);
  return tokens + scripts + logins;
};

describe.each(failing)('with %o', (fails) => {
  it.each(meanwhile)('and %o, a tab makes at most 100 requests', (happens) => {
    for (const lifetimeMs of [5 * MINUTE_MS, HOUR_MS]) {
      for (const isNew of [true, false])
        expect(count({ ...fails, ...happens, lifetimeMs, isNew }), JSON.stringify({ lifetimeMs, isNew })).toBeLessThan(
          MOST,
        );
    }
  });
});

it('without anything that ends the back-off, a tab tries so rarely that the limit does not matter', () => {
  for (const fails of [{ endpoint: 'fails' }, { zendesk: 'fails' }, { zendesk: 'blocked' }] as const) {
    for (let stream = 0; stream < 10; stream++) {
      const { tokens, scripts, logins } = simulateOutage({ lifetimeMs: HOUR_MS, isNew: true, ...fails }, 1, stream);
      const most = Math.max(tokens, scripts, logins);
      expect(most).toBeGreaterThan(40);
      expect(most).toBeLessThan(90);
    }
  }
});

describe.each([2, 9, 60])('with tokens of %i minutes', (minutes) => {
  it.each<Partial<OutageScenario>>([
    { endpoint: 'fails' },
    { endpoint: 'fails', everyMinute: 'return' },
    { endpoint: 'fails', isImpatient: true },
    { zendesk: 'fails' },
    { zendesk: 'fails', everyMinute: 'return' },
    { zendesk: 'blocked', everyMinute: 'return' },
    { zendesk: 'blocked', isImpatient: true },
    { endpoint: 'hangs', zendesk: 'fails', everyMinute: 'online' },
  ])('the visitor is signed in within 21 minutes after %o', (scenario) => {
    for (const isNew of [true, false]) {
      for (let stream = 0; stream < 3; stream++) {
        const { recoveryMs } = simulateOutage({ ...scenario, isNew, lifetimeMs: minutes * MINUTE_MS }, 1, stream);
        expect(recoveryMs, JSON.stringify({ isNew, stream })).toBeLessThan(21 * MINUTE_MS);
      }
    }
  });
});

it('the table has the most requests of any tab, and none is above 100', () => {
  const { outages } = JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  expect(outages).toHaveLength(OUTAGES.length);
  expect(OUTAGE_TABS).toBeGreaterThan(20);
  for (const { tokens, scripts, logins, all } of outages) {
    expect(all).toBeLessThan(MOST);
    expect(Math.max(tokens, scripts, logins)).toBeLessThanOrEqual(all);
  }
  // A hidden tab may need nothing.
  expect(Math.max(...outages.map(({ all }) => all))).toBeGreaterThan(MOST / 2);
});
