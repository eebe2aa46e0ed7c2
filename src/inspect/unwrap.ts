// Removes what people wrap around a token by mistake and reports it, so that the token itself can be checked, too.
import type { Finding } from '../core/findings.js';
import { createFinding } from './catalogue.js';
import { findToken } from './find-token.js';
import { describeType } from './words.js';

export interface Unwrapped {
  /** The bare token; absent if there is nothing to check. */
  readonly text: string | undefined;
  readonly findings: readonly Finding[];
}

// A layer is a pair of quotes, a prefix or a JSON response. Nobody adds more layers than this by mistake.
const MAX_LAYERS = 8;
// In characters. No response with a token is longer. A parser needs almost a second for a million brackets.
const MAX_JSON_LENGTH = 200_000;

// Including zero-width characters, which come along when text is copied from a web page.
const SPACE = /[\s\u200b-\u200d\u2060\ufeff]/;
const ANY_SPACE = new RegExp(SPACE, 'g');
const QUOTES = `"'\`\u2018\u2019\u201c\u201d`;
const BEARER = /^(?:authorization\s*:\s*)?bearer(?:[\s:]+|$|(?=eyJ))/i;
const PLACEHOLDERS = /^(?:undefined|null|none|nil|nan|true|false|\[object \w+\])$/i;
// The base64url of how a JSON object starts: {" or { and a space or line break.
const JWT_WITH_SPACES = /^e[wy][\w+/=-]*\.[\w+/=-]+\.[\w+/=-]*$/;

const CONVERTED_REMEDY = 'Read the token from the object, and await Promises, before you convert to text.';
const BYTES_REMEDY = 'Convert the bytes to text with token.decode("ascii"), not with str(token).';

/** Finds the token in a value. Accepts any value and never throws. */
export function unwrap(value: unknown): Unwrapped {
  if (typeof value === 'string') return unwrapText(value);
  const text = findToken(value);
  const finding = createFinding(
    'not_a_string',
    `The token is ${describeType(value)}, not a string.`,
    'text',
    findRemedy(value),
  );
  if (text === undefined) return { text, findings: [finding] };
  const inner = unwrapText(text);
  return { text: inner.text, findings: [finding, ...inner.findings] };
}

function findRemedy(value: unknown): string | undefined {
  const type = describeType(value);
  if (type === 'a Promise') return 'Wait for it with await or then().';
  if (type === 'a Response') return 'Read the response with await response.text()';
  if (type === 'a list of bytes') return 'Convert them to text with new TextDecoder().decode(bytes)';
  if (type === 'a function') return 'Call it, and pass what it returns.';
  if (type === 'an object' || type === 'a list') return 'Pass the token from it, such as response.token.';
  return undefined;
}

/** Removes the layers around a token, from the outside in. */
function unwrapText(given: string): Unwrapped {
  const findings: Finding[] = [];
  const addFinding = (finding: Finding) => {
    if (!findings.some(({ code }) => code === finding.code)) findings.push(finding);
  };
  let text = given;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const trimmed = trim(text);
    if (trimmed !== '' && trimmed !== text) {
      addFinding(
        createFinding('whitespace', 'There is white space around the token, such as a line break at the end.'),
      );
    }
    text = trimmed;
    const inner = removeLayer(text, addFinding);
    if (inner === undefined) break;
    if (inner === text) return { text: undefined, findings };
    text = inner;
  }

  if (text === '') {
    addFinding(createFinding('empty', given === '' ? 'The token is an empty string.' : 'The text contains no token.'));
    return { text: undefined, findings };
  }
  if (PLACEHOLDERS.test(text)) {
    addFinding(
      text.startsWith('[')
        ? createFinding(
            'literal_undefined',
            'An object was converted to text, so only its type is left.',
            'text',
            CONVERTED_REMEDY,
          )
        : createFinding(
            'literal_undefined',
            'The token is a word such as undefined or null, because a value was missing.',
          ),
    );
    return { text: undefined, findings };
  }
  // Remove white space inside only if the result looks like a token, because the text may be a sentence.
  const joined = text.replace(ANY_SPACE, '');
  if (joined !== text && JWT_WITH_SPACES.test(joined)) {
    addFinding(createFinding('whitespace', 'There is white space inside the token, such as a line break.'));
    text = joined;
  }
  return { text, findings };
}

/** Returns the text inside the outermost layer, `undefined` if there is no layer, or `text` if the layer is empty. */
function removeLayer(text: string, addFinding: (finding: Finding) => void): string | undefined {
  const bearer = BEARER.exec(text)?.[0];
  if (bearer !== undefined) {
    addFinding(createFinding('bearer_prefix', 'The word Bearer is in front of the token.'));
    return text.slice(bearer.length);
  }
  const [first, last] = [text.charAt(0), text.slice(-1)];
  if (first === '{' || first === '[') {
    if (PLACEHOLDERS.test(text)) return undefined;
    const found = findToken(parseJson(text));
    addFinding(
      found === undefined
        ? createFinding('json_wrapped', 'The text starts like JSON, but contains no token.')
        : createFinding('json_wrapped', 'The text is a whole JSON response that contains the token.'),
    );
    return found ?? text;
  }
  if (first === 'b' && last === text.at(1) && (last === "'" || last === '"')) {
    addFinding(
      createFinding(
        'quoted',
        'The token is in quotes after a b: Python bytes converted to text.',
        'text',
        BYTES_REMEDY,
      ),
    );
    return text.slice(2, -1);
  }
  if (first !== '' && (QUOTES.includes(first) || QUOTES.includes(last))) {
    addFinding(createFinding('quoted', 'There are quotes around the token.'));
    const parsed = parseJson(text);
    if (typeof parsed === 'string') return parsed;
    return text.slice(QUOTES.includes(first) ? 1 : 0, QUOTES.includes(last) ? -1 : undefined);
  }
  return undefined;
}

function trim(text: string): string {
  // Not with a regular expression: one for the end would examine every run of spaces in a long text.
  const isSpace = (at: number) => SPACE.test(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (isSpace(start)) start++;
  while (isSpace(end - 1)) end--;
  return text.slice(start, end);
}

function parseJson(text: string): unknown {
  if (text.length > MAX_JSON_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // It is not JSON.
  }
}
