// The different ways to serialize the same JSON object. A signature covers the exact characters. If a backend parses a
// token's header or payload after signing and serializes it in another way, the signature no longer matches.
import { encodeBase64url } from './base64.js';
import type { JsonObject } from './parse-token.js';

type Write = (value: unknown) => string;

// What serializers write between members: nothing, spaces as in Python, or line breaks.
const STYLES: readonly Write[] = [
  (value) => JSON.stringify(value),
  (value) => joinLines(JSON.stringify(value, null, 1)),
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

// What serializers escape: the minimum, slashes (PHP), all non-ASCII characters (Python, PHP), or HTML (.NET, Go).
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

// The number of orders that are always tried: as given, sorted, and reversed. Others are tried only for few members.
export const USUAL_ORDERS = 3;
const MAX_PERMUTED = 4;
// The indentation of deeper objects could fill the memory.
const MAX_DEPTH = 6;

/**
 * Serializes the object in different ways, as base64url. Returns one list for each way. A list has the members in
 * different orders, the {@link USUAL_ORDERS} first. The lists are empty if the object is nested too deeply.
 */
export function listSerializations(object: JsonObject): string[][] {
  const orders = isDeeperThan(object, MAX_DEPTH) ? [] : listOrders(object);
  return STYLES.flatMap((write) =>
    ESCAPES.map((escape) => orders.map((ordered) => encodeBase64url(escape(write(ordered))))),
  );
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** Converts indented JSON to one line, with a space after each comma and colon. Strings stay unchanged. */
function joinLines(indented: string): string {
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
    ...(names.length <= MAX_PERMUTED ? permute(names) : []),
  ];
  return orders.map((order) => Object.fromEntries(order.map((name) => [name, object[name]])));
}

function permute(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((first) => permute(names.filter((name) => name !== first)).map((rest) => [first, ...rest]));
}
