// Signs claims with HMAC-SHA256, by Web Crypto.
import { checkKey, type SigningKey } from './check-key.js';
import { checkSigningOptions } from './check-options.js';
import { createClaims, type Claims } from './create-claims.js';
import { TokenEndpointError } from './errors.js';
import type { MessengerUser, SigningOptions } from './options.js';

/** Signs a token for a user. */
export type SignFor = (user: MessengerUser) => Promise<string>;

const HMAC = { name: 'HMAC', hash: 'SHA-256' };
// The mark tells bundlers that an unused import runs nothing.
const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Signs one token for a user, for an endpoint of your own. {@link createTokenEndpoint} also checks the request, and answers it.
 *
 * Does **not** check who asks: call it only for the user of the session. Signs a new token each time, so do not store tokens.
 *
 * @param user - the user who is signed in to your site
 * @param options - the key and the lifetime
 * @throws TokenEndpointError if the options or the user are wrong. Nothing is signed then.
 * @example
 * const token = await signMessengerToken({ externalId: 42, name: 'Ada' }, { keyId, secret });
 */
export async function signMessengerToken(user: MessengerUser, options: SigningOptions): Promise<string> {
  checkSigningOptions(options);
  return createSigner(checkKey(options), options.now)(user);
}

/** Signs many tokens with one key. */
export function createSigner(key: SigningKey, now: () => number = Date.now): SignFor {
  const header = encodeObject({ alg: 'HS256', typ: 'JWT', ...(key.keyId !== undefined && { kid: key.keyId }) });
  const imported = importSecret(key.secret);
  return async (user) => {
    const claims = createClaims(user, key, { nowMs: readClock(now), jti: crypto.randomUUID() });
    const text = `${header}.${encodeObject(claims)}`;
    const signature = await crypto.subtle.sign('HMAC', await imported, encoder.encode(text));
    return `${text}.${encodeBytes(new Uint8Array(signature))}`;
  };
}

// In milliseconds, these are the years 1973 and 5138. A time in seconds is below, and one in microseconds above.
const MIN_NOW_MS = 1e11;
const MAX_NOW_MS = 1e14;

/** @throws TokenEndpointError if `now` fails, or returns no time in milliseconds */
function readClock(now: () => number): number {
  let cause: unknown;
  try {
    const nowMs: unknown = now();
    if (typeof nowMs === 'number' && nowMs >= MIN_NOW_MS && nowMs < MAX_NOW_MS) return nowMs;
  } catch (error) {
    cause = error;
  }
  const text = 'now does not return the current time. Return milliseconds since 1970, as Date.now() does.';
  throw new TokenEndpointError('option_invalid', text, cause);
}

/** The last secret, because importing takes as long as signing, and most servers have only one secret. */
let last: { readonly secret: string; readonly imported: Promise<CryptoKey> } | undefined;

function importSecret(secret: string): Promise<CryptoKey> {
  if (last?.secret === secret) return last.imported;
  const { crypto } = globalThis as Partial<typeof globalThis>;
  if (!crypto?.subtle) {
    throw new TokenEndpointError(
      'no_web_crypto',
      'This runtime has no Web Crypto. Use Node 20 or newer, Bun, Deno or a worker.',
    );
  }
  // The secret is used as the text it is. It may look like base64, but it is not decoded [M 35].
  const imported = crypto.subtle.importKey('raw', encoder.encode(secret), HMAC, false, ['sign']);
  // Whoever signs gets the error. Without this, it would also be an unhandled rejection.
  imported.catch(() => {});
  last = { secret, imported };
  return imported;
}

const encodeObject = (object: Claims) => encodeBytes(encoder.encode(JSON.stringify(object)));

const URL_SAFE: Readonly<Record<string, string>> = { '+': '-', '/': '_', '=': '' };

/** Encodes as base64url. One byte at a time, because String.fromCharCode(...bytes) takes twice as long. */
function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/[+/=]/g, (character) => URL_SAFE[character]!);
}
