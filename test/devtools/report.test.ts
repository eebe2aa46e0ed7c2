// The report and the panel's words: what they say, and what they never contain.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../src/core/errors.js';
import { createObservation, observe, observeEarlier, observeSnapshot } from '../../src/devtools/observation.js';
import { createReport, type Facts } from '../../src/devtools/report.js';
import { scrub } from '../../src/devtools/scrub.js';
import * as words from '../../src/devtools/words.js';
import type { MessengerEvent, MessengerSnapshot } from '../../src/index.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const NOW_MS = 1_800_000_000_000;
const TOKEN = signToken({ external_id: 'user-17', email: 'ada@example.org' }, FAKE_ACCOUNT);
const MAIL = 'ada.lovelace@example.org';
const STORED_ID = '0123456789abcdef01234567';
const SECRETS = [TOKEN, MAIL, STORED_ID, 'user-17', `${STORED_ID}:12345`];

const SIGNED_IN: MessengerSnapshot = {
  status: 'signed-in',
  live: true,
  externalId: 'user-17',
  expiresAtMs: NOW_MS + 60_000,
  refreshAtMs: NOW_MS + 30_000,
};

function createFacts(more: Partial<Facts> = {}): Facts {
  return {
    snapshot: SIGNED_IN,
    observation: createObservation(),
    stored: { storedId: STORED_ID, isAnonymous: false, record: `${STORED_ID}:12345` },
    blocked: [],
    tabs: 1,
    build: 'B26',
    browser: 'A browser',
    secrets: new Set(['user-17', STORED_ID, `${STORED_ID}:12345`]),
    nowMs: NOW_MS,
    ...more,
  };
}

describe('createReport', () => {
  it('says what support needs to know', () => {
    const events: MessengerEvent[] = [
      { type: 'token-requested', atMs: NOW_MS - 2500, reason: 'renewal' },
      { type: 'token-received', atMs: NOW_MS - 2000, lifetimeMs: 62_500 },
      { type: 'asked', atMs: NOW_MS - 1500 },
    ];
    const observation = events.reduce(observe, createObservation());
    expect(createReport(createFacts({ observation })).split('\n').slice(2)).toEqual([
      'Library: __VERSION__',
      'Messenger: live, build B26',
      'Browser: A browser',
      'Status: Signed in',
      'Token: expires in 60 s',
      'Next renewal: in 30 s',
      'Renewals: 1, last 2 s ago',
      'Asks of the messenger: 1, last 2 s ago',
      'Stored identity: a user’s, recorded',
      'Consent: given',
      'Tabs: only this one has the panel',
      '',
      'Last error: none',
      '',
      'Last events:',
      '     -2.5 s  token-requested, reason renewal',
      '     -2.0 s  token-received, lifetimeMs 62500',
      '     -1.5 s  asked',
      '',
    ]);
  });

  it('has the code, the reason and the codes of the findings of the last error, and what is blocked', () => {
    const finding = { code: 'exp_expired', part: 'exp', severity: 'error', message: 'x', remedy: 'y' };
    const error = new MessengerAuthError(
      'invalid_auth',
      '401: Missing key id (kid)',
      undefined,
      ['Refused', 'Do it'],
      [finding as never],
    );
    const snapshot: MessengerSnapshot = { status: 'failed', live: true, error };
    const observation = observeSnapshot(createObservation(), snapshot, NOW_MS - 5000);
    const blocked = [{ host: 'ekr.zdassets.com', directive: 'connect-src', source: 'https://*.zdassets.com' }];
    const report = createReport(createFacts({ snapshot, observation, blocked }));
    expect(report).toContain('Status: The sign-in failed: invalid_auth');
    expect(report).toContain(
      'Last error: invalid_auth, 5 s ago\nReason: 401: Missing key id (kid)\nFindings: exp_expired',
    );
    expect(report).toContain(
      'Blocked: connect-src blocks ekr.zdassets.com. Add https://*.zdassets.com to connect-src.',
    );
  });

  it('contains no secret, wherever one is', () => {
    for (const secret of SECRETS) {
      const planted: Record<string, unknown>[] = [
        { type: 'call-refused', command: `messenger ${secret}` },
        { type: 'login-rejected', code: 'login_failed', retryAtMs: undefined, reason: `500: ${secret}!` },
        { type: 'token-failed', code: 'token_failed', retryAtMs: 1, reason: secret },
        // A newer version of the library may have details that this one does not know.
        { type: 'asked', user: secret, token: secret },
      ];
      const observation = planted
        .map((event) => ({ ...event, atMs: NOW_MS }) as unknown as MessengerEvent)
        .reduce(observe, createObservation());
      const error = new MessengerAuthError('login_failed', `500: ${secret}`, new Error(secret));
      const snapshot: MessengerSnapshot = { ...SIGNED_IN, status: 'failed', error };
      const seen = observeSnapshot(observation, snapshot, NOW_MS);
      const report = createReport(createFacts({ snapshot, observation: seen, build: secret }));
      expect(report).toContain('[left out]');
      for (const other of SECRETS) expect(report).not.toContain(other);
      expect(report).not.toMatch(/eyJ|@/);
    }
  });
});

it('a failure that is retried is not replaced by the earlier error of the snapshot', () => {
  const snapshot: MessengerSnapshot = { ...SIGNED_IN, status: 'failed', error: new MessengerAuthError('token_failed') };
  const failure = { type: 'login-rejected', atMs: NOW_MS, code: 'login_failed', reason: '500: x' } as MessengerEvent;
  const failed = observe(observeSnapshot(createObservation(), snapshot, NOW_MS), failure);
  expect(observeSnapshot(failed, snapshot, NOW_MS).problem).toMatchObject({ code: 'login_failed', reason: '500: x' });
});

describe('scrub', () => {
  it.each([
    ['401: Missing key id (kid)', '401: Missing key id (kid)'],
    ['messenger:set conversationFieldsAndTags', 'messenger:set conversationFieldsAndTags'],
    [`Bearer ${TOKEN}.`, 'Bearer [left out].'],
    [`user ${MAIL}, again`, 'user [left out], again'],
    [`id ${STORED_ID}`, 'id [left out]'],
    ['401: user 7 of 7, 77', '401: user [left out] of [left out], 77'],
    ['user ada-lovelace-1815 left', 'user [left out] left'],
    ['/users/7/x, id=7! [7]', '/users/[left out]/x, id=[left out]! [[left out]]'],
    ['ADA-LOVELACE-1815.', '[left out].'],
  ])('%j becomes %j', (text, clean) => {
    expect(scrub(text, ['7', '1', '', 'ada-lovelace-1815'])).toBe(clean);
  });
});

describe('the words', () => {
  it.each([
    [{}, 'none'],
    [{ record: ':1' }, 'only a record of a user'],
    [{ storedId: 'a', isAnonymous: true }, 'an anonymous visitor’s'],
    [{ storedId: 'a', isAnonymous: false }, 'a user’s, without a record'],
    [{ storedId: 'a', record: 'a:1' }, 'a user’s, recorded'],
    [{ storedId: 'a', record: 'b:1' }, 'a user’s, recorded for another'],
  ])('%j: %s', (stored, text) => {
    expect(words.describeStored(stored)).toBe(text);
  });

  it.each([
    [0, 'just now'],
    [999, 'now'],
    [-5000, '5 s ago'],
    [125_000, 'in 2 min'],
    [3 * 3_600_000, 'in 3 h'],
    [-3 * 86_400_000, '3 days ago'],
  ])('%i ms: %s', (ms, text) => {
    expect(words.describeInstant(NOW_MS + ms, NOW_MS)).toBe(text);
  });

  it('tell a token that has expired, one without a known expiry, and a renewal that is due', () => {
    const expired = { ...SIGNED_IN, expiresAtMs: NOW_MS - 1, refreshAtMs: NOW_MS - 5 };
    expect([words.describeToken(expired, NOW_MS), words.describeRenewal(expired, NOW_MS)]).toEqual([
      'has expired',
      'due',
    ]);
    const unknown: MessengerSnapshot = { status: 'signed-in', live: true };
    expect([words.describeToken(unknown, NOW_MS), words.describeRenewal(unknown, NOW_MS)]).toEqual([
      'its expiry is not known',
      'not planned',
    ]);
    expect(words.describeToken({ status: 'signed-out', live: true }, NOW_MS)).toBe('none');
  });

  it('tell the consent', () => {
    const none: MessengerSnapshot = { status: 'signed-out', live: false };
    const start = createObservation();
    const given = observe(start, { type: 'consent-given', atMs: 0 });
    const withdrawn = observe(given, { type: 'consent-withdrawn', atMs: 0 });
    expect([
      words.describeConsent(start, none),
      words.describeConsent(start, { ...none, live: true }),
      words.describeConsent(given, none),
      words.describeConsent(withdrawn, { ...none, live: true }),
    ]).toEqual(['not given, or nothing was loaded', 'given', 'given', 'withdrawn']);
  });

  it('tell the tabs, and when the user was lost', () => {
    const lost = observe(createObservation(), { type: 'identity-lost', atMs: NOW_MS - 9000 });
    expect(words.describeTabs(2, lost, NOW_MS)).toBe('2 have the panel; user lost 9 s ago');
  });
});

describe('an observation', () => {
  it('counts renewals, and not the first token', () => {
    const after = (['sign-in', 'renewal', 'invalid_auth'] as const).reduce((before, reason, index) => {
      const requested = observe(before, { type: 'token-requested', atMs: index, reason });
      return observe(requested, { type: 'token-received', atMs: index, lifetimeMs: 1 });
    }, createObservation());
    expect(after.renewals).toEqual({ count: 2, lastMs: 2 });
  });

  it('knows when something was last before it, without a count', () => {
    const earlier = observeEarlier(createObservation(), { type: 'asked', atMs: NOW_MS - 60_000 });
    expect(words.describeTally(earlier.asks, NOW_MS)).toBe('before the panel, last 60 s ago');
    const later = observe(earlier, { type: 'asked', atMs: NOW_MS - 1000 });
    expect(words.describeTally(later.asks, NOW_MS)).toBe('1, last 1 s ago');
  });

  it('keeps the last failure after it is over, and the last 200 events', () => {
    let seen = observe(createObservation(), {
      type: 'token-failed',
      atMs: 5,
      code: 'token_failed',
      retryAtMs: 9,
      reason: '503',
    });
    for (let atMs = 6; atMs < 300; atMs++) seen = observe(seen, { type: 'asked', atMs });
    expect(seen.problem).toEqual({ atMs: 5, code: 'token_failed', reason: '503', error: undefined });
    expect([seen.events.length, seen.events.at(-1)!.atMs]).toEqual([200, 299]);
  });
});
