// The badge of a tab: whom Zendesk takes the visitor for, compared with who is signed in to the site.
import { expect, it } from 'vitest';
import { loadModule } from './load-module.js';

const { judge } = await loadModule('verdict');

const ADA = { kind: 'user', externalId: 'demo-ada' };
const GRACE = { kind: 'user', externalId: 'demo-grace' };
const ANONYMOUS = { kind: 'anonymous', id: '1' };
const NOBODY = { kind: 'none' };
const SITE = { user: 'demo-ada', hasConsent: true, isSettling: false };
const TAB = { live: true, wasLive: true, knownUser: 'demo-ada', visitor: ADA };
const SIGNED_IN = { status: 'signed-in', expiresAtMs: 1 };

it.each([
  ['the right user', {}, {}, 'good', 'Ada is signed in'],
  ['nobody', { user: null }, { knownUser: null, visitor: NOBODY }, 'good', 'Nobody is signed in'],
  ['an anonymous visitor', { user: null }, { knownUser: null, visitor: ANONYMOUS }, 'good', 'An anonymous visitor'],
  ['no consent', { hasConsent: false }, { visitor: NOBODY }, 'good', 'No consent: nobody is signed in'],
  ['a tab that is older', {}, { knownUser: null, visitor: NOBODY }, 'good', 'Loaded before the sign-in: nobody'],
  ['the only token, expired', {}, { token: 'has expired' }, 'warn', 'Ada, but the only token has expired'],
  ['a lost user', {}, { visitor: NOBODY }, 'bad', 'Ada is signed out: the next message is anonymous'],
  ['an anonymous user', {}, { visitor: ANONYMOUS }, 'bad', 'Anonymous: these are not Ada’s messages'],
  ['another user', {}, { visitor: GRACE }, 'bad', 'Messages go out as Grace, not as Ada'],
  ['a user who should be gone', { user: null }, {}, 'bad', 'Ada is still signed in'],
  ['a user without consent', { hasConsent: false }, {}, 'bad', 'Ada is still signed in'],
  ['a messenger that is gone', {}, { live: false }, 'bad', 'The messenger is gone from the page'],
  ['a messenger that starts', {}, { live: false, wasLive: false }, 'busy', 'The messenger starts'],
  ['a change of users', { isSettling: true }, { visitor: GRACE }, 'busy', 'Signing Ada in'],
  ['a sign-out', { user: null, isSettling: true }, {}, 'busy', 'Signing out'],
])('%s', (_name, site, tab, kind, text) => {
  const verdict = judge({ ...SITE, ...site }, { ...TAB, ...tab });
  expect(verdict.kind).toBe(kind);
  expect(verdict.text).toContain(text);
});

it.each([
  ['a valid token', {}, SIGNED_IN, 'good', 'Ada is signed in'],
  ['a token that is being replaced', {}, { status: 'signed-in' }, 'busy', 'A new token for Ada is fetched'],
  ['a sign-in', { visitor: NOBODY }, { status: 'signing-in' }, 'busy', 'Signing Ada in'],
  ['a messenger that it starts again', { live: false }, SIGNED_IN, 'busy', 'The messenger comes back'],
  [
    ...(['a failure', { visitor: NOBODY }, { status: 'failed', error: { code: 'token_failed' } }] as const),
    ...(['warn', 'token_failed: the library retries'] as const),
  ],
])('with the library: %s', (_name, tab, snapshot, kind, text) => {
  const verdict = judge(SITE, { ...TAB, ...tab, snapshot });
  expect(verdict.kind).toBe(kind);
  expect(verdict.text).toContain(text);
});
