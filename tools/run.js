// Runs a tool that is written in TypeScript: `node tools/run.js simulate --tabs 100000` runs tools/simulate/main.ts.
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [node, , name, ...args] = argv;
const outfile = resolve('build/tools', `${name}.js`);
await build({
  entryPoints: [join('tools', name, 'main.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
argv.splice(0, argv.length, node, outfile, ...args);
await import(pathToFileURL(outfile).href);
