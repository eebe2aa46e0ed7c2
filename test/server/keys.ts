// Invented keys of the right shape.

export const KEY_ID = 'app_0123456789abcdef01234567';
/** 64 bytes in base64url, as Zendesk's secrets for messaging are. */
export const SECRET = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-').toString(
  'base64url',
);
export const KEY = { keyId: KEY_ID, secret: SECRET };
/** A secret of the Web Widget (Classic). */
export const CLASSIC_SECRET = 'a'.repeat(20) + 'B7'.repeat(10);
