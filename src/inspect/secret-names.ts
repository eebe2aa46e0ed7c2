// Recognizes a claim that should not be in a token, by its name.

const SECRET_NAMES =
  /passw(?:or)?d|passphrase|secret(?!ar)|api[_-]?key|private[_-]?key|access[_-]?token|refresh[_-]?token|credit[_-]?card/i;
// What is behind the name of a secret says that the value is a time, a flag, a name or a kind, such as in
// password_changed_at or api_key_name …
const HARMLESS_STEMS =
  /chang|updat|modif|creat|rotat|expir|validity|verified|requir|enabl|disabl|needed|exists|policy|strength|length|count|attempt|version|status|method|provider|prefix/;
const HARMLESS_WORDS =
  /(?:^|_)(?:at|on|in|age|last|last_?4|set|date|days?|time|timestamp|reset|since|until|exp|type|kind|id|name|label|brand|hint|less)(?:_|$)/;
// … or what is in front of it does, such as in has_password.
const FLAGS = /(?:^|_)(?:is|has|had|can|must|needs?|requires?)_/;
// … unless it says that there is a secret after all, such as in password_reset_token.
const STILL_SECRET = /token|hash|code|value|salt|(?:^|_)pin(?:_|$)/;
// A day or a time in ISO 8601.
const DATE = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?$/;
const MAX_DEPTH = 3;

/** Whether a claim, at any of the upper levels, has the name of a secret and a value that may be one. */
export function hasSecret(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return Object.entries(value).some(([name, member]) => isNamedSecret(name, member) || hasSecret(member, depth + 1));
}

function isNamedSecret(name: string, value: unknown): boolean {
  const found = SECRET_NAMES.exec(name);
  // A boolean is not a secret, such as in `has_password: true`.
  if (!found || value === '' || (typeof value !== 'string' && typeof value !== 'number')) return false;
  const before = splitWords(name.slice(0, found.index + 1)).slice(0, -1);
  const after = splitWords(name.slice(found.index + found[0].length));
  if (STILL_SECRET.test(after)) return true;
  // With other words beside the name, a time or a small number is what they say, such as in `password_logins: 3`.
  const hasWords = before + after !== '';
  if (hasWords && (typeof value === 'string' ? DATE.test(value) : isCountOrTime(value))) return false;
  return !(HARMLESS_STEMS.test(after) || HARMLESS_WORDS.test(after) || FLAGS.test(before));
}

/** Writes a name in camel case, or with hyphens, with underscores. */
function splitWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase();
}

function isCountOrTime(value: number): boolean {
  const isSeconds = value >= 1e9 && value < 1e10;
  const isMilliseconds = value >= 1e12 && value < 1e13;
  return value < 10_000 || isSeconds || isMilliseconds;
}
