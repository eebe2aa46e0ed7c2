import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const { secret, keyId } = FAKE_ACCOUNT;
const secretBytes = new TextEncoder().encode(secret);
const nowS = () => Math.floor(Date.now() / 1000);

function login(jwt: string, backend = createFakeBackend()) {
  const url = `https://fake-account.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}/login`;
  return backend.fetch(url, { method: 'POST', headers: { authorization: `Bearer ${jwt}` } });
}

describe('signToken', () => {
  it('[M 35] makes tokens that jose accepts, with alg, typ and kid', async () => {
    const claims = { scope: 'user', external_id: 'Zoë ✓', name: '測試', iat: nowS(), exp: nowS() + 60 };
    const { payload, protectedHeader } = await jwtVerify(signToken(claims, { secret, keyId }), secretBytes);
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT', kid: keyId });
    expect(payload).toEqual(claims);
  });

  it('makes the same bytes as jose', async () => {
    const claims = { scope: 'user', external_id: 'user-1', exp: 2_000_000_000 };
    const header = { alg: 'HS256', typ: 'JWT', kid: keyId };
    const fromJose = await new SignJWT(claims).setProtectedHeader(header).sign(secretBytes);
    expect(signToken(claims, { secret, keyId })).toBe(fromJose);
  });

  it.each(['', 'k', 'x'.repeat(64), 'x'.repeat(200), 'schlüssel ✓'])('signs with the secret %j', async (key) => {
    // jose refuses short keys for HS256; Node's crypto does not.
    const { createHmac } = await import('node:crypto');
    const [header, payload, given] = signToken({ a: 1 }, { secret: key, keyId }).split('.');
    expect(given).toBe(createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url'));
  });

  it('fills in no claim, and lets the header be changed', () => {
    const jwt = signToken({}, { secret, keyId, header: { kid: undefined, alg: 'none', extra: 1 } });
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'none', typ: 'JWT', extra: 1 });
    expect(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()).toBe('{}');
  });
});

describe('The fake backend', () => {
  it('[M 35] accepts a token that jose has signed', async () => {
    const jwt = await new SignJWT({ scope: 'user', external_id: 'user-1' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(secretBytes);
    const backend = createFakeBackend();
    expect((await login(jwt, backend)).status).toBe(200);
    expect(backend.user('user-1')?.signedIn).toBe(true);
  });

  const good = () => ({ scope: 'user', external_id: 'user-1', iat: nowS(), exp: nowS() + 300 });
  const signed = (claims: Record<string, unknown>, options = {}) =>
    signToken({ ...good(), ...claims }, { secret, keyId, ...options });

  it.each([
    ['no exp, no iat', { exp: undefined, iat: undefined }],
    ['fractions of a second', { iat: nowS() + 0.5, exp: nowS() + 60.25 }],
    ['iat a little ahead', { iat: nowS() + 50 }],
    ['a name and an unverified e-mail', { name: 'Ann', email: 'ann@example.com', email_verified: false }],
  ])('[M 35] accepts a token with %s', async (_, claims) => {
    expect((await login(signed(claims))).status).toBe(200);
  });

  it.each<[string, () => string]>([
    ['expired', () => signed({ exp: nowS() - 1 })],
    ['exp is not a number', () => signed({ exp: String(nowS() + 300) })],
    ['exp is not a number', () => signed({ exp: null })],
    ['exp is in milliseconds', () => signed({ exp: Date.now() + 300_000 })],
    ['external_id is not a string', () => signed({ external_id: 42 })],
    ['external_id is empty', () => signed({ external_id: '' })],
    ['external_id is missing', () => signed({ external_id: undefined })],
    ['userId instead of external_id', () => signed({ external_id: undefined, userId: 'user-1' })],
    ['scope is missing', () => signed({ scope: undefined })],
    ['scope is not "user"', () => signed({ scope: 'app' })],
    ['header: kid is missing', () => signed({}, { header: { kid: undefined } })],
    ['header: kid is the id of another key', () => signed({}, { keyId: 'app_another' })],
    ['header: alg is not HS256', () => signed({}, { header: { alg: 'none' } })],
    ['header: typ is not JWT', () => signed({}, { header: { typ: undefined } })],
    ['signature: the secret was base64-decoded before signing', signedWithDecodedSecret],
    ['signature: made with another secret, or the token was changed', () => signed({}, { secret: 'another' })],
    ['signature: made with another secret, or the token was changed', changed],
    ['a whole JSON answer instead of the token', () => JSON.stringify({ jwt: signed({}) })],
    ['the token is in quotes', () => JSON.stringify(signed({}))],
    ['"Bearer " is in front of the token', () => `Bearer ${signed({})}`],
    ['white space around or in the token', () => `${signed({})}%20`],
    ['white space around or in the token', () => signed({}).replace('.', '. ')],
    ["iat is in the future: the signing server's clock is ahead", () => signed({ iat: nowS() + 120 })],
    ["nbf is in the future: the signing server's clock is ahead", () => signed({ nbf: nowS() + 120 })],
    ['iat is not a number', () => signed({ iat: 'now' })],
    ['no token', () => ''],
    ['not a JWT: three base64url parts are expected', () => 'x'],
    ['not a JWT: header or payload cannot be read', () => 'a.b.c'],
  ])('[M 21] [M 36] refuses a token for the reason "%s"', async (reason, make) => {
    const backend = createFakeBackend();
    const response = await login(make(), backend);
    expect(response.status).toBe(401);
    const description = reason === 'header: kid is missing' ? 'Missing key id (kid)' : 'Invalid JWT';
    expect(await response.json()).toEqual({ error: { code: 'invalid_auth', description } });
    expect(backend.requests).toMatchObject([{ kind: 'login', status: 401, reason }]);
    expect(backend.visitors).toEqual([]);
  });

  function signedWithDecodedSecret(): string {
    const [header, payload] = signed({}).split('.');
    // The secret is valid base64 of plain ASCII, so that text and bytes are the same.
    return signToken(JSON.parse(Buffer.from(payload!, 'base64url').toString()), {
      ...{ secret: Buffer.from(secret, 'base64').toString('latin1'), keyId },
      header: JSON.parse(Buffer.from(header!, 'base64url').toString()),
    });
  }

  function changed(): string {
    const [header, , last] = signed({}).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good(), external_id: 'admin' })).toString('base64url');
    return `${header}.${payload}.${last}`;
  }

  it('[M 36] compares exp with the server clock, to the millisecond', async () => {
    let nowMs = 1_780_000_000_000;
    const backend = createFakeBackend({ now: () => nowMs });
    const jwt = signToken({ scope: 'user', external_id: 'user-1', exp: 1_780_000_010 }, { secret, keyId });
    nowMs += 9999;
    expect((await login(jwt, backend)).status).toBe(200);
    nowMs += 1;
    expect((await login(jwt, backend)).status).toBe(401);
    backend.clockSkewMs = -1;
    expect((await login(jwt, backend)).status).toBe(200);
    backend.clockSkewMs = 60_000;
    expect((await login(jwt, backend)).status).toBe(401);
  });

  it('[M 36] answers 409 if a verified e-mail address belongs to another external_id, and ignores unverified ones', async () => {
    const backend = createFakeBackend();
    const email = (external_id: string, email_verified: unknown) =>
      login(signed({ external_id, email: 'Ann@example.com', email_verified }), backend);
    expect((await email('one', true)).status).toBe(200);
    expect((await email('one', true)).status).toBe(200);
    expect((await email('two', 'true')).status).toBe(200);
    const response = await email('three', true);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: 'conflict' } });
  });
});
