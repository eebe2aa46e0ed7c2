// Recognizes a claim that should not be in a token, by its name.

const SECRET_NAMES =
  /passw(?:or)?d|passphrase|secret(?!ar)|api[_-]?key|private[_-]?key|access[_-]?token|refresh[_-]?token|credit[_-]?card/i;
// The rest of the name says that the value is a time or a flag, such as in password_changed_at or passwordResetRequired.
const TIMES_AND_FLAGS =
  /chang|updat|modif|rotat|expir|validity|verified|requir|enabl|disabl|needs|must|exist|policy|strength|length|count|attempt|(?:^|[^a-z])(?:is|has|had|can|at|on|in|age|set|date|days?|time|timestamp|reset|since|until|exp|type)(?:$|[^a-z])/;
// … unless it says that there is a secret after all, such as in password_reset_token.
const STILL_SECRET = /token|hash|code|value|salt|pin(?:$|[^a-z])/;
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
  const before = name.slice(0, found.index);
  const rest = splitWords(before) + '_' + splitWords(name.slice(found.index + found[0].length));
  return STILL_SECRET.test(rest) || !TIMES_AND_FLAGS.test(rest);
}

/** Writes a name in camel case with underscores. */
function splitWords(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
}

// A boolean is not a secret, such as in `has_password: true`.
function isSecret(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
