// What package.json promises that publint and attw do not look at.
const ENTRIES = ['.', './inspect', './testing', './package.json'];
const SCRIPT = './dist/zendesk-messenger-auth.iife.min.js';
// The main entry again, for tools that do not look at "exports".
const MAIN = { main: './dist/index.cjs', module: './dist/index.js', types: './dist/index.d.ts' };
// npm runs these where a package is installed from the registry, from a folder or from Git.
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];
// What an import gets, and the chunk that the main entry loads. Everything else acts as soon as it runs.
const DOES_NOTHING_ON_IMPORT = /^dist\/(index|inspect|testing|explain)\./;

/**
 * @param manifest - the package.json that is shipped
 * @param files - the text of each shipped file by its name
 */
export function findManifestFaults(manifest, files) {
  const { exports, license, scripts = {}, sideEffects, unpkg, jsdelivr } = manifest;
  const active = Object.keys(files)
    .filter((name) => /\.c?js$/.test(name) && !DOES_NOTHING_ON_IMPORT.test(name))
    .map((name) => `./${name}`);
  return [
    ...ON_INSTALL.filter((name) => scripts[name]).map((name) => `"${name}" runs when somebody installs the package`),
    ...(files['binding.gyp'] === undefined ? [] : ['binding.gyp makes npm run node-gyp at every install']),
    ...DEPENDENCIES.filter((name) => Object.keys(manifest[name] ?? {}).length > 0).map((name) => `has ${name}`),
    ...(license === 'MIT' && files.LICENSE?.startsWith('MIT License') ? [] : ['the licence is not MIT']),
    ...differences('exports', Object.keys(exports), ENTRIES),
    ...Object.entries(exports).flatMap(([entry, target]) => findTypeFaults(entry, target)),
    ...differences('sideEffects', sideEffects, active),
    ...Object.entries(MAIN)
      .filter(([name, path]) => manifest[name] !== path)
      .map(([name, path]) => `"${name}" is ${manifest[name]}, not ${path}`),
    ...Object.entries(exports).flatMap(([entry, target]) => findPathFaults(entry, target)),
    ...[unpkg, jsdelivr].filter((path) => path !== SCRIPT).map((path) => `a CDN would serve ${path}, not ${SCRIPT}`),
  ].map((text) => `package.json: ${text}`);
}

/** TypeScript takes the first condition that fits: behind "default", "types" would never be looked at. */
function findTypeFaults(entry, target) {
  if (typeof target === 'string') return [];
  return [
    ...differences(`the conditions of ${entry}`, Object.keys(target), ['import', 'require']),
    ...Object.entries(target)
      .filter(([, files]) => Object.keys(files).join() !== 'types,default')
      .map(([condition]) => `"types" does not come first in ${entry}, ${condition}`),
  ];
}

/** Each entry is the files of its own name, as ESM and as CommonJS. */
function findPathFaults(entry, target) {
  if (typeof target === 'string') return target === entry ? [] : [`${entry} is ${target}`];
  const base = `./dist/${entry === '.' ? 'index' : entry.slice('./'.length)}`;
  const expected = { import: [`${base}.d.ts`, `${base}.js`], require: [`${base}.d.cts`, `${base}.cjs`] };
  return Object.entries(expected).flatMap(([condition, paths]) => {
    if (!target[condition]) return [];
    const found = [target[condition].types, target[condition].default];
    return paths.flatMap((path, i) =>
      found[i] === path ? [] : [`${entry}, ${condition}: ${found[i]} is not ${path}`],
    );
  });
}

function differences(what, found, expected) {
  return [
    ...found.filter((name) => !expected.includes(name)).map((name) => `${what}: ${name} is too much`),
    ...expected.filter((name) => !found.includes(name)).map((name) => `${what}: ${name} is missing`),
  ];
}
