// Finds text that must not appear anywhere, in any encoding: a token, an e-mail address, a secret.

/** A match of this length is neither a coincidence nor a word of this library. */
const PIECE = 12;

/** Returns a text as it is, URL-encoded, and in base64 for every position in a longer text. */
function listForms(text: string): string[] {
  const encoded = [0, 1, 2].flatMap((shift) => {
    const base64 = Buffer.from('x'.repeat(shift) + text).toString('base64');
    // The first and last characters also encode neighboring bytes.
    const whole = base64.replace(/=+$/, '').slice(shift ? 4 : 0, -4);
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [text, encodeURIComponent(text), ...encoded];
}

/** Cuts a text into pieces. Any part of the text with twice their length contains one of them. */
function cut(text: string): string[] {
  const pieces = [];
  for (let at = 0; at + PIECE <= text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE));
  return pieces;
}

/**
 * Returns the pieces of the secrets that are in a text. A secret may be a whole token. Its header is not searched for,
 * because it is not secret.
 *
 * @throws if a secret is too short to search for
 */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => {
    const [, ...parts] = secret.split('.');
    const isToken = parts.length === 2 && secret.startsWith('ey');
    const pieces = (isToken ? parts : [secret]).flatMap((part) => listForms(part).flatMap(cut));
    if (pieces.length === 0) throw new Error('The secret is too short to search for');
    return pieces.filter((piece) => text.includes(piece));
  });
}

/**
 * Returns all names and values in a value as one text, including properties that are not enumerable, such as an error's
 * stack.
 *
 * @param except - the values that are left out
 */
export function tell(value: unknown, except: ReadonlySet<unknown> = new Set(), seen = new Set<unknown>()): string {
  if (except.has(value) || seen.has(value)) return '';
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
  seen.add(value);
  const names = Reflect.ownKeys(value).filter((name) => typeof value !== 'function' || name !== 'prototype');
  return names
    .map((name) => {
      const member: unknown = Reflect.get(value, name);
      return `${String(name)}: ${tell(member, except, seen)}`;
    })
    .join('\n');
}
