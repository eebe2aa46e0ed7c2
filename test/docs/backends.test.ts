// What the documentation tells developers of other backends is what the token doctor tells them.
import { expect, it } from 'vitest';
import { EXP_LINES, IAT_LINES } from '../../src/inspect/backends.js';
import { inspectToken } from '../../src/inspect/index.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { BLOCKS, PAGES, tableOf } from './read-docs.js';

const FILE = 'docs/token-endpoint.md';
const page = PAGES.get(FILE)!;
const [header, payload] = BLOCKS.filter(({ file, language }) => file === FILE && language === 'json').map(
  ({ code }) => JSON.parse(code) as Record<string, unknown>,
);

it('the table of backends has the lines of the token doctor', () => {
  const rows = tableOf('Backend', page);
  expect(rows.map(([backend, iat]) => `\n${backend}: ${iat}`).join('')).toBe(IAT_LINES);
  expect(rows.map(([backend, , exp]) => `\n${backend}: ${exp}`).join('')).toBe(EXP_LINES);
});

it('the token doctor finds nothing wrong with the example of a token', () => {
  const token = signToken(payload!, { ...FAKE_ACCOUNT, header });
  expect(inspectToken(token, { nowMs: Number(payload!['iat']) * 1000 })).toEqual([]);
});

it('the table of claims has every name of the example, in its place and with its type', () => {
  const expected = Object.entries({ header, payload }).flatMap(([place, names]) =>
    Object.entries(names!).map(([name, value]) => [name, place, typeof value]),
  );
  expect(
    tableOf('Name', page)
      .map((row) => row.slice(0, 3))
      .sort(),
  ).toEqual(expected.sort());
});
