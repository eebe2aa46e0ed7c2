// The code that the panel shows is the code that the playground runs: it is read from the functions.

/** Returns the lines in the braces of a function, without their indentation and without a last `return`. */
export function codeOf(action) {
  const lines = String(action).replace(/\r/g, '').split('\n').slice(1, -1);
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  const shown = lines.map((line) => line.slice(indent));
  if (/^return\b/.test(shown.at(-1))) shown.pop();
  return shown.join('\n').trimEnd();
}

const TITLES = {
  'sign-in': '// A visitor signs in to your site, or another user does:',
  'sign-out': '// The visitor signs out of your site:',
  'consent-none': '// The cookie banner: the visitor refuses,',
  'consent-all': '// or agrees:',
};

/**
 * Returns all code of a page as lines: `{ text, part }`. `part` is the name of the function that the line is from.
 *
 * @param actions - the functions by their names
 * @param before - lines before the first function, such as an import
 */
export function readPage(actions, before = []) {
  return [
    ...before.map((text) => ({ text, part: 'start' })),
    ...Object.entries(actions).flatMap(([part, action]) => [
      ...(TITLES[part] ? ['', TITLES[part]] : []).map((text) => ({ text, part: text && part })),
      ...codeOf(action)
        .split('\n')
        .map((text) => ({ text, part })),
    ]),
  ];
}

const TOKENS =
  /(?<comment>\/\/.*)|(?<string>'(?:[^'\\]|\\.)*')|(?<keyword>\b(?:import|from|const|async|function|await|void|if|new|null)\b)/g;

/** Splits one line of code into `{ kind, text }`. `kind` is `comment`, `string`, `keyword` or `plain`. */
export function splitLine(line) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS)) {
    if (match.index > end) parts.push({ kind: 'plain', text: line.slice(end, match.index) });
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push({ kind: 'plain', text: line.slice(end) });
  return parts;
}
