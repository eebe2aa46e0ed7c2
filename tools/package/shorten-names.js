// A rollup plugin that gives the session's members names of one or two letters. That saves a twentieth of the download.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import ts from 'typescript';

const FILE = 'src/core/state.ts';

// Names that the public types or the browser have, too.
const SHARED = new Set(['status', 'load', 'error', 'retryAtMs', 'loginUser', 'random', 'hidden']);

/** The names of the members that only the session has. */
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
      const { code: shortened } = await transform(code, { mangleProps, target: 'es2022' });
      return { code: shortened, map: null };
    },
  };
}
