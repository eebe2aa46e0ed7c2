// The mistakes with the secret that checkSignature recognizes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature } from '../../src/inspect/index.js';
import { bytes, expectForSecrets, LETTERS, RUNS, secret, signWith, textOf } from './random-secrets.js';
import { base64url, listCodes } from './tokens.js';

const BOTH = 'The secret that signed the token and the secret given here both have white space or quotes around them.';
const decoded = (encoding: string) => `The backend ${encoding}-decoded the secret before signing.`;

describe('checkSignature recognizes that the secret', () => {
  const code = 'secret_base64_decoded';
  const plain = textOf(LETTERS, 20, 80);
  const mixed = textOf(`${LETTERS}-_`, 20, 80).map((secret) => `a-_${secret}`);

  it('was base64-decoded before signing, as Node decodes', async () => {
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code, decoded('base64'), plain);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64'), code, decoded('base64url'), mixed);
  });

  it('was base64url-decoded before signing', () =>
    expectForSecrets((secret) => Buffer.from(secret, 'base64url'), code));

  it('was base64-decoded without - and _, as PHP, Python and Ruby decode', () =>
    expectForSecrets((secret) => Buffer.from(secret.replace(/[-_]/g, ''), 'base64'), code, decoded('base64'), mixed));

  it('was base64-decoded without - and _ and without an incomplete last group, as JAXB decodes', () =>
    expectForSecrets(
      (secret) => {
        const letters = secret.replace(/[-_]/g, '');
        return Buffer.from(letters.slice(0, letters.length - (letters.length % 4)), 'base64');
      },
      code,
      decoded('base64'),
      fc.oneof(mixed, plain),
    ));

  it('was base64-decoded up to the first - or _', () =>
    expectForSecrets(
      (secret) => Buffer.from(/^[^-_]*/.exec(secret)![0], 'base64'),
      code,
      decoded('base64'),
      mixed.map((secret) => `abcd${secret}`),
    ));

  it('was base64-decoded to a string before signing', async () => {
    await expectForSecrets((secret) => Buffer.from(secret, 'base64').toString('latin1'), code);
    await expectForSecrets((secret) => Buffer.from(secret, 'base64').toString('utf8'), code, undefined, plain);
  });

  it('was hex-decoded before signing', () =>
    expectForSecrets(
      (secret) => Buffer.from(secret, 'hex'),
      code,
      decoded('hex'),
      bytes.chain((array) => fc.constantFrom(array.toString('hex'), array.toString('hex').toUpperCase())),
    ));

  it('was base64-decoded before signing, also when the given secret has quotes and a line break', () =>
    expectForSecrets(
      (secret) => Buffer.from(secret, 'base64'),
      code,
      undefined,
      plain,
      (secret) => `"${secret}"\n`,
    ));

  it('was base64-encoded before signing', async () => {
    const message = 'The backend base64-encoded the secret before signing.';
    await expectForSecrets((secret) => Buffer.from(secret).toString('base64'), 'signature_invalid', message);
    await expectForSecrets((secret) => base64url(secret), 'signature_invalid', message);
    const wrapped = (secret: string) => `"${secret}"\n`;
    await expectForSecrets((secret) => base64url(secret), 'signature_invalid', message, plain, wrapped);
    await expectForSecrets((secret) => base64url(wrapped(secret)), 'signature_invalid', message, plain, wrapped);
  });

  const space = fc.constantFrom(' ', '  ', '\t', '\n', '\r', '\r\n', ' \n', '\n\n', '\u00a0', '\u200b', '\ufeff');
  const quotes = fc.constantFrom(
    ['"', '"'],
    ["'", "'"],
    ['`', '`'],
    ['\u201c', '\u201d'],
    ['\u2018', '\u2019'],
    ['\\"', '\\"'],
    ['"', ''],
    ['', "'"],
  );
  const wrapping = fc.oneof(
    space.map((after) => ['', after]),
    space.map((before) => [before, '']),
    fc.tuple(space, space),
    quotes,
    fc
      .tuple(quotes, fc.constantFrom(['', '\n'], [' ', ''], [' ', ' '], ['', '\r\n']))
      .map(([[open, close], [before, after]]) => [`${before}${open}`, `${close}${after}`]),
  );
  const wrap = (secret: string, [before, after]: readonly string[]) => `${before}${secret}${after}`;

  it('had white space or quotes around it when the token was signed', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, async (secret, wrapping) => {
        expect(await checkSignature(signWith(wrap(secret, wrapping)), secret)).toMatchObject([
          {
            code: 'secret_whitespace',
            message: expect.stringMatching(/^The token was signed with white space or quotes around the secret/),
          },
        ]);
      }),
      RUNS,
    ));

  it('has white space or quotes around it where it is given', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, async (secret, wrapping) => {
        expect(await checkSignature(signWith(secret), wrap(secret, wrapping))).toMatchObject([
          {
            code: 'secret_whitespace',
            message: expect.stringMatching(/The secret given here has white space or quotes around it\.$/),
          },
        ]);
      }),
      RUNS,
    ));

  it('has white space or quotes around it in both places', () =>
    fc.assert(
      fc.asyncProperty(secret, wrapping, wrapping, async (secret, one, other) => {
        const findings = await checkSignature(signWith(wrap(secret, one)), wrap(secret, other));
        expect(listCodes(findings)).toEqual(['secret_whitespace']);
        const isSame = one.join() === other.join();
        if (!isSame) expect(findings[0]!.message).not.toContain('both have white space');
        expect(await checkSignature(signWith(wrap(secret, one)), wrap(secret, one))).toMatchObject([
          { code: 'secret_whitespace', message: BOTH },
        ]);
      }),
      RUNS,
    ));

  it('ended with the two characters \\n of an .env file when the token was signed', () =>
    expectForSecrets((secret) => `${secret}\\n`, 'secret_whitespace'));
});
