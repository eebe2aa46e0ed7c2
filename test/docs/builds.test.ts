// The documentation's table of builds names all that is shipped, and the reference is made of all that can be imported.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tableOf } from './read-docs.js';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const { name, exports, bin, scripts } = readJson('package.json');
const shipped = readFileSync('test/package/package-files.txt', 'utf8').trim().split('\n');
const rows = tableOf('Build');
/** What can be imported. The other members of `exports` are files that a page loads by their own name. */
const entries = Object.fromEntries(
  Object.entries(exports as Record<string, Record<string, unknown>>).filter(([, target]) => typeof target === 'object'),
);

const isScript = (path: string) => /\.iife(\.min)?\.js$/.test(path);

it('every entry, script and command is a row of the table, and nothing else', () => {
  const specifiers = Object.keys(entries).map((entry) => entry.replace('.', name));
  const commands = Object.keys(bin).map((command) => `npx ${command} inspect`);
  expect(rows.map(([build]) => build).sort()).toEqual([...specifiers, ...commands, ...shipped.filter(isScript)].sort());
});

it('every row says who needs the build, how to get it, and who downloads it', () => {
  for (const row of rows) {
    expect(row).toHaveLength(4);
    expect(row).not.toContain('');
  }
});

it('every module that is shipped is that of an entry or the command, or named in the table', () => {
  const modules = shipped.filter((path) => /\.js$/.test(path) && !isScript(path));
  const ofEntries = Object.values(entries).map((entry) =>
    ((entry['import'] ?? entry) as { default: string }).default.replace('./', ''),
  );
  const named = rows
    .flat()
    .join()
    .match(/dist\/[\w-]+\.js\b/g)!;
  expect([...new Set([...ofEntries, ...Object.values<string>(bin), ...named])].sort()).toEqual(modules.sort());
});

it('the API reference has every entry', () => {
  // ./globals only gives the types of the main entry to variables.
  const documented = Object.keys(entries).filter((entry) => entry !== './globals');
  const sources = documented.map((entry) =>
    `src/${entry.slice(2).replace('/', '-') || '.'}/index.ts`.replace('/./', '/'),
  );
  const { entryPoints, treatWarningsAsErrors, validation } = readJson('typedoc.json');
  expect(entryPoints).toEqual(sources);
  expect([treatWarningsAsErrors, validation.notDocumented, validation.notExported]).toEqual([true, true, true]);
  expect(scripts.docs).toMatch(/^typedoc /);
  const parts: { name: string }[] = readJson('tools/test/parts.json');
  expect(parts.map(({ name }) => name)).toContain('docs');
});
