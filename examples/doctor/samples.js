// Sample tokens. The secret and the key id are invented and belong to no account.

const KEY_ID = 'app_0123456789abcdef01234567';
// Real secrets are 64 bytes in base64url, too. That is why backends decode them by mistake.
const SECRET = btoa('invented for the token doctor of this library, and nothing else.').replace(/=*$/, '');

/** A real C# token from a support forum: `exp` is a string, and in the past. */
const FIRST_POST =
  'eyJ0eXAiOiJKV1QiLCJraWQiOiJhcHBfNjJiNWUwZmZjYTVhMzgwMGYwMjI1YzUzIiwiYWxnIjoiSFMyNTYifQ.eyJleHRlcm5hbF9pZCI6IjEyMzE2NTQyMzQ0IiwiZW1haWwiOiJqYW5lc0Bzb2FwLmNvbSIsImV4cCI6IjEyMzQ1Njc4IiwibmFtZSI6IkphbmUgU29hcHMiLCJzY29wZSI6InVzZXIifQ.ShaKIlanfmUoRqDpEvUEJkyJr6rdY9sUf1YckVAmddQ';

/** The token and its secret, by the id of the button. */
export const SAMPLES = {
  good: async () => ({ token: await signToken(toBytes(SECRET)), secret: SECRET }),
  'first-post': async () => ({ token: FIRST_POST, secret: '' }),
  decoded: async () => ({ token: await signToken(fromBinary(atob(SECRET))), secret: SECRET }),
  zone: async () => ({ token: await signToken(toBytes(SECRET), { offsetS: 8 * 3600 }), secret: SECRET }),
  around: async () => ({
    token: `https://example.zendesk.com/access/jwt?jwt=${await signToken(toBytes(SECRET))}&return_to=/hc`,
    secret: SECRET,
  }),
  exposed: async () => ({ token: await signToken(toBytes(SECRET), { keyId: SECRET }), secret: SECRET }),
};

/** @param offsetS - how far the clock that signs is ahead */
async function signToken(keyBytes, { keyId = KEY_ID, offsetS = 0 } = {}) {
  const nowS = Math.floor(Date.now() / 1000) + offsetS;
  const claims = { scope: 'user', external_id: 'user-1', name: 'Ada', iat: nowS, exp: nowS + 900 };
  const signed = [{ alg: 'HS256', typ: 'JWT', kid: keyId }, claims].map((part) => encode(JSON.stringify(part)));
  const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, toBytes(signed.join('.'))));
  return [...signed, encode(String.fromCharCode(...signature))].join('.');
}

const toBytes = (text) => new TextEncoder().encode(text);
const fromBinary = (binary) => Uint8Array.from(binary, (char) => char.charCodeAt(0));
const encode = (binary) => btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
