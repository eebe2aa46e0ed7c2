import { expect, it } from 'vitest';
import { listSerializations } from '../../src/inspect/serializations.js';

const decode = (text: string) => Buffer.from(text, 'base64url').toString();
const nest = (levels: number): object => (levels === 1 ? { a: 1 } : { n: null, b: 2, a: nest(levels - 1) });
const members = (count: number) =>
  Object.fromEntries(
    'edcba'
      .slice(0, count)
      .split('')
      .map((name) => [name, 1]),
  );

it('writes an object in 42 ways, and a small object in every order, usual orders first', () => {
  const ways = listSerializations(members(4));
  expect(ways).toHaveLength(42);
  for (const orders of ways) expect(orders).toHaveLength(3 + 24);
  expect(ways[0]!.slice(0, 3).map(decode)).toEqual([
    '{"e":1,"d":1,"c":1,"b":1}',
    '{"b":1,"c":1,"d":1,"e":1}',
    '{"b":1,"c":1,"d":1,"e":1}',
  ]);
  expect(new Set(ways[0])).toHaveProperty('size', 24);
  for (const orders of listSerializations(members(5))) expect(orders).toHaveLength(3);
});

it('does not serialize an object with more than six levels', () => {
  for (const orders of listSerializations(nest(6) as never)) expect(orders.length).toBeGreaterThan(0);
  for (const orders of listSerializations(nest(7) as never)) expect(orders).toEqual([]);
});

it('uses the white space and the escapes of common serializers', () => {
  const given = { a: '</é&😀\u007f', b: [1, 'x,\n y'] };
  const first = listSerializations(given).map(([text]) => decode(text!));
  const escapes = (json: (text: string) => string) => [
    json('</é&😀\u007f'),
    json('<\\/é&😀\u007f'),
    json('</\\u00e9&\\ud83d\\ude00\u007f'),
    json('<\\/\\u00e9&\\ud83d\\ude00\u007f'),
    json('\\u003c/é\\u0026😀\u007f'),
    json('\\u003C/\\u00E9\\u0026\\uD83D\\uDE00\u007f'),
  ];
  const lines = (indent: string, end = '\n') =>
    escapes((text) =>
      ['{', `${indent}"a": "${text}",`, `${indent}"b": [`, `${indent}${indent}1,`, `${indent}${indent}"x,\\n y"`]
        .concat([`${indent}]`, '}'])
        .join(end),
    );
  expect(first).toEqual([
    ...escapes((text) => `{"a":"${text}","b":[1,"x,\\n y"]}`),
    ...escapes((text) => `{"a": "${text}", "b": [1, "x,\\n y"]}`),
    ...lines('  '),
    ...lines('    '),
    ...lines('\t'),
    ...lines('  ', '\r\n'),
    ...lines('    ', '\r\n'),
  ]);
});
