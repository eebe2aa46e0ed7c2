import type { Files } from './pack.js';

/** "types" comes first, because TypeScript takes the first condition that fits. */
const moduleOf = (name: string) => ({
  import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
  require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
});

const SCRIPT = './dist/zendesk-messenger-auth.iife.min.js';
/** The files that a page loads by name. */
const SERVED = [
  './dist/index.js',
  './dist/explain.js',
  './dist/fake-snippet.iife.js',
  './dist/zendesk-messenger-auth.explain.iife.min.js',
  './dist/zendesk-messenger-auth.iife.js',
  SCRIPT,
];
const EXPECTED = {
  license: 'MIT',
  exports: {
    '.': moduleOf('index'),
    './globals': moduleOf('globals'),
    './inspect': moduleOf('inspect'),
    './testing': moduleOf('testing'),
    ...Object.fromEntries([...SERVED, './package.json'].map((path) => [path, path])),
  },
  // The main entry again, for tools that ignore "exports".
  main: './dist/index.cjs',
  module: './dist/index.js',
  types: './dist/index.d.ts',
  unpkg: SCRIPT,
  jsdelivr: SCRIPT,
};

const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];
/** npm runs these scripts when somebody installs the package from the registry, a folder or Git. */
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
/** All other files do something as soon as they run, so a bundler must not drop an import of them. */
const DOES_NOTHING_ON_IMPORT = /^dist\/(index|globals|inspect|testing|explain)\./;

/** Compares package.json with what the package promises, beyond what publint and attw check. */
export function findManifestFaults(files: Files): string[] {
  const manifest = JSON.parse(files['package.json']!);
  const sideEffects = Object.keys(files)
    .filter((name) => /\.c?js$/.test(name) && !DOES_NOTHING_ON_IMPORT.test(name))
    .map((name) => `./${name}`);
  const expected = { ...EXPECTED, sideEffects: sideEffects.sort() };
  const found = { ...manifest, sideEffects: manifest.sideEffects.toSorted() };
  return [
    ...ON_INSTALL.filter((name) => manifest.scripts?.[name]).map((name) => `"${name}" runs at every install`),
    ...(files['binding.gyp'] === undefined ? [] : ['binding.gyp makes npm run node-gyp at every install']),
    ...DEPENDENCIES.filter((name) => Object.keys(manifest[name] ?? {}).length > 0).map((name) => `has ${name}`),
    ...(files['LICENSE']?.startsWith('MIT License') ? [] : ['LICENSE is not the MIT License']),
    ...Object.entries(expected)
      .map(([name, value]) => [name, JSON.stringify(found[name]), JSON.stringify(value)] as const)
      .filter(([, is, shouldBe]) => is !== shouldBe)
      .map(([name, is, shouldBe]) => `"${name}" is ${is} instead of ${shouldBe}`),
  ].map((fault) => `package.json: ${fault}`);
}
