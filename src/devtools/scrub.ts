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
  // The id 1 must not change a status of 401.
  for (const secret of secrets) if (secret.length > 5) clean = clean.replaceAll(secret, LEFT_OUT);
  clean = clean.replace(TOKEN, LEFT_OUT).replace(MAIL, LEFT_OUT).replace(LONG_ID, LEFT_OUT);
  const short = new Set([...secrets].filter((secret) => secret && secret.length <= 5));
  return clean.replace(/[^\s"'(),;:]+/g, (word) => (short.has(word) ? LEFT_OUT : word));
}
