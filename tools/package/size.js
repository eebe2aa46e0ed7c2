// How much a site's visitors download.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { exit } from 'node:process';
import { parseArgs } from 'node:util';
import { weighSources } from './size/by-file.js';
import { bundleEntry, measureEntries } from './size/entries.js';
import { measure } from './size/measure.js';
import { measurePeers } from './size/peers.js';
import { composeTexts, findStale, listPeers, readPeers, writeTexts } from './size/readme.js';

const USAGE = `npm run size                      measures, and compares with the limits and the README
npm run size -- --write           writes the sizes into the README
npm run size -- --peers           measures the latest versions of other packages, too: needs npm's registry
npm run size -- --peers --write   writes them into the README, too
npm run size -- --files           says how many bytes each source file has`;

const GOAL_BYTES = 2500;
// What is in it today, and a hand's breadth more: every further byte is to be decided on, here.
const LIMITS_BYTES = {
  'main entry': 6620,
  'main entry, no bundler': 9550,
  'script tag': 6890,
  'doctor, on failure': 7020,
  'doctor, script tag': 7110,
  inspect: 8910,
  testing: 11_700,
};

function readArguments() {
  const flag = { type: 'boolean' };
  try {
    return parseArgs({ options: { write: flag, peers: flag, files: flag } }).values;
  } catch (error) {
    console.error(USAGE);
    fail([error.message]);
  }
}

function fail(problems) {
  for (const problem of problems) console.error(`✗ ${problem}`);
  exit(1);
}

async function printFiles() {
  for (const name of ['main entry', 'script tag']) {
    const files = await bundleEntry(name);
    const { minified } = measure(files);
    const share = (bytes) => ({ bytes, 'of all': `${((bytes / minified) * 100).toFixed(1)} %` });
    const rows = weighSources(files).map(([path, bytes]) => [path, share(bytes)]);
    console.log(`${name}, minified, before compression:`);
    console.table(Object.fromEntries([...rows, ['all', share(minified)]]));
  }
}

const options = readArguments();
if (!existsSync('dist/index.js')) fail(['There is no dist/index.js to measure. Run: npm run build']);
if (options.files) {
  await printFiles();
  exit(0);
}

const entries = await measureEntries();
const peers = options.peers ? await measurePeers().catch((error) => fail([error.message])) : {};
console.table({ ...entries, ...peers });
const { brotli } = entries['main entry'];
console.log(`main entry: ${brotli} bytes brotli; goal ${GOAL_BYTES}${brotli > GOAL_BYTES ? ' (missed)' : ''}`);

const PAGES = ['README.md', 'docs/evidence/size.md'];
const BETWEEN = '\0';
let readme = PAGES.map((page) => readFileSync(page, 'utf8')).join(BETWEEN);
const today = new Date().toISOString().slice(0, 10);
const others = options.peers && options.write ? listPeers(peers, today) : readPeers(readme);
const texts = await composeTexts(entries, others);
if (options.write) {
  readme = writeTexts(readme, texts);
  readme.split(BETWEEN).forEach((text, index) => writeFileSync(PAGES[index], text));
}

const over = Object.entries(LIMITS_BYTES).flatMap(([name, limit]) => {
  const bytes = entries[name].brotli - limit;
  return bytes > 0 ? [`"${name}" has ${bytes} bytes brotli more than its limit of ${limit}.`] : [];
});
const problems = [...over, ...findStale(readme, texts)];
if (problems.length > 0) fail(problems);
