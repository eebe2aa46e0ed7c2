// Builds dist/ with rollup. Does nothing if dist/ is still what the last build made of the same sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';

const RECORD = 'build/last-build.json';
const listFiles = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

function hash(paths) {
  const sum = createHash('sha256');
  for (const path of paths.sort()) sum.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return sum.digest('hex');
}

const settings = readdirSync('.').filter((name) => /^(tsconfig.*|package(-lock)?)\.json$|^rollup\./.test(name));
const tools = ['build.js', 'shorten-names.js', 'use-arrows.js'].map((name) => join('tools/package', name));
const sources = hash([...listFiles('src'), ...settings, ...tools]);
const last = existsSync(RECORD) && existsSync('dist') ? JSON.parse(readFileSync(RECORD, 'utf8')) : {};

if (last.sources === sources && last.dist === hash(listFiles('dist'))) {
  console.log('dist/ is up to date.');
} else {
  rmSync('dist', { recursive: true, force: true });
  execFileSync(execPath, ['node_modules/rollup/dist/bin/rollup', '-c'], { stdio: 'inherit' });
  mkdirSync('build', { recursive: true });
  writeFileSync(RECORD, JSON.stringify({ sources, dist: hash(listFiles('dist')) }));
}
