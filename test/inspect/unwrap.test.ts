// How unwrap removes everything around the token.
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/inspect/unwrap.js';
import { listCodes, sign } from './tokens.js';

const TOKEN = sign();
const [HEADER_TEXT, PAYLOAD_TEXT, SIGNATURE] = TOKEN.split('.') as [string, string, string];
const JSON_TOKEN = JSON.stringify({ token: TOKEN });

function take(value: unknown): unknown[] {
  const { text, findings } = unwrap(value);
  return [text, ...listCodes(findings)];
}

describe('unwrap', () => {
  it.each<[string, ...string[]]>([
    [TOKEN],
    [` ${TOKEN}`, 'whitespace'],
    [`\u200b\n ${TOKEN}\t\ufeff`, 'whitespace'],
    [`${HEADER_TEXT}. ${PAYLOAD_TEXT}.\n${SIGNATURE}`, 'whitespace'],
    [`"${TOKEN}"`, 'quoted'],
    [`'${TOKEN}'`, 'quoted'],
    [`'${TOKEN}`, 'quoted'],
    [`${TOKEN}'`, 'quoted'],
    [`"'${TOKEN}'"`, 'quoted'],
    [`b'${TOKEN}'`, 'quoted'],
    [`b"${TOKEN}"`, 'quoted'],
    [`Bearer ${TOKEN}`, 'bearer_prefix'],
    [`bearer::\t ${TOKEN}`, 'bearer_prefix'],
    [`bearer${TOKEN}`, 'bearer_prefix'],
    [`Authorization:Bearer ${TOKEN}`, 'bearer_prefix'],
    [`AUTHORIZATION  :   bearer ${TOKEN}`, 'bearer_prefix'],
    [`Bearer Bearer ${TOKEN}`, 'bearer_prefix'],
    [`bearers ${TOKEN}`, 'surrounded'],
    [`" ${TOKEN}"`, 'quoted', 'whitespace'],
    [JSON_TOKEN, 'json_wrapped'],
    // Quotes, white space and a BOM around JSON have the same cause as the JSON.
    [JSON.stringify(JSON_TOKEN), 'json_wrapped'],
    [JSON.stringify(JSON.stringify(JSON_TOKEN)), 'json_wrapped'],
    [`\ufeff${JSON_TOKEN}`, 'json_wrapped'],
    [` "${JSON_TOKEN}"\n`, 'json_wrapped'],
    [`b'${JSON_TOKEN}'`, 'quoted', 'json_wrapped'],
    [`Bearer ${JSON_TOKEN}`, 'bearer_prefix', 'json_wrapped'],
    [JSON.stringify({ token: ` '${TOKEN}'` }), 'json_wrapped', 'whitespace', 'quoted'],
    [JSON.stringify([TOKEN]), 'json_wrapped'],
  ])('finds the token in %j', (given, ...codes) => {
    expect(take(given)).toEqual([TOKEN, ...codes]);
  });

  it.each(['"x', "b'x", 'bx', `bookb`, 'b"x"y', '[x', 'There is. No token. In it'])(
    'does not find a token in %j',
    (text) => {
      expect(take(text)[0]).not.toBe(TOKEN);
    },
  );
});

it.each<[string, string | undefined, ...string[]]>([
  [' x', 'x', 'whitespace'],
  ['x \n', 'x', 'whitespace'],
  ['"x', 'x', 'quoted'],
  ['"{"', undefined, 'json_wrapped'],
  ["bx'", 'bx', 'quoted'],
  ['bxb', 'bxb'],
  ['x"', 'x', 'quoted'],
  ['xbx', 'xbx'],
  ['b"x', 'b"x'],
  ["'", undefined, 'quoted', 'empty'],
  ['a b', 'a b'],
  ['x eyJ.e30.x', 'x eyJ.e30.x'],
  ['ey J.e30.x', 'eyJ.e30.x', 'whitespace'],
  ['ey J.e30.x!', 'ey J.e30.x!'],
  ['', undefined, 'empty'],
  [' ', undefined, 'empty'],
  ["b'x'", 'x', 'quoted'],
  ['[]', undefined, 'json_wrapped'],
  ['{"a":1}', undefined, 'json_wrapped'],
  ['[object Promise]', undefined, 'literal_undefined'],
  ['nil', undefined, 'literal_undefined'],
])('reduces %j to %j', (given, ...left) => {
  expect(take(given)).toEqual(left);
  for (const { part } of unwrap(given).findings) expect(part).toBe('text');
});

it('removes up to eight layers', () => {
  expect(take('Bearer '.repeat(7) + TOKEN)[0]).toBe(TOKEN);
  expect(take('Bearer '.repeat(8) + TOKEN)[0]).toBe(TOKEN);
  expect(take('Bearer '.repeat(9) + TOKEN)).toEqual([TOKEN, 'surrounded']);
});

it('parses JSON of up to 200,000 characters', () => {
  const empty = JSON.stringify({ page: '', token: TOKEN });
  const long = (length: number) => JSON.stringify({ page: 'x'.repeat(length - empty.length), token: TOKEN });
  expect(take(long(200_000))).toEqual([TOKEN, 'json_wrapped']);
  expect(take(long(200_001))).toEqual([undefined, 'json_wrapped']);
});

it.each<[unknown, string | undefined]>([
  [{ token: TOKEN }, TOKEN],
  [[TOKEN], TOKEN],
  [{ token: ` ${TOKEN}` }, TOKEN],
  [7, undefined],
  [[], undefined],
])('reports %o as not a string, and finds the token in it', (value, text) => {
  expect(unwrap(value)).toMatchObject({ text, findings: expect.arrayContaining([]) });
  expect(unwrap(value).findings[0]).toMatchObject({ code: 'not_a_string', part: 'text' });
});

it('has the same remedy for a list as for an object', () => {
  const remedy = (value: unknown) => unwrap(value).findings[0]!.remedy;
  expect(remedy([])).toBe(remedy({}));
  expect(remedy([])).not.toBe(remedy(7));
});

it.each([
  ['', 'The token is an empty string.'],
  [' ', 'The text contains no token.'],
  ['""', 'The text contains no token.'],
])('reports %j as empty with the right message', (given, message) => {
  expect(unwrap(given).findings.at(-1)).toMatchObject({ code: 'empty', message });
});
