import { SourceMap } from 'node:module';
import ts from 'typescript';

// The one file that calls it, the file in which it is a name of a member of ours, and the fake, which stands in for it.
const MAY_NAME_ZE = /(^|\/)src\/(browser\/widget\.ts|messenger\.ts|testing\/.*)$/;

/**
 * Says where a shipped file uses Zendesk's global without having it from the file that may. Comments and texts for people
 * may mention it. Which file it comes from, the source maps know.
 *
 * @param files - the text of each shipped file by its name
 */
export function findZendeskGlobal(files) {
  return Object.entries(files)
    .filter(([name]) => /\.c?js$/.test(name))
    .flatMap(([name, text]) => {
      const map = files[`${name}.map`] && new SourceMap(JSON.parse(files[`${name}.map`]));
      return findUses(text).flatMap(({ line, character }) => {
        const source = map?.findEntry(line, character).originalSource ?? 'none that a map knows';
        return MAY_NAME_ZE.test(source) ? [] : [`${name}:${line + 1} uses zE; its source: ${source}`];
      });
    });
}

/** Names and exact strings. */
function findUses(text) {
  const file = ts.createSourceFile('shipped.js', text, ts.ScriptTarget.ESNext);
  const uses = [];
  (function visit(node) {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'zE') {
      uses.push(file.getLineAndCharacterOfPosition(node.getStart(file)));
    }
    ts.forEachChild(node, visit);
  })(file);
  return uses;
}
