// What the documentation tells developers of other backends is what the token doctor tells them.
import { expect, it } from 'vitest';
import {
  ALG_LINES,
  EXP_LINES,
  EXTERNAL_ID_LINES,
  IAT_LINES,
  KID_LINES,
  SECRET_LINES,
} from '../../src/inspect/backends.js';
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
  expect(rows.map(([backend, , , id]) => `\n${backend}: ${id}`).join('')).toBe(EXTERNAL_ID_LINES);
});

it('the table of libraries has the lines of the token doctor', () => {
  const rows = tableOf('Library', page);
  const column = (at: number) => rows.map((row) => `\n${row[0]}: ${row[at]}`).join('');
  expect([column(1), column(2), column(3)]).toEqual([ALG_LINES, KID_LINES, SECRET_LINES]);
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
