// Checks whether Zendesk would accept a token, by its rules [M 35] and the known causes of refusals [M 36].
import { MAX_SECONDS } from '../core/token.js';
import { decodeBase64, decodeJsonObject } from './base64url.js';
import { createSignature } from './sign-token.js';

/** The claims of a token that was accepted. */
export interface VerifiedClaims {
  readonly externalId: string;
  readonly name: string | undefined;
  /** The e-mail, if `email_verified` is `true`. Only then does it identify the user [M 35]. */
  readonly verifiedEmail: string | undefined;
}

/** The claims, or why the token is refused. The reason is for the log: Zendesk mostly says `Invalid JWT`. */
export type Verification = { readonly claims: VerifiedClaims } | { readonly reason: string };

export interface VerificationKey {
  readonly secret: string;
  readonly keyId: string;
  /** The server's clock, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** Zendesk tells this one reason. */
export const NO_KEY_ID = 'header: kid is missing';

// How far `iat` and `nbf` may be in the future. Zendesk's exact value is not known, but there is one [M 36].
const LEEWAY_S = 60;

/** Checks the text after `Bearer `: its shape, header, signature, claims and dates. There is no leeway for `exp`. */
export function verifyToken(token: string, key: VerificationKey): Verification {
  try {
    const reason = findShapeProblem(token) ?? findHeaderProblem(token, key) ?? findSignatureProblem(token, key);
    if (reason !== undefined) return { reason };
    return verifyClaims(decodeJsonObject(token.split('.')[1] ?? ''), key.nowMs / 1000);
  } catch {
    return { reason: 'not a JWT: header or payload cannot be read' };
  }
}

/** Returns why the text is no bare token, or `undefined`. */
export function findShapeProblem(token: string): string | undefined {
  if (token === '') return 'no token';
  // HTTP trims header values, so the fake client sends white space at the ends as %20.
  const bare = token.replace(/^(?:%20|\s)+|(?:%20|\s)+$/g, '');
  if (bare.startsWith('"')) return 'the token is in quotes';
  if (bare.startsWith('{')) return 'a whole JSON answer instead of the token';
  if (/^Bearer\b/i.test(bare)) return '"Bearer " is in front of the token';
  if (bare !== token || /\s/.test(bare)) return 'white space around or in the token';
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return 'not a JWT: three base64url parts are expected';
  return undefined;
}

function findHeaderProblem(token: string, { keyId }: VerificationKey): string | undefined {
  const { alg, typ, kid } = decodeJsonObject(token.split('.')[0] ?? '');
  if (alg !== 'HS256') return 'header: alg is not HS256';
  if (typ !== 'JWT') return 'header: typ is not JWT';
  if (kid === undefined) return NO_KEY_ID;
  if (kid !== keyId) return 'header: kid is the id of another key';
  return undefined;
}

/** Returns why the signature was not made with this secret, or `undefined`. */
export function findSignatureProblem(token: string, { secret }: Pick<VerificationKey, 'secret'>): string | undefined {
  const [header, payload, given] = token.split('.');
  const signed = `${header}.${payload}`;
  if (given === createSignature(signed, new TextEncoder().encode(secret))) return undefined;
  return given === createSignatureWithDecoded(signed, secret)
    ? 'signature: the secret was base64-decoded before signing'
    : 'signature: made with another secret, or the token was changed';
}

function createSignatureWithDecoded(signed: string, secret: string): string | undefined {
  try {
    return createSignature(signed, decodeBase64(secret));
  } catch {
    return undefined;
  }
}

function verifyClaims(claims: Record<string, unknown>, nowS: number): Verification {
  const { scope, external_id: externalId, name, email } = claims;
  if (scope !== 'user') return { reason: scope === undefined ? 'scope is missing' : 'scope is not "user"' };
  if (externalId === undefined) {
    return { reason: claims['userId'] === undefined ? 'external_id is missing' : 'userId instead of external_id' };
  }
  if (typeof externalId !== 'string') return { reason: 'external_id is not a string' };
  if (externalId === '') return { reason: 'external_id is empty' };
  const reason = findTimeProblem(claims, nowS);
  if (reason !== undefined) return { reason };
  const verifiedEmail =
    claims['email_verified'] === true && typeof email === 'string' ? email.toLowerCase() : undefined;
  return { claims: { externalId, name: typeof name === 'string' ? name : undefined, verifiedEmail } };
}

/** Returns why the token is not valid at this time, or `undefined`. Does not require `exp`, `iat` or `nbf`. */
export function findTimeProblem(claims: Record<string, unknown>, nowS: number): string | undefined {
  for (const name of ['exp', 'iat', 'nbf']) {
    const value = claims[name];
    if (value === undefined) continue;
    if (typeof value !== 'number') return `${name} is not a number`;
    if (value >= MAX_SECONDS) return `${name} is in milliseconds`;
    if (name === 'exp' && value <= nowS) return 'expired';
    if (name !== 'exp' && value > nowS + LEEWAY_S)
      return `${name} is in the future: the signing server's clock is ahead`;
  }
  return undefined;
}
