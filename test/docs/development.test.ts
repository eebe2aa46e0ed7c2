// The values of the fake account in the documentation, for backends in any language, are those of the code.
import { expect, it } from 'vitest';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import { blockWith, PAGES, tableOf } from './read-docs.js';

it('the table has every value of the fake account', () => {
  const rows = tableOf('Account', PAGES.get('docs/development.md'));
  const unquote = (cell: string) => cell.replaceAll('`', '');
  expect(Object.fromEntries(rows.map(([name, value]) => [unquote(name!), unquote(value!)]))).toEqual(FAKE_ACCOUNT);
});

it('the environment has the key id and the secret of the fake account', () => {
  expect(blockWith('ZENDESK_SECRET=Zm')).toBe(
    `ZENDESK_KEY_ID=${FAKE_ACCOUNT.keyId}\nZENDESK_SECRET=${FAKE_ACCOUNT.secret}\n`,
  );
});
