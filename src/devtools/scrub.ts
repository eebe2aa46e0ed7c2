// Takes what could identify somebody out of a text that others have written.

const LEFT_OUT = '[left out]';
const TOKEN = /[\w-]{10,}\.[\w-]{10,}(\.[\w-]*)?/g;
const MAIL = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g;
/** Zendesk's ids have 24 hexadecimal digits. Words of this length without a digit are names of commands. */
const LONG_ID = /(?=[\w-]*\d)[\w-]{16,}/g;

/**
 * Returns the text without tokens, e-mail addresses, long ids and the given values.
 *
 * @param secrets - values that must not be seen, such as the `external_id`; empty ones are ignored
 */
export function scrub(text: string, secrets: Iterable<string>): string {
  let clean = text;
  const all = [...secrets].filter(Boolean);
  for (const secret of all) if (secret.length > 5) clean = clean.replace(matchText(secret), LEFT_OUT);
  clean = clean.replace(TOKEN, LEFT_OUT).replace(MAIL, LEFT_OUT).replace(LONG_ID, LEFT_OUT);
  for (const secret of all) if (secret.length <= 5) clean = clean.replace(matchText(secret, true), LEFT_OUT);
  return clean;
}

/** @param isWord - only where no letter or digit is beside it: the id 1 must not change a status of 401 */
function matchText(text: string, isWord = false): RegExp {
  const literal = text.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&');
  return new RegExp(isWord ? `(?<!\\w)${literal}(?!\\w)` : literal, 'gi');
}
