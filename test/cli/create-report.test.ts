import { describe, expect, it } from 'vitest';
import { createReport } from '../../src/cli/create-report.js';
import { printReport } from '../../src/cli/print.js';
import type { TokenResponse } from '../../src/endpoint-check/fetch-token.js';
import type { ObtainedToken } from '../../src/endpoint-check/join-findings.js';
import { checkClock } from '../../src/endpoint-check/server-clock.js';
import type { TokenProduct } from '../../src/inspect/index.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { KEY_ID, makeToken, SECRET } from './tokens.js';

const NOW_MS = 1_795_400_000_000;
const HOUR_MS = 3_600_000;

/** A token that arrived at NOW_MS by this computer's clock, from a server whose clock may be ahead. */
function arrive(value: string, aheadMs: number | null = 0, isNew = true): ObtainedToken {
  const serverMs = aheadMs === null ? undefined : NOW_MS + aheadMs;
  const headers = new Headers(serverMs === undefined ? {} : { date: new Date(serverMs).toUTCString() });
  const response = { headers, receivedAtMs: NOW_MS } as TokenResponse;
  return { findings: checkClock(response), token: { value }, times: { localMs: NOW_MS, serverMs }, isNew };
}

const report = async (obtained: ObtainedToken, secret?: string, atMs?: number, product?: TokenProduct) => {
  const result = await createReport(obtained, secret, atMs, product);
  const text = printReport(result, { width: 1000, hasColor: false });
  return { ...result, codes: result.findings.map(({ code, severity }) => `${severity} ${code}`), text };
};
const CLOCKS = /clock of the server that signs|this clock|clock here/;

describe('the times of a token from an endpoint', () => {
  it('are checked against the clock of its server', async () => {
    expect((await report(arrive(makeToken(NOW_MS)))).codes).toEqual([]);
    const expired = await report(arrive(makeToken(NOW_MS - 1_000_000)));
    expect(expired.codes).toEqual(['error expired']);
    expect(expired.isOk).toBe(false);
  });

  it.each([
    ['the server is 2 hours ahead', 2 * HOUR_MS, "By this computer's clock, the token is not valid yet."],
    ['the server is 2 hours behind', -2 * HOUR_MS, "By this computer's clock, the token has expired."],
    ['the server is 100 minutes behind', -6_000_000, "By this computer's clock, the token has expired."],
    ['the server is 10 minutes ahead', 600_000, "By this computer's clock, the token is not valid yet."],
  ])('are an error also if they are wrong by the other clock only: %s', async (_what, aheadMs, sentence) => {
    const { codes, isOk, text } = await report(arrive(makeToken(NOW_MS + aheadMs), aheadMs));
    expect(codes).toEqual(['error endpoint_clock']);
    expect(isOk).toBe(false);
    expect(text).toContain(sentence);
    expect(text).toContain("If the server's clock is wrong, Zendesk refuses the token.");
    expect(text).not.toContain('Found nothing');
  });

  it('are no error if they are right by both clocks, even if these differ', async () => {
    const { codes, text } = await report(arrive(makeToken(NOW_MS - 120_000), -120_000));
    expect(codes).toEqual(['warning endpoint_clock']);
    expect(text).toContain("The token's times were checked against the server's clock.");
    expect(text).toContain('Found nothing that Zendesk would refuse.');
  });

  it('are an error of the token only, if they are wrong by both clocks', async () => {
    const { codes } = await report(arrive(makeToken(NOW_MS - 4_000_000), -600_000));
    expect(codes).toEqual(['error expired', 'warning endpoint_clock']);
  });

  it('are an error of the token if they are wrong by the clock of the server', async () => {
    const { codes } = await report(arrive(makeToken(NOW_MS), 2 * HOUR_MS));
    expect(codes).toContain('warning endpoint_clock');
    expect(codes.filter((code) => code.startsWith('error'))).not.toEqual([]);
  });

  it.each([
    ['8 hours ahead', 8 * HOUR_MS],
    ['8 hours behind', -8 * HOUR_MS],
    ['5 and a half hours ahead', 5.5 * HOUR_MS],
  ])('never blame a clock, but the time zone, when they are %s', async (_what, offsetMs) => {
    for (const aheadMs of [0, 20_000, null]) {
      const { findings, text } = await report(arrive(makeToken(NOW_MS + offsetMs), aheadMs));
      expect(findings[0]?.code).toBe('time_zone_offset');
      expect(text).not.toMatch(CLOCKS);
      expect(text).not.toContain('NTP');
    }
  });

  it.each([600_000, 20_000])('never blame the clock here when they are %i ms ahead', async (offsetMs) => {
    for (const aheadMs of [0, null]) {
      const { findings, text } = await report(arrive(makeToken(NOW_MS + offsetMs), aheadMs));
      expect(findings).not.toEqual([]);
      expect(text).not.toMatch(CLOCKS);
    }
  });

  it('name the clock by which they are ahead', async () => {
    const token = makeToken(NOW_MS + 600_000);
    expect((await report(arrive(token, 0))).text).toContain('by the clock of the server that sent the token.');
    expect((await report(arrive(token, null))).text).toContain("by this computer's clock.");
  });

  it('are not said to be from a cache when two requests got two tokens', async () => {
    const old = makeToken(NOW_MS - 1_000_000);
    const remedyOf = async (isNew: boolean) => (await report(arrive(old, 0, isNew))).findings[0]?.remedy;
    expect(await remedyOf(true)).not.toMatch(/cache|keep/);
    expect(await remedyOf(false)).toMatch(/cache|keep/);
  });

  it('are not those of a time zone when two requests got the same token', async () => {
    const old = makeToken(NOW_MS - 3 * HOUR_MS);
    expect((await report(arrive(old, 0, false))).codes).toEqual(['error expired']);
    // Without two requests, nothing says that the token is old.
    expect((await report({ findings: [], token: { value: old } }, undefined, NOW_MS)).codes).toEqual([
      'error time_zone_offset',
    ]);
  });

  it('are checked against the time of --at only, if there is one', async () => {
    const { codes } = await report(arrive(makeToken(NOW_MS - 2 * HOUR_MS)), undefined, NOW_MS - 2 * HOUR_MS);
    expect(codes).toEqual([]);
  });
});

describe('the report', () => {
  const obtain = (value: string): ObtainedToken => ({ findings: [], token: { value } });
  const at = (value: string, secret?: string) => report(obtain(value), secret, NOW_MS);
  const claims = { scope: 'user', external_id: 'user-1', iat: NOW_MS / 1000, exp: NOW_MS / 1000 + 900 };
  const LONG_SECRET = 'bT7-tokenTest_OnlyForBugHunt-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU';

  it('is not ok when the token contains the secret, with the secret at hand and without it', async () => {
    const exposed = signToken(claims, { secret: LONG_SECRET, keyId: LONG_SECRET });
    const exact = await at(exposed, LONG_SECRET);
    expect(exact.codes[0]).toBe('error secret_exposed');
    expect(exact.isOk).toBe(false);
    const byShape = await at(exposed);
    expect(byShape.codes[0]).toBe('warning secret_exposed');
    expect(byShape.isOk).toBe(false);
    expect(byShape.text).not.toContain('Found nothing');
  });

  it('is ok with other warnings, such as an unusual key id', async () => {
    const { codes, isOk } = await at(signToken(claims, { secret: SECRET, keyId: 'app_1' }));
    expect(codes).toEqual(['warning kid_unusual']);
    expect(isOk).toBe(true);
  });

  it('begins with what explains the rest, even if that is a warning', async () => {
    const sso = { iat: claims.iat, jti: '1', email: 'a@example.org', name: 'A', external_id: '7' };
    const { codes } = await at(signToken(sso, { ...FAKE_ACCOUNT, header: { kid: undefined } }));
    expect(codes[0]).toBe('warning other_zendesk_jwt');
    expect(codes).toContain('error kid_missing');
  });

  it('follows the rules of the product, also in what it says about the secret', async () => {
    const chat = { name: 'A', email: 'a@example.org', external_id: '7', iat: NOW_MS / 1000, exp: NOW_MS / 1000 + 300 };
    const token = obtain(signToken(chat, { ...FAKE_ACCOUNT, header: { kid: undefined } }));
    expect((await report(token, FAKE_ACCOUNT.secret, NOW_MS, 'chat')).codes).toEqual([]);
    expect((await report(token, FAKE_ACCOUNT.secret, NOW_MS)).codes).toContain('error kid_missing');
    const { findings } = await report(token, `${FAKE_ACCOUNT.secret}x`, NOW_MS, 'chat');
    expect(findings.map(({ code }) => code)).toEqual(['signature_invalid']);
    expect(findings[0]?.remedy).toContain('Use the secret for the chat');
  });

  it('checks the second clock by the rules of the product, too', async () => {
    const signedAtS = NOW_MS / 1000 + 90;
    const chat = { name: 'A', email: 'a@example.org', external_id: '7', iat: signedAtS, exp: signedAtS + 300 };
    const value = signToken(chat, { ...FAKE_ACCOUNT, header: { kid: undefined } });
    const arrived = arrive(value, 90_000);
    expect((await report(arrived, undefined, undefined, 'chat')).codes).toEqual(['warning endpoint_clock']);
    expect((await report(arrived)).codes).toContain('error endpoint_clock');
  });

  it('has one finding for a signature that is written in hex', async () => {
    const [header, payload, signature] = signToken(claims, { secret: SECRET, keyId: KEY_ID }).split('.');
    const hex = Buffer.from(signature!, 'base64url').toString('hex');
    const { codes, text } = await at(`${header}.${payload}.${hex}`, SECRET);
    expect(codes).toEqual(['error signature_invalid']);
    expect(text).not.toContain('The signature is correct');
  });

  it.each([SECRET, JSON.stringify({ token: SECRET }), `${SECRET}\n`, `KEY="${SECRET}"`])(
    'does not call the signature correct when the token is the secret',
    async (text) => {
      const result = await at(text, SECRET);
      expect(result.codes[0]).toBe('error secret_exposed');
      expect(result.text).not.toContain('The signature is correct');
      expect(result.text).toContain('The signature was not checked.');
      expect(result.isOk).toBe(false);
    },
  );

  it('does not call a secret exposed when it is the key id, which is in each token', async () => {
    const result = await at(makeToken(NOW_MS), KEY_ID);
    expect(result.codes).toEqual(['warning signature_not_checked']);
    expect(result.text).toContain('The secret given here is the key id');
    expect(result.text).not.toContain('The signature is correct');
  });

  it.each([
    ['beside the token', (token: string) => JSON.stringify({ token, secret: LONG_SECRET }), true],
    ['in a page with an error, without a token', () => `<pre>ZENDESK_SECRET=${LONG_SECRET}</pre>`, false],
  ])('is not ok when the secret is in the answer of an endpoint, %s', async (_where, write, hasToken) => {
    const token = signToken(claims, { secret: LONG_SECRET, keyId: KEY_ID });
    const obtained = { ...arrive(token), token: hasToken ? { value: token } : undefined, body: write(token) };
    const result = await report(obtained, LONG_SECRET);
    expect(result.codes).toEqual(['error secret_exposed']);
    expect(result.findings[0]).toMatchObject({
      message: 'The answer contains the shared secret. Whoever sees the answer can sign as anybody.',
      remedy: expect.stringMatching(/never put it into an answer\.$/),
    });
    expect(result.isOk).toBe(false);
    expect(result.isSignatureChecked).toBe(hasToken);
    // Without the secret, or with the key id instead of it, nothing is known.
    expect((await report(obtained)).codes).toEqual([]);
    const withKeyId = await report({ ...obtained, body: `${write(token)}${KEY_ID}` }, KEY_ID);
    expect(withKeyId.codes).toEqual(hasToken ? ['warning signature_not_checked'] : []);
  });

  it('does not call the answer exposed for a secret that is in the token', async () => {
    const token = signToken(claims, { secret: LONG_SECRET, keyId: LONG_SECRET });
    const { findings } = await report({ ...arrive(token), body: JSON.stringify({ token }) }, LONG_SECRET);
    expect(findings).toMatchObject([{ code: 'secret_exposed', part: 'header' }]);
  });

  it('asks for a secret only when none was given', async () => {
    expect((await at(makeToken(NOW_MS))).text).toContain('add --secret-env');
    expect((await at(makeToken(NOW_MS), SECRET)).text).not.toContain('--secret-env');
    const unsigned = makeToken(NOW_MS).split('.').slice(0, 2).join('.');
    expect((await at(unsigned, SECRET)).text).not.toContain('--secret-env');
  });
});
