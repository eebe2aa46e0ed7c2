// Where the bytes of a bundle come from: its source map says of each character which file it was written in.
import { SourceMap } from 'node:module';

/** What the bundler adds, and the line at the end that names the source map. */
const NO_SOURCE = '(no source)';
const MAP_COMMENT = /\n?\/\/# sourceMappingURL=.*\n?$/;

/** The minified bytes of each source file, the largest first. */
export function weighSources(files) {
  const bytes = new Map();
  const add = (name, text) => bytes.set(name, (bytes.get(name) ?? 0) + Buffer.byteLength(text));
  for (const { code, map } of files) {
    const sources = new SourceMap(map);
    const [comment = ''] = MAP_COMMENT.exec(code) ?? [];
    if (comment) add(NO_SOURCE, comment);
    let line = 0;
    let column = 0;
    for (const character of code.slice(0, code.length - comment.length)) {
      const { originalSource = NO_SOURCE } = sources.findEntry(line, column);
      add(shortenPath(originalSource), character);
      column += character.length;
      if (character === '\n') {
        line++;
        column = 0;
      }
    }
  }
  return [...bytes].sort(([, a], [, b]) => b - a);
}

/** From the repository's folder, wherever the map was written. */
const shortenPath = (path) => path.replace(/^(\.\.\/)+/, '');
