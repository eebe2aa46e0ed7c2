// The generated parts of the pages are what the code gives now.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MessengerAuthError } from '../../src/core/errors.js';
import { composePage, GENERATED } from '../../tools/docs/pages.js';
import { TABLES } from '../../tools/docs/tables.js';
import { PAGES, tableOf } from './read-docs.js';

it.each(Object.keys(GENERATED))('%s is up to date', async (name) => {
  const { path, text } = await composePage(name);
  expect(readFileSync(path, 'utf8') === text, `${path} is stale. Run: npm run docs:tables`).toBe(true);
});

it('the table of errors has the messages of the real errors', () => {
  const rows = new Map(tableOf('Code', PAGES.get('docs/errors.md')).map(([code, message]) => [code, message]));
  expect(rows.get('script_blocked')).toBe(
    new MessengerAuthError('script_blocked').message.replace(' [script_blocked]', ''),
  );
});

it('every code, event and option has a comment that says what it means', () => {
  for (const { compose } of Object.values(TABLES)) {
    for (const row of compose().trim().split('\n').slice(2)) expect(row).toMatch(/\| [A-Z`“].*[^ ] \|$/);
  }
});

it('the numbers in the tables are marked, so that they are compared with the code', () => {
  const names = (table: string) => TABLES[table]!.compose().match(/(?<=<!-- n:)[\w-]+/g);
  expect(names('table:errors')).toEqual([
    ...['load-retry', 'longest-later-wait', 'load-retry', 'longest-later-wait'],
    ...['longest-wait', 'longest-later-wait', 'failures-before-giving-up'],
    ...['longest-wait', 'longest-later-wait', 'failures-before-giving-up'],
  ]);
  expect(names('table:findings')).toEqual(['token-characters']);
});
