// Every file of dist/ that the documentation names can be found by its name. Needs `npm run build` first.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { DOCS } from './read-docs.js';

const require = createRequire(import.meta.url);
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const named = [...new Set(DOCS.match(/\bdist\/[\w.-]+\.c?js\b/g))].sort();

it('the documentation names files of dist/', () => {
  expect(named).toEqual(expect.arrayContaining(['dist/fake-snippet.iife.js', 'dist/explain.js', 'dist/index.js']));
});

it.each(named)('%s is in "exports"', (path) => {
  const found = require.resolve(`${name}/${path}`);
  expect(found.endsWith(`/${path}`)).toBe(true);
  expect(existsSync(found)).toBe(true);
});
