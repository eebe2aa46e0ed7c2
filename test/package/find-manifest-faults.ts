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
  './dist/dev.js',
  './dist/devtools.js',
  './dist/explain.js',
  './dist/fake-snippet.iife.js',
  './dist/zendesk-messenger-auth.devtools.iife.min.js',
  './dist/zendesk-messenger-auth.explain.iife.min.js',
  './dist/zendesk-messenger-auth.iife.js',
  SCRIPT,
];
/** The frameworks of the adapters. npm installs an optional peer for nobody, and says if its version is too old. */
const PEERS = { '@angular/core': '>=20', react: '>=18', svelte: '>=5.7', vue: '>=3.5' };
const EXPECTED = {
  license: 'MIT',
  peerDependencies: PEERS,
  peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((name) => [name, { optional: true }])),
  exports: {
    '.': moduleOf('index'),
    './globals': moduleOf('globals'),
    './inspect': moduleOf('inspect'),
    './classic': moduleOf('classic'),
    './launcher': moduleOf('launcher'),
    './react': moduleOf('react'),
    './vue': moduleOf('vue'),
    './svelte': moduleOf('svelte'),
    './angular': moduleOf('angular'),
    './server': moduleOf('server'),
    './testing': moduleOf('testing'),
    './testing/setup': moduleOf('testing-setup'),
    './dev': { types: './dist/dev.d.ts', default: './dist/dev.js' },
    './devtools': moduleOf('devtools'),
    ...Object.fromEntries([...SERVED, './package.json'].map((path) => [path, path])),
  },
  // The main entry again, for tools that ignore "exports".
  main: './dist/index.cjs',
  module: './dist/index.js',
  types: './dist/index.d.ts',
  unpkg: SCRIPT,
  jsdelivr: SCRIPT,
};

const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'bundleDependencies'];
/** npm runs these scripts when somebody installs the package from the registry, a folder or Git. */
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
/** All other files do something as soon as they run, so a bundler must not drop an import of them. */
const DOES_NOTHING_ON_IMPORT =
  /^dist\/(index|globals|inspect|classic|launcher|react|vue|svelte|angular|server|testing|devtools|explain)\./;

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
