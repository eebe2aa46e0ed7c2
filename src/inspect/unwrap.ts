// Takes off what people wrap around a token, and says what it was: so that one look tells of the rest, too.
import type { Finding } from '../core/findings.js';
import { find } from './catalogue.js';
import { findToken } from './find-token.js';
import { describeType } from './words.js';

export interface Unwrapped {
  /** The bare text; absent where there is none to look into. */
  readonly text: string | undefined;
  readonly findings: readonly Finding[];
}

// A layer is a pair of quotes, a prefix, a JSON response. More than these nobody does by mistake.
const MOST_LAYERS = 8;
// No response around a token is longer. A million brackets take a parser the better part of a second.
const MOST_JSON = 200_000;

// With the marks of no width that come along when text is copied from a page.
const SPACE = /[\s\u200b-\u200d\u2060\ufeff]/;
const ANY_SPACE = new RegExp(SPACE, 'g');
const QUOTES = `"'\`\u2018\u2019\u201c\u201d`;
const BEARER = /^(?:authorization\s*:\s*)?bearer(?:[\s:]+|$|(?=eyJ))/i;
const WORDS = /^(?:undefined|null|none|nil|nan|true|false|\[object \w+\])$/i;
// base64url of what a JSON object begins with: {" or { or a line break.
const JWT_WITH_SPACES = /^e[wy][\w+/=-]*\.[\w+/=-]+\.[\w+/=-]*$/;

const TEXT = 'Read the token from the object, and await Promises, before you convert to text.';
const DECODE = 'Convert the bytes to text with token.decode("ascii"), not with str(token).';

/** Never throws, whatever the value is. */
export function unwrap(value: unknown): Unwrapped {
  if (typeof value === 'string') return unwrapText(value);
  const text = findToken(value);
  const finding = find('not_a_string', `The token is ${describeType(value)}, not a string.`, 'text', remedyFor(value));
  if (text === undefined) return { text, findings: [finding] };
  const inner = unwrapText(text);
  return { text: inner.text, findings: [finding, ...inner.findings] };
}

function remedyFor(value: unknown): string | undefined {
  const type = describeType(value);
  if (type === 'a Promise') return 'Wait for it with await or then().';
  if (type === 'a Response') return 'Read the response with await response.text()';
  if (type === 'a list of bytes') return 'Convert them to text with new TextDecoder().decode(bytes)';
  if (type === 'a function') return 'Call it, and pass what it returns.';
  if (type === 'an object' || type === 'a list') return 'Pass the token from it, such as response.token.';
  return undefined;
}

/** The layers of a text, from outside. */
function unwrapText(given: string): Unwrapped {
  const findings: Finding[] = [];
  const note = (finding: Finding) => {
    if (!findings.some(({ code }) => code === finding.code)) findings.push(finding);
  };
  let text = given;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const trimmed = trim(text);
    if (trimmed !== '' && trimmed !== text) {
      note(find('whitespace', 'There is white space around the token, such as a line break at the end.'));
    }
    text = trimmed;
    const inner = takeOffLayer(text, note);
    if (inner === undefined) break;
    if (inner === text) return { text: undefined, findings };
    text = inner;
  }

  if (text === '') {
    note(find('empty', given === '' ? 'The token is an empty string.' : 'The text contains no token.'));
    return { text: undefined, findings };
  }
  if (WORDS.test(text)) {
    note(
      text.startsWith('[')
        ? find('literal_undefined', 'An object was converted to text, so only its type is left.', 'text', TEXT)
        : find('literal_undefined', 'The token is a word such as undefined or null, because a value was missing.'),
    );
    return { text: undefined, findings };
  }
  // Only in what is a token without it: a sentence is not one with white space in it.
  const joined = text.replace(ANY_SPACE, '');
  if (joined !== text && JWT_WITH_SPACES.test(joined)) {
    note(find('whitespace', 'There is white space inside the token, such as a line break.'));
    text = joined;
  }
  return { text, findings };
}

/** What is inside the outermost layer; `undefined` where there is none; the same text where there is nothing inside. */
function takeOffLayer(text: string, note: (finding: Finding) => void): string | undefined {
  const bearer = BEARER.exec(text)?.[0];
  if (bearer !== undefined) {
    note(find('bearer_prefix', 'The word Bearer is in front of the token.'));
    return text.slice(bearer.length);
  }
  const [first, last] = [text.charAt(0), text.slice(-1)];
  if (first === '{' || first === '[') {
    if (WORDS.test(text)) return undefined;
    const found = findToken(parseJson(text));
    note(
      found === undefined
        ? find('json_wrapped', 'The text starts like JSON, but contains no token.')
        : find('json_wrapped', 'The text is a whole JSON response that contains the token.'),
    );
    return found ?? text;
  }
  if (first === 'b' && last === text.at(1) && (last === "'" || last === '"')) {
    note(find('quoted', 'The token is in quotes after a b: Python bytes converted to text.', 'text', DECODE));
    return text.slice(2, -1);
  }
  if (first !== '' && (QUOTES.includes(first) || QUOTES.includes(last))) {
    note(find('quoted', 'There are quotes around the token.'));
    const parsed = parseJson(text);
    if (typeof parsed === 'string') return parsed;
    return text.slice(QUOTES.includes(first) ? 1 : 0, QUOTES.includes(last) ? -1 : undefined);
  }
  return undefined;
}

function trim(text: string): string {
  // By hand: a regular expression for the end would look at every run of spaces in a long text.
  const isSpace = (at: number) => SPACE.test(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (isSpace(start)) start++;
  while (isSpace(end - 1)) end--;
  return text.slice(start, end);
}

function parseJson(text: string): unknown {
  if (text.length > MOST_JSON) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Then it is none.
  }
}
