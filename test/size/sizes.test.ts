// The sizes in the documentation. `npm run size:check` compares them with what is in dist/.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { composeTexts, findOldSizes, TITLES, writeSizes } from '../../tools/size/texts.js';
import { DOCS, PAGES, tableOf } from '../docs/read-docs.js';

interface Check {
  readonly name: string;
  readonly path: string;
  readonly limit?: string;
  readonly modifyEsbuildConfig?: (config: object) => { readonly external?: readonly string[] };
}

const load = (name: string) => import(/* @vite-ignore */ `../../${name}`);
const checks = ((await load('.size-limit.js')) as { default: readonly Check[] }).default;
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));

const PAGE = ['main', 'load', 'doctor', 'table']
  .map((name) => `<!-- size:${name} --><!-- /size:${name} -->`)
  .join('\n\n');
const of = (brotli: number) =>
  Object.keys(TITLES).flatMap((name) => {
    const bytes = name.endsWith('load() only') ? brotli * 0.75 : name.startsWith('doctor') ? brotli + 1000 : brotli;
    return [
      [`${name} brotli`, bytes],
      [`${name} gzip`, 1.1 * bytes],
      [`${name} minified`, 4 * bytes],
    ];
  });
const SIZES = Object.fromEntries(of(2000));

it('limits the size of each entry, each script and the doctor', () => {
  expect(checks.map(({ name, path }) => `${name}: ${path}`)).toEqual([
    'main entry: dist/index.js',
    'main entry, load() only: tools/size/load-only.js',
    'main entry, no bundler: dist/index.js',
    'doctor, on failure: dist/explain.js',
    'inspect: dist/inspect.js',
    'classic: dist/classic.js',
    'react: dist/react.js',
    'vue: dist/vue.js',
    'svelte: dist/svelte.js',
    'angular: dist/angular.js',
    'launcher: tools/size/launcher-only.js',
    'testing: dist/testing.js',
    'devtools: dist/devtools.js',
    'script tag: dist/zendesk-messenger-auth.iife.min.js',
    'doctor, script tag: dist/zendesk-messenger-auth.explain.iife.min.js',
  ]);
  for (const { name, limit } of checks) expect(limit, name).toMatch(/^\d+ B$/);
});

it('does not count the doctor with the main entry', () => {
  for (const { modifyEsbuildConfig, path } of checks) {
    if (modifyEsbuildConfig) expect(modifyEsbuildConfig({}).external, path).toContain('./explain.js');
  }
  expect(readFileSync('dist/index.js', 'utf8')).toMatch(/import\(["']\.\/explain\.js["']\)/);
});

it('shows every entry in the documentation, with three numbers', async () => {
  const rows = tableOf('Entry', PAGES.get('docs/evidence/size.md'));
  expect(rows.map(([what]) => what!.replaceAll('`', ''))).toEqual(
    Object.values(TITLES).map((title) => title.replaceAll('`', '')),
  );
  expect(Object.keys(TITLES)).toEqual(checks.map(({ name }) => name));
  for (const [what, ...sizes] of rows) {
    for (const size of sizes) expect(size, what).toMatch(/^\d+\.\d$/);
    const [minified, gzip, brotli] = sizes.map(Number) as [number, number, number];
    expect(minified, what).toBeGreaterThan(gzip);
    // Rounded, small files have the same size in both.
    expect(gzip, what).toBeGreaterThanOrEqual(brotli);
  }
  expect(Object.keys(dependencies)).toEqual([]);
  expect(DOCS.replace(/\s+/g, ' ')).toContain('The package has no dependencies.');
});

it('has a place in the README for the main entry and for the doctor', async () => {
  const names = [...PAGES.get('README.md')!.matchAll(/<!-- (size:\w+) -->/g)].map(([, name]) => name);
  expect(names).toEqual(['size:main', 'size:doctor']);
});

it('finds the sizes where they were written, and then finds nothing to correct', async () => {
  const texts = await composeTexts(SIZES);
  expect(texts).toMatchObject({
    'size:main': '2.0 kB brotli',
    'size:load': '75 %',
    'size:doctor': '3.0 kB brotli',
  });
  expect(findOldSizes(writeSizes(PAGE, texts), texts)).toEqual([]);
});

it.for([
  ['a number in a sentence', /2\.0 kB/, '9.9 kB', 'size:main'],
  ['a number in the table', /\| +8\.0 \|/, '| 9.9 |', 'size:table'],
  ['a row', /^.*messenger-auth`.*\n/m, '', 'size:table'],
  ['a line after the table', /\n\n(?=<!-- \/size:table)/, '\n\nMore.\n\n', 'size:table'],
] as const)('notices a change of %s', async ([, said, instead, name]) => {
  const texts = await composeTexts(SIZES);
  const page = writeSizes(PAGE, texts);
  const changed = page.replace(said, instead);
  expect(changed).not.toBe(page);
  expect(findOldSizes(changed, texts)).toEqual([name]);
});
