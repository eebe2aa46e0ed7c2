import { expect, it } from 'vitest';
import { decodeBase64url, encodeBase64, encodeBase64url, isBase64url, toBase64url } from '../../src/inspect/base64.js';

it.each([
  ['ab==', 'ab'],
  ['abc=', 'abc'],
  ['+/+/', '-_-_'],
  ['a=b', 'a=b'],
  ['a===', 'a='],
])('converts %s to %s in base64url', (text, url) => {
  expect(toBase64url(text)).toBe(url);
});

it.each(['', 'ab', 'abc', 'a-_z', 'a', 'abcde', 'ab+d', 'ab=', 'é', ' ab'])(
  'decodes %j like Node, or rejects it',
  (text) => {
    const isRight = /^[\w-]*$/.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text;
    const isCut = /^[\w-]*$/.test(text) && text.length % 4 === 1;
    expect(isBase64url(text)).toBe(/^[\w-]*$/.test(text) && !isCut);
    if (isRight) expect(Buffer.from(decodeBase64url(text)!)).toEqual(Buffer.from(text, 'base64url'));
    if (!isBase64url(text)) expect(decodeBase64url(text)).toBeUndefined();
  },
);

it.each(['', 'a', 'ab', 'abc', 'é😀?>?>'])('encodes %j like Node', (text) => {
  expect(encodeBase64(text)).toBe(Buffer.from(text).toString('base64'));
  expect(encodeBase64url(new TextEncoder().encode(text))).toBe(Buffer.from(text).toString('base64url'));
});
