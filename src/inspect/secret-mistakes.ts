// Mistakes that backends make with the secret before they sign with it. Each mistake produces another key.
import type { FindingCode } from '../core/findings.js';
import { decodeBase64url, encodeBase64 } from './base64.js';

/** A key, and the mistake that was made if the token was signed with it. */
export interface Mistake {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly code: FindingCode;
  readonly message: string;
}

// In characters. Zendesk's secrets have fewer than 100. Trying all mistakes with a much longer secret would take seconds.
export const MAX_SECRET_LENGTH = 1000;

// '\\n' is an escape sequence from an .env file that was not decoded.
const SPACES = ['', ' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', ' \n', '\\n', '\u00a0', '\u200b', '\ufeff'];
const SPACES_BESIDE_QUOTES = ['', ' ', '\n', '\r\n'];
const QUOTES = [
  ['', ''],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\\"', '\\"'],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
  ['"', ''],
  ['', '"'],
  ["'", ''],
  ['', "'"],
] as const;
const WRAPPING = '\\s\\u200b-\\u200d\\u2060\\ufeff\\\\"\'`\\u2018\\u2019\\u201c\\u201d';
const START = new RegExp(`^[${WRAPPING}]+`);
const END = new RegExp(`[${WRAPPING}]$`);

const GIVEN_MESSAGE =
  'The token was signed with the bare secret. The secret given here has white space or quotes around it.';
const SIGNER_MESSAGE =
  'The token was signed with white space or quotes around the secret, such as a line break at the end.';
const BOTH_MESSAGE =
  'The secret that signed the token and the secret given here both have white space or quotes around them.';

const toBytes = (text: string) => new TextEncoder().encode(text);

/** Removes white space and quotes around the secret. Zendesk's secrets have none. */
export function trimSecret(secret: string): string {
  let end = secret.length;
  while (END.test(secret.charAt(end - 1))) end--;
  return secret.slice(0, end).replace(START, '');
}

/** Lists all known mistakes, the most likely first. `bareSecret(secret)` must not be empty. */
export function* listMistakes(secret: string): Iterable<Mistake> {
  const bare = trimSecret(secret);
  if (bare !== secret) {
    yield { key: toBytes(secret), code: 'secret_whitespace', message: BOTH_MESSAGE };
    yield { key: toBytes(bare), code: 'secret_whitespace', message: GIVEN_MESSAGE };
  }
  for (const text of new Set([bare, secret])) {
    yield* listDecoded(text);
    yield* listEncoded(text);
  }
  for (const [open, close] of QUOTES) {
    const spaces = open === close && open === '' ? SPACES : SPACES_BESIDE_QUOTES;
    for (const before of spaces) {
      for (const after of spaces) {
        yield {
          key: toBytes(`${before}${open}${bare}${close}${after}`),
          code: 'secret_whitespace',
          message: SIGNER_MESSAGE,
        };
      }
    }
  }
}

function* listDecoded(text: string): Iterable<Mistake> {
  const code = 'secret_base64_decoded';
  const describeDecoding = (encoding: string) => `The backend ${encoding}-decoded the secret before signing.`;
  if (/^(?:[\da-f]{2})+$/i.test(text)) {
    const key = Uint8Array.from(text.match(/../g)!, (byte) => parseInt(byte, 16));
    yield { key, code, message: describeDecoding('hex') };
  }
  // Decoders treat the letters of the other alphabet differently: some read them, some drop them, and some stop there.
  // JAXB's decoder (jjwt up to 0.9) drops them, and also drops an incomplete group of four at the end.
  const letters = text.replace(/[^\w+/-]/g, '');
  const withoutUrlLetters = letters.replace(/[-_]/g, '');
  const completeGroups = withoutUrlLetters.slice(0, withoutUrlLetters.length - (withoutUrlLetters.length % 4));
  const candidates = [letters, /[\da-z+/]*/i.exec(text)![0], withoutUrlLetters, completeGroups];
  for (const [index, candidate] of candidates.entries()) {
    const encoding = index === 0 && /[-_]/.test(text) ? 'base64url' : 'base64';
    for (const key of decode(candidate)) yield { key, code, message: describeDecoding(encoding) };
  }
}

/** Returns the decoded bytes, and the bytes that result if they are converted to a string and back. */
function decode(letters: string): Uint8Array<ArrayBuffer>[] {
  const usable = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  const bytes = decodeBase64url(usable.replaceAll('+', '-').replaceAll('/', '_'))!;
  const asLatin1 = toBytes(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const asUtf8 = toBytes(new TextDecoder().decode(bytes));
  return [bytes, asLatin1, asUtf8].filter(({ length }) => length > 0);
}

function* listEncoded(text: string): Iterable<Mistake> {
  const message = 'The backend base64-encoded the secret before signing.';
  const padded = encodeBase64(text);
  // Encoding ASCII letters, digits, - and _ produces neither + nor /, so base64url differs only by its padding.
  for (const encoded of [padded, padded.replaceAll('=', '')]) {
    yield { key: toBytes(encoded), code: 'signature_invalid', message };
  }
}
