// What package.json promises that publint and attw do not look at.
const ENTRIES = ['.', './inspect', './testing', './package.json'];
const SCRIPT = './dist/zendesk-messenger-auth.iife.min.js';
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

function differences(what, found, expected) {
  return [
    ...found.filter((name) => !expected.includes(name)).map((name) => `${what}: ${name} is too much`),
    ...expected.filter((name) => !found.includes(name)).map((name) => `${what}: ${name} is missing`),
  ];
}
