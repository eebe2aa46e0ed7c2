// Which keys are tried, and the message for each.
import { describe, expect, it } from 'vitest';
import { trimSecret, listMistakes } from '../../src/inspect/secret-mistakes.js';

/** The first code and message for a token that was signed with this key. */
function tell(secret: string, key: string | Uint8Array): string | undefined {
  const wanted = Buffer.from(key as string).toString('hex');
  for (const { key: tried, code, message } of listMistakes(secret)) {
    if (Buffer.from(tried).toString('hex') === wanted) return `${code}: ${message}`;
  }
  return undefined;
}

const decoded = (encoding: string) =>
  `secret_base64_decoded: The backend ${encoding}-decoded the secret before signing.`;
const ENCODED = 'signature_invalid: The backend base64-encoded the secret before signing.';
const SIGNER =
  'secret_whitespace: The token was signed with white space or quotes around the secret, such as a line break at the end.';
const SECRET = 'Ab-9_zQ!';

describe('the keys for a decoded secret', () => {
  it.each<[string, string, Uint8Array, string]>([
    ['decoded by base64url', 'Ab-9_zQ', Buffer.from('Ab-9_zQ', 'base64url'), 'base64url'],
    ['decoded by base64 without - and _', 'Ab-9_zQx', Buffer.from('Ab9zQx', 'base64'), 'base64'],
    ['decoded by base64 up to -', 'Ab-9_zQ', Buffer.from('Ab', 'base64'), 'base64'],
    [
      'decoded by base64 without - and _ and an incomplete last group',
      'Ab-9_zQx',
      Buffer.from('Ab9z', 'base64'),
      'base64',
    ],
    ['decoded by base64', 'Ab9zQx', Buffer.from('Ab9zQx', 'base64'), 'base64'],
    ['decoded by base64, with + and /', 'Ab+9/zQ', Buffer.from('Ab+9/zQ', 'base64'), 'base64'],
    ['decoded by base64, with padding', 'Ab9zQw==', Buffer.from('Ab9zQw', 'base64'), 'base64'],
    ['decoded by base64, with an extra character', 'Ab9zQ', Buffer.from('Ab9z', 'base64'), 'base64'],
    ['decoded by base64url, with an extra character', 'Ab-9z', Buffer.from('Ab-9', 'base64url'), 'base64url'],
    ['decoded by base64 with + and /, without -', 'A+b-/9', Buffer.from('A+b/9', 'base64'), 'base64'],
    ['decoded from hex', '00ffAB', Buffer.from('00ffab', 'hex'), 'hex'],
    ['decoded by base64, then converted from Latin-1 to UTF-8', 'w7_9', Buffer.from('Ã¿ý', 'utf8'), 'base64url'],
    ['decoded by base64, then read as UTF-8', '____', Buffer.from('\ufffd\ufffd\ufffd', 'utf8'), 'base64url'],
  ])('include the secret %s', (_how, secret, key, encoding) => {
    expect(tell(secret, key)).toBe(decoded(encoding));
  });

  it.each(['0', '0ff', 'xx', '00fg', 'g0ff'])('do not include hex-decoding for %s', (secret) => {
    expect([...listMistakes(secret)].some(({ message }) => message.includes('hex'))).toBe(false);
  });

  it('are never empty', () => {
    for (const secret of ['a', '-', '!', '_x']) {
      for (const { key } of listMistakes(secret)) expect(key.length).toBeGreaterThan(0);
    }
  });
});

it.each(['Ab-9_zQ!', 'Ab-9_zQ', 'Ab-9_z'])('lists the base64-encoded secret %s as a key', (secret) => {
  expect(tell(secret, Buffer.from(secret).toString('base64'))).toBe(ENCODED);
  expect(tell(secret, Buffer.from(secret).toString('base64url'))).toBe(ENCODED);
});

describe('the keys for a wrapped secret', () => {
  const spaces = [' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', ' \n', '\\n', '\u00a0', '\u200b', '\ufeff'];

  it.each(spaces)('include the secret with %j around it', (space) => {
    expect(tell(SECRET, `${SECRET}${space}`)).toBe(SIGNER);
    expect(tell(SECRET, `${space}${SECRET}`)).toBe(SIGNER);
    expect(tell(SECRET, `${space}${SECRET}\n`)).toBe(SIGNER);
  });

  it.each([
    ['"', '"'],
    ["'", "'"],
    ['`', '`'],
    ['\\"', '\\"'],
    ['\u201c', '\u201d'],
    ['\u2018', '\u2019'],
    ['"', ''],
    ['', '"'],
    ["'", ''],
    ['', "'"],
  ])('include the secret between %s and %s', (open, close) => {
    for (const before of ['', ' ', '\n', '\r\n']) {
      for (const after of ['', ' ', '\n', '\r\n']) {
        expect(tell(SECRET, `${before}${open}${SECRET}${close}${after}`)).toBe(SIGNER);
      }
    }
    expect(tell(SECRET, `\t${open}${SECRET}${close}`)).toBeUndefined();
  });
});

it('lists the bare secret and the given secret as keys when the given one is wrapped', () => {
  const message =
    'The token was signed with the bare secret. The secret given here has white space or quotes around it.';
  const both =
    'The secret that signed the token and the secret given here both have white space or quotes around them.';
  for (const given of [`"${SECRET}"`, `${SECRET}\n`, ` \\"${SECRET}\u200b\u201d`]) {
    expect(tell(given, SECRET)).toBe(`secret_whitespace: ${message}`);
    expect(tell(given, given)).toBe(`secret_whitespace: ${both}`);
  }
  expect(tell(SECRET, SECRET)).toBe(SIGNER);
  expect(tell('"Ab9z"', Buffer.from('Ab9z', 'base64'))).toBe(decoded('base64'));
  expect(tell('"Ab9z"', Buffer.from('"Ab9z"').toString('base64'))).toBe(ENCODED);
});

it.each([
  ['x', 'x'],
  ['', ''],
  [' "\' ', ''],
  ['\u200b\u200c\u200d\u2060\ufeff\\"\'`\u2018\u2019\u201c\u201dx y\n\t"', 'x y'],
])('reduces %j to the bare secret %j', (secret, bare) => {
  expect(trimSecret(secret)).toBe(bare);
});
