// Finds the shared secret in a token. Everyone who sees the token could then sign tokens for any user.
import type { Finding, FindingPart } from '../core/findings.js';
import { KID_LINES } from './backends.js';
import { decodeBase64url, encodeBase64url, toBase64url } from './base64.js';
import { CATALOGUE, createFinding } from './catalogue.js';
import type { ParsedToken } from './parse-token.js';
import { trimSecret } from './secret-mistakes.js';
import { looksLikeSecret } from './secret-shape.js';

export type ExposurePlace = 'kid' | 'text' | 'inText' | 'signature' | 'payload';

const CAN_SIGN = 'Whoever sees a token can sign as anybody.';
const NEW_KEY = CATALOGUE.secret_exposed[2];
const PLACES: Readonly<Record<ExposurePlace, readonly [part: FindingPart, where: string, remedy: string]>> = {
  kid: [
    'header',
    'kid % the shared secret instead of the key id.',
    `${NEW_KEY} Set kid to the key id (app_…).${KID_LINES}`,
  ],
  text: ['text', 'The text % the shared secret instead of a token.', NEW_KEY],
  inText: ['text', 'The text contains % the shared secret.', NEW_KEY],
  signature: ['signature', 'The third part of the token % the shared secret instead of a signature.', NEW_KEY],
  payload: ['payload', 'A claim in the payload contains % the shared secret.', NEW_KEY],
};
// A line of a file of settings, such as an .env file.
const ASSIGNMENT = /^[\w.-]{1,100}\s*[:=](.{1,200})$/;
// Shorter texts may be in a token by chance.
const MIN_CONTAINED = 16;

/** @param isExact - whether it is known to be the secret. Otherwise only its shape says so. */
export function createExposure(place: ExposurePlace, isExact: boolean): Finding {
  const [part, where, remedy] = PLACES[place];
  const isInside = place === 'inText' || place === 'payload';
  const verb = isInside ? (isExact ? '' : 'what looks like') : isExact ? 'is' : 'looks like';
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
  const spellings = [toBase64url(secret), encodeBase64url(secret)];
  // With white space or quotes around it, it is the secret all the same.
  const isSecret = (value: unknown) => typeof value === 'string' && spellings.includes(toBase64url(trimSecret(value)));
  if (isSecret(text)) return ['text'];
  const contains = (value: string) => secret.length >= MIN_CONTAINED && value.includes(secret);
  const around = typeof given === 'string' ? given : (text ?? '');
  const places: ExposurePlace[] = [];
  if (contains(parts.length > 0 ? around.replace(parts.join('.'), '') : around)) places.push('inText');
  if (isSecret(header?.['kid'])) places.push('kid');
  if (isSecret(parts[2])) places.push('signature');
  if (contains(readText(parts[1]))) places.push('payload');
  return places;
}

/** Whether the text is the base64url of hex digits, as some backends write a signature. */
export function isEncodedHex(text: string): boolean {
  return /^[\da-f]{64}$/i.test(readText(text));
}

function readText(part: string | undefined): string {
  const bytes = decodeBase64url(toBase64url(part ?? ''));
  return bytes ? new TextDecoder().decode(bytes) : '';
}
