// A changeset becomes the next version and its entry in CHANGELOG.md.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const { name, version, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

it('`npm run changeset:version` writes the text of a changeset above the last version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'changesets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ['.changeset', 'package.json', 'CHANGELOG.md']) {
    cpSync(path, join(folder, path), { recursive: true });
  }
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  writeFileSync(join(folder, '.changeset/one.md'), `---\n'${name}': major\n---\n\nSay something new.\n`);

  expect(scripts['changeset:version']).toMatch(/^changeset version && npm install --package-lock-only/);
  execFileSync(resolve('node_modules/.bin/changeset'), ['version'], { cwd: folder, stdio: 'pipe' });

  const next = `${Number(version.split('.')[0]) + 1}.0.0`;
  expect(JSON.parse(read('package.json')).version).toBe(next);
  expect(read('CHANGELOG.md')).toMatch(
    new RegExp(`^# Changelog\n\n## ${next}\n\n### Major Changes\n\n- Say something new\\.\n`),
  );
  expect(read('CHANGELOG.md')).toContain(`\n## ${version}\n`);
  expect(readdirSync(join(folder, '.changeset'))).toEqual(['config.json']);
});
