// Splits a token into its parts, decodes them, and reports what is wrong with the parts that cannot be read.
import type { Finding, FindingPart } from '../core/findings.js';
import { decodeBase64url, isBase64url, toBase64url } from './base64.js';
import { find } from './catalogue.js';
import { unwrap } from './unwrap.js';

/** A JSON object, as `JSON.parse` returns it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface Dissected {
  readonly findings: readonly Finding[];
  /** The text of each part, if there are two or three. */
  readonly parts: readonly string[];
  readonly header: JsonObject | undefined;
  readonly payload: JsonObject | undefined;
}

// A longer token may exceed a server's limit for request headers.
const MOST_LENGTH = 8000;

const PAGE = /^<(?:!doctype|html|\?xml)/i;
const PAGE_MESSAGE = 'The text is a web page, such as a sign-in page, not a token.';
const PAGE_REMEDY =
  'When nobody is signed in, answer 401 and do not redirect to a sign-in page. If somebody is signed in, check the URL of the endpoint.';

/** Accepts any value and never throws. */
export function dissect(token: unknown): Dissected {
  const { text, findings: wrappings } = unwrap(token);
  const findings = [...wrappings];
  if (text === undefined) return { findings, parts: [], header: undefined, payload: undefined };

  const parts = text.split('.');
  const isWhole = parts.length === 3 && !parts.includes('');
  if (!isWhole) {
    const isPage = PAGE.test(text);
    findings.push(
      find(
        'not_three_parts',
        isPage ? PAGE_MESSAGE : describeParts(text, parts),
        undefined,
        isPage ? PAGE_REMEDY : undefined,
      ),
    );
    // A text that is no JWT at all has nothing more to check. With a single part, it is not clear which part it is.
    const isPartial = parts.length === 2 || parts.length === 3;
    const [header, payload] = isPartial ? parts.map((part) => readJson(part, 'header').json) : [];
    return { findings, parts: header && payload ? parts : [], header, payload };
  }
  if (text.length > MOST_LENGTH) findings.push(find('token_long', `The token has ${text.length} characters.`));
  const header = readJson(parts[0]!, 'header');
  const payload = readJson(parts[1]!, 'payload');
  findings.push(...header.findings, ...payload.findings, ...inspectBase64url(parts[2]!, 'signature'));
  return { findings, parts, header: header.json, payload: payload.json };
}

function describeParts(text: string, parts: readonly string[]): string {
  if (parts.length === 5) return 'The token has five parts, like an encrypted token (JWE).';
  if (parts.length === 3) {
    const empty = ['header', 'payload', 'signature'][parts.indexOf('')];
    return `The token's ${empty} is empty.`;
  }
  if (parts.length === 2) return 'The token has two parts. The signature is missing.';
  return parts.length === 1 ? 'The text has no dot, so it is not a JWT.' : `The text has ${parts.length} parts.`;
}

interface Read {
  readonly json: JsonObject | undefined;
  readonly findings: readonly Finding[];
}

function readJson(text: string, part: 'header' | 'payload'): Read {
  const findings = inspectBase64url(text, part);
  const bytes = decodeBase64url(toBase64url(text));
  if (!bytes) return { json: undefined, findings };
  const code = part === 'header' ? 'header_not_json' : 'payload_not_json';
  const fail = (message: string): Read => ({
    json: undefined,
    findings: [...findings, find(code, `The ${part} ${message}.`)],
  });
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('is not UTF-8 text');
  }
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { json: value as JsonObject, findings };
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
  const has = /[^\w+/=-]/.test(text)
    ? 'has a character that is not base64url'
    : /[+/]/.test(text)
      ? 'is base64 (it has + or /), not base64url'
      : /^[^=]*={1,2}$/.test(text)
        ? 'has padding (=) at the end'
        : text.includes('=')
          ? 'contains ='
          : 'has a length that is not possible in base64url. A character is missing or extra';
  return [find('not_base64url', `The ${part} ${has}.`, part)];
}
