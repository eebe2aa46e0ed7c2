// Finds out whether an endpoint refuses a request because something is missing in it, such as a header or a cookie. Then the
// refusal says nothing about whether a visitor is signed in.

import type { TokenResponse } from './fetch-token.js';

interface Part {
  readonly name: RegExp;
  readonly description: string;
}

const AUTHORIZATION = 'an Authorization header';

// In this order, because "CSRF token" also contains "token". The last one is for a thing without a known name.
const PARTS: readonly Part[] = [
  { name: /csrf|xsrf|antiforgery|requestverification|nonce/i, description: 'a CSRF token' },
  { name: /api[-_ ]?key|subscription[-_ ]?key/i, description: 'an API key' },
  { name: /cookie/i, description: 'a cookie' },
  { name: /\bparam(?:eter)?s?\b/i, description: 'a parameter' },
  { name: /authori[sz]ation|authentication|bearer|credential|token|jwt/i, description: AUTHORIZATION },
  { name: /session/i, description: 'a cookie' },
  { name: /signature/i, description: 'a signature' },
  { name: /origin|referr?er/i, description: 'an Origin or Referer header' },
  { name: /(?:)/, description: 'a header' },
];

// A refusal says early what it misses. The patterns would take long for a long page.
const MAX_CHARACTERS = 10_000;

// With the name behind it, because that may say more: "parameter csrf_token", "x-api-key".
const NAMED = String.raw`(?:x-\w+|param(?:eter)?s?)(?: \w+){0,2}`;
const THING = String.raw`(?:csrf|xsrf|antiforgery|nonce|credentials?|cookies?|tokens?|jwt|headers?|signature|api[-_ ]?key|subscription[-_ ]?key|${NAMED})`;
const BETWEEN = String.raw`[^.!?\n]{0,60}?`;
const ABSENT = String.raw`(?:missing|absent|required|(?:not|never)(?: (?:be|been))? (?:provided|found|set|present|given|sent|supplied|included|specified)|(?:was|were|is|are) empty)`;
// Such as "Missing authorization header", "credentials were not provided" and "No API key found". A sentence such as
// "Login required" names no thing, and means that nobody is signed in.
const SENTENCES = [
  String.raw`\bmissing\b${BETWEEN}\b${THING}\b`,
  String.raw`\b${THING}\b${BETWEEN}\b${ABSENT}\b`,
  String.raw`\bno\b ${BETWEEN}\b${THING}\b${BETWEEN}\b(?:found|provided|given|present|sent|supplied|specified|in the request)\b`,
  String.raw`\bno (?:auth(?:entication|ori[sz]ation)?|access|bearer|csrf|xsrf|session|api) ${THING}\b`,
  String.raw`\b(?:requires?|expects?|needs?)\b${BETWEEN}\b${THING}\b`,
  // Only with "missing", and right beside it: "No session found" and "User missing in session" mean that nobody is signed in.
  String.raw`\bmissing (?:(?!in\b|from\b|for\b)\w+ )?session\b`,
  String.raw`\bsession (?:(?:id|key|is|was) ){0,3}missing\b`,
].map((source) => new RegExp(source, 'i'));

// Then it says why there is no token, and not what is missing in the request.
const NOBODY = /\b(?:nobody|no one|no user|not)\b(?: (?:is|are|currently))* (?:logged|signed) in\b/i;
const INVALID = '(?:mismatch|invalid|incorrect|expired|bad|wrong|fail(?:ed|ure)?|not valid)';
const CSRF = '(?:csrf|xsrf|antiforgery|nonce)';
const INVALID_CSRF = new RegExp(
  String.raw`\b${CSRF}\b${BETWEEN}\b${INVALID}\b|\b${INVALID}\b${BETWEEN}\b${CSRF}\b`,
  'i',
);

/**
 * Returns in words what the endpoint misses in the request, or `undefined` if it names nothing. The words are not from the
 * answer.
 *
 * @param refusal - its status is 401 or 403
 * @param hasAuthorization - whether the request had an Authorization header. Then it is not missing, and the endpoint says
 *   that it does not accept it.
 */
export function findMissingPart(
  { status, headers, body = '' }: Pick<TokenResponse, 'status' | 'headers' | 'body'>,
  hasAuthorization: boolean,
): string | undefined {
  const text = readWords(body);
  if (NOBODY.test(text)) return undefined;
  const part = findInText(text, status) ?? findInScheme(headers.get('www-authenticate')?.trim() ?? '');
  return hasAuthorization && part === AUTHORIZATION ? undefined : part;
}

function findInText(text: string, status: number): string | undefined {
  const sentence = SENTENCES.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
  if (sentence !== undefined) return PARTS.find(({ name }) => name.test(sentence))?.description;
  if (INVALID_CSRF.test(text)) return 'a valid CSRF token';
  // FastAPI answers so to a request without an Authorization header. A 401 of any other server may mean that nobody is
  // signed in.
  return status === 403 && /\bnot authenticated\b/i.test(text) ? AUTHORIZATION : undefined;
}

function findInScheme(scheme: string): string | undefined {
  if (scheme === '') return undefined;
  // Some servers add error="invalid_token" even if the request had no token.
  return /^basic\b/i.test(scheme) ? 'a user name and a password (Basic)' : AUTHORIZATION;
}

/**
 * The text without tags, because attributes such as `required` are not sentences, and without the separators of names. Only
 * names of headers keep one, as in x-auth.
 */
function readWords(body: string): string {
  return body
    .slice(0, MAX_CHARACTERS)
    .replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/n['\u2019]t\b/g, ' not')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/(?:[\s"'`:,_[\]{}()]|(?<!\bx)-)+/gi, ' ');
}
