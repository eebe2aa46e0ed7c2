// `npm run size:write` writes the sizes into the documentation. `npm run size:check` fails if others stand there.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, env, execPath, exit } from 'node:process';
import { promisify } from 'node:util';
import { composeTexts, findOldSizes, writeSizes } from './texts.js';

const command = [execPath, ['node_modules/size-limit/bin.js', '--json'], { env: { ...env, SIZES: 'all' } }] as const;
const { stdout } = await promisify(execFile)(...command);
const checks = JSON.parse(stdout) as readonly { readonly name: string; readonly size: number }[];
const sizes: Record<string, number> = Object.fromEntries(checks.map(({ name, size }) => [name, size]));
const texts = await composeTexts(sizes);

const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`);
const paths = ['README.md', ...docs].filter((path) => path.endsWith('.md') && !path.includes('node_modules'));
const pages = paths.map((path) => [path, readFileSync(path, 'utf8')] as const);
if (argv.includes('--write')) for (const [path, page] of pages) writeFileSync(path, writeSizes(page, texts));
else {
  const old = pages.flatMap(([path, page]) => findOldSizes(page, texts).map((name) => `${path} has an old ${name}`));
  for (const problem of old) console.error(`✗ ${problem}. Run: npm run size:write`);
  exit(old.length > 0 ? 1 : 0);
}
