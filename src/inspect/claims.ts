// Zendesk's rules for a token's header and payload [M 35, 36], except for its times.
import type { Finding } from '../core/findings.js';
import { createFinding } from './catalogue.js';
import type { JsonObject } from './parse-token.js';
import { hasSecret } from './secret-names.js';
import { looksLikeSecret } from './secret-shape.js';
import { describeType } from './words.js';

const ALGORITHMS = /^(?:(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA)$/;
const KEY_ID = /^app_[\da-f]{24}$/i;
// Claims that people use instead of external_id.
const USER_IDS = ['userId', 'user_id', 'userid', 'userID'];
const OTHER_IDS = ['externalId', 'externalID', 'external-id', 'sub', 'id'];
const LITERALS = /^(?:undefined|null|none|nil|nan|\[object \w+\])$/i;
const MAX_ID_LENGTH = 255;
// Zendesk's tokens do not have these claims, but those of OpenID Connect and of many libraries do.
const OTHER_SYSTEMS = ['iss', 'aud', 'sub'];
// A key of the Conversations API, and the scopes of its tokens.
const API_KEY_ID = /^act_/i;
const API_SCOPES: readonly unknown[] = ['account', 'app'];

/** Checks `alg`, `typ` and `kid`. */
export function* inspectHeader({ alg, typ, kid }: JsonObject, payload: JsonObject | undefined): Iterable<Finding> {
  if (alg !== 'HS256') {
    const what = typeof alg === 'string' ? describeAlgorithm(alg) : 'another value';
    yield createFinding('alg_not_hs256', alg === undefined ? 'The header has no alg.' : `alg is ${what}, not HS256.`);
  }
  if (typ !== 'JWT') {
    yield createFinding('typ_not_jwt', typ === undefined ? 'The header has no typ.' : 'typ is not "JWT".');
  }
  if (typeof kid === 'string' && kid !== '') {
    if (API_KEY_ID.test(kid)) {
      yield createFinding(
        'api_key_exposed',
        'kid is the id of an API key (act_…), not of a key for messaging (app_…).',
      );
    } else if (!KEY_ID.test(kid) && !looksLikeSecret(kid)) {
      yield createFinding('kid_unusual', 'kid does not look like a Zendesk key id.');
    }
  } else if (payload && kid === undefined && payload['kid'] !== undefined) {
    yield createFinding('kid_missing', 'kid is in the payload. It belongs in the header.');
  } else {
    const what = kid === undefined ? 'The header has no kid (key id).' : `kid is ${describeText(kid)}.`;
    yield createFinding('kid_missing', what);
  }
}

/** Checks all claims except the times. */
export function* inspectPayload(payload: JsonObject, header: JsonObject | undefined): Iterable<Finding> {
  yield* inspectExternalId(payload);
  const { scope, email, email_verified: isVerified } = payload;
  if (scope === undefined) yield createFinding('scope_missing', 'The payload has no scope.');
  else if (API_SCOPES.includes(scope)) {
    // One finding is enough if kid is the key of such a token, too.
    if (!API_KEY_ID.test(String(header?.['kid']))) {
      const what = 'Whoever sees the token can read and write all conversations.';
      yield createFinding('api_key_exposed', `scope is that of a token for the API, not "user". ${what}`, {
        part: 'payload',
      });
    }
  } else if (scope !== 'user') {
    const what = typeof scope === 'string' ? 'another string' : describeType(scope);
    yield createFinding('scope_wrong', `scope is ${what}, not "user".`);
  }
  if (header) yield* inspectOtherProduct(payload, header['kid']);
  if (isVerified !== undefined && typeof isVerified !== 'boolean') {
    yield createFinding(
      'email_verified_not_boolean',
      `email_verified is ${describeType(isVerified)}, not true or false.`,
    );
  } else if (typeof email === 'string' && isVerified === undefined) {
    yield createFinding(
      'email_unverified',
      'There is an email but no email_verified. Zendesk shows the address, but does not identify the user by it.',
    );
  }
  if (hasSecret(payload)) {
    yield createFinding('secret_in_payload', 'The payload has a claim whose name says password, secret or key.');
  }
}

function* inspectExternalId(payload: JsonObject): Iterable<Finding> {
  const { external_id: id } = payload;
  if (id === undefined) {
    const instead = [...USER_IDS, ...OTHER_IDS].find((name) => payload[name] !== undefined);
    const hint = instead === undefined ? '' : ` It has ${instead}.`;
    yield createFinding('external_id_missing', `The payload has no external_id.${hint}`);
    const userId = USER_IDS.find((name) => payload[name] !== undefined);
    if (userId !== undefined)
      yield createFinding('user_id_instead', `The claim is named ${userId}. Zendesk does not read it.`);
  } else if (typeof id !== 'string') {
    yield createFinding('external_id_not_string', `external_id is ${describeType(id)}, not a string.`);
  } else if (id.trim() === '') {
    yield createFinding('external_id_empty', `external_id is ${describeText(id)}.`);
  } else if (LITERALS.test(id)) {
    yield createFinding(
      'external_id_literal',
      'external_id is a word such as undefined or null, because a value was missing.',
    );
  } else if (id !== id.trim()) {
    yield createFinding('external_id_whitespace', 'external_id has white space before or after it.');
  }
  if (typeof id === 'string' && id.length > MAX_ID_LENGTH) {
    yield createFinding('external_id_too_long', `external_id has ${id.length} characters, more than ${MAX_ID_LENGTH}.`);
  }
}

/** Recognizes a token for another Zendesk product [M 36, 37]. */
function* inspectOtherProduct(payload: JsonObject, kid: unknown): Iterable<Finding> {
  const has = (name: string) => payload[name] !== undefined;
  // A token for messaging that lacks one thing has the others.
  if (OTHER_SYSTEMS.some(has) || has('scope') || !has('email') || !has('name')) return;
  const hasKeyId = typeof kid === 'string' && KEY_ID.test(kid);
  const isForSso = has('jti') && !(hasKeyId && has('external_id'));
  const isForChat = !has('jti') && has('external_id') && !hasKeyId && !has('email_verified');
  // A token for the help center has the same claims as one for single sign-on.
  if (isForSso) {
    const what = 'single sign-on to Zendesk, or for the help center in the Web Widget (Classic)';
    yield createFinding('other_zendesk_jwt', `This looks like a token for ${what}.`);
  }
  if (isForChat)
    yield createFinding('other_zendesk_jwt', 'This looks like a token for the chat of the Web Widget (Classic).');
}

function describeAlgorithm(alg: string): string {
  if (/^none$/i.test(alg)) return 'none';
  return ALGORITHMS.test(alg) ? alg : 'another value';
}

function describeText(value: unknown): string {
  if (typeof value !== 'string') return `${describeType(value)}, not a string`;
  return value === '' ? 'an empty string' : 'only white space';
}
