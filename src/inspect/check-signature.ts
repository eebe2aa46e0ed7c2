import type { Finding, FindingCode } from '../core/findings.js';
import { decodeBase64url, encodeBase64url, toBase64url } from './base64.js';
import { CATALOGUE, createFinding } from './catalogue.js';
import { findRules, fitTexts } from './classic-rules.js';
import { createExposure, findSecret, isEncodedHex } from './exposure.js';
import { describeNonSecret } from './given-secret.js';
import type { SignatureOptions } from './options.js';
import { parseToken, type ParsedToken } from './parse-token.js';
import { listSerializations, USUAL_ORDERS } from './serializations.js';
import { looksLikeSecret } from './secret-shape.js';
import { trimSecret, listMistakes, MAX_SECRET_LENGTH } from './secret-mistakes.js';

const LONGER_HASHES: Readonly<Record<string, string>> = { HS384: 'SHA-384', HS512: 'SHA-512' };
const ALGORITHMS_WITHOUT_SECRET = /^(?:none|(?:RS|ES|PS)(?:256|384|512)|EdDSA)$/i;

// In characters. Servers refuse longer tokens anyway, and trying all mistakes on them would take seconds.
const MAX_TRIED_LENGTH = 64_000;
// In characters. For longer tokens, trying all ways to serialize the JSON would take too long.
const MAX_REWRITTEN_LENGTH = 8000;

// All others say that the token was signed with the secret, at least in some form.
const UNPROVEN: readonly FindingCode[] = ['signature_invalid', 'signature_not_checked'];

// In characters. A shorter rest of a signature may be the same by chance.
const MIN_COMPARED = 20;

const OTHER_SECRET_REMEDY = 'Give the shared secret of the key. The Admin Center shows it when the key is created.';
const REWRITTEN_REMEDY = 'Pass the token exactly as the JWT library returns it. Do not decode and re-encode it.';

/**
 * Checks a token's signature with the shared secret. If it does not match, finds out which mistake was made.
 *
 * It recognizes a secret that was decoded from base64, base64url or hex before signing, or encoded; white space or
 * quotes around the secret, in the backend or here; and a header or payload that was rewritten after signing. It also
 * finds the secret itself in the token (`secret_exposed`). The finding is `signature_not_checked` if the token has no
 * signature, if `secret` is the key id or a token instead of the secret, or if Web Crypto is not available (on a page
 * that is neither on https nor on localhost). An empty list means that the token was signed with this secret.
 *
 * Checks **only** what needs the secret: {@link inspectToken} checks the rest, also whether the signature is complete and is
 * base64url instead of hex. Makes no requests and stores nothing. No finding
 * contains a character of the token or the secret. Do not use it in a page that your visitors see: the secret must not
 * leave your server.
 *
 * @param token - the value that should be a token; it can be of any type
 * @param secret - the shared secret, as Zendesk showed it when it was created
 * @param options - what the token is for; the check is the same for all products, but the remedies differ
 * @throws TypeError if `secret` is not a string, is empty, or has more than 1000 characters
 * @example
 * const findings = [...inspectToken(token), ...(await checkSignature(token, secret))];
 */
export async function checkSignature(token: unknown, secret: string, options?: SignatureOptions): Promise<Finding[]> {
  return (await examineSignature(token, secret, options)).findings;
}

export interface SignatureExamination {
  readonly findings: Finding[];
  /** Whether a signature was compared with the secret. Only then does an empty list say that it is correct. */
  readonly isChecked: boolean;
}

/**
 * Does what {@link checkSignature} does, and also returns whether there was a signature to check.
 *
 * @param given - in what the secret is searched beside the token, such as the answer of an endpoint
 */
export async function examineSignature(
  token: unknown,
  secret: string,
  options?: SignatureOptions,
  given: unknown = token,
): Promise<SignatureExamination> {
  const { findings, isChecked } = await examine(token, secret, given);
  const rules = findRules(options);
  return { findings: rules ? findings.map((finding) => fitTexts(finding, rules)) : findings, isChecked };
}

async function examine(token: unknown, secret: string, given: unknown): Promise<SignatureExamination> {
  refuseUnusableSecret(secret);
  const parsed = parseToken(token);
  const bare = trimSecret(secret);
  const checked = await checkParsed(parsed, secret);
  const isUnproven = !looksLikeSecret(bare) && checked.some(({ code }) => UNPROVEN.includes(code));
  const other = describeNonSecret(bare, parsed, isUnproven);
  if (other !== undefined) {
    const message = `The secret given here is ${other}, not the shared secret, so the signature was not checked.`;
    const finding = createFinding('signature_not_checked', message, { remedy: OTHER_SECRET_REMEDY });
    return { findings: [finding], isChecked: false };
  }
  const places = findSecret(parsed, bare, given);
  const exposures = places.map((place) => createExposure(place, true));
  // Where the secret stands instead of a token or a signature, there is no signature to check.
  const isReplaced = places.includes('signature') || (exposures.length > 0 && parsed.parts.length === 0);
  if (isReplaced) return { findings: exposures, isChecked: false };
  const isChecked = !checked.some(({ code }) => code === 'signature_not_checked');
  return { findings: [...exposures, ...checked], isChecked };
}

/** @throws TypeError if it is not a string, is empty, or is too long */
export function refuseUnusableSecret(secret: unknown): void {
  if (typeof secret !== 'string' || trimSecret(secret) === '') {
    throw new TypeError('The secret must be a string that is not empty. Use the secret from the Admin Center.');
  }
  if (secret.length > MAX_SECRET_LENGTH) {
    throw new TypeError(
      `The secret has ${secret.length} characters, which is too many. Pass only the secret from the Admin Center.`,
    );
  }
}

async function checkParsed({ parts, header, payload }: ParsedToken, secret: string): Promise<Finding[]> {
  const [headerText, payloadText, signature] = parts;
  if (!headerText || !payloadText || !signature) {
    return [createFinding('signature_not_checked', 'The token has no signature to check.')];
  }
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) {
    return [
      createFinding(
        'signature_not_checked',
        'The signature cannot be checked here, because Web Crypto is not available.',
      ),
    ];
  }
  const alg = String(header?.['alg']);
  if (ALGORITHMS_WITHOUT_SECRET.test(alg)) {
    const message = 'alg is not an algorithm that signs with a shared secret.';
    return [createFinding('signature_invalid', message, { remedy: CATALOGUE.alg_not_hs256[2] })];
  }

  const givenSignature = readSignature(signature);
  const signed = toBytes(`${headerText}.${payloadText}`);
  const bare = trimSecret(secret);
  // If alg is missing or has another value, assume HS256.
  const signWith = createSigners(subtle, Object.hasOwn(LONGER_HASHES, alg) ? LONGER_HASHES[alg]! : 'SHA-256');
  const signWithBare = await signWith(toBytes(bare));
  const expected = encodeBase64url(await signWithBare(signed));
  if (bare === secret && isSame(givenSignature, expected)) return [];
  for (const { key, code, message } of signed.length <= MAX_TRIED_LENGTH ? listMistakes(secret) : []) {
    const sign = await signWith(key);
    if (encodeBase64url(await sign(signed)) === givenSignature) return [createFinding(code, message)];
  }
  for (const [longer, hash] of alg === 'HS256' ? Object.entries(LONGER_HASHES) : []) {
    const sign = await createSigners(subtle, hash)(toBytes(bare));
    if (encodeBase64url(await sign(signed)) !== givenSignature) continue;
    const message = `The token was signed with ${longer}, but alg says HS256.`;
    return [createFinding('signature_invalid', message, { remedy: CATALOGUE.alg_not_hs256[2] })];
  }
  if (header && payload && signed.length <= MAX_REWRITTEN_LENGTH) {
    for (const rewritten of listRewritten(
      headerText,
      payloadText,
      listSerializations(header),
      listSerializations(payload),
    )) {
      if (encodeBase64url(await signWithBare(toBytes(rewritten))) !== givenSignature) continue;
      const message =
        'The header or payload was serialized again after signing, with different white space, order or escapes.';
      return [createFinding('signature_invalid', message, { remedy: REWRITTEN_REMEDY })];
    }
  }
  return [
    createFinding('signature_invalid', 'The token was signed with a different secret, or was changed after signing.'),
  ];
}

/** Returns the signature in base64url, even if it is in hex, also with colons: inspectToken reports that. */
function readSignature(signature: string): string {
  const text = toBase64url(signature.replaceAll(':', ''));
  const hex = isEncodedHex(text) ? new TextDecoder().decode(decodeBase64url(text)) : text;
  if (!/^[\da-f]{64}$/i.test(hex)) return text;
  return encodeBase64url(Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16)));
}

/** Whether the signatures are the same. inspectToken reports a signature that was cut off, or that has more behind it. */
function isSame(given: string, expected: string): boolean {
  const length = Math.min(given.length, expected.length);
  return length >= MIN_COMPARED && given.slice(0, length) === expected.slice(0, length);
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

/** Lists texts that may have been signed: with one of the two parts serialized differently, or both in the same way. */
function listRewritten(header: string, payload: string, headers: string[][], payloads: string[][]): Set<string> {
  return new Set([
    ...headers.flat().map((other) => `${other}.${payload}`),
    ...payloads.flat().map((other) => `${header}.${other}`),
    ...headers.flatMap((orders, way) =>
      orders.flatMap((one) => payloads[way]!.slice(0, USUAL_ORDERS).map((other) => `${one}.${other}`)),
    ),
  ]);
}
