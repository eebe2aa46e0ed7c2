import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

/** The C# token of the first post: exp is a string, and long past. */
export const FIRST_POST =
  'eyJ0eXAiOiJKV1QiLCJraWQiOiJhcHBfNjJiNWUwZmZjYTVhMzgwMGYwMjI1YzUzIiwiYWxnIjoiSFMyNTYifQ.eyJleHRlcm5hbF9pZCI6IjEyMzE2NTQyMzQ0IiwiZW1haWwiOiJqYW5lc0Bzb2FwLmNvbSIsImV4cCI6IjEyMzQ1Njc4IiwibmFtZSI6IkphbmUgU29hcHMiLCJzY29wZSI6InVzZXIifQ.ShaKIlanfmUoRqDpEvUEJkyJr6rdY9sUf1YckVAmddQ';

/** What is in it, and must never be printed. */
export const FIRST_POST_VALUES = ['12316542344', 'janes', 'soap.com', 'Jane', '62b5e0ff', '12345678', 'ShaKIlan'];

export const { secret: SECRET, keyId: KEY_ID } = FAKE_ACCOUNT;

/** A token without a fault, signed at that instant. */
export function makeToken(atMs: number, claims: Readonly<Record<string, unknown>> = {}): string {
  const iat = Math.floor(atMs / 1000);
  return signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 900, ...claims }, FAKE_ACCOUNT);
}
