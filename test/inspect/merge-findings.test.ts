// One finding for one cause, from what is seen with the secret and without it.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { mergeFindings } from '../../src/inspect/merge-findings.js';
import { listCodes, NOW_MS, SECRET, sign } from './tokens.js';

const [HEADER_TEXT, PAYLOAD_TEXT, SIGNATURE] = sign().split('.') as [string, string, string];
const SIGNED = `${HEADER_TEXT}.${PAYLOAD_TEXT}`;
const LONG = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');
const hash = (name: string, key: string) => createHmac(name, key).update(SIGNED).digest('base64url');

const judge = async (token: string, secret: string) =>
  mergeFindings(inspectToken(token, { nowMs: NOW_MS }), await checkSignature(token, secret));

const HEX = `${SIGNED}.${Buffer.from(SIGNATURE, 'base64url').toString('hex')}`;
const CUT = `${SIGNED}.${SIGNATURE.slice(0, 40)}`;
const OTHER = ' The token was signed with a different secret, or was changed after signing.';

it.each([
  ['in hex', HEX, 'The signature has 64 characters. An HS256 signature has 43. It is written in hex.'],
  ['cut off', CUT, 'The signature has 40 characters. An HS256 signature has 43.'],
])('keeps what a signature looks like that is %s, also with another secret', async (_how, token, message) => {
  const [right, ...no] = await judge(token, SECRET);
  expect([right!.code, right!.message, no]).toEqual(['signature_invalid', message, []]);
  const [wrong, ...none] = await judge(token, `${SECRET}x`);
  expect([wrong!.code, wrong!.message, none]).toEqual(['signature_invalid', message + OTHER, []]);
  expect(wrong!.remedy).toMatch(/^Sign with a JWT library\. .* secret/);
});

it('has one finding for the secret as the third part', async () => {
  const token = `${SIGNED}.${LONG}`;
  expect(listCodes(inspectToken(token, { nowMs: NOW_MS }))).toEqual(['secret_exposed']);
  expect(listCodes(await judge(token, LONG))).toEqual(['secret_exposed']);
});

it('does not take an HS512 signature for the secret, if the secret is another one', async () => {
  const token = `${SIGNED}.${hash('sha512', SECRET)}`;
  const [finding, ...rest] = await judge(token, SECRET);
  expect([finding!.code, finding!.message, rest]).toEqual([
    'signature_invalid',
    'The token was signed with HS512, but alg says HS256.',
    [],
  ]);
  const [other, ...none] = await judge(token, `${SECRET}x`);
  expect([other!.code, other!.message, none]).toEqual(['signature_invalid', OTHER.trim(), []]);
});

it('names HS384, too', async () => {
  const [finding] = await checkSignature(`${SIGNED}.${hash('sha384', SECRET)}`, SECRET);
  expect(finding!.message).toBe('The token was signed with HS384, but alg says HS256.');
});
