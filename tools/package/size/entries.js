// What this package ships, in the README's order.
import { readFileSync } from 'node:fs';
import { cwd } from 'node:process';
import { bundle } from './bundle.js';
import { measure } from './measure.js';

const ONLY_LOAD = `
  import { createMessenger } from './dist/index.js';
  void createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' }).load();
`;

const bundleFile = (file) => bundle(cwd(), { entryPoints: [file] });

/** Nobody bundles these: they are downloaded as they are shipped. */
const readShipped = (file) => [
  { code: readFileSync(file, 'utf8'), map: JSON.parse(readFileSync(`${file}.map`, 'utf8')) },
];

const ENTRIES = {
  'main entry': () => bundleFile('dist/index.js'),
  'main entry, load() alone': () => bundle(cwd(), { stdin: { contents: ONLY_LOAD, resolveDir: cwd() } }),
  'main entry, no bundler': () => readShipped('dist/index.js'),
  'doctor, on failure': () => bundleFile('dist/explain.js'),
  inspect: () => bundleFile('dist/inspect.js'),
  testing: () => bundleFile('dist/testing.js'),
  'script tag': () => readShipped('dist/zendesk-messenger-auth.iife.min.js'),
  'doctor, script tag': () => readShipped('dist/zendesk-messenger-auth.explain.iife.min.js'),
};

export const bundleEntry = (name) => ENTRIES[name]();

export async function measureEntries() {
  const { version, dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  const rows = {};
  for (const [name, read] of Object.entries(ENTRIES)) {
    rows[name] = { version, ...measure(await read()), dependencies: Object.keys(dependencies).length };
  }
  return rows;
}
