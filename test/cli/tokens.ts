import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

/** A real C# token from a support forum: `exp` is a string, and in the past. */
export const FIRST_POST =
  'eyJ0eXAiOiJKV1QiLCJraWQiOiJhcHBfNjJiNWUwZmZjYTVhMzgwMGYwMjI1YzUzIiwiYWxnIjoiSFMyNTYifQ.eyJleHRlcm5hbF9pZCI6IjEyMzE2NTQyMzQ0IiwiZW1haWwiOiJqYW5lc0Bzb2FwLmNvbSIsImV4cCI6IjEyMzQ1Njc4IiwibmFtZSI6IkphbmUgU29hcHMiLCJzY29wZSI6InVzZXIifQ.ShaKIlanfmUoRqDpEvUEJkyJr6rdY9sUf1YckVAmddQ';

/** Values in that token. They must not be printed. */
export const FIRST_POST_VALUES = ['12316542344', 'janes', 'soap.com', 'Jane', '62b5e0ff', '12345678', 'ShaKIlan'];

export const { secret: SECRET, keyId: KEY_ID } = FAKE_ACCOUNT;

/** A good token, signed at that time. */
export function makeToken(atMs: number, claims: Readonly<Record<string, unknown>> = {}): string {
  const iat = Math.floor(atMs / 1000);
  return signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 900, ...claims }, FAKE_ACCOUNT);
}
