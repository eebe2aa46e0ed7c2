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

describe('SECURITY.md', () => {
  it('names a test after each thing that the library protects, and each of them is there', () => {
    const promises = bulletsOf('What the library protects');
    expect(promises.length).toBeGreaterThan(5);
    for (const promise of promises) expect(testsIn(promise), promise).not.toEqual([]);
    const named = testsIn(SECURITY);
    expect(named.length).toBeGreaterThan(promises.length);
    expect(named.filter((path) => !existsSync(path) || !/\b(it|test)\b/.test(readFileSync(path, 'utf8')))).toEqual([]);
    // None is misspelt so that it would not be looked for.
    expect(SECURITY.match(/test\/[\w/.-]+/g)).toEqual(named);
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

  it('has no more than 80 lines', () => {
    expect(SECURITY.split('\n').length).toBeLessThan(80);
  });
});
