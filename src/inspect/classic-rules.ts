// Zendesk's rules for tokens of the Web Widget (Classic), as far as they differ from those for messaging [M 37]. The sources are
// Zendesk's articles (read in 2026), called (D) below:
// - chat: support.zendesk.com/hc/en-us/articles/4408838925082 (Enabling authenticated visitors in Web Widget (Classic))
// - help center: support.zendesk.com/hc/en-us/articles/4408843923610 (Using restricted help center content with it)
import type { Finding, FindingCode, FindingSeverity } from '../core/findings.js';
import { createFinding } from './catalogue.js';
import { CHAT_TEXTS, HELP_CENTER_TEXTS, type Replacement } from './classic-texts.js';
import { readInstant } from './instant.js';
import type { SignatureOptions } from './options.js';
import type { JsonObject, ParsedToken } from './parse-token.js';
import { looksLikeSecret } from './secret-shape.js';
import { describeDuration, describeInstant, describeType } from './words.js';

/** How the rules for one product of the Web Widget (Classic) differ from those for messaging. */
export interface ClassicRules {
  /** As people call the product: `the chat`. */
  readonly name: string;
  /** The claims that Zendesk's article lists. */
  readonly claims: readonly string[];
  /** How far `iat` may be in the future. */
  readonly leewayMs: number;
  /** How long Zendesk accepts a token after its `iat`. */
  readonly maxLifetimeMs: number;
  /** What a longer lifetime is. */
  readonly tooLong: FindingSeverity;
  /** Rules for messaging that this product does not have. */
  readonly ignored: readonly FindingCode[];
  /** Where a rule for messaging is more or less strict here. */
  readonly severities: Readonly<Partial<Record<FindingCode, FindingSeverity>>>;
  readonly texts: readonly Replacement[];
}

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;
// (D) "up to two minutes clock skew", for both products.
const CLASSIC_LEEWAY_MS = 2 * MINUTE_MS;

// Claims of messaging that the articles do not name. Nothing says that they do harm. findOtherProduct
// reports kid and scope, because they mean that the token is for messaging.
const ONLY_MESSAGING: readonly FindingCode[] = [
  'kid_missing',
  'kid_unusual',
  'scope_missing',
  'scope_wrong',
  'email_verified_not_boolean',
  'email_unverified',
  'other_zendesk_jwt',
  // Replaced by a check against maxLifetimeMs.
  'lifetime_long',
];

const CHAT: ClassicRules = {
  name: 'the chat',
  claims: ['name', 'email', 'external_id', 'iat', 'exp'],
  leewayMs: CLASSIC_LEEWAY_MS,
  // (D) "a maximum of 7 minutes from the iat value". The article lists exp as necessary, but its code has none, so exp_missing
  // stays a warning.
  maxLifetimeMs: 7 * MINUTE_MS,
  tooLong: 'error',
  ignored: ONLY_MESSAGING,
  severities: { iat_missing: 'error' },
  texts: CHAT_TEXTS,
};

const HELP_CENTER: ClassicRules = {
  name: 'the help center',
  claims: ['name', 'email', 'iat', 'jti'],
  leewayMs: CLASSIC_LEEWAY_MS,
  // (D) "Tokens expire after two hours". The article does not name exp, so a later exp does no harm, but promises too much.
  maxLifetimeMs: 120 * MINUTE_MS,
  tooLong: 'warning',
  ignored: [...ONLY_MESSAGING, 'exp_missing', 'external_id_missing', 'user_id_instead'],
  // (D) The article does not name external_id, so nobody knows what Zendesk does with a wrong one.
  severities: { iat_missing: 'error', external_id_not_string: 'warning', external_id_empty: 'warning' },
  texts: HELP_CENTER_TEXTS,
};

const RULES: ReadonlyMap<unknown, ClassicRules> = new Map([
  ['chat', CHAT],
  ['help-center', HELP_CENTER],
]);

/** Returns the rules of the option `product`; `undefined` for messaging, and for a product that does not exist. */
export function findRules(options: SignatureOptions | null | undefined): ClassicRules | undefined {
  return RULES.get(options?.product);
}

/**
 * Turns the findings by the rules for messaging into those for a product of the Web Widget (Classic). Does not sort them.
 *
 * @param found - the findings by the rules for messaging
 */
export function applyRules(
  rules: ClassicRules,
  found: readonly Finding[],
  { header, payload }: ParsedToken,
  nowMs: number,
): Finding[] {
  const { ignored, severities } = rules;
  const kept = found
    .filter(({ code }) => !ignored.includes(code))
    .map((finding) => ({ ...finding, severity: severities[finding.code] ?? finding.severity }));
  const own = payload ? [...inspectClaims(rules, payload), ...inspectEnd(rules, payload, nowMs)] : [];
  const other = findOtherProduct(rules, header, payload);
  // A finding about another product has its own words.
  return [...other, ...[...kept, ...own].map((finding) => fitTexts(finding, rules))];
}

/** Replaces what a finding says about keys, lifetimes and secrets of messaging by what is right for the product. */
export function fitTexts(finding: Finding, { texts }: ClassicRules): Finding {
  const fit = (text: string) => texts.reduce((fitted, [from, to]) => fitted.replaceAll(from, () => to), text);
  return { ...finding, message: fit(finding.message), remedy: fit(finding.remedy) };
}

function* inspectClaims({ claims }: ClassicRules, payload: JsonObject): Iterable<Finding> {
  const { email, jti } = payload;
  yield* inspectText(payload, 'name', 'name_missing');
  yield* inspectText(payload, 'email', 'email_missing');
  if (typeof email === 'string' && email.trim() !== '') {
    if (!email.includes('@')) yield createFinding('email_unusual', 'email has no @.');
    // (D) "accented characters cannot be used in email addresses".
    else if (/[^ -~]/.test(email)) {
      yield createFinding('email_unusual', 'email has letters that are not ASCII, such as é.');
    }
  }
  // (D) "A random 64 bit number for example".
  if (claims.includes('jti') && (jti === undefined || jti === null || jti === '')) {
    yield createFinding('jti_missing', 'The payload has no jti (id of the token).');
  }
}

function* inspectText(payload: JsonObject, claim: string, code: FindingCode): Iterable<Finding> {
  const value = payload[claim];
  if (value === undefined) yield createFinding(code, `The payload has no ${claim}.`);
  else if (typeof value !== 'string') yield createFinding(code, `${claim} is ${describeType(value)}, not a string.`);
  // (D) The articles do not say whether it may be empty.
  else if (value.trim() === '') yield createFinding(code, `${claim} is empty.`, { severity: 'warning' });
}

/** Checks how long the token is valid. */
function* inspectEnd(
  { name, maxLifetimeMs, tooLong }: ClassicRules,
  payload: JsonObject,
  nowMs: number,
): Iterable<Finding> {
  const [{ atMs: iatMs }, { atMs: expMs }] = [readInstant(payload['iat']), readInstant(payload['exp'])];
  // Without iat, use the remaining time.
  const lifetimeMs = expMs - (Number.isNaN(iatMs) ? nowMs : iatMs);
  const limit = describeDuration(maxLifetimeMs);
  if (lifetimeMs > maxLifetimeMs) {
    const length = lifetimeMs > YEAR_MS ? 'more than a year' : `${Math.round(lifetimeMs / 1000)} seconds`;
    const start = Number.isNaN(iatMs) ? 'now' : 'iat';
    const message = `exp is ${length} after ${start}. A token for ${name} is valid for at most ${limit} (${maxLifetimeMs / 1000} seconds).`;
    yield createFinding('lifetime_long', message, { severity: tooLong });
  } else if (payload['exp'] === undefined && nowMs - iatMs > maxLifetimeMs) {
    const message = `The token has no exp, and it was signed ${describeInstant(iatMs, nowMs)}. A token for ${name} is valid for at most ${limit}.`;
    yield createFinding('expired', message, { severity: 'warning' });
  }
}

/** Recognizes a token for messaging, and one for the other product of the Web Widget (Classic). */
function* findOtherProduct(
  rules: ClassicRules,
  header: JsonObject | undefined,
  payload: JsonObject | undefined,
): Iterable<Finding> {
  const kid = header?.['kid'];
  const signs: string[] = [];
  // What is a secret or an API key has its own finding.
  if (typeof kid === 'string' && kid !== '' && !looksLikeSecret(kid) && !/^act_/i.test(kid)) {
    signs.push(/^app_/i.test(kid) ? 'kid is the id of a key for messaging (app_…)' : 'the header has a kid');
  }
  if (payload?.['scope'] === 'user') signs.push('scope is "user"');
  const [jti, id] = [payload?.['jti'], payload?.['external_id']];
  if (signs.length > 0) {
    const part = signs[0]!.startsWith('scope') ? 'payload' : 'header';
    yield createOther(rules, `messaging, not for ${rules.name}: ${signs.join(', and ')}`, part);
  } else if (rules === CHAT && jti !== undefined && id === undefined) {
    yield createOther(rules, 'the help center of the Web Widget (Classic), or for single sign-on to Zendesk');
  } else if (rules === HELP_CENTER && jti === undefined && id !== undefined) {
    yield createOther(rules, 'the chat of the Web Widget (Classic)');
  }
}

function createOther({ name, claims }: ClassicRules, what: string, part?: Finding['part']): Finding {
  return createFinding('other_zendesk_jwt', `This looks like a token for ${what}.`, {
    part,
    remedy: `Sign a token for ${name}, without kid and scope, with the claims ${claims.join(', ')}, and with the secret for ${name}. Each Zendesk product uses its own tokens.`,
  });
}
