// Removes what people wrap around a token by mistake and reports it, so that the token itself can be checked, too.
import type { Finding } from '../core/findings.js';
import { createFinding } from './catalogue.js';
import { findToken, parseJson } from './find-token.js';
import { describeSurroundings, findSurroundedJwt, isComplete } from './surroundings.js';
import { describeType } from './words.js';

export interface Unwrapped {
  /** The bare token; absent if there is nothing to check. */
  readonly text: string | undefined;
  readonly findings: readonly Finding[];
}

// A layer is a pair of quotes, a prefix or a JSON response. Nobody adds more layers than this by mistake.
const MAX_LAYERS = 8;

// Including zero-width characters, which come along when text is copied from a web page.
const SPACE = /[\s\u200b-\u200d\u2060\ufeff]/;
const SPACES = [
  [/\ufeff/, 'a byte order mark (BOM)'],
  [/[\r\n]/, 'a line break'],
  [/[\u200b-\u200d\u2060]/, 'a character without width'],
] as const;
const ANY_SPACE = new RegExp(SPACE, 'g');
const LINE_BREAK = /[\r\n]+[ \t]*/g;
const SPACE_INSIDE = 'There is white space inside the token, such as a line break.';
const QUOTES = `"'\`\u2018\u2019\u201c\u201d`;
const BEARER = /^(?:authorization\s*:\s*)?bearer(?:[\s:]+|$|(?=eyJ))/i;
const PLACEHOLDERS = /^(?:undefined|null|none|nil|nan|true|false|\[object \w+\])$/i;
// The base64url of how a JSON object starts: {" or { and a space or line break.
const JWT_WITH_SPACES = /^e[wy][\w+/=-]*\.[\w+/=-]+\.[\w+/=-]*$/;

const CONVERTED_REMEDY = 'Read the token from the object, and await Promises, before you convert to text.';
const DICT_REMEDY = 'Send the token as plain text, or write real JSON, such as json.dumps({"token": token}) in Python.';
const BYTES_REMEDY = 'Convert the bytes to text with token.decode("ascii"), not with str(token).';

/** Finds the token in a value. Accepts any value and never throws. */
export function unwrap(value: unknown): Unwrapped {
  if (typeof value === 'string') return unwrapText(value);
  const text = findToken(value);
  const finding = createFinding('not_a_string', `The token is ${describeType(value)}, not a string.`, {
    remedy: findRemedy(value),
  });
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
  const layers = removeLayers(given);
  const { findings } = layers;
  let { text } = layers;
  const addFinding = (finding: Finding) => add(findings, finding);
  if (text === undefined) return { text, findings };
  const joined = joinLines(text);
  if (joined === undefined && findWhole(text)) {
    // Quotes and words at one end belong to what is around the token, so they are not reported, too.
    const found = findWhole(layers.response) ?? findWhole(text)!;
    return { text: found.jwt, findings: [...findings.slice(0, layers.foundInResponse), ...found.findings] };
  }

  if (text === '') {
    addFinding(createFinding('empty', given === '' ? 'The token is an empty string.' : 'The text contains no token.'));
    return { text: undefined, findings };
  }
  if (PLACEHOLDERS.test(text)) {
    addFinding(
      text.startsWith('[')
        ? createFinding('literal_undefined', 'An object was converted to text, so only its type is left.', {
            remedy: CONVERTED_REMEDY,
          })
        : createFinding(
            'literal_undefined',
            'The token is a word such as undefined or null, because a value was missing.',
          ),
    );
    return { text: undefined, findings };
  }
  if (joined !== undefined) {
    addFinding(createFinding('whitespace', SPACE_INSIDE));
    text = joined;
  }
  return { text, findings };
}

/**
 * Removes white space inside a token. Returns `undefined` if there is none, or if the text is more than a token: a sentence,
 * or a token and words behind it.
 */
function joinLines(text: string): string | undefined {
  const joined = text.replace(ANY_SPACE, '');
  if (joined === text || !JWT_WITH_SPACES.test(joined)) return undefined;
  return isComplete(text.split(SPACE, 1)[0]!) ? undefined : joined;
}

/** Finds the JWT in a longer text, also if there are line breaks inside the JWT. */
function findWhole(text: string): { readonly jwt: string; readonly findings: Finding[] } | undefined {
  const found = findSurroundedJwt(text);
  const unbroken = found && isComplete(found.jwt) ? undefined : findSurroundedJwt(text.replace(LINE_BREAK, ''));
  if (!unbroken || !isComplete(unbroken.jwt)) {
    return found && { jwt: found.jwt, findings: [createFinding('surrounded', describeSurroundings(found))] };
  }
  const surrounded = createFinding('surrounded', describeSurroundings(unbroken));
  return { jwt: unbroken.jwt, findings: [surrounded, createFinding('whitespace', SPACE_INSIDE)] };
}

interface Layers {
  /** The innermost text; absent if there is nothing to check. */
  readonly text: string | undefined;
  readonly findings: Finding[];
  /** The text without the layers that are JSON and those around them, and how many findings these layers have. */
  readonly response: string;
  readonly foundInResponse: number;
}

function removeLayers(given: string): Layers {
  let findings: Finding[] = [];
  const addFinding = (finding: Finding) => add(findings, finding);
  let text = given;
  let [response, foundInResponse] = [given, 0];
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const trimmed = trim(text);
    if (trimmed !== '' && trimmed !== text) addFinding(describeSpace(text, trimmed));
    text = trimmed;
    const inner = removeLayer(text, addFinding);
    if (inner === undefined) break;
    const isJson = /^[{[]/.test(text);
    if (isJson) findings = findings.filter((finding) => !isAroundJson(finding));
    if (inner === text) return { text: undefined, findings, response, foundInResponse };
    text = inner;
    if (isJson) [response, foundInResponse] = [text, findings.length];
  }
  return { text, findings, response, foundInResponse };
}

/**
 * Whether a finding made before that of JSON has the same cause, such as a BOM, or the quotes around JSON in JSON. With the b
 * of Python in front, it is another one.
 */
function isAroundJson({ code, remedy }: Finding): boolean {
  return code === 'whitespace' || (code === 'quoted' && remedy !== BYTES_REMEDY);
}

/** Adds a finding unless there is one with its code. Of these two, the more serious one stays. */
function add(findings: Finding[], finding: Finding): void {
  const at = findings.findIndex(({ code }) => code === finding.code);
  if (at < 0) findings.push(finding);
  else if (findings[at]!.severity === 'warning') findings[at] = finding;
}

function describeSpace(text: string, trimmed: string): Finding {
  const start = text.indexOf(trimmed);
  const [before, after] = [text.slice(0, start), text.slice(start + trimmed.length)];
  if (before === '' && /^[\r\n]+$/.test(after)) {
    const message = 'There is a line break at the end of the token. Browsers remove it, but not all programs do.';
    return createFinding('whitespace', message, { severity: 'warning' });
  }
  const where = before === '' ? 'behind' : after === '' ? 'in front of' : 'around';
  const kind = SPACES.find(([pattern]) => pattern.test(before + after))?.[1] ?? 'a space';
  return createFinding('whitespace', `There is white space ${where} the token, such as ${kind}.`);
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
    return PLACEHOLDERS.test(text) ? undefined : removeJson(text, addFinding);
  }
  if (first === 'b' && last === text.at(1) && (last === "'" || last === '"')) {
    addFinding(
      createFinding('quoted', 'The token is in quotes after a b: Python bytes converted to text.', {
        remedy: BYTES_REMEDY,
      }),
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

function removeJson(text: string, addFinding: (finding: Finding) => void): string | undefined {
  const value = parseJson(text);
  const surrounded = findSurroundedJwt(text);
  if (value === undefined && surrounded) {
    // Not JSON, but like it: with single quotes as in a Python dict, or names without quotes as in JavaScript.
    if (!/[}\]]$/.test(text) || !/["']$/.test(surrounded.before)) return undefined;
    const message =
      'The text contains the token and looks like JSON, but is not, such as a Python dict with single quotes.';
    addFinding(createFinding('json_wrapped', message, { remedy: DICT_REMEDY }));
    return surrounded.jwt;
  }
  const found = findToken(value) ?? surrounded?.jwt;
  addFinding(
    found === undefined
      ? createFinding('json_wrapped', 'The text starts like JSON, but contains no token.')
      : createFinding('json_wrapped', 'The text is a whole JSON response that contains the token.'),
  );
  return found ?? text;
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
