// How `npm test` runs its parts, with scripts that do next to nothing in place of the real ones.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const names = (JSON.parse(readFileSync('tools/test/parts.json', 'utf8')) as { name: string }[]).map(({ name }) => name);
const pass = `node -e "console.log('said by a part that passes')" --`;
const fail = `node -e "console.log('said by a part that fails'); process.exit(3)" --`;

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'parts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function run(tool: string, args: readonly string[] = [], env = {}) {
  const path = resolve('tools/test', tool);
  return spawnSync(process.execPath, [path, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, ...env },
  });
}

function runParts(set: string, scripts: Record<string, string>, env = {}) {
  const all = { ...Object.fromEntries(names.map((name) => [name, pass])), ...scripts };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'parts', version: '1.0.0', scripts: all }));
  const { status, stdout } = run('main.js', [set], env);
  return { status, stdout, marks: stdout.match(/^[✓✗] \S+/gm)!.sort() };
}

it('passes when every part passes: shows times and counts, and no output but that tests were not run', () => {
  mkdirSync(join(folder, 'build/test-results'), { recursive: true });
  // Of the run before, which .ci/run has.
  writeFileSync(join(folder, 'build/test-times.json'), JSON.stringify([{ name: 'lint', ms: 12_345, isGood: true }]));
  const notRun = `node -e "console.log('browser tests not run in webkit')" --`;
  const { status, stdout, marks } = runParts('rest', { 'test:browsers': notRun }, { CI: 'true' });
  const passed = ['✓ docs', '✓ test:browsers', '✓ test:endpoints', '✓ test:lives', '✓ test:package', '✓ test:types'];
  expect(marks).toEqual(passed);
  expect(stdout).not.toContain('said by');
  expect(stdout).toContain('  browser tests not run in webkit\n');
  expect(stdout).toMatch(/^Everything passed\. [\d.]+ s\.$/m);
  expect(status).toBe(0);

  const report = (numPassedTests: number, numFailedTests: number, testResults: object[]) =>
    JSON.stringify({ numPassedTests, numFailedTests, testResults });
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  // Its tests are not known: it could not be loaded.
  const broken = { status: 'failed', assertionResults: [] };
  writeFileSync(join(folder, 'build/test-results/a.json'), report(40, 1, [failed]));
  writeFileSync(join(folder, 'build/test-results/b.json'), report(2, 0, [broken]));
  const lines = run('results.js').stdout.trim().split('\n');
  expect(lines).toHaveLength(passed.length + 2);
  expect(lines[0]).toBe('lint               12.3 s');
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^[\w:]+ +\d+\.\d s$/);
  expect(lines.at(-1)).toBe('42 passed, 2 failed');
});

it('ends when the part that fails is the last one that runs', () => {
  const late = `node -e "setTimeout(() => process.exit(3), 3000)" --`;
  const { status, marks } = runParts('quick', { build: late });
  expect(marks).toContain('✗ build');
  expect(marks).toContain('✗ test:unit');
  expect(status).toBe(1);
});

it('fails when a part fails: shows its output, runs the others, but not those that need it', () => {
  const { status, stdout, marks } = runParts('quick', { build: fail });
  const passed = ['✓ check:format', '✓ check:types', '✓ lint', '✓ test:lives'];
  expect(marks).toEqual([...passed, '✗ build', '✗ size', '✗ size:check', '✗ test:stories', '✗ test:unit']);
  expect(stdout.match(/said by .*/g)).toEqual(['said by a part that fails']);
  expect(stdout.match(/Not run: it needs build\./g)).toHaveLength(4);
  expect(stdout).toContain('Failed: build, ');
  expect(status).toBe(1);
});
