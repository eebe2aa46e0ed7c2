// What the README says of sizes stands between marks: <!-- size:name -->…<!-- /size -->. It is written, and compared, here.
import { createHash } from 'node:crypto';
import { format, resolveConfig } from 'prettier';
import { PEERS } from './peers.js';

const MARKED = /(<!-- size:(\w+) -->)(.*?)(<!-- \/size -->)/gs;
const COLUMNS = ['version', 'minified', 'gzip', 'brotli', 'dependencies'];
const TITLES = {
  'main entry': '`zendesk-messenger-auth`',
  'main entry, load() alone': 'the same, of which a page calls `load()` alone',
  'main entry, no bundler': '`dist/index.js`, served as it is',
  'doctor, on failure': 'more when a sign-in fails: the doctor',
  inspect: '`zendesk-messenger-auth/inspect`',
  testing: '`zendesk-messenger-auth/testing`',
  'script tag': 'the script tag’s file',
  'doctor, script tag': 'more when a sign-in fails: the doctor’s file',
};

/** A kB is 1,000 bytes. */
const inKilobytes = (bytes) => (bytes / 1000).toFixed(1);

/**
 * What belongs between the marks.
 *
 * @param peers as they were measured just now, or else as `readPeers` found them
 */
export async function composeTexts(entries, peers) {
  const rows = Object.entries(entries).map(([name, row]) => toCells(TITLES[name], row));
  const main = entries['main entry'].brotli;
  return {
    main: `${inKilobytes(main)} kB brotli`,
    load: `${Math.round((entries['main entry, load() alone'].brotli / main) * 100)} %`,
    doctor: `${inKilobytes(entries['doctor, on failure'].brotli)} kB brotli`,
    table: await composeTable([...rows, ...peers.rows], peers),
  };
}

export function listPeers(peers, date) {
  const rows = Object.entries(peers).map(([name, row]) => toCells(`\`${name}\``, row));
  return { date, rows, checksum: takeChecksum({ date, rows }) };
}

/** Nobody measures the others again at each test: what a hand has changed in their rows has another checksum. */
export const takeChecksum = ({ date, rows }) =>
  createHash('sha256')
    .update([date, ...rows.flat()].join())
    .digest('hex')
    .slice(0, 12);

function toCells(title, { version, minified, gzip, brotli, dependencies }) {
  return [title, version, ...[minified, gzip, brotli].map(inKilobytes), String(dependencies)];
}

async function composeTable(rows, { date, checksum }) {
  const table = [['what', ...COLUMNS], [':--', ...COLUMNS.map(() => '--:')], ...rows];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`);
  const text = `${lines.join('\n')}\n\nThe other packages are the latest versions of ${date ?? 'no day yet'}.\n\n<!-- others ${checksum} -->`;
  return `\n\n${await format(text, { ...(await resolveConfig('README.md')), parser: 'markdown' })}\n`;
}

/** What was measured when the peers were last installed. */
export function readPeers(readme) {
  const { table = '' } = readTexts(readme);
  const rows = table
    .split('\n')
    .filter((line) => PEERS.some((name) => line.startsWith(`| \`${name}\` `)))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [, checksum] = /<!-- others (\w+) -->/.exec(table) ?? [];
  return { date: /\d{4}-\d\d-\d\d/.exec(table)?.[0], rows, checksum };
}

/** The text between each pair of marks, by its name. */
export const readTexts = (readme) =>
  Object.fromEntries([...readme.matchAll(MARKED)].map(([, , name, text]) => [name, text]));

export const writeTexts = (readme, texts) =>
  readme.replace(MARKED, (_, start, name, text, end) => `${start}${texts[name] ?? text}${end}`);

/** What in the README is not as it was measured. */
export function findStale(readme, texts) {
  const said = readTexts(readme);
  return Object.entries(texts)
    .filter(([name, text]) => said[name] !== text)
    .map(
      ([name, text]) =>
        `README.md has at size:${name} ${firstDifference(said[name] ?? '', text)}. Run: npm run size -- --write`,
    );
}

function firstDifference(said, measured) {
  const saidLines = said.split('\n');
  const at = measured.split('\n').findIndex((line, index) => line !== saidLines[index]);
  return `"${saidLines[at] ?? ''}", measured is "${measured.split('\n')[at] ?? ''}"`;
}
