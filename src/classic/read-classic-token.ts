// Finds the token in an answer, and the defects because of which the Web Widget (Classic) would refuse it. It does not verify
// the signature.
import { MAX_SECONDS, parse, readClaims } from '../core/token.js';
import type { ClassicErrorCode } from './errors.js';
import type { ClassicProduct } from './options.js';

/** A token without a known defect, or why it must not be handed over, or `null` if nobody is signed in to the site. */
export type ClassicReading =
  { readonly token: string; readonly exp: number | undefined; readonly iat: number } | ClassicErrorCode | null;

// The chat refuses a token that is valid for longer [M 37].
const MAX_CHAT_LIFETIME_S = 7 * 60;
// A JWT alone, or in quotes or after `Bearer`. An HS256 signature has 43 characters; a `0` behind it is from WordPress. Words
// around it mean that the text is a page or a message, whose JWT may be of another system, and must not reach Zendesk.
const ONLY_JWT = /^(?:\W|bearer)*(eyJ[\w-]+\.[\w-]+\.[\w-]{43})0?\W*$/i;

/**
 * Reads an answer of any type. Never throws. Takes a bare JWT, JSON with the member `token` or `jwt`, and a JWT in quotes or
 * after `Bearer`. Does not compare `exp` with a clock.
 */
export function readClassicToken(answer: unknown, product: ClassicProduct): ClassicReading {
  const text = unwrap(answer);
  if (text === null) return null;
  if (typeof text !== 'string') return 'token_not_string';
  const token = ONLY_JWT.exec(text)?.[1];
  const claims = token && readClaims(token);
  if (!claims) return 'token_malformed';
  const { name, email, scope, exp, iat } = claims;
  // The header, read as if it were the payload.
  const header = readClaims(`_.${token.split('.')[0]}._`);
  if (scope === 'user' || /^app_/.test(header?.['kid'] as string)) return 'messaging_token';
  if (!isText(name) || !isText(email)) return 'name_or_email_missing';
  if (!isSeconds(iat) || !(exp === undefined || isSeconds(exp))) return 'time_invalid';
  if (exp! <= iat) return 'token_expired';
  if (product === 'chat' && exp! - iat > MAX_CHAT_LIFETIME_S) return 'lifetime_long';
  return { token, exp, iat };
}

const isSeconds = (value: unknown): value is number => typeof value === 'number' && value < MAX_SECONDS;
const isText = (value: unknown) => typeof value === 'string' && value.trim();

/** Takes the token out of JSON. Returns `null` for nobody. */
function unwrap(answer: unknown): unknown {
  let value = answer;
  try {
    value = parse(answer as string);
  } catch {
    // A text without JSON stays what it is.
  }
  if (typeof value !== 'object' || !value) return value;
  const { token, jwt }: Record<string, unknown> = { __proto__: null, ...value };
  return token ?? jwt ?? (token === null || jwt === null ? null : value);
}
