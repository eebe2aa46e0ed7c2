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
const MAX_DEPTH = 3;

/** Whether a claim, at any of the upper levels, has the name of a secret and a value that may be one. */
export function hasSecret(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return Object.entries(value).some(
    ([name, member]) => (isSecretName(name) && isSecret(member)) || hasSecret(member, depth + 1),
  );
}

function isSecretName(name: string): boolean {
  const found = SECRET_NAMES.exec(name);
  if (!found) return false;
  const before = splitWords(name.slice(0, found.index + 1)).slice(0, -1);
  const after = splitWords(name.slice(found.index + found[0].length));
  return STILL_SECRET.test(after) || !(HARMLESS_STEMS.test(after) || HARMLESS_WORDS.test(after) || FLAGS.test(before));
}

/** Writes a name in camel case, or with hyphens, with underscores. */
function splitWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase();
}

// A boolean is not a secret, such as in `has_password: true`.
function isSecret(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
