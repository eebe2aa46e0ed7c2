// A rollup plugin: what the session calls its members is for its readers. A site's visitors get one letter or two, which
// is a twentieth of what they download. The source maps have the names.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import ts from 'typescript';

const FILE = 'src/core/state.ts';

// Also a name in the public types, or the browser's own.
const SHARED = new Set(['status', 'load', 'error', 'retryAtMs', 'loginUser', 'random', 'hidden']);

/** The session's members that are nobody else's. */
export function findOwnNames() {
  const source = ts.createSourceFile(FILE, readFileSync(FILE, 'utf8'), ts.ScriptTarget.ES2022);
  const session = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'Session');
  return session.members.map((member) => member.name.text).filter((name) => !SHARED.has(name));
}

export function shortenNames() {
  return {
    name: 'shorten-names',
    async renderChunk(code) {
      const mangleProps = new RegExp(`^(${findOwnNames().join('|')})$`);
      const { code: shortened, map } = await transform(code, { mangleProps, target: 'es2022', sourcemap: true });
      return { code: shortened, map };
    },
  };
}
