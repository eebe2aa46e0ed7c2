// A rollup plugin that gives the session's members names of one or two letters. That saves a twentieth of the download.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import ts from 'typescript';

const FILE = 'src/core/state.ts';

// Names that the public types or the browser have, too.
const SHARED = new Set(['status', 'load', 'error', 'login', 'request', 'id', 'externalId', 'random', 'hidden']);
// The interfaces of that file that others see, too.
const TOLD = new Set(['Limits', 'EffectArguments']);

/** The names of the members that only the session has. */
export function findOwnNames() {
  const source = ts.createSourceFile(FILE, readFileSync(FILE, 'utf8'), ts.ScriptTarget.ES2022);
  return source.statements
    .filter((node) => ts.isInterfaceDeclaration(node) && !TOLD.has(node.name.text))
    .flatMap((node) => node.members.map((member) => member.name.text))
    .filter((name) => !SHARED.has(name));
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
