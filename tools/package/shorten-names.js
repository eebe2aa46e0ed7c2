// A rollup plugin that gives the members of the session, the ports and the driver names of one or two letters. That saves
// a twelfth of the download.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import ts from 'typescript';

const FILES = ['state', 'stored-identity', 'token', 'lifetime']
  .map((name) => `src/core/${name}.ts`)
  .concat('src/ports.ts', 'src/driver.ts')
  .concat(['snippet', 'conversation-settings', 'widget'].map((name) => `src/browser/${name}.ts`));

// Names that the public types or the browser have, too.
const SHARED = new Set(['status', 'id', 'exp', 'iat', 'load', 'login', 'logout', 'on', 'random', 'widget']);
// The interfaces of these files that others see, too.
const TOLD = new Set(['Limits', 'EffectArguments', 'MessengerSnapshot', 'Driver', 'ZE']);

// Words of the session that neither the public types nor the browser use: events and states.
export const OWN_WORDS = [
  ...['changeUser', 'setConsent', 'loadWaits', 'tagPlaced', 'loadFailed', 'tokenArrived', 'tokenFailed', 'explained'],
  ...['looked', 'woke', 'maybe-in', 'when-closed', 'settled', 'late', 'requested', 'parsing', 'parked', 'prerendered'],
  ...['waiting', 'reload', 'visible', 'started'],
];

/** Returns the own names of each interface, with those of the interfaces that it extends. */
function findInterfaces() {
  const interfaces = new Map();
  const bases = new Map();
  for (const file of FILES) {
    for (const node of ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022).statements) {
      if (!ts.isInterfaceDeclaration(node) || TOLD.has(node.name.text)) continue;
      const names = node.members.flatMap((member) => member.name?.text ?? []).filter((name) => !SHARED.has(name));
      interfaces.set(node.name.text, names);
      bases.set(
        node.name.text,
        (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.expression.text)),
      );
    }
  }
  const collect = (name) => [...(interfaces.get(name) ?? []), ...(bases.get(name) ?? []).flatMap(collect)];
  return [...interfaces.keys()].map(collect);
}

/** The names of the members that only the session, the ports and the driver have. */
export function findOwnNames() {
  return [...new Set(findInterfaces().flat())];
}

// In the order in which minifiers name variables: what looks alike compresses better.
const LETTERS = [...'etnioradscufgmhlvpbwkyTEMxjzSCUALOPDIRNFWqHBJGVKZXQY'];
const SHORT_NAMES = [...LETTERS, ...LETTERS.map((letter) => `${letter}0`)];

/**
 * Returns the short name of each own name. Names of different interfaces share short names: fewer letters compress
 * better. The most frequent names come first, so that they get the letters that the others use, too.
 */
export function chooseShortNames(code) {
  const groups = [...findInterfaces(), OWN_WORDS].map((names) => ({ names: new Set(names), taken: new Set() }));
  const countUses = (name) => code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  const uses = new Map([...findOwnNames(), ...OWN_WORDS].map((name) => [name, countUses(name)]));
  const shortNames = {};
  for (const [name] of [...uses].sort(([, a], [, b]) => b - a)) {
    const own = groups.filter(({ names }) => names.has(name));
    shortNames[name] = SHORT_NAMES.find((short) => own.every(({ taken }) => !taken.has(short)));
    for (const { taken } of own) taken.add(shortNames[name]);
  }
  return shortNames;
}

export function shortenNames() {
  return {
    name: 'shorten-names',
    async renderChunk(code) {
      const { code: withoutComments } = await transform(code);
      const mangleCache = chooseShortNames(withoutComments);
      const mangleProps = new RegExp(`^(${Object.keys(mangleCache).join('|')})$`);
      // esbuild shortens a string with this comment like the name of a member.
      const marked = code.replace(new RegExp(`'(${OWN_WORDS.join('|')})'`, 'g'), '/* @__KEY__ */ "$1"');
      const { code: shortened } = await transform(marked, { mangleProps, mangleCache, target: 'es2022' });
      return { code: shortened, map: null };
    },
  };
}
