// A rollup plugin that gives the session's members names of one or two letters. That saves a twentieth of the download.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import ts from 'typescript';

const FILES = ['state', 'stored-identity', 'token', 'lifetime']
  .map((name) => `src/core/${name}.ts`)
  .concat('src/ports.ts', 'src/driver.ts', 'src/browser/snippet.ts', 'src/browser/conversation-settings.ts');

// Names that the public types or the browser have, too.
const SHARED = new Set(['status', 'id', 'exp', 'iat', 'load', 'login', 'logout', 'on', 'random', 'widget']);
// The interfaces of that file that others see, too.
const TOLD = new Set(['Limits', 'EffectArguments', 'MessengerSnapshot', 'Driver']);

/** The names of the members that only the session, the ports and the driver have. */
export function findOwnNames() {
  return FILES.flatMap((file) => {
    const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
    return statements
      .filter((node) => ts.isInterfaceDeclaration(node) && !TOLD.has(node.name.text))
      .flatMap((node) => node.members.map((member) => member.name.text))
      .filter((name) => !SHARED.has(name));
  });
}

// Words of the session that neither the public types nor the browser use: events and states.
export const OWN_WORDS = [
  ...['changeUser', 'setConsent', 'loadWaits', 'tagPlaced', 'loadFailed', 'tokenArrived', 'tokenFailed', 'explained'],
  ...['looked', 'woke', 'maybe-in', 'when-closed', 'settled', 'late', 'requested', 'parsing', 'parked', 'prerendered'],
  ...['waiting', 'reload'],
];

export function shortenNames() {
  return {
    name: 'shorten-names',
    async renderChunk(code) {
      const mangleProps = new RegExp(`^(${[...findOwnNames(), ...OWN_WORDS].join('|')})$`);
      // esbuild shortens a string with this comment like the name of a member.
      const marked = code.replace(new RegExp(`'(${OWN_WORDS.join('|')})'`, 'g'), '/* @__KEY__ */ "$1"');
      const { code: shortened } = await transform(marked, { mangleProps, target: 'es2022' });
      return { code: shortened, map: null };
    },
  };
}
