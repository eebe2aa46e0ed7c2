import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findViolations } from './find-violations.js';

function readSources(): Record<string, string> {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

describe('the files in src/', () => {
  it('import in one direction only, and only one file for each widget uses zE, and one of the launcher', () => {
    const sources = readSources();
    expect(Object.keys(sources)).toContain('src/index.ts');
    expect(findViolations(sources)).toEqual([]);
  });
});

describe('findViolations', () => {
  it('accepts every allowed direction', () => {
    const violations = findViolations({
      'src/global.ts': `import { loadScript } from './browser/second-script.js';\nexport * from './index.js';`,
      'src/create-messenger.ts': `import { c } from './messenger.js';\nconst e = () => import('./inspect/explain.js');`,
      'src/index.ts': `export { createMessenger } from './create-messenger.js';\nexport type { A } from './core/a.js';`,
      'src/messenger.ts': `import { b } from './browser/widget.js';\nimport { d } from './driver.js';`,
      'src/driver.ts': `import type { Clock } from './ports.js';\nimport { a } from './core/a.js';`,
      'src/browser/widget.ts': `import type { Clock } from '../ports.js';\nwindow.zE('messenger', 'open');`,
      'src/ports.ts': `import type { A } from './core/a.js';`,
      'src/core/a.ts': `import { b } from './b.js';`,
      'src/core/b.ts': `export const b = 1;`,
      'src/testing/backend.ts': `import { sha256 } from '@noble/hashes/sha2.js';\nimport type { A } from '../core/a.js';`,
      'src/testing/index.ts': `export { b } from '../endpoint-check/b.js';`,
      'src/inspect/index.ts': `import { a } from '../core/a.js';`,
      'src/classic/index.ts': `import { l } from '../browser/console.js';\nimport type { A } from '../core/a.js';`,
      'src/classic/web-widget.ts': `window.zE('webWidget', 'logout');`,
      'src/launcher/index.ts': `import type { Messenger } from '../index.js';\nexport { a } from './watch-window.js';`,
      'src/launcher/watch-window.ts': `messenger.zE('messenger', 'open');`,
      'src/server/index.ts': `export { a } from './sign.js';`,
      'src/server/sign.ts': `export const a = 1;`,
      'src/endpoint-check/b.ts': `import { i } from '../inspect/index.js';\nimport type { A } from '../core/a.js';`,
      'src/cli/main.ts': `import { readFile } from 'node:fs/promises';\nimport { b } from '../endpoint-check/b.js';`,
    });
    expect(violations).toEqual([]);
  });

  it.each([
    ['src/core/a.ts', `import { c } from '../browser/clock.js';`, 'core → browser'],
    ['src/core/a.ts', `import type { Clock } from '../ports.js';`, 'core → ports'],
    ['src/core/a.ts', `export * from '../index.js';`, 'core → index'],
    ['src/core/a.ts', `let a: import('../driver.js').Driver;`, 'core → driver'],
    ['src/core/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`, 'core → @noble/hashes'],
    ['src/ports.ts', `import { d } from './driver.js';`, 'ports → driver'],
    ['src/driver.ts', `import { c } from './browser/clock.js';`, 'driver → browser'],
    ['src/driver.ts', `const c = await import('./browser/clock.js');`, 'driver → browser'],
    ['src/browser/clock.ts', `import { d } from '../driver.js';`, 'browser → driver'],
    ['src/messenger.ts', `export type { M } from './index.js';`, 'messenger → index'],
    ['src/index.ts', `import { f } from './testing/index.js';`, 'index → testing'],
    ['src/index.ts', `import { d } from './driver.js';`, 'index → driver'],
    ['src/testing/index.ts', `import { m } from '../messenger.js';`, 'testing → messenger'],
    ['src/testing/backend.ts', `import { b } from '../endpoint-check/b.js';`, 'testing → endpoint-check'],
    ['src/testing/index.ts', `import { i } from '../inspect/index.js';`, 'testing → inspect'],
    ['src/messenger.ts', `const e = () => import('./inspect/explain.js');`, 'messenger → inspect'],
    ['src/driver.ts', `import type { E } from './inspect/explain.js';`, 'driver → inspect'],
    ['src/inspect/index.ts', `import { f } from '../testing/index.js';`, 'inspect → testing'],
    ['src/inspect/index.ts', `import { c } from '../cli/main.js';`, 'inspect → cli'],
    ['src/inspect/index.ts', `import { readFile } from 'node:fs/promises';`, 'inspect → node:'],
    ['src/classic/index.ts', `import { d } from '../driver.js';`, 'classic → driver'],
    ['src/classic/index.ts', `import { i } from '../inspect/index.js';`, 'classic → inspect'],
    ['src/index.ts', `import { c } from './classic/index.js';`, 'index → classic'],
    ['src/launcher/index.ts', `import { b } from '../browser/widget.js';`, 'launcher → browser'],
    ['src/launcher/index.ts', `import type { M } from '../messenger.js';`, 'launcher → messenger'],
    ['src/index.ts', `import { l } from './launcher/index.js';`, 'index → launcher'],
    ['src/server/index.ts', `import { readToken } from '../core/token.js';`, 'server → core'],
    ['src/server/index.ts', `import { inspectToken } from '../inspect/index.js';`, 'server → inspect'],
    ['src/server/index.ts', `import { createServer } from 'node:http';`, 'server → node:'],
    ['src/index.ts', `import { s } from './server/index.js';`, 'index → server'],
    ['src/testing/index.ts', `import { s } from '../server/index.js';`, 'testing → server'],
    ['src/endpoint-check/b.ts', `import { p } from '../cli/print.js';`, 'endpoint-check → cli'],
    ['src/endpoint-check/b.ts', `import { f } from '../testing/index.js';`, 'endpoint-check → testing'],
    ['src/endpoint-check/b.ts', `import { readFile } from 'node:fs/promises';`, 'endpoint-check → node:'],
    ['src/cli/main.ts', `import { d } from '../driver.js';`, 'cli → driver'],
    ['src/cli/main.ts', `import yargs from 'yargs';`, 'cli → yargs'],
  ])('reports in %s: %s', (path, text, direction) => {
    expect(findViolations({ [path]: text })).toEqual([expect.stringContaining(`(${direction})`)]);
  });

  it('reports a file that belongs to no layer', () => {
    const violations = findViolations({ 'src/helpers.ts': `import { a } from './core/a.js';` });
    expect(violations).toEqual(['src/helpers.ts belongs to no layer']);
  });

  it('reports an import without its file extension', () => {
    const violations = findViolations({ 'src/driver.ts': `import { a } from './core/a';` });
    expect(violations).toEqual(['src/driver.ts imports src/core/a without ".js"']);
  });

  it('reports a cycle, also of types', () => {
    const violations = findViolations({
      'src/core/a.ts': `import { b } from './b.js';`,
      'src/core/b.ts': `import { c } from './c.js';`,
      'src/core/c.ts': `import type { A } from './a.js';`,
    });
    expect(violations).toEqual(['cycle: src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts']);
  });

  it.each([
    `window.zE('messenger', 'open');`,
    `window['zE'] = 1;`,
    `if ('zE' in window) {}`,
    `declare const zE: unknown;`,
  ])('reports a use of zE outside the widget: %s', (text) => {
    expect(findViolations({ 'src/browser/snippet.ts': `\n${text}` })).toEqual(['src/browser/snippet.ts:2 names zE']);
  });

  it('allows zE in comments, messages, the fake, and the types of the commands', () => {
    const violations = findViolations({
      'src/core/errors.ts': `/** What zE says. */\nexport const text = 'Call zE first.'; // not zE\nlet a = \`\${1} // zE\`;`,
      'src/testing/fake.ts': `window.zE = () => {};`,
      'src/core/commands.ts': `export interface Page { zE(command: string): void }\nexport type Name = 'zE';`,
    });
    expect(violations).toEqual([]);
  });

  it('allows the messenger a member named zE', () => {
    const text = `export interface Messenger { zE(): void }\nexport const make = () => ({ zE: () => {} });`;
    expect(findViolations({ 'src/messenger.ts': text })).toEqual([]);
  });

  it.each(['src/core/commands.ts', 'src/messenger.ts'])('reports a use of zE outside the types in %s', (path) => {
    const text = `export interface A { zE: 1 }\nwindow.zE();\nzE();\nconst made = { b: zE };\nconst shared = { zE };`;
    expect(findViolations({ [path]: text })).toEqual([2, 3, 4, 5].map((line) => `${path}:${line} names zE`));
  });
});
