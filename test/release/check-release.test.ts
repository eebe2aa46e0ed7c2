// What is refused as a release, each with what to do about it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = resolve('tools/package/check-release.js');
const CHANGELOG = `# Changelog

## [1.2.0] - 2024-11-20

### Added

- Something.

## [1.1.0] - 2026-02-28

- Something else.
`;

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'check-release-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Release {
  readonly tag?: string | undefined;
  readonly version?: string;
  readonly lockVersion?: string;
  readonly changelog?: string;
  readonly readme?: string;
}

function checkRelease({
  version = '1.2.0',
  lockVersion = version,
  changelog = CHANGELOG,
  readme = '',
  ...rest
}: Release) {
  const tag = 'tag' in rest ? rest.tag : `v${version}`;
  const lock = { version: lockVersion, packages: { '': { version: lockVersion } } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'docs/script-tag.md'), readme);
  const args = [SCRIPT, ...(tag === undefined ? [] : [tag])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, problems: stderr.trim().split('\n') };
}

it('lets a version go that has its tag and its entry', () => {
  expect(checkRelease({})).toEqual({ status: 0, stdout: '✓ 1.2.0 may be released\n', problems: [''] });
});

it.for<[string, Release, string[]]>([
  ['no tag', { tag: undefined }, ['Name the tag: node tools/package/check-release.js v1.2.0']],
  [
    'the tag of another version',
    { tag: 'v1.2.1' },
    ["The tag is v1.2.1, and package.json's version is 1.2.0. Tag v1.2.0, or change the version first."],
  ],
  [
    'a tag without v',
    { tag: '1.2.0' },
    ["The tag is 1.2.0, and package.json's version is 1.2.0. Tag v1.2.0, or change the version first."],
  ],
  [
    'a prerelease',
    { version: '1.2.0-rc.1', changelog: CHANGELOG.replace('1.2.0', '1.2.0-rc.1') },
    ['1.2.0-rc.1 is a prerelease, which release.yml does not publish. Choose a version such as 1.2.3.'],
  ],
  [
    'a day that is still to come',
    { changelog: CHANGELOG.replace('2024-11-20', '2999-01-01') },
    ["CHANGELOG.md's entry for 1.2.0 is of 2999-01-01, which is still to come."],
  ],
  [
    'an address of another version in the README',
    {
      readme:
        'https://cdn.example/zendesk-messenger-auth@1.2.0/a.js https://cdn.example/zendesk-messenger-auth@1.1.0/a.js',
    },
    ['docs/script-tag.md has an address with @1.1.0. Write @1.2.0.'],
  ],
  [
    'a lock file of another version',
    { lockVersion: '1.1.0' },
    ["package-lock.json's version is 1.1.0, and package.json's is 1.2.0. Run: npm install"],
  ],
  [
    'a version that the changelog does not have',
    { version: '1.3.0' },
    ['CHANGELOG.md has no entry for 1.3.0. Write one: ## [1.3.0] - YYYY-MM-DD'],
  ],
  [
    'a version that only begins like one of the changelog',
    { version: '1.2' },
    ['CHANGELOG.md has no entry for 1.2. Write one: ## [1.2] - YYYY-MM-DD'],
  ],
  [
    'an entry that is not released',
    { changelog: CHANGELOG.replace('2024-11-20', 'Unreleased') },
    ['CHANGELOG.md\'s entry for 1.2.0 has "Unreleased" as its day. Write: ## [1.2.0] - YYYY-MM-DD'],
  ],
  [
    'an entry without a day',
    { changelog: CHANGELOG.replace(' - 2024-11-20', '') },
    ['CHANGELOG.md\'s entry for 1.2.0 has "no date" as its day. Write: ## [1.2.0] - YYYY-MM-DD'],
  ],
  [
    'a day that no calendar has',
    { changelog: CHANGELOG.replace('2024-11-20', '2026-11-31') },
    ['CHANGELOG.md\'s entry for 1.2.0 has "2026-11-31" as its day. Write: ## [1.2.0] - YYYY-MM-DD'],
  ],
  [
    'a month',
    { changelog: CHANGELOG.replace('2024-11-20', '2026-11') },
    ['CHANGELOG.md\'s entry for 1.2.0 has "2026-11" as its day. Write: ## [1.2.0] - YYYY-MM-DD'],
  ],
  [
    'an entry that says nothing',
    { changelog: CHANGELOG.replace('- Something.', '') },
    ["CHANGELOG.md's entry for 1.2.0 lists nothing."],
  ],
  [
    'an older version',
    { version: '1.1.0' },
    ["CHANGELOG.md's entry for 1.1.0 is not the first one. Move it up, or change the version."],
  ],
])('refuses %s', ([, release, problems]) => {
  expect(checkRelease(release)).toEqual({ status: 1, stdout: '', problems: problems.map((text) => `✗ ${text}`) });
});
