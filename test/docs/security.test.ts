// What SECURITY.md promises is held by tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCS } from './read-docs.js';

const SECURITY = readFileSync('SECURITY.md', 'utf8');
const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository: { url: string } };
const sections = new Map(
  SECURITY.split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n')[0]!, section]),
);
const bulletsOf = (section: string) => sections.get(section)!.split(/^- /m).slice(1);
const testsIn = (text: string) => text.match(/(?<=`)test\/[\w/-]+\.(?:test|suite|chromium)\.ts(?=`)/g) ?? [];

const IDENTITY = "One visitor's identity never enters another's session";
/** The tests that hold it. Each must be named, and each must exist. */
const IDENTITY_TESTS = [
  'test/core/session/change-of-users.test.ts',
  'test/core/session/consent.test.ts',
  'test/core/session/loss.test.ts',
  'test/core/session/page-start.test.ts',
  'test/core/session/slow-sign-out.test.ts',
  'test/browsers/consent.suite.ts',
  'test/browsers/failed-push.suite.ts',
  'test/browsers/fields.suite.ts',
  'test/browsers/one-widget.suite.ts',
  'test/browsers/page-loads.suite.ts',
  'test/browsers/replaced-body.suite.ts',
  'test/browsers/second-key.suite.ts',
  'test/browsers/tabs.suite.ts',
  'test/life/counterexamples/lost-sessions.test.ts',
  'test/life/counterexamples/privacy.test.ts',
  'test/lives/b25.test.ts',
  'test/lives/b26.test.ts',
  'test/testing/traces.test.ts',
];

describe('SECURITY.md', () => {
  it('names a test after each thing that the library protects, and each of them is there', () => {
    const promises = bulletsOf('What the library protects');
    expect(promises.length).toBeGreaterThan(5);
    for (const promise of promises) expect(testsIn(promise), promise).not.toEqual([]);
    const named = testsIn(SECURITY);
    expect(named.length).toBeGreaterThan(promises.length);
    expect(
      named.filter((path) => !existsSync(path) || !/\b(it|test|liveThrough)\b/.test(readFileSync(path, 'utf8'))),
    ).toEqual([]);
    // None is misspelt so that it would not be looked for.
    expect(SECURITY.match(/test\/[\w/.-]+/g)).toEqual(named);
  });

  it("names a test after each promise about a visitor's identity, and misses none of those that hold it", () => {
    const promises = bulletsOf(IDENTITY);
    expect(promises.length).toBeGreaterThan(5);
    for (const promise of promises) expect(testsIn(promise), promise).not.toEqual([]);
    expect(testsIn(sections.get(IDENTITY)!)).toEqual(expect.arrayContaining(IDENTITY_TESTS));
    expect(IDENTITY_TESTS.filter((path) => !existsSync(path))).toEqual([]);
    const rules = readFileSync('test/lives/README.md', 'utf8').match(/^\d+(?=\. )/gm);
    expect(rules!.length, 'the rules that each random life keeps').toBeGreaterThanOrEqual(18);
  });

  it('says what the library cannot protect, and all that the endpoint must do', () => {
    expect(sections.get('What it cannot protect')).toContain('script that runs in your page');
    const duties = bulletsOf('What the site must do').join();
    for (const duty of [
      'POST',
      'SameSite',
      'CORS',
      'no-store',
      'short lifetime',
      'external_id',
      'from the session',
      'secret',
    ]) {
      expect(duties).toContain(duty);
    }
    expect(testsIn(sections.get('What the site must do')!)).toEqual(['test/examples/start-server.test.ts']);
  });

  it("leads to this repository's private advisories", () => {
    const home = /github\.com\/[\w-]+\/[\w-]+/.exec(repository.url)![0];
    expect(SECURITY).toContain(`(https://${home}/security/advisories/new)`);
  });

  it('is found from the documentation', () => {
    expect(DOCS).toContain('](SECURITY.md)');
  });

  it('has no more than 110 lines', () => {
    expect(SECURITY.split('\n').length).toBeLessThan(110);
  });
});
