// The ways in which one JSON object can be written. A signature is over the very characters: who reads a token's header
// or payload and writes it anew after signing, in another way, breaks it.
import { encodeBase64url } from './base64.js';
import type { JsonObject } from './dissect.js';

type Write = (value: unknown) => string;

// What serialisers put between things: nothing, Python's spaces, or lines.
const STYLES: readonly Write[] = [
  (value) => JSON.stringify(value),
  (value) => spread(JSON.stringify(value, null, 1)),
  ...[2, 4, '\t'].map(
    (indent): Write =>
      (value) =>
        JSON.stringify(value, null, indent),
  ),
  ...[2, 4].map(
    (indent): Write =>
      (value) =>
        JSON.stringify(value, null, indent).replaceAll('\n', '\r\n'),
  ),
];

// What serialisers escape: no more than they must, slashes (PHP), all that is not ASCII (Python, PHP), HTML (.NET, Go).
const ESCAPES: readonly ((json: string) => string)[] = [
  (json) => json,
  (json) => json.replaceAll('/', '\\/'),
  (json) => escapeCharacters(json, /[^\0-\x7f]/g),
  (json) => escapeCharacters(json.replaceAll('/', '\\/'), /[^\0-\x7f]/g),
  (json) => escapeCharacters(json, /[<>&]/g),
  (json) =>
    escapeCharacters(json, /[<>&'+`]|[^\0-\x7f]/g).replace(
      /\\u[\da-f]{4}/g,
      (text) => '\\u' + text.slice(2).toUpperCase(),
    ),
];

// As they are, sorted, and reversed. In any other order only where the members are few.
export const USUAL_ORDERS = 3;
const MOST_ORDERED = 4;
// Deeper, its indentation alone would fill the memory.
const MOST_DEPTH = 6;

/**
 * The part's text in base64url, written in other ways: a list for each way, with the members in different orders, the
 * usual ones first. Holds the same members with the same values. Empty lists where it is too deep.
 */
export function rewrite(object: JsonObject): string[][] {
  const orders = isDeeper(object, MOST_DEPTH) ? [] : listOrders(object);
  return STYLES.flatMap((write) =>
    ESCAPES.map((escape) => orders.map((ordered) => encodeBase64url(escape(write(ordered))))),
  );
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** `{ "a": 1, "b": 2 }` on one line, with a space after each comma and colon; strings are left as they are. */
function spread(indented: string): string {
  return indented.replace(/\n */g, (_, at: number) => (indented.charAt(at - 1) === ',' ? ' ' : ''));
}

function escapeCharacters(json: string, characters: RegExp): string {
  return json.replace(characters, (text) => {
    let escaped = '';
    for (let at = 0; at < text.length; at++) escaped += `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
    return escaped;
  });
}

function listOrders(object: JsonObject): JsonObject[] {
  const names = Object.keys(object);
  const orders = [
    names,
    [...names].sort(),
    [...names].reverse(),
    ...(names.length <= MOST_ORDERED ? permute(names) : []),
  ];
  return orders.map((order) => Object.fromEntries(order.map((name) => [name, object[name]])));
}

function permute(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((first) => permute(names.filter((name) => name !== first)).map((rest) => [first, ...rest]));
}
