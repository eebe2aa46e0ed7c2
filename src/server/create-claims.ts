// Makes a token's claims of a user. Either all of them are right, or there is an error and nothing is signed.
import type { SigningKey } from './check-key.js';
import { TokenEndpointError } from './errors.js';
import type { MessengerUser } from './options.js';
import { PRODUCTS } from './products.js';

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** What makes each token different from the others. */
export interface Moment {
  readonly nowMs: number;
  /** A random text. */
  readonly jti: string;
}

const MAX_LENGTH = 255;
// RFC 5321 allows no longer address.
const MAX_EMAIL_LENGTH = 254;
// The messenger needs an address, not the form of RFC 5322 with a name and angle brackets.
// Zendesk's Web Widget (Classic) accepts no accented letters in addresses.
const ASCII = /^[!-~]*$/;
const EMAIL = /^[^@]+@[^@.]+(?:\.[^@.]+)*$/;
// White space, invisible characters, which come with copied text, and halves of characters, too.
const NOT_IN_EMAIL = /[\s\p{Cc}\p{Cf}\p{Cs}<>()[\],;:"\\]/u;
// Texts that a missing value becomes. All users would be one and the same.
const LITERALS = /^(?:undefined|null|none|nil|nan|\[object \w+\])$/i;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @throws TokenEndpointError if Zendesk would refuse the token, or would take the user for another one */
export function createClaims(user: MessengerUser, key: SigningKey, { nowMs, jti }: Moment): Claims {
  if (typeof user !== 'object' || user === null) {
    throw new TokenEndpointError(
      'user_invalid',
      'The user is not an object. Return an object such as { externalId }, or null if nobody is signed in.',
    );
  }
  const fields = readFields(user);
  const { needsNameAndEmail } = PRODUCTS[key.product];
  const name = readName(fields.name, needsNameAndEmail);
  const email = readEmail(fields.email, needsNameAndEmail);
  const isVerified = readVerified(fields.emailVerified);
  const iat = Math.floor(nowMs / 1000);
  const texts = {
    external_id: readExternalId(fields.externalId),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
  };
  refuseSecret(Object.values(texts), key.secret);
  return {
    ...(key.product === 'messaging' && { scope: 'user' }),
    ...texts,
    ...(key.product === 'messaging' && email !== undefined && { email_verified: isVerified }),
    iat,
    exp: iat + key.lifetimeS,
    jti,
  };
}

/** A field of a database's object can be a getter, which asks the database. */
function readFields(user: MessengerUser): MessengerUser {
  try {
    const { externalId, name, email, emailVerified } = user;
    return { externalId, name, email, emailVerified };
  } catch (error) {
    throw new TokenEndpointError('user_invalid', 'A field of the user could not be read. See the cause.', error);
  }
}

function readExternalId(id: unknown): string {
  const advice = "Set it to the user's id in your system.";
  const isNumber = typeof id === 'number' || typeof id === 'bigint';
  if (id === undefined || id === null || id === '') {
    throw new TokenEndpointError(
      'external_id_missing',
      `The user has no externalId. ${advice} If nobody is signed in, return null.`,
    );
  }
  if (isNumber && !(id > 0)) {
    const what = 'externalId is 0, negative or NaN, which often stands for nobody.';
    throw new TokenEndpointError(
      'external_id_missing',
      `${what} If nobody is signed in, return null. Otherwise, pass a string.`,
    );
  }
  if (typeof id === 'number' && !Number.isSafeInteger(id)) {
    throw new TokenEndpointError(
      'external_id_invalid',
      'externalId is not a safe integer, so digits are lost. Pass a string.',
    );
  }
  if (!isNumber && typeof id !== 'string') {
    throw new TokenEndpointError(
      'external_id_invalid',
      'externalId is not a string or a number. Convert it to a string.',
    );
  }
  return checkIdText(String(id), advice);
}

function checkIdText(text: string, advice: string): string {
  if (LITERALS.test(text.trim()) || text.trim() === '') {
    const what =
      'externalId is only white space, or a word such as undefined, so all such users would be the same user.';
    throw new TokenEndpointError('external_id_missing', `${what} ${advice}`);
  }
  if (text !== text.trim()) {
    throw new TokenEndpointError(
      'external_id_invalid',
      'externalId has white space around it. To Zendesk, that is another user. Remove it.',
    );
  }
  if (LONE_SURROGATE.test(text)) {
    throw new TokenEndpointError(
      'external_id_invalid',
      'externalId has half of a character, because a text was cut. Pass the whole text.',
    );
  }
  if (text.length <= MAX_LENGTH) return text;
  const what = `externalId has ${text.length} characters. Zendesk allows ${MAX_LENGTH}.`;
  throw new TokenEndpointError('external_id_too_long', `${what} Use a shorter id, or a hash of it.`);
}

/** An empty name is one that is not known. */
function readName(name: unknown, isRequired: boolean): string | undefined {
  if (name === undefined || name === null || (typeof name === 'string' && name.trim() === '')) {
    if (!isRequired) return undefined;
    throw new TokenEndpointError(
      'name_invalid',
      'The user has no name, but the Web Widget (Classic) needs one. Set name.',
    );
  }
  if (typeof name !== 'string')
    throw new TokenEndpointError('name_invalid', 'name is not a string. Convert it, or omit it.');
  if (name.length > MAX_LENGTH) {
    throw new TokenEndpointError(
      'name_invalid',
      `name has ${name.length} characters. At most ${MAX_LENGTH} are allowed. Shorten it.`,
    );
  }
  return name.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** An empty address is one that is not known. */
function readEmail(email: unknown, isRequired: boolean): string | undefined {
  if (email === undefined || email === null || email === '') {
    if (!isRequired) return undefined;
    throw new TokenEndpointError(
      'email_invalid',
      'The user has no e-mail address, but the Web Widget (Classic) needs one. Set email.',
    );
  }
  if (typeof email === 'string' && email.length <= MAX_EMAIL_LENGTH && EMAIL.test(email) && !NOT_IN_EMAIL.test(email)) {
    if (!isRequired || ASCII.test(email)) return email;
    throw new TokenEndpointError(
      'email_invalid',
      'email has letters that are not ASCII, such as é. The Web Widget (Classic) accepts none. Use another address.',
    );
  }
  throw new TokenEndpointError(
    'email_invalid',
    'email is not an e-mail address. Pass only the address, without a name, or omit it.',
  );
}

function readVerified(isVerified: unknown): boolean {
  if (isVerified === undefined || isVerified === null) return false;
  if (typeof isVerified === 'boolean') return isVerified;
  if (isVerified instanceof Date && !Number.isNaN(isVerified.getTime())) return true;
  throw new TokenEndpointError(
    'email_verified_invalid',
    'emailVerified is not true, false or a date. Convert it: a text such as "false" counts as true in JavaScript.',
  );
}

/** Everybody can read a token. */
function refuseSecret(texts: readonly string[], secret: string): void {
  if (!texts.some((text) => text.includes(secret))) return;
  throw new TokenEndpointError(
    'secret_exposed',
    "The user's id, name or e-mail contains the shared secret, so every visitor could read it. Correct the user's data.",
  );
}
