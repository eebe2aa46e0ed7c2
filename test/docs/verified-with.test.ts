// The page says of Zendesk's builds, of the languages and of their packages what is true where the tests run.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROGRAMS } from '../endpoint-programs/programs.js';
import { PAGES, tableOf } from './read-docs.js';

const page = PAGES.get('docs/verified-with.md')!;
const CI = readFileSync('.ci/run', 'utf8');

/** Debian's packages for each row of the table of languages: the language, and the library that makes the JWT. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  PHP: ['php-cli'],
  Python: ['python3', 'python3-jwt'],
  Ruby: ['ruby', 'ruby-jwt'],
  Perl: ['perl', 'libcrypt-jwt-perl'],
  Go: ['golang-go', 'golang-github-golang-jwt-jwt-dev'],
  Java: ['default-jdk-headless'],
  'C#': ['mono-runtime'],
};

const rows = tableOf('Language', page);

it('every language of the endpoint programs is in the table', () => {
  expect(rows.map(([language]) => language).sort()).toEqual([...Object.keys(PACKAGES), 'Node'].sort());
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(rows.length);
  for (const name of Object.values(PACKAGES).flat()) expect(CI, name).toContain(name);
});

it('the versions are those of the Debian release that the workflow uses', () => {
  expect(page).toContain('the packages of Debian 12');
  expect(readFileSync('.github/workflows/ci.yml', 'utf8')).toContain('image: debian:12');
  const system = existsSync('/etc/debian_version') ? readFileSync('/etc/debian_version', 'utf8') : '';
  // Other systems have other versions. CI is the one to which the page refers.
  if (!system.startsWith('12.')) return;
  for (const [language, version, library] of rows.filter(([language]) => language !== 'Node')) {
    const [ofLanguage, ofLibrary] = PACKAGES[language!]!;
    // Java's package has "1.17", and the others have an epoch or a revision around the version.
    expectVersion(ofLanguage!, version!.replace('Mono ', ''));
    if (ofLibrary) expectVersion(ofLibrary, library!.split(' ').at(-1)!);
  }
});

function expectVersion(name: string, version: string) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Version}', name], { encoding: 'utf8' });
  // CI installs every package. A developer may have only some of them.
  if (!stdout && !process.env['CI']) return;
  expect(stdout, name).toMatch(startOf(version));
}

const startOf = (version: string) => new RegExp(`^(?:\\d+:)?(?:1\\.)?${version.replaceAll('.', '\\.')}(?!\\d)`);

it('the two builds are those of the chapter on the messenger', () => {
  const chapter = PAGES.get('docs/messenger.md')!;
  const builds = tableOf('Build', page).map(([build, from]) => [build, from]);
  const [, ...said] = /The two builds are \*\*(B25)\*\* \(([^)]*)\) and \*\*(B26)\*\* \(([^)]*)\)/.exec(chapter)!;
  expect(builds.flat()).toEqual(said);
});
