// Checks what package.json promises beyond what publint and attw know.

/** "types" comes first: TypeScript takes the first condition that fits. */
const moduleOf = (name) => ({
  import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
  require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
});

// Files that a page loads by their own name.
const SCRIPT = './dist/zendesk-messenger-auth.iife.min.js';
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
// npm runs these when somebody installs the package from the registry, a folder or Git.
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
// All other files act as soon as they run, so a bundler must not drop an import of them.
const DOES_NOTHING_ON_IMPORT = /^dist\/(index|inspect|testing|explain)\./;

/**
 * @param manifest - the package.json of the package
 * @param files - the text of each file of the package, by its name
 */
export function findManifestFaults(manifest, files) {
  const sideEffects = Object.keys(files)
    .filter((name) => /\.c?js$/.test(name) && !DOES_NOTHING_ON_IMPORT.test(name))
    .map((name) => `./${name}`);
  const expected = { ...EXPECTED, sideEffects: sideEffects.sort() };
  const found = { ...manifest, sideEffects: manifest.sideEffects.toSorted() };
  return [
    ...ON_INSTALL.filter((name) => manifest.scripts?.[name]).map((name) => `"${name}" runs at every install`),
    ...(files['binding.gyp'] === undefined ? [] : ['binding.gyp makes npm run node-gyp at every install']),
    ...DEPENDENCIES.filter((name) => Object.keys(manifest[name] ?? {}).length > 0).map((name) => `has ${name}`),
    ...(files.LICENSE?.startsWith('MIT License') ? [] : ['LICENSE is not the MIT License']),
    ...Object.entries(expected)
      .map(([name, value]) => [name, JSON.stringify(found[name]), JSON.stringify(value)])
      .filter(([, found, value]) => found !== value)
      .map(([name, found, value]) => `"${name}" is ${found} instead of ${value}`),
  ].map((text) => `package.json: ${text}`);
}
