// The tokens of every token endpoint, and the users for whom it signs none.
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import type { FoundProgram } from './find-programs.js';
import { requestToken, send } from './send.js';
import { buildProgram, CONFIGURATION, startProgram, type RunningProgram } from './start-program.js';

/** What the demo users of every program are called. */
export const ADA = { externalId: '42', name: "Zoë O’Hara 'the 2nd' 👋", email: 'zoe@shop.example' };
export const GRACE = { externalId: '7', name: 'Grace' };

const LIFETIME_S = 900;
const SECRET = new TextEncoder().encode(CONFIGURATION.ZENDESK_SECRET);

/** Tests of the tokens of a program that is running. */
export function testTokens(running: () => RunningProgram): void {
  it('signs a token with exactly the claims that Zendesk reads, and a name with any characters', async () => {
    const beforeS = Math.floor(Date.now() / 1000);
    const token = await requestToken(running().port, 'ada');
    const afterS = Math.floor(Date.now() / 1000);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT', kid: CONFIGURATION.ZENDESK_KEY_ID });
    const { payload } = await jwtVerify(token, SECRET, { algorithms: ['HS256'] });
    expect(payload).toEqual({
      scope: 'user',
      external_id: ADA.externalId,
      name: ADA.name,
      email: ADA.email,
      email_verified: true,
      iat: expect.any(Number),
      exp: payload.iat! + LIFETIME_S,
      jti: expect.stringMatching(/^[\w-]{16,}$/),
    });
    expect(payload.iat).toBeGreaterThanOrEqual(beforeS);
    expect(payload.iat).toBeLessThanOrEqual(afterS);
    // Not 1.8e9, and no fraction.
    const json = Buffer.from(token.split('.')[1]!, 'base64url').toString();
    expect(json.match(/"(?:iat|exp)"\s*:\s*\d{10}\s*[,}]/g)).toHaveLength(2);
  });

  it('signs a token without an e-mail for a user who has none', async () => {
    const { payload } = await jwtVerify(await requestToken(running().port, 'grace'), SECRET);
    expect(payload).toMatchObject({ external_id: GRACE.externalId, name: GRACE.name });
    expect(Object.keys(payload).sort()).toEqual(['exp', 'external_id', 'iat', 'jti', 'name', 'scope']);
  });

  it('signs a different token for each of two requests at the same time', async () => {
    const { port } = running();
    const tokens = await Promise.all(['ada', 'ada'].map((session) => requestToken(port, session)));
    const [first, second] = await Promise.all(tokens.map((token) => jwtVerify(token, SECRET)));
    expect(first!.payload.jti).not.toBe(second!.payload.jti);
  });
}

/** Tests of a program whose first user has an id that Zendesk refuses. */
export function testRefusedIds(program: FoundProgram): void {
  it.each(['tooLong', 'missing'] as const)('signs nothing for a user whose id is %s', async (kind) => {
    const { text, [kind]: to } = program.otherIds;
    const running = await startProgram(buildProgram(program, { from: text, to }), program.environment);
    try {
      const answer = await send(running.port, { cookie: 'session=ada' });
      expect(answer.status).toBe(500);
      expect(answer.headers['cache-control']).toBe('no-store');
      // The reason is for the developer, in the log.
      expect(answer.body).not.toMatch(/255|xxx|ey[\w-]+\./);
      await expect.poll(running.stderr, { timeout: 120_000 }).toMatch(/255|no externalId/);
      expect(running.stderr()).not.toContain('xxx');
      // A stack trace of PHP has the beginning of each argument.
      expect(running.stderr()).not.toContain(CONFIGURATION.ZENDESK_SECRET.slice(0, 8));
      expect((await send(running.port, { cookie: 'session=grace' })).status).toBe(200);
    } finally {
      await running.stop();
    }
  });
}

/** Tests of a program whose users have an id and a name that are unusual, but right. */
export function testUnusualUsers(program: FoundProgram): void {
  const readToken = async (edit: { readonly from: string; readonly to: string }, session: string) => {
    const running = await startProgram(buildProgram(program, edit), program.environment);
    try {
      return (await jwtVerify(await requestToken(running.port, session), SECRET)).payload;
    } finally {
      await running.stop();
    }
  };

  it('signs a token for a user whose id has 255 characters', async () => {
    const { text: from, longest: to } = program.otherIds;
    expect(await readToken({ from, to }, 'ada')).toMatchObject({ external_id: 'é'.repeat(255) });
  });

  it('signs a token without a name for a user who has none', async () => {
    const payload = await readToken(program.noName, 'grace');
    expect(Object.keys(payload).sort()).toEqual(['exp', 'external_id', 'iat', 'jti', 'scope']);
  });
}
