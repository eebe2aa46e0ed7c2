// How much a site's visitors download. `npm run size` compares with the README, `npm run size -- --write` updates it.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const GOAL_BYTES = 2500;
// What is in it today, and a hand's breadth more: every further byte is to be decided on, here.
const LIMIT_BYTES = 5800;
const MARKED = /<!-- size -->(.*?)<!-- \/size -->/gs;

/** What a bundler makes of an entry whose every name is used. */
async function bundle(input) {
  const built = await rollup({ input, plugins: [terser({ ecma: 2020, module: true, compress: { passes: 3 } })] });
  const { output } = await built.generate({ format: 'es' });
  await built.close();
  return output[0].code;
}

function measure(code) {
  const bytes = Buffer.from(code);
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/** A kB is 1,000 bytes. */
const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const sizes = {
  'main entry': measure(await bundle('dist/index.js')),
  'script tag': measure(readFileSync('dist/zendesk-messenger-auth.iife.min.js')),
  testing: measure(await bundle('dist/testing.js')),
};
console.table(sizes);

const { brotli } = sizes['main entry'];
const expected = `${inKilobytes(brotli)} brotli`;
const problems = [];
console.log(
  `main entry: ${brotli} bytes brotli; goal ${GOAL_BYTES}${brotli > GOAL_BYTES ? ' (missed)' : ''}, limit ${LIMIT_BYTES}`,
);
if (brotli > LIMIT_BYTES) problems.push(`The main entry has ${brotli - LIMIT_BYTES} bytes more than the limit.`);

let readme = readFileSync('README.md', 'utf8');
if (argv.includes('--write')) {
  readme = readme.replace(MARKED, `<!-- size -->${expected}<!-- /size -->`);
  writeFileSync('README.md', readme);
}
const stated = [...readme.matchAll(MARKED)].map(([, text]) => text);
if (stated.length === 0) problems.push(`README.md states no size. Add: <!-- size -->${expected}<!-- /size -->`);
for (const text of stated) {
  if (text !== expected) problems.push(`README.md says "${text}", measured is "${expected}": npm run size -- --write`);
}

for (const problem of problems) console.error(`✗ ${problem}`);
exit(problems.length > 0 ? 1 : 0);
