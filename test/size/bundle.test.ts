// What `npm run size` measures is what a page downloads.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { weighSources } from '../../tools/package/size/by-file.js';
import { bundle } from '../../tools/package/size/bundle.js';
import { measure } from '../../tools/package/size/measure.js';

const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function installPackage(name: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries({ 'package.json': '{"main":"index.js"}', ...files })) {
    const file = join(folder, 'node_modules', name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function bundlePackage(name: string, files: Record<string, string>) {
  installPackage(name, files);
  return bundle(folder, { entryPoints: [name] });
}
const codeOf = (files: readonly { code: string }[]) => files.map(({ code }) => code).join('\n');

it('counts all that a package exports, its default too, and what it imports from others', async () => {
  installPackage('inner', { 'index.js': `export const inner = 'from another package'` });
  const code = codeOf(
    await bundlePackage('outer', {
      'index.js': `export { inner } from 'inner'; export const named = 'a name'; export default 'the default';`,
    }),
  );
  for (const text of ['from another package', 'a name', 'the default']) expect(code).toContain(text);
});

it('counts CommonJS as it is in production', async () => {
  const code = codeOf(
    await bundlePackage('common', {
      'index.js': `module.exports = process.env.NODE_ENV === 'production' ? require('./small') : require('./large')`,
      'small.js': `exports.text = 'for visitors'`,
      'large.js': `exports.text = 'for developers'`,
    }),
  );
  expect(code).toContain('for visitors');
  expect(code).not.toContain('for developers');
});

it('leaves React out', async () => {
  installPackage('react', { 'index.js': `export const useEffect = 'all of React'` });
  installPackage('react/jsx-runtime', { 'index.js': `export const jsx = 'all of React'` });
  const code = codeOf(
    await bundlePackage('component', {
      'index.js': `import { useEffect } from 'react'; import { jsx } from 'react/jsx-runtime'; export { useEffect, jsx };`,
    }),
  );
  expect(code).not.toContain('all of React');
});

it('leaves out what is loaded later, and counts what that shares with the entry', async () => {
  const files = await bundlePackage('split', {
    'index.js': `export { shared } from './shared.mjs'; export const later = () => import('./later.mjs');`,
    'later.mjs': `export { shared } from './shared.mjs'; export const text = 'loaded later';`,
    'shared.mjs': `export const shared = ['needed', 'by', 'both'];`,
  });
  expect(files).toHaveLength(2);
  expect(codeOf(files)).toContain('both');
  expect(codeOf(files)).not.toContain('loaded later');
});

it('minifies, and leaves comments out', async () => {
  const code = codeOf(
    await bundlePackage('long', {
      'index.js': `/*! A licence */ export function add(firstNumber, secondNumber) { return firstNumber + secondNumber; }`,
    }),
  );
  expect(code).not.toMatch(/licence|firstNumber/);
});

it('says which package cannot be resolved', async () => {
  await expect(bundle(folder, { entryPoints: ['not-installed'] })).rejects.toThrow('not-installed');
});

it('adds up the bytes of the files, each compressed on its own', () => {
  const text = 'äöü '.repeat(500);
  const one = measure([{ code: text }]);
  expect(one.minified).toBe(3500);
  expect(one.gzip).toBeLessThan(100);
  expect(one.brotli).toBeLessThan(one.gzip);
  const two = measure([{ code: text }, { code: text }]);
  expect(two).toEqual({ minified: 7000, gzip: 2 * one.gzip, brotli: 2 * one.brotli });
});

it('gives every byte to the file that it was written in', async () => {
  const files = await bundlePackage('two-files', {
    'index.js': `import { long } from './long.mjs'; export const text = () => 'short, ä' + long();`,
    'long.mjs': `export const long = () => document.querySelector('#a-long-selector').getAttribute('with-an-attribute');`,
  });
  const weights = weighSources(files);
  expect(weights.map(([path]) => path).slice(0, 2)).toEqual([
    'node_modules/two-files/long.mjs',
    'node_modules/two-files/index.js',
  ]);
  expect(weights.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(measure(files).minified);
  expect(Object.fromEntries(weights)['node_modules/two-files/long.mjs']).toBeGreaterThan(60);
});
