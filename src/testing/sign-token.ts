// Signs tokens synchronously. Web Crypto answers in a separate task, which never runs with fake timers.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64url } from './base64url.js';

/** The options of {@link signToken}. {@link FAKE_ACCOUNT} has the required ones. */
export interface SigningOptions {
  /** The signing secret, used as text and not base64-decoded [M 35]. */
  readonly secret: string;
  /** The signing key's id, which becomes `kid` in the header. Without it, the header has no `kid`, as for Classic. */
  readonly keyId?: string | undefined;
  /**
   * Replaces members of the header `{ alg, typ, kid }`. The value `undefined` removes a member. The signature is always
   * HS256, even if `alg` says something else.
   */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Signs a JWT with HS256, synchronously. It is for tests: in production, sign tokens on your server with a JWT library.
 *
 * The claims are signed as given. Nothing is added (no `scope`, `iat` or `exp`) and nothing is checked, so you can also
 * create bad tokens. `exp` and `iat` are in seconds since 1970.
 *
 * @param claims - the payload
 * @param options - the secret, the key id and changes to the header
 * @example
 * const nowS = Math.floor(Date.now() / 1000);
 * const token = signToken({ scope: 'user', external_id: 'user-1', iat: nowS, exp: nowS + 300 }, FAKE_ACCOUNT);
 */
export function signToken(claims: Readonly<Record<string, unknown>>, options: SigningOptions): string {
  const header = { alg: 'HS256', typ: 'JWT', kid: options.keyId, ...options.header };
  const signed = `${encodeBase64url(JSON.stringify(header))}.${encodeBase64url(JSON.stringify(claims))}`;
  return `${signed}.${createSignature(signed, new TextEncoder().encode(options.secret))}`;
}

/** Returns the HS256 signature of `header.payload`, which is the third part of a token. */
export function createSignature(signed: string, secret: Uint8Array): string {
  return encodeBase64url(hmac(sha256, secret, new TextEncoder().encode(signed)));
}
