// Checks the configuration of the signing key. Wrong values are found at start, not by the first visitor.
import { TokenEndpointError, type TokenEndpointErrorCode } from './errors.js';
import type { SigningOptions, TokenProduct } from './options.js';
import { MIN_LIFETIME_S, PRODUCTS } from './products.js';

export interface SigningKey {
  readonly product: TokenProduct;
  /** Absent for the Web Widget (Classic). */
  readonly keyId: string | undefined;
  readonly secret: string;
  readonly lifetimeS: number;
}

const KEY_ID = /^app_[\da-f]{24}$/i;
const KEY_PREFIX = /^app_/i;
const API_KEY_PREFIX = /^act_/i;
const QUOTED = /^["'`\u2018-\u201f]|["'`\u2018-\u201f]$/;
// Visible ASCII without quotes and backslashes.
const CHARACTERS = /^[!#-&(-[\]-_a-~]{1,1000}$/;
const NOTHING = /^(?:undefined|null)?$/;
const WHERE = 'In the Admin Center, it is at Account → Security → End user authentication → Messaging';
// Zendesk's secrets for messaging are 64 bytes in base64url. Other lengths may exist.
const USUAL_SECRET = /^[\w-]{32,}$/;
const MESSAGING_SECRET = /^[\w-]{86}$/;

/** @throws TokenEndpointError if no token that is signed with this could succeed */
export function checkKey(options: SigningOptions): SigningKey {
  const { product = 'messaging', lifetimeS } = options;
  const rules = Object.hasOwn(PRODUCTS, product) ? PRODUCTS[product] : undefined;
  if (!rules) {
    throw new TokenEndpointError(
      'option_invalid',
      "There is no such product. Set product to 'messaging', 'chat' or 'help-center'.",
    );
  }
  const keyId = rules.hasKeyId ? checkKeyId(options) : undefined;
  if (!rules.hasKeyId) refuseKeyId(options.keyId);
  const secret = checkSecret(options.secret);
  return { product, keyId, secret, lifetimeS: checkLifetime(lifetimeS ?? rules.defaultLifetimeS, rules.maxLifetimeS) };
}

/** Returns what is odd about a key that may nevertheless be right, or `undefined`. */
export function findOddity({ product, secret }: SigningKey): string | undefined {
  if (product !== 'messaging' && MESSAGING_SECRET.test(secret)) {
    return `The secret looks like one for messaging, but product is '${product}'. The Web Widget (Classic) has secrets of its own: check which one it is.`;
  }
  if (USUAL_SECRET.test(secret)) return undefined;
  const hint =
    product === 'messaging'
      ? ' It may be a placeholder, or the secret of the Web Widget (Classic).'
      : ' It may be a placeholder.';
  return `The secret does not look like one of Zendesk: they have at least 32 letters, digits, hyphens and underscores.${hint} Compare it with the one that Zendesk showed.`;
}

function checkKeyId({ keyId, secret }: SigningOptions): string {
  const text = readText(keyId, 'keyId', 'key_id_missing', 'key_id_invalid', `Set it to the key id (app_…). ${WHERE}.`);
  if (API_KEY_PREFIX.test(text)) {
    const what = 'keyId is an API key (act_…). A token that is signed with it gives access to all conversations.';
    throw new TokenEndpointError('api_key', `${what} Create a key for messaging (app_…). ${WHERE}.`);
  }
  if (KEY_ID.test(text)) return text;
  if (typeof secret === 'string' && KEY_PREFIX.test(secret.trim())) {
    throw new TokenEndpointError(
      'keys_exchanged',
      'keyId and secret are exchanged. keyId is the one that begins with app_.',
    );
  }
  throw new TokenEndpointError(
    'key_id_invalid',
    `keyId is not a key id: app_ and 24 hex digits. Copy it again. ${WHERE}.`,
  );
}

function refuseKeyId(keyId: unknown): void {
  if (keyId === undefined) return;
  const what = 'keyId is set, but the Web Widget (Classic) has no key ids.';
  throw new TokenEndpointError(
    'key_id_unexpected',
    `${what} For the messenger, omit product. For the Web Widget (Classic), omit keyId, and use its own secret.`,
  );
}

function checkSecret(secret: unknown): string {
  const advice = 'Set it to the shared secret that Zendesk showed when the key was created.';
  const text = readText(secret, 'secret', 'secret_missing', 'secret_invalid', advice);
  if (!KEY_PREFIX.test(text) && !API_KEY_PREFIX.test(text)) return text;
  throw new TokenEndpointError('secret_invalid', `secret is a key id. ${advice}`);
}

function readText(
  value: unknown,
  name: string,
  missing: TokenEndpointErrorCode,
  invalid: TokenEndpointErrorCode,
  advice: string,
): string {
  if (value === undefined || value === null || (typeof value === 'string' && NOTHING.test(value.trim()))) {
    throw new TokenEndpointError(
      missing,
      `${name} is not set. If it comes from an environment variable, check its name. ${advice}`,
    );
  }
  if (typeof value !== 'string') throw new TokenEndpointError(invalid, `${name} is not a string. ${advice}`);
  if (QUOTED.test(value)) throw new TokenEndpointError(invalid, `${name} has quotes around it. Remove them.`);
  if (/\s/.test(value)) {
    throw new TokenEndpointError(invalid, `${name} has white space or a line break around it or in it. Remove it.`);
  }
  if (!CHARACTERS.test(value)) {
    const what = `${name} has a character that Zendesk never uses, such as a backslash, or is too long.`;
    throw new TokenEndpointError(invalid, `${what} ${advice}`);
  }
  return value;
}

function checkLifetime(lifetimeS: number, maxS: number): number {
  if (Number.isInteger(lifetimeS) && lifetimeS >= MIN_LIFETIME_S && lifetimeS <= maxS) return lifetimeS;
  throw new TokenEndpointError(
    'lifetime_invalid',
    `lifetimeS must be an integer from ${MIN_LIFETIME_S} to ${maxS}. It is in seconds.`,
  );
}
