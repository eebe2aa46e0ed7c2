import type { Finding } from '../core/findings.js';
import { encodeBase64url, toBase64url } from './base64.js';
import { CATALOGUE, find } from './catalogue.js';
import { dissect } from './dissect.js';
import { rewrite, USUAL_ORDERS } from './rewritings.js';
import { bareSecret, listMistakes, MOST_SECRET } from './secret-mistakes.js';

const LONGER_HASHES: Readonly<Record<string, string>> = { HS384: 'SHA-384', HS512: 'SHA-512' };
const WITHOUT_SECRET = /^(?:none|(?:RS|ES|PS)(?:256|384|512)|EdDSA)$/i;

// A token that is longer is no mistake of these: no server takes it. Trying them all on it would take seconds.
const MOST_TRIED = 64_000;
// Above it, writing the payload anew in every way would take too long.
const MOST_REWRITTEN = 8000;

const BASE64URL = 'Sign with a JWT library. If you sign yourself, encode the HMAC bytes as base64url.';
const AS_RETURNED = 'Pass the token exactly as the JWT library returns it. Do not decode and re-encode it.';

/**
 * Checks a token's signature with the shared secret, and where it does not fit, finds out which mistake was made: the
 * secret decoded from base64, base64url or hex before signing, or encoded; white space or quotes around it, in the
 * backend or here; header or payload written anew after signing. Empty: the signature is right.
 *
 * Looks at the signature **only**: {@link inspectToken} says the rest. Uses Web Crypto; nothing leaves the computer. A
 * finding holds no character of the token or the secret. What has no signature to check, or where there is no Web
 * Crypto (a page that is neither on https nor on localhost), gives `signature_not_checked`.
 *
 * @param token - as for {@link inspectToken}
 * @param secret - the shared secret, as it was shown in the Admin Center
 * @throws TypeError when `secret` is not a string, there is nothing in it, or it has more than 1000 characters
 * @example
 * const findings = [...inspectToken(token), ...(await checkSignature(token, secret))];
 */
export async function checkSignature(token: unknown, secret: string): Promise<Finding[]> {
  if (typeof secret !== 'string' || bareSecret(secret) === '') {
    throw new TypeError('The secret must be a string that is not empty. Use the secret from the Admin Center.');
  }
  if (secret.length > MOST_SECRET) {
    throw new TypeError(
      `The secret has ${secret.length} characters, which is too many. Pass only the secret from the Admin Center.`,
    );
  }
  const { parts, header, payload } = dissect(token);
  const [headerText, payloadText, signature] = parts;
  if (!headerText || !payloadText || !signature) {
    return [find('signature_not_checked', 'The token has no signature to check.')];
  }
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) {
    return [
      find('signature_not_checked', 'The signature cannot be checked here, because Web Crypto is not available.'),
    ];
  }
  const alg = String(header?.['alg']);
  if (WITHOUT_SECRET.test(alg)) {
    const message = 'alg is not an algorithm that signs with a shared secret.';
    return [find('signature_invalid', message, 'signature', CATALOGUE.alg_not_hs256[2])];
  }

  const given = toBase64url(signature);
  const signed = toBytes(`${headerText}.${payloadText}`);
  const bare = bareSecret(secret);
  // An alg that is written in another way, or missing, stands for the usual one.
  const signWith = createSigners(subtle, Object.hasOwn(LONGER_HASHES, alg) ? LONGER_HASHES[alg]! : 'SHA-256');
  const signWithBare = await signWith(toBytes(bare));
  const right = await signWithBare(signed);
  if (bare === secret && encodeBase64url(right) === given) return [];
  if (isHex(given, right)) {
    const message = 'The signature is correct, but it is written in hex.';
    return [find('signature_invalid', message, 'signature', BASE64URL)];
  }
  for (const { key, code, message } of signed.length <= MOST_TRIED ? listMistakes(secret) : []) {
    const sign = await signWith(key);
    if (encodeBase64url(await sign(signed)) === given) return [find(code, message)];
  }
  if (header && payload && signed.length <= MOST_REWRITTEN) {
    for (const rewritten of listRewritten(headerText, payloadText, rewrite(header), rewrite(payload))) {
      if (encodeBase64url(await signWithBare(toBytes(rewritten))) !== given) continue;
      const message =
        'The header or payload was serialized again after signing, with different white space, order or escapes.';
      return [find('signature_invalid', message, 'signature', AS_RETURNED)];
    }
  }
  return [find('signature_invalid', 'The token was signed with a different secret, or was changed after signing.')];
}

type Bytes = Uint8Array<ArrayBuffer>;
type Sign = (signed: Bytes) => Promise<Bytes>;

const toBytes = (text: string) => new TextEncoder().encode(text);

function createSigners(subtle: SubtleCrypto, hash: string): (secret: Bytes) => Promise<Sign> {
  return async (secret) => {
    const key = await subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
    return async (signed) => new Uint8Array(await subtle.sign('HMAC', key, signed));
  };
}

/** Whether the signature is these bytes' hex text, as it is or in base64url. */
function isHex(given: string, bytes: Uint8Array): boolean {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return given.toLowerCase() === hex || given === encodeBase64url(hex);
}

/** What may have been signed: one of the two parts written otherwise, or both of them in the same way. */
function listRewritten(header: string, payload: string, headers: string[][], payloads: string[][]): Set<string> {
  return new Set([
    ...headers.flat().map((other) => `${other}.${payload}`),
    ...payloads.flat().map((other) => `${header}.${other}`),
    ...headers.flatMap((others, way) =>
      others.flatMap((one) => payloads[way]!.slice(0, USUAL_ORDERS).map((other) => `${one}.${other}`)),
    ),
  ]);
}
