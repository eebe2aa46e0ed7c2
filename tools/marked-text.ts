// Text that a command writes into a page of the documentation. It stands between two comments:
// `<!-- size:main -->6.6 kB<!-- /size:main -->`. The closing comment may end with a checksum.

export interface MarkedText {
  readonly text: string;
  /** What the closing comment has after its name; '' if there is nothing. */
  readonly checksum: string;
}

const escape = (name: string) => name.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&');
const patternOf = (name: string) =>
  new RegExp(`(<!-- ${escape(name)} -->)(.*?)(<!-- /${escape(name)})(?: (\\w+))? -->`, 's');

/** @throws Error if the page has no place with this name */
export function readMarkedText(page: string, name: string): MarkedText {
  const [, , text, , checksum = ''] = patternOf(name).exec(page) ?? [];
  if (text === undefined) throw new Error(`The page has no <!-- ${name} -->…<!-- /${name} -->`);
  return { text, checksum };
}

/** Returns the page with other text in that place. Everything else stays as it is. */
export function writeMarkedText(page: string, name: string, text: string, checksum = ''): string {
  readMarkedText(page, name);
  return page.replace(patternOf(name), (_, start: string, _text, end: string) => {
    return `${start}${text}${end}${checksum && ` ${checksum}`} -->`;
  });
}
