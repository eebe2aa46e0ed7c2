import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReport } from '../../src/cli/create-report.js';
import { examineEndpoint } from '../../src/endpoint-check/examine-endpoint.js';
import type { RequestResult } from '../../src/endpoint-check/fetch-token.js';
import { printReport } from '../../src/cli/print.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { ANSWERS } from '../endpoints/answers.js';
import { createLeakFinder, secretEmail as email, secretText } from '../secret-runs.js';

const NOW_MS = 1_795_400_000_000;
const { findLeak } = createLeakFinder(['src/cli', 'src/endpoint-check', 'src/inspect', 'src/core']);

const value = fc.oneof(secretText, email);
const claims = fc.record(
  {
    scope: fc.constantFrom('user', 'account', 7),
    external_id: value,
    name: value,
    email,
    exp: value,
    iat: value,
    jti: value,
  },
  { requiredKeys: [] },
);
const isGood = fc.boolean();

/** What stands around the values in a refusal or in an answer without a token. */
const SENTENCES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Missing ${text} header`,
  (text) => `The token ${text} was not found`,
  (text) => `{"error":"No token was found for ${text}"}`,
  (text) => `{"${text}":"missing authorization header","data":{"${text}":null}}`,
  (text) => `<html><p>Sign in, ${text}</p></html>`,
  (text) => `<br />\n<b>Warning</b>: ${text}<br />\n{"token":"${text}"}`,
  (text) => `{"token":"${text}"}`,
  (text) => `{"token":{"${text}":"${text}"}}`,
  (text) => `"${text}"`,
];

const given = fc.record({
  row: fc.constantFrom(...ANSWERS),
  sentence: fc.constantFrom(...SENTENCES),
  isSentence: fc.boolean(),
  statusOfSentence: fc.constantFrom(200, 401, 403, 500),
  text: value,
  secret: secretText,
  kid: fc.constantFrom<'key' | 'secret' | 'text'>('key', 'secret', 'text'),
  claims,
  isGood,
  serverAheadMs: fc.constantFrom(0, 600_000, -28_800_000),
  hasHeaders: fc.boolean(),
});

describe('personal data, tokens and secrets', () => {
  it('are not in what the command prints about an endpoint', async () => {
    const check = fc.asyncProperty(given, async (input) => {
      const { row, text, secret, kid, serverAheadMs } = input;
      const used: string[] = [
        text,
        secret,
        ...Object.values(input.claims)
          .map(String)
          .filter((one) => one.length > 7),
      ];
      const sign = (name: string, count: number) => {
        const iat = NOW_MS / 1000;
        const good = { scope: 'user', external_id: text, iat, exp: iat + 900 };
        const all = { ...(input.isGood && good), ...input.claims, count, [`for-${name}`]: text };
        const keyId = { key: FAKE_ACCOUNT.keyId, secret, text }[kid];
        const token = signToken(all, { secret, keyId });
        used.push(token);
        return token;
      };
      let count = 0;
      const fetchToken = async (): Promise<RequestResult> => {
        count++;
        const body = input.isSentence
          ? input.sentence(text)
          : row.body.replace(/@([a-z\d-]+)@/g, (_, name: string) => sign(name, count));
        const headers = new Headers({
          ...row.headers,
          date: new Date(NOW_MS + serverAheadMs).toUTCString(),
          'x-user': text,
          ...(row.headers && 'www-authenticate' in row.headers && { 'www-authenticate': `Bearer realm="${text}"` }),
          ...(row.headers && 'location' in row.headers && { location: `/login?user=${text}` }),
        });
        const status = input.isSentence ? input.statusOfSentence : (row.status ?? 200);
        return { kind: 'response', status, headers, body, receivedAtMs: NOW_MS, tookMs: 10 };
      };
      const url = new URL(`https://shop.example/${text}`);
      const sent = input.hasHeaders ? ([['Cookie', `session=${secret}`]] as const) : [];
      const examination = await examineEndpoint(url, sent, { fetchToken, wait: async () => {}, caller: 'command' });
      for (const given of [undefined, secret]) {
        const report = await createReport(examination, given, undefined);
        const said = printReport(report, { width: 10_000, hasColor: false }) + JSON.stringify(report.findings);
        expect(findLeak(said, used)).toBeUndefined();
      }
    });
    await fc.assert(check, { numRuns: 500 });
  });

  it('are not in what the command prints about a token from somewhere else', async () => {
    const wrap = fc.constantFrom<(token: string) => string>(
      (token) => token,
      (token) => `Bearer ${token}`,
      (token) => `https://acme.zendesk.com/access/jwt?jwt=${token}&a=1`,
      (token) => `{"token":"${token}"}`,
      (token) => token.slice(0, -9),
      (token) => token.split('.')[1]!,
    );
    const check = fc.asyncProperty(given, wrap, async ({ text, secret, kid, claims, isGood }, wrap) => {
      const good = { scope: 'user', external_id: text, iat: NOW_MS / 1000, exp: NOW_MS / 1000 + 900 };
      const keyId = { key: FAKE_ACCOUNT.keyId, secret, text }[kid];
      const token = signToken({ ...(isGood && good), ...claims }, { secret, keyId });
      const used = [
        token,
        text,
        secret,
        ...Object.values(claims)
          .map(String)
          .filter((one) => one.length > 7),
      ];
      for (const given of [undefined, secret, text]) {
        const report = await createReport({ findings: [], token: { value: wrap(token) } }, given, NOW_MS);
        const said = printReport(report, { width: 10_000, hasColor: false }) + JSON.stringify(report.findings);
        expect(findLeak(said, used)).toBeUndefined();
      }
    });
    await fc.assert(check, { numRuns: 60 });
  });

  it('would be found by this test', () => {
    expect(findLeak('The token of Qw1Xy2 is', ['aQw1Xy2b'])).toBe('Qw1Xy2');
    expect(findLeak('The token of Qw1Xy is', ['aQw1Xy2b'])).toBeUndefined();
  });
});
