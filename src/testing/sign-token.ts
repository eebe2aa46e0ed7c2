// Signs tokens in one synchronous step: Web Crypto answers in a task of its own, which stands still under fake timers.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64url } from './base64url.js';

/** What {@link signToken} signs with. */
export interface SigningOptions {
  /** The signing secret, used as the text it is [M 35]. */
  readonly secret: string;
  /** The signing key's id, written to the header as `kid`. */
  readonly keyId: string;
  /** Replaces members of the header `{ alg, typ, kid }`; `undefined` removes one. The signature is HS256, whatever `alg` says. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Makes an HS256 JWT, synchronously.
 *
 * Claims are signed as given: nothing is filled in (no `scope`, no `iat`, no `exp`) and nothing is checked, so that bad
 * tokens can be made, too. `exp` and `iat` are seconds since 1970.
 *
 * @example
 * const nowS = Math.floor(Date.now() / 1000);
 * const token = signToken({ scope: 'user', external_id: 'user-1', iat: nowS, exp: nowS + 300 }, FAKE_ACCOUNT);
 */
export function signToken(claims: Readonly<Record<string, unknown>>, options: SigningOptions): string {
  const header = { alg: 'HS256', typ: 'JWT', kid: options.keyId, ...options.header };
  const signed = `${encodeBase64url(JSON.stringify(header))}.${encodeBase64url(JSON.stringify(claims))}`;
  return `${signed}.${signature(signed, new TextEncoder().encode(options.secret))}`;
}

/** The HS256 signature over `header.payload`, as the third part of a token. */
export function signature(signed: string, secret: Uint8Array): string {
  return encodeBase64url(hmac(sha256, secret, new TextEncoder().encode(signed)));
}
