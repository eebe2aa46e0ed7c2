// The scripts of package.json are for a clone of the repository. In an installed package they must change nothing. Needs
// `npm run build` first.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'clone-only-'));
const installed = join(folder, 'package');
const hashFiles = () =>
  readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);
let before: string[];

beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'pipe' });
  execFileSync('tar', ['-xzf', readdirSync(folder)[0]!], { cwd: folder });
  before = hashFiles();
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(['build', 'test', 'example', 'bench'])(
  '`npm run %s` stops, says why, and leaves every file as it is',
  (name) => {
    expect(before.filter((line) => line.includes('/dist/')).length).toBeGreaterThan(10);
    const { status, stderr } = spawnSync('npm', ['run', name], { cwd: installed, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('This command runs in a clone of the repository, not in an installed package.');
    expect(hashFiles()).toEqual(before);
  },
);
