// Finds the one JWT in a longer text, and says in words what is before and after it. The words are fixed: they contain
// nothing of the text.
import { isMessagingToken } from '../core/read-answer.js';
import { decodeBase64url } from './base64.js';

export interface SurroundedJwt {
  readonly jwt: string;
  readonly before: string;
  readonly after: string;
}

// In characters. No response with a token is longer, and the search takes long for a text of megabytes.
const MAX_LENGTH = 200_000;
// In characters. What stands next to the token says enough.
const MAX_READ = 1000;
const SIGNATURE_LENGTH = 43;
// In base64, of all algorithms and usual keys.
const SIGNATURE_LENGTHS = [32, 48, 64, 96, 132, 256, 384, 512].map((bytes) => Math.ceil((bytes * 4) / 3));

// As in core/find-jwts.ts, where the library looks for tokens. But here, the header may also start with the base64url of `{`
// and white space, and the signature with the + or / of base64.
const JWTS =
  /(?:eyJ|\be(?:yA|w[0ko]))[\w-]{8,1000}\.[\w-]+\.(?:[\w-]{43}(?=[\w-]{0,4}(?![\w-]))|[\w-]+|[+/](?=[\w+/-]{20}))/g;

// What programs print right after a token: the 0 or -1 of WordPress, the 1 of PHP's print, or a missing value. Any other
// letters may also be a mistake in the signature, so they stay part of it.
const PRINTED = /^(?:-?\d{1,4}|null|true|false|none|nil|ok)(?![\w+/-])/i;

/**
 * Returns the JWT in the text if there is exactly one, and what surrounds it. If there are several, the only one with the
 * claims of a messaging token counts, as in the library. A text that is a JWT, apart from padding, is
 * not surrounded. A text of many parts with dots between them is no JWT, such as an encrypted token.
 */
export function findSurroundedJwt(text: string): SurroundedJwt | undefined {
  const all = listJwts(text);
  const found = all.length === 1 ? all : all.filter(isMessagingToken);
  if (found.length !== 1) return undefined;
  const start = text.indexOf(found[0]!);
  const end = start + found[0]!.length;
  const tail = readTail(found[0]!, text.slice(end, end + MAX_READ));
  const jwt = found[0]! + tail;
  const after = text.slice(start + jwt.length);
  if (/^\.[\w-]/.test(after)) return undefined;
  if (start === 0 && /^={0,2}$/.test(after)) return undefined;
  return { jwt, before: text.slice(0, start), after };
}

/** Returns the different JWTs in the text. */
export function listJwts(text: string): string[] {
  return text.length > MAX_LENGTH ? [] : [...new Set(text.match(JWTS))].filter(hasHeader);
}

/** Whether the JWT has a signature of the right length. */
export function isComplete(jwt: string): boolean {
  return jwt.length - jwt.lastIndexOf('.') === SIGNATURE_LENGTH + 1;
}

/**
 * Returns what belongs to the signature, although the expression for a JWT did not take it: a letter too many, the rest of
 * base64 instead of base64url, or of hex with colons. A slash behind a complete signature is more of a URL.
 */
function readTail(jwt: string, after: string): string {
  if (PRINTED.test(after)) return '';
  const colons = /\.[\da-f]{2}$/i.test(jwt) && /^(?::[\da-f]{2}){19,}/i.exec(after);
  if (colons) return colons[0];
  const glued = /^[\w-]*/.exec(after)![0];
  const base64 = /^[\w+/-]*/.exec(after)![0];
  if (base64 === glued || (hasUsualLength(jwt + glued) && !hasUsualLength(jwt + base64))) return glued;
  return base64 + /^={0,2}/.exec(after.slice(base64.length))![0];
}

function hasUsualLength(jwt: string): boolean {
  return SIGNATURE_LENGTHS.includes(jwt.length - jwt.lastIndexOf('.') - 1);
}

function hasHeader(jwt: string): boolean {
  const bytes = decodeBase64url(jwt.slice(0, jwt.indexOf('.')));
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof header === 'object' && header !== null;
  } catch {
    return false;
  }
}

type Kind = readonly [pattern: RegExp, words: string];

const TAG = /<!--|<\/?(?:!doctype|html|head|body|meta|script|title|div|span|p|pre|br|b|i|a|h\d|table|td|input|form)\b/i;

// The first that fits the text in front of the token or behind it, without white space at its ends.
const KINDS_BEFORE: readonly Kind[] = [
  [/^\)\]\}'/, "the characters )]}' (a protection of JSON)"],
  [TAG, 'HTML'],
  [/<[\w?!][^<>]*>?[^<>]*$/, 'XML'],
  [/&(?:#x?[\da-f]+|[a-z]+);/i, 'HTML entities'],
  [/^authorization\s*:/i, 'the name of a header'],
  [/^[a-z][a-z\d+.-]*:\/\/\S*$/i, 'a URL'],
  [/^\/?[\w./-]*\?\S*$/, 'a part of a URL'],
  [/%[\da-f]{2}/i, 'text that is encoded for a URL, such as %20'],
  [/^(?:\/\*.*?\*\/)?[\w$.]+\([^)]*$/s, 'a function call (JSONP)'],
  [/^bearer\b/i, 'the word Bearer'],
  [/^jwt$/i, 'the word JWT'],
  [/^token$/i, 'the word Token'],
  [/^[\w.$-]+\s*=>?\s*["'`]?$/, 'a name with =, such as jwt='],
  [/^[\w.$-]+\s*:\s*["'`]?$/, 'a name with a colon'],
  [/^[^{[]*[^\s{[][^{[]*[{[]\s*["'].*$/s, 'text and the start of JSON'],
  [/^[{[]\s*\\?["']/, 'the start of JSON'],
  [/^\\*["'`\u2018\u2019\u201c\u201d]$/, 'a quote'],
  [/^[([{<]$/, 'a bracket'],
  [/^./su, 'text'],
];

const KINDS_AFTER: readonly Kind[] = [
  [TAG, 'HTML'],
  [/^[^<]*<[\w/?!]/, 'XML'],
  [/^&(?:#x?[\da-f]+|quot|apos|amp|lt|gt|nbsp);/i, 'HTML entities'],
  [/^[&#][\w.[\]%-]*/, 'more of a URL'],
  [/^%[\da-f]{2}/i, 'text that is encoded for a URL, such as %20'],
  [/^\/[\w./-]*(?:\?|$)/, 'more of a URL'],
  [/^0$/, 'the digit 0'],
  [/^-?\d+$/, 'a number'],
  [/^(?:null|true|false|none|nil|ok)\b/i, 'a word such as null'],
  [/^;$/, 'a semicolon'],
  [/^,$/, 'a comma'],
  [/^\.$/, 'a period'],
  [/^(?:\.{2,}|\u2026)$/, 'dots, as if it was cut off'],
  [/^\\*["'`\u2018\u2019\u201c\u201d]$/, 'a quote'],
  [/^\\*["'`]\s*;$/, 'a quote and a semicolon'],
  [/^\\*["'`]\s*,$/, 'a quote and a comma'],
  [/^[)\]}>\s]+$/, 'a bracket'],
  [/^["'`]?[^{}[\]]*[)]\s*;?$/, 'the end of a function call'],
  [/^\\?["'][^()]*[}\]]$/, 'the end of JSON'],
  [/^\\?["'].*[}\]]\s*\)\s*;?$/s, 'the end of JSON and of a function call'],
  [/^\\?["'].*[}\]]\s*\S+/s, 'the end of JSON and something else'],
  [/^./su, 'text'],
];

/** Says what is before and after the JWT, in one or more sentences. */
export function describeSurroundings({ before, after }: SurroundedJwt): string {
  const [first, then] = [describe(before, KINDS_BEFORE), describe(after, KINDS_AFTER)];
  if (then === undefined) return `There is something in front of the token: ${first ?? 'text'}.`;
  if (first === undefined) return `There is something behind the token: ${then}.`;
  return `There is something around the token. In front of it: ${first}. Behind it: ${then}.`;
}

function describe(text: string, kinds: readonly Kind[]): string | undefined {
  // The start and the end, because the token is at one of them.
  const read = text.length > 2 * MAX_READ ? `${text.slice(0, MAX_READ)} ${text.slice(-MAX_READ)}` : text;
  const trimmed = read.trim();
  if (trimmed === '') return undefined;
  // White space next to the token matters for none of the kinds.
  return kinds.find(([pattern]) => pattern.test(trimmed))?.[1];
}
