// Finds the shared secret in a token. Everyone who sees the token could then sign tokens for any user.
import type { Finding, FindingPart } from '../core/findings.js';
import { KID_LINES } from './backends.js';
import { decodeBase64url, encodeBase64url, toBase64url } from './base64.js';
import { CATALOGUE, createFinding } from './catalogue.js';
import type { ParsedToken } from './parse-token.js';
import { trimSecret } from './secret-mistakes.js';
import { looksLikeSecret } from './secret-shape.js';

/** Where the secret is. In the places with `in`, there is something else, too. */
export type ExposurePlace =
  'kid' | 'inKid' | 'inHeader' | 'text' | 'inText' | 'signature' | 'inSignature' | 'inPayload';

const CAN_SIGN = 'Whoever sees a token can sign as anybody.';
const NEW_KEY = CATALOGUE.secret_exposed[2];
const KID_REMEDY = `${NEW_KEY} Set kid to the key id (app_…).${KID_LINES}`;
const PLACES: Readonly<Record<ExposurePlace, readonly [part: FindingPart, where: string, remedy: string]>> = {
  kid: ['header', 'kid % the shared secret instead of the key id.', KID_REMEDY],
  inKid: ['header', 'kid contains % the shared secret.', KID_REMEDY],
  inHeader: ['header', 'The header contains % the shared secret.', NEW_KEY],
  text: ['text', 'The text % the shared secret instead of a token.', NEW_KEY],
  inText: ['text', 'The text contains % the shared secret.', NEW_KEY],
  signature: ['signature', 'The third part of the token % the shared secret instead of a signature.', NEW_KEY],
  inSignature: ['signature', 'The third part of the token contains % the shared secret.', NEW_KEY],
  inPayload: ['payload', 'A claim in the payload contains % the shared secret.', NEW_KEY],
};
// A line of a file of settings, such as an .env file.
const ASSIGNMENT = /^[\w.-]{1,100}\s*[:=](.{1,200})$/;
// Shorter texts may be in a token by chance.
const MIN_CONTAINED = 16;

/** @param isExact - whether it is known to be the secret. Otherwise only its shape says so. */
export function createExposure(place: ExposurePlace, isExact: boolean): Finding {
  const [part, where, remedy] = PLACES[place];
  const verb = place.startsWith('in') ? (isExact ? '' : 'what looks like') : isExact ? 'is' : 'looks like';
  const what = where.replace('%', verb).replace('  ', ' ');
  return createFinding('secret_exposed', `${what} ${CAN_SIGN}`, {
    part,
    remedy: isExact ? remedy : remedy.replace('Create', 'If it is the secret, create'),
    severity: isExact ? undefined : 'warning',
  });
}

/** Finds what has the shape of a secret, in a token that may be anything. */
export function findSecretShapes({ text, parts, header }: ParsedToken): Finding[] {
  const [kid, signature] = [header?.['kid'], parts[2]];
  const findings: Finding[] = [];
  if (text !== undefined && looksLikeSecret(text)) findings.push(createExposure('text', false));
  else if (text !== undefined && looksLikeSecret(ASSIGNMENT.exec(text)?.[1] ?? ''))
    findings.push(createExposure('inText', false));
  if (typeof kid === 'string' && looksLikeSecret(kid)) findings.push(createExposure('kid', false));
  // The signature of another algorithm may have this length.
  if (
    signature !== undefined &&
    header?.['alg'] === 'HS256' &&
    looksLikeSecret(signature) &&
    !isEncodedHex(signature)
  ) {
    findings.push(createExposure('signature', false));
  }
  return findings;
}

/**
 * Finds the places in a token where this secret is.
 *
 * @param given - the text as it was given, with what is around the token
 */
export function findSecret({ text, parts, header }: ParsedToken, secret: string, given: unknown): ExposurePlace[] {
  const spellings = listSpellings(secret);
  // With white space or quotes around it, it is the secret all the same.
  const isSecret = (value: string) => spellings.includes(toBase64url(trimSecret(value)));
  const contains = (value: string) => {
    const plain = toBase64url(value);
    return secret.length >= MIN_CONTAINED && spellings.some((spelling) => plain.includes(spelling));
  };
  const search = (value: unknown, whole: ExposurePlace, inside: ExposurePlace): ExposurePlace[] => {
    if (typeof value !== 'string') return [];
    return isSecret(value) ? [whole] : contains(value) ? [inside] : [];
  };
  if (text !== undefined && isSecret(text)) return ['text'];
  const around = typeof given === 'string' ? given : (text ?? '');
  const inKid = search(header?.['kid'], 'kid', 'inKid');
  return [
    ...(contains(parts.length > 0 ? around.replace(parts.join('.'), '') : around) ? (['inText'] as const) : []),
    ...inKid,
    ...(inKid.length === 0 && contains(readText(parts[0])) ? (['inHeader'] as const) : []),
    ...search(parts[2], 'signature', 'inSignature'),
    ...(contains(readText(parts[1])) ? (['inPayload'] as const) : []),
  ];
}

/** Returns what a backend may write for the secret: as it is, in base64url, or in hex, and its bytes in hex. */
function listSpellings(secret: string): string[] {
  const plain = toBase64url(secret);
  const hexes = [new TextEncoder().encode(secret), decodeBase64url(plain)].map((bytes) => bytes && encodeHex(bytes));
  // Digits in hex may be there by chance if they are few.
  const long = hexes.filter((hex) => hex !== undefined && hex.length >= MIN_CONTAINED) as string[];
  return [plain, encodeBase64url(secret), ...long, ...long.map((hex) => hex.toUpperCase())];
}

function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether the text is the base64url of hex digits, as some backends write a signature. */
export function isEncodedHex(text: string): boolean {
  return /^[\da-f]{64}$/i.test(readText(text));
}

function readText(part: string | undefined): string {
  const bytes = decodeBase64url(toBase64url(part ?? ''));
  return bytes ? new TextDecoder().decode(bytes) : '';
}
