// How much a site's visitors download. `npm run size` compares with the README, `npm run size -- --write` updates it.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const GOAL_BYTES = 2500;
// What is in it today, and a hand's breadth more: every further byte is to be decided on, here.
const LIMITS_BYTES = { 'main entry': 6820, 'script tag': 7080, 'doctor, on failure': 8000, inspect: 10_000 };
const MARKED = /<!-- size:(\w+) -->(.*?)<!-- \/size -->/gs;

/** What a bundler makes of an entry whose every name is used. */
async function bundle(input) {
  const built = await rollup({
    input,
    // What is loaded later is not downloaded with it.
    external: (id) => id !== input,
    plugins: [terser({ ecma: 2020, module: true, compress: { passes: 3 } })],
  });
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
  'doctor, on failure': measure(await bundle('dist/explain.js')),
  'doctor, script tag': measure(readFileSync('dist/zendesk-messenger-auth.explain.iife.min.js')),
  inspect: measure(await bundle('dist/inspect.js')),
  testing: measure(await bundle('dist/testing.js')),
};
console.table(sizes);
const { brotli } = sizes['main entry'];
console.log(`main entry: ${brotli} bytes brotli; goal ${GOAL_BYTES}${brotli > GOAL_BYTES ? ' (missed)' : ''}`);

const problems = Object.entries(LIMITS_BYTES).flatMap(([name, limit]) => {
  const over = sizes[name].brotli - limit;
  return over > 0 ? [`"${name}" has ${over} bytes brotli more than its limit of ${limit}.`] : [];
});

/** What the README says, and where. */
const stated = {
  main: `${inKilobytes(brotli)} brotli`,
  doctor: `${inKilobytes(sizes['doctor, on failure'].brotli)} brotli`,
};
let readme = readFileSync('README.md', 'utf8');
if (argv.includes('--write')) {
  readme = readme.replace(MARKED, (_, name) => `<!-- size:${name} -->${stated[name]}<!-- /size -->`);
  writeFileSync('README.md', readme);
}
const found = Object.fromEntries([...readme.matchAll(MARKED)].map(([, name, text]) => [name, text]));
for (const [name, text] of Object.entries(stated)) {
  if (found[name] === text) continue;
  problems.push(`README.md says "${found[name]}" for size:${name}, measured is "${text}": npm run size -- --write`);
}

for (const problem of problems) console.error(`✗ ${problem}`);
exit(problems.length > 0 ? 1 : 0);
