// Random tokens whose values look like no word, so that a test sees a value that is let out. Around some is a longer text.
import fc from 'fast-check';
import { secretEmail as email, secretText } from '../secret-runs.js';
import { base64url, CLAIMS, HEADER, signParts } from './tokens.js';

const value = fc.oneof(
  secretText,
  email,
  secretText.map((text) => [text, { name: text }]),
  secretText.map((text) => ({ [text]: text })),
);
// Claim names that could identify a person: with @, digits or spaces, or long.
const oddName = fc.oneof(
  secretText,
  email,
  secretText.map((text) => `is ${text}`),
  fc.constant('JaneSoapOfTheSoapsOfQuxborough'),
);
const claims = fc
  .tuple(
    fc.record(
      {
        ...{ scope: value, external_id: value, name: secretText, email, email_verified: value, kid: value },
        ...{ exp: value, iat: value, nbf: value, jti: value, userId: value, password: secretText, picture: value },
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(oddName, value, { maxKeys: 3 }),
    fc.boolean(),
  )
  .map(([named, odd, isGood]): Record<string, unknown> => ({ ...(isGood && CLAIMS), ...named, ...odd }));
const header = fc
  .tuple(
    fc.record({ alg: value, typ: value, kid: value }, { requiredKeys: [] }),
    fc.dictionary(oddName, value, { maxKeys: 1 }),
  )
  .map(([named, odd]): Record<string, unknown> => ({ ...HEADER, ...named, ...odd }));
// 64 bytes in base64url, as the Admin Center shows a secret.
export const zendeskSecret = fc
  .uint8Array({ minLength: 64, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

const WRAPPINGS: readonly ((token: string) => unknown)[] = [
  (token) => token,
  (token) => `"Bearer ${token}\n"`,
  (token) => JSON.stringify({ user: { token } }),
  (token) => ({ data: { token } }),
  (token) => token.split('.').slice(0, 2).join('.'),
  (token) => token.split('.').reverse().join('.'),
  (token) => token.slice(5),
  (token) => `${token}=`,
  (token) => token.replaceAll('.', ''),
  (token) => `https://example.com/?token=${token}`,
  (token) => `<p>Qx7Zw3 ${token} Xz4Qy9</p>`,
  (token) => `callback({"jwt":"${token}"});`,
  (token) => `${token}0`,
  (token) => `{'token': '${token}'}`,
  (token) => JSON.stringify({ body: JSON.stringify({ token }) }),
  (token) => `JWT ${token.replace(/.{40}/g, '$&\n')}`,
  (token) => token.replace('.', ''),
];
// The text around the token must not be shown, either.
const AROUND = ['Qx7Zw3', 'Xz4Qy9'];

/** All strings in a value, including member names. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...listTexts(member)]);
}

const isWord = (text: string) => /^[a-zA-Z_]{1,20}$/.test(text);

export const givenTokens = fc.record({
  claims,
  header: fc.oneof(
    header,
    zendeskSecret.map((kid) => ({ ...HEADER, kid })),
    fc.tuple(zendeskSecret, fc.constantFrom('act_', 'app_')).map(([id, prefix]) => ({ ...HEADER, kid: prefix + id })),
  ),
  wrap: fc.constantFrom(...WRAPPINGS),
  isLatin1: fc.boolean(),
});
export type GivenToken = typeof givenTokens extends fc.Arbitrary<infer Value> ? Value : never;

/** Signs it. What the doctor gets is `wrap` of that. */
export const makeToken = ({ claims, header, isLatin1 }: GivenToken, key?: string | Buffer) => {
  const json = JSON.stringify(isLatin1 ? { city: 'Zürich', ...claims } : claims);
  const payload = Buffer.from(json, isLatin1 ? 'latin1' : 'utf8');
  return signParts(base64url(JSON.stringify(header)), base64url(payload), key);
};

/** Every text of such a token that nobody may see. */
export const listSecrets = ({ claims, header }: GivenToken, token: string): string[] =>
  [token, ...AROUND, ...listTexts(claims), ...listTexts(header)].filter((text) => !isWord(text));
