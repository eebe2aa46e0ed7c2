// Numbers in the documentation that have a name: `<!-- n:longest-wait -->30 s<!-- /n -->`.

export interface NamedNumber {
  readonly name: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

type Pages = ReadonlyMap<string, string>;

const NUMBER = /<!-- n:([a-z\d-]+) -->([^<]*)<!-- \/n -->/g;

export function readNumbers(pages: Pages): NamedNumber[] {
  return [...pages].flatMap(([file, page]) =>
    [...page.matchAll(NUMBER)].map(({ 1: name = '', 2: text = '', index }) => ({
      name,
      text: text.replace(/\s+/g, ' '),
      file,
      line: lineAt(page, index),
    })),
  );
}

/** The comments that look like those of a number, and have no number or spoil the line that they stand in. */
export function findLooseMarks(pages: Pages): string[] {
  return [...pages].flatMap(([file, page]) => {
    const rest = page.replace(NUMBER, (mark, _name, _text, index: number) =>
      /(?:^|\n)(?: |[-*+] |\d+\. |> )*$/.test(page.slice(0, index)) ? mark : mark.replace(/[^\n]/g, ' '),
    );
    return [...rest.matchAll(/<!--\s*(?:n:|\/n\b)/g)]
      .map(({ index }) => lineAt(page, index))
      .filter((line, at, lines) => lines.indexOf(line) === at)
      .map((line) => `${file}:${line} has a loose comment around a number`);
  });
}

const lineAt = (page: string, index: number) => page.slice(0, index).split('\n').length;
