// Recognizes what people give instead of the shared secret: the key id, a token, a signature or a claim.
import type { ParsedToken } from './parse-token.js';

const KEY_ID = /^app_/i;
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
// The length of an HS256 signature. Zendesk's secrets are longer.
const SIGNATURE_LENGTH = 43;
const USER_CLAIMS = ['email', 'external_id', 'name'] as const;

/**
 * Says what the text is if it is not the shared secret. Otherwise returns `undefined`.
 *
 * @param isUnproven - whether nothing says that the text is the secret. Otherwise a claim that is equal to it exposes it.
 */
export function describeNonSecret(
  text: string,
  { parts, payload }: ParsedToken,
  isUnproven: boolean,
): string | undefined {
  if (KEY_ID.test(text)) return 'the key id (app_…)';
  if (JWT.test(text)) return 'a token';
  if (text === parts[2] && text.length === SIGNATURE_LENGTH) return "the token's signature";
  if (!isUnproven) return undefined;
  return USER_CLAIMS.filter((name) => payload?.[name] === text).map((name) => `the token's ${name}`)[0];
}
