// Splits a token into its parts, decodes them, and reports what is wrong with the parts that cannot be read.
import type { Finding, FindingPart } from '../core/findings.js';
import { decodeBase64url, isBase64url, toBase64url } from './base64.js';
import { createFinding } from './catalogue.js';
import { listJwts } from './surroundings.js';
import { unwrap } from './unwrap.js';

/** A JSON object, as `JSON.parse` returns it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface ParsedToken {
  readonly findings: readonly Finding[];
  /** The bare text, without what is wrapped around it; absent if there is none. */
  readonly text: string | undefined;
  /** The text of each part, if there are two or three. Otherwise empty. Parts without a dot between them are separated. */
  readonly parts: readonly string[];
  /** `undefined` if it cannot be read. */
  readonly header: JsonObject | undefined;
  /** `undefined` if it cannot be read. */
  readonly payload: JsonObject | undefined;
}

// In characters. A longer token may exceed a server's limit for request headers.
const MAX_LENGTH = 8000;

const SIGNATURE_LENGTH = 43;
// How the base64url of a JSON object starts. A header is shorter than the limit.
const OBJECT_START = /e(?:y[AJ]|w[0o])/g;
const MAX_GLUED = 2000;
const GLUED_HEADER_MESSAGE = 'The dot between header and payload is missing, so they are glued together.';
const GLUED_SIGNATURE_MESSAGE = 'The dot between payload and signature is missing, so they are glued together.';

// Five parts, of which only the second may be empty (RFC 7516).
const JWE = /^[\w-]+\.[\w-]*(?:\.[\w-]+){3}$/;
// As programs and people shorten a token, or the console of a browser.
const CUT_OFF = /^e[wy][\w.-]*(?:\.{3}|\u2026)[\w.-]*$/;
const PAGE = /^<(?:!doctype|html|\?xml)/i;
const PAGE_MESSAGE = 'The text is a web page, such as a sign-in page, not a token.';
const PAGE_REMEDY =
  'When nobody is signed in, answer 204 and do not redirect to a sign-in page. If somebody is signed in, check the URL of the endpoint.';

/**
 * Parses a token, after the removal of what is wrapped around it. Accepts any value and never throws. Does not check the
 * claims or the signature.
 */
export function parseToken(token: unknown): ParsedToken {
  const { text, findings: wrapperFindings } = unwrap(token);
  const findings = [...wrapperFindings];
  if (text === undefined) return { findings, text, parts: [], header: undefined, payload: undefined };

  const parts = text.split('.');
  const isComplete = parts.length === 3 && !parts.includes('');
  if (!isComplete) return { ...parseIncomplete(text, parts, findings), text };
  if (text.length > MAX_LENGTH) findings.push(createFinding('token_long', `The token has ${text.length} characters.`));
  const header = parsePart(parts[0]!, 'header');
  const payload = parsePart(parts[1]!, 'payload');
  findings.push(...header.findings, ...payload.findings, ...inspectBase64url(parts[2]!, 'signature'));
  return { findings, text, parts, header: header.json, payload: payload.json };
}

/** Parses what is there. A single part is not parsed, because it is not clear which part it is. */
function parseIncomplete(
  text: string,
  parts: readonly string[],
  before: readonly Finding[],
): Omit<ParsedToken, 'text'> {
  const glued = splitGlued(parts);
  if (glued) {
    const findings = [...before, createFinding('not_three_parts', glued.message)];
    const [header, payload] = glued.parts.map(readObject);
    return { findings, parts: glued.parts, header, payload };
  }
  const isPartial = parts.length === 2 || parts.length === 3;
  const [header, payload] = isPartial ? parts.map(readObject) : [];
  const parsed = { parts: header && payload ? parts : [], header, payload };
  // A token that says that it has no signature has none. The finding about alg is enough.
  const isUnsigned = parsed.parts.length > 0 && !parts[2] && /^none$/i.test(String(header?.['alg']));
  if (isUnsigned) return { ...parsed, findings: before };
  const isPage = PAGE.test(text);
  const finding = createFinding('not_three_parts', isPage ? PAGE_MESSAGE : describeParts(text, parts), {
    remedy: isPage ? PAGE_REMEDY : undefined,
  });
  return { ...parsed, findings: [...before, finding] };
}

function readObject(text: string): JsonObject | undefined {
  return parsePart(text, 'header').json;
}

/** Separates two parts of a token that have no dot between them. */
function splitGlued([first, second, ...more]: readonly string[]): { parts: string[]; message: string } | undefined {
  if (!first || !second || more.length > 0) return undefined;
  for (const { index } of [...first.slice(0, MAX_GLUED).matchAll(OBJECT_START)].slice(1)) {
    const parts = [first.slice(0, index), first.slice(index), second];
    if (readObject(parts[0]!) && readObject(parts[1]!)) return { parts, message: GLUED_HEADER_MESSAGE };
  }
  const parts = [first, second.slice(0, -SIGNATURE_LENGTH), second.slice(-SIGNATURE_LENGTH)];
  return readObject(parts[0]!) && readObject(parts[1]!) ? { parts, message: GLUED_SIGNATURE_MESSAGE } : undefined;
}

/** Whether these are two tokens: the third part is a signature and the header of the second one. */
function isDoubled(parts: readonly string[]): boolean {
  return parts.length === 5 && readObject(parts[2]!.slice(SIGNATURE_LENGTH)) !== undefined;
}

function describeParts(text: string, parts: readonly string[]): string {
  const { length: tokens } = listJwts(text);
  if (tokens > 1) return `The text contains ${tokens} tokens.`;
  if (isDoubled(parts)) {
    const isSame = text.slice(0, text.length / 2) === text.slice(text.length / 2);
    return `The text contains ${isSame ? 'the same token twice' : '2 tokens'}, with nothing between them.`;
  }
  if (CUT_OFF.test(text)) return 'A part of the token is missing, with dots (...) in its place.';
  if (JWE.test(text) && readObject(parts[0]!)?.['enc'] !== undefined)
    return 'The token has five parts, like an encrypted token (JWE).';
  if (parts.length === 3) {
    const empty = ['header', 'payload', 'signature'][parts.indexOf('')];
    return `The token's ${empty} is empty.`;
  }
  if (parts.length === 2) return 'The token has two parts. The signature is missing.';
  return parts.length === 1 ? 'The text has no dot, so it is not a JWT.' : `The text has ${parts.length} parts.`;
}

interface ParsedPart {
  readonly json: JsonObject | undefined;
  readonly findings: readonly Finding[];
}

function parsePart(text: string, part: 'header' | 'payload'): ParsedPart {
  const findings = inspectBase64url(text, part);
  const bytes = decodeBase64url(toBase64url(text));
  if (!bytes) return { json: undefined, findings };
  const code = part === 'header' ? 'header_not_json' : 'payload_not_json';
  const fail = (message: string): ParsedPart => ({
    json: undefined,
    findings: [...findings, createFinding(code, `The ${part} ${message}.`)],
  });
  const notUtf8: Finding[] = [];
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    if (part === 'header') return fail('is not UTF-8 text');
    // Zendesk reads it, and sees replacement characters, as here.
    content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    notUtf8.push(
      createFinding(
        'payload_not_utf8',
        'The payload is not UTF-8, but maybe Latin-1. Zendesk replaces letters such as é in it.',
      ),
    );
  }
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { json: value as JsonObject, findings: [...findings, ...notUtf8] };
    }
  } catch {
    // Do not use the parser's message, because it would quote the token. The details do not matter: nobody writes this
    // JSON by hand.
    return fail('is not JSON');
  }
  return fail('is JSON, but not an object');
}

function inspectBase64url(text: string, part: FindingPart): Finding[] {
  if (isBase64url(text)) return [];
  const problem = /[^\w+/=-]/.test(text)
    ? 'has a character that is not base64url'
    : /[+/]/.test(text)
      ? 'is base64 (it has + or /), not base64url'
      : /^[^=]*={1,2}$/.test(text)
        ? 'has padding (=) at the end'
        : text.includes('=')
          ? 'contains ='
          : 'has a length that is not possible in base64url. A character is missing or extra';
  return [createFinding('not_base64url', `The ${part} ${problem}.`, { part })];
}
