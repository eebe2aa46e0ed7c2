// What publint and attw ("are the types wrong") say about the package.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Files } from './pack.js';

export async function findPublintFaults(files: Files): Promise<string[]> {
  const packed = Object.entries(files).map(([name, text]) => ({ name: `package/${name}`, data: Buffer.from(text) }));
  const { messages, pkg } = await publint({ strict: true, pkgDir: 'package', pack: { files: packed } });
  return (
    messages
      // A page loads the script-tag files as they are. They are neither CommonJS nor ESM.
      .filter(({ code, args }) => !(code === 'FILE_INVALID_FORMAT' && args.actualFilePath?.includes('.iife.')))
      .map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
  );
}

/** The files in dist/ that a page loads by name have no types. */
const ATTW = ['node_modules/@arethetypeswrong/cli/dist/index.js', '--format', 'json'];
const ENTRIES = [
  '.',
  './globals',
  './inspect',
  './classic',
  './launcher',
  './react',
  './vue',
  './testing',
  './testing/setup',
  './dev',
  './devtools',
];

interface Problem {
  readonly kind: string;
  readonly entrypoint?: string;
  readonly resolutionKind?: string;
}

export function findTypeFaults(files: Files): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'attw-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'package', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const tarball = join(folder, 'package.tgz');
  execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
  // Into a file: attw exits before a pipe has taken all of its 200 kB and more.
  const output = openSync(join(folder, 'attw.json'), 'w');
  const { stderr } = spawnSync(process.execPath, [...ATTW, tarball, '--entrypoints', ...ENTRIES], {
    encoding: 'utf8',
    stdio: ['ignore', output, 'pipe'],
  });
  closeSync(output);
  const stdout = readFileSync(join(folder, 'attw.json'), 'utf8');
  rmSync(folder, { recursive: true });
  if (!stdout.startsWith('{')) return [`attw: ${stderr || stdout}`];
  const { analysis } = JSON.parse(stdout);
  if (!analysis.types) return ['attw: the package has no types'];
  return (
    (analysis.problems as Problem[])
      // Node 10 ignores "exports", so it does not find ./testing.
      .filter(({ resolutionKind }) => resolutionKind !== 'node10')
      // A page loads ./dev, and nothing requires it.
      .filter(({ kind, entrypoint }) => !(kind === 'CJSResolvesToESM' && entrypoint === './dev'))
      .map(({ kind, ...where }) => `attw: ${kind} ${JSON.stringify(where)}`)
  );
}
