// The page about the launcher names its options and tokens, with their defaults.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGES, blockWith, tableOf } from './read-docs.js';

const page = PAGES.get('docs/launcher.md')!;
const options = readFileSync('src/launcher/options.ts', 'utf8').split('export interface LauncherOptions')[1]!;
const style = readFileSync('src/launcher/style.ts', 'utf8');
const button = readFileSync('src/launcher/button.ts', 'utf8');

it('every option is in the table, and no other', () => {
  const names = [...options.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(5);
  expect(
    tableOf('The option', page)
      .map(([name]) => name)
      .sort(),
  ).toEqual(names.sort());
});

it('the texts of the table are the defaults', () => {
  const defaults = new Map(tableOf('The option', page).map(([name, , value]) => [name, value]));
  for (const name of ['loadingText', 'failedText']) expect(button).toContain(`${name} = '${defaults.get(name)}'`);
});

it('every token is in the table, with the default that the style has', () => {
  const rows = tableOf('Token', page);
  const tokens = new Set(style.match(/--zendesk-launcher-[\w-]+/g));
  expect(rows.map(([name]) => name).sort()).toEqual([...tokens].sort());
  for (const [name, , value] of rows) {
    if (name!.endsWith('-text')) continue;
    const values = [...new Set([...style.matchAll(new RegExp(`var\\(${name},((?:[^()]|\\([^()]*\\))*)\\)`, 'g'))])];
    const written = value!.match(/`[^`]+`/g)?.map((part) => part.slice(1, -1)) ?? [value];
    expect(
      values.map(([, found]) => found),
      name,
    ).toEqual(written);
  }
  const used = blockWith('--zendesk-launcher-color').match(/--[\w-]+/g)!;
  expect([...tokens]).toEqual(expect.arrayContaining(used));
});
