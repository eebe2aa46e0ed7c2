// The examples in the docstrings compile against the sources.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compile } from './compile.js';
import type { Block } from './read-docs.js';
import { readExamples } from './read-examples.js';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> };
const all = readExamples({
  // The first one, because every type that names Window leads to its option.
  'zendesk-messenger-auth/dev': 'src/dev/index.ts',
  'zendesk-messenger-auth': 'src/index.ts',
  'zendesk-messenger-auth/inspect': 'src/inspect/index.ts',
  'zendesk-messenger-auth/classic': 'src/classic/index.ts',
  'zendesk-messenger-auth/react': 'src/react/index.ts',
  'zendesk-messenger-auth/vue': 'src/vue/index.ts',
  'zendesk-messenger-auth/svelte': 'src/svelte/index.ts',
  'zendesk-messenger-auth/angular': 'src/angular/index.ts',
  'zendesk-messenger-auth/launcher': 'src/launcher/index.ts',
  'zendesk-messenger-auth/server': 'src/server/index.ts',
  'zendesk-messenger-auth/testing': 'src/testing/index.ts',
  'zendesk-messenger-auth/testing/setup': 'src/testing-setup/index.ts',
  'zendesk-messenger-auth/devtools': 'src/devtools/index.ts',
});
// The examples of a type that two entries export are found twice.
const isFirst = ({ file, line }: Block, index: number) =>
  all.findIndex((other) => other.file === file && other.line === line) === index;
const examples = all.filter(isFirst);

// What an example takes from the site or the test around it.
const AROUND = `
declare global {
  const token: string;
  const secret: string;
  const endpoint: import('zendesk-messenger-auth/server').TokenEndpoint;
  const keyId: string;
  const expect: typeof import('vitest').expect;
  const beforeEach: typeof import('vitest').beforeEach;
  const useEffect: typeof import('react').useEffect;
  const signal: typeof import('@angular/core').signal;
}`;

// The module of the site that creates the messenger.
const MODULE: Block = {
  language: 'ts',
  code: `// messenger.ts\nexport declare const messenger: import('zendesk-messenger-auth').Messenger;\n`,
  file: 'messenger.ts',
  line: 1,
};

it('every example is compiled', () => {
  const written = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, index) => (/^\s*\* @example/.test(line) ? [`${path}:${index + 2}`] : [])),
    );
  expect(written.length).toBeGreaterThan(5);
  expect(examples.map(({ file, line }) => `${file}:${line}`).sort()).toEqual(written.sort());
  // The other members of `exports` are files, not entries, and ./globals declares only variables.
  const entries = Object.entries(exports).filter(
    ([name, target]) => typeof target === 'object' && name !== './globals',
  );
  expect(new Set(examples.map(({ entry }) => entry)).size).toBe(entries.length);
  expect(compile([...examples, MODULE], AROUND).problems).toEqual([]);
});

it('an example that does not compile is reported with its line', () => {
  const example = examples.find(({ file }) => file === 'src/create-messenger.ts')!;
  const spoil = (from: string, to: string) =>
    compile([{ ...example, code: example.code.replace(from, to) }], AROUND).problems;
  const [url, call] = [`${example.file}:${example.line}`, `${example.file}:${example.line + 1}`];
  expect(spoil("'/zendesk-token'", '5')).toEqual([expect.stringMatching(new RegExp(`^${url} .*number`))]);
  expect(spoil('setUser(', 'setUsr(')).toEqual([expect.stringMatching(new RegExp(`^${call} .*setUsr`))]);
  expect(spoil('await', '')).toEqual([]);
});
