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

const TEXT = 'Take the token out of the object, and wait for a Promise, before it becomes text.';
const DECODE = 'Make the bytes text with token.decode("ascii"), not with str(token).';

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
  if (type === 'a Promise') return 'Wait for it: await, or then().';
  if (type === 'a Response') return 'Read the response: await response.text()';
  if (type === 'a list of bytes') return 'Make them text: new TextDecoder().decode(bytes)';
  if (type === 'a function') return 'Call it, and hand over what it returns.';
  if (type === 'an object' || type === 'a list')
    return 'Take the token out of it: response.token, or what it is called.';
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
      note(find('whitespace', 'White space stands around the token, such as a line break after it.'));
    }
    text = trimmed;
    const inner = takeOffLayer(text, note);
    if (inner === undefined) break;
    if (inner === text) return { text: undefined, findings };
    text = inner;
  }

  if (text === '') {
    note(find('empty', given === '' ? 'The token is an empty string.' : 'There is no token in it.'));
    return { text: undefined, findings };
  }
  if (WORDS.test(text)) {
    note(
      text.startsWith('[')
        ? find(
            'literal_undefined',
            'An object was turned into text: not the token, but its kind is left.',
            'text',
            TEXT,
          )
        : find('literal_undefined', 'The token is a word, such as undefined or null, that stands for a missing value.'),
    );
    return { text: undefined, findings };
  }
  // Only in what is a token without it: a sentence is not one with white space in it.
  const joined = text.replace(ANY_SPACE, '');
  if (joined !== text && JWT_WITH_SPACES.test(joined)) {
    note(find('whitespace', 'White space stands in the middle of the token, such as a line break.'));
    text = joined;
  }
  return { text, findings };
}

/** What is inside the outermost layer; `undefined` where there is none; the same text where there is nothing inside. */
function takeOffLayer(text: string, note: (finding: Finding) => void): string | undefined {
  const bearer = BEARER.exec(text)?.[0];
  if (bearer !== undefined) {
    note(find('bearer_prefix', 'The word Bearer stands before the token.'));
    return text.slice(bearer.length);
  }
  const [first, last] = [text.charAt(0), text.slice(-1)];
  if (first === '{' || first === '[') {
    if (WORDS.test(text)) return undefined;
    const found = findToken(parseJson(text));
    note(
      found === undefined
        ? find('json_wrapped', 'The text begins as JSON does, and there is no token to be found in it.')
        : find('json_wrapped', 'A whole JSON response stands there, with the token in it.'),
    );
    return found ?? text;
  }
  if (first === 'b' && last === text.at(1) && (last === "'" || last === '"')) {
    note(find('quoted', "The token stands in quotes, with a b before them: Python's bytes as text.", 'text', DECODE));
    return text.slice(2, -1);
  }
  if (first !== '' && (QUOTES.includes(first) || QUOTES.includes(last))) {
    note(find('quoted', 'Quotes stand around the token.'));
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
