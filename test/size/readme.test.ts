// The documentation's table of sizes. Whether its numbers are what is shipped, `npm run size` says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  composeTexts,
  findStale,
  listPeers,
  readPeers,
  readTexts,
  type Row,
  takeChecksum,
  writeTexts,
} from '../../tools/package/size/readme.js';
import { DOCS, tableOf } from '../docs/read-docs.js';

const { version, dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));

const OURS = [
  'zendesk-messenger-auth',
  'the same, of which a page calls `load()` alone',
  '`dist/index.js`, served as it is',
  'more when a sign-in fails: the doctor',
  'zendesk-messenger-auth/inspect',
  'zendesk-messenger-auth/testing',
  'the script tag’s file',
  'more when a sign-in fails: the doctor’s file',
];
const PEERS = [
  'react-use-zendesk',
  'react-zendesk',
  'smooch',
  '@intercom/messenger-js-sdk',
  'react-use-intercom',
  '@livechat/widget-core',
  '@stripe/stripe-js',
  'keycloak-js',
  'oidc-client-ts',
  '@supabase/auth-js',
];

it('has a row for each entry and for each of the others, and each number in it', () => {
  const rows = tableOf('what');
  expect(rows.map(([what]) => what)).toEqual([...OURS, ...PEERS]);
  for (const [what, of, minified, gzip, brotli, packages] of rows) {
    expect(of, what).toMatch(/^\d+\.\d+\.\d+$/);
    for (const size of [minified, gzip, brotli]) expect(size, what).toMatch(/^\d+\.\d$/);
    expect(Number(minified), what).toBeGreaterThan(Number(gzip));
    expect(Number(gzip), what).toBeGreaterThanOrEqual(Number(brotli));
    expect(packages, what).toMatch(/^\d+$/);
  }
  for (const [what, of, , , , packages] of rows.slice(0, OURS.length)) {
    expect([of, packages], what).toEqual([version, String(Object.keys(dependencies).length)]);
  }
});

it('says of which day the others are, and with which command they are measured', () => {
  expect(DOCS).toMatch(/^The other packages are the latest versions of 20\d\d-\d\d-\d\d\.$/m);
  expect(DOCS.split('\n# Size')[1]).toContain('`npm run size -- --peers`');
  const peers = readPeers(DOCS);
  expect(peers.rows).toHaveLength(PEERS.length);
  expect(takeChecksum(peers), 'They are written by: npm run size -- --peers --write').toBe(peers.checksum);
});

const row = (brotli: number, of = '1.2.3'): Row => {
  return { version: of, minified: 4 * brotli, gzip: 1.1 * brotli, brotli, dependencies: 0 };
};
const ENTRIES = { 'main entry': row(2000), 'main entry, load() alone': row(1500), 'doctor, on failure': row(3000) };
const MARKS = ['main', 'load', 'doctor', 'table'].map((name) => `<!-- size:${name} --><!-- /size -->`).join('\n\n');

it('finds what the documentation says where it was written, and nothing to correct then', async () => {
  const texts = await composeTexts(ENTRIES, listPeers({ smooch: row(1000, '5.7.19') }, '2026-01-31'));
  const readme = writeTexts(MARKS, texts);
  expect(readTexts(readme)).toEqual(texts);
  expect(texts).toMatchObject({ main: '2.0 kB brotli', load: '75 %', doctor: '3.0 kB brotli' });
  expect(findStale(readme, texts)).toEqual([]);
});

it('keeps the others as they were when only the own sizes are written', async () => {
  const peers = listPeers({ smooch: row(1000, '5.7.19') }, '2026-01-31');
  const before = writeTexts(MARKS, await composeTexts(ENTRIES, peers));
  expect(readPeers(before)).toEqual(peers);
  const after = writeTexts(before, await composeTexts({ ...ENTRIES, 'main entry': row(2600) }, readPeers(before)));
  expect(after).toContain('2.6 kB brotli');
  expect(readPeers(after)).toEqual(peers);
});

it.for([
  ['the first lines', /2\.0 kB/, '9.9 kB', 'size:main "9.9 kB brotli", measured is "2.0 kB brotli"'],
  ['a number in the table', /\| +8\.0 \|/, '| 9.9 |', 'size:table'],
  ['a row', /^.*messenger-auth`.*\n/m, '', 'size:table'],
  ['the whole table', /<!-- size:table.*/s, '', 'size:table'],
  ['a line after the table', /-->\n\n(?=<!-- \/size)/, '-->\n\nMore.\n\n', 'size:table'],
] as const)('sees a change of %s', async ([, said, instead, problem]) => {
  const texts = await composeTexts(ENTRIES, listPeers({ smooch: row(1000, '5.7.19') }, '2026-01-31'));
  const readme = writeTexts(MARKS, texts);
  const changed = readme.replace(said, instead);
  expect(changed).not.toBe(readme);
  expect(findStale(changed, texts)).toEqual([expect.stringContaining(problem)]);
});
