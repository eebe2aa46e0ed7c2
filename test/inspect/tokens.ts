// Makes tokens to inspect, and lists the codes of findings.
import { createHmac } from 'node:crypto';
import type { Finding, FindingCode } from '../../src/core/findings.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

export const NOW_S = 1_795_400_000;
export const NOW_MS = NOW_S * 1000;
export const { secret: SECRET, keyId: KEY_ID } = FAKE_ACCOUNT;

export const HEADER = { alg: 'HS256', typ: 'JWT', kid: KEY_ID };
export const CLAIMS = { scope: 'user', external_id: 'user-1', iat: NOW_S - 5, exp: NOW_S + 600 };

type Json = Readonly<Record<string, unknown>>;

/** A good token with some claims and header members replaced. `undefined` removes one. */
export function sign(claims: Json = {}, header: Json = {}): string {
  return signToken({ ...CLAIMS, ...claims }, { ...FAKE_ACCOUNT, header });
}

export function base64url(content: string | Uint8Array): string {
  return Buffer.from(content as string).toString('base64url');
}

/** A token with exactly these texts as header and payload. */
export function signTexts(header: string, payload: string, key: string | Uint8Array = SECRET): string {
  return signParts(base64url(header), base64url(payload), key);
}

export function signParts(header: string, payload: string, key: string | Uint8Array = SECRET): string {
  return `${header}.${payload}.${createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url')}`;
}

export function listCodes(findings: readonly Finding[]): FindingCode[] {
  return findings.map(({ code }) => code);
}

export function listErrors(findings: readonly Finding[]): FindingCode[] {
  return listCodes(findings.filter(({ severity }) => severity === 'error'));
}
