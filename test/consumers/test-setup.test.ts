// Tests a page with the one-line setup as a developer would: a module with the messenger, Testing Library, and no
// resetModules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockWith, PAGES } from '../docs/read-docs.js';
import { install, type Project } from './install.js';

const FIXTURE = join(import.meta.dirname, 'fixtures/setup-tests');
const read = (name: string) => readFileSync(join(FIXTURE, name), 'utf8');

// The watchdog of a test, on a machine that may be very busy.
const PATIENT = '--testTimeout=120000';

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.ReactJSX };
/** Compiles a test for Jest, without the line for Vitest. */
const forJest = (source: string) =>
  ts.transpileModule(source.replace(/^import .* from 'vitest';$/m, ''), { compilerOptions }).outputText;

/** The documentation's own configuration, module and tests. Only the component is ours. */
const CONFIG = blockWith('// vitest.config.ts');
const JEST_CONFIG = blockWith('// jest.config.cjs');
const MODULE = PAGES.get('docs/start.md')!.match(/^```ts\n(.*?export const messenger.*?)^```$/ms)![1]!;
const MODULE_TEST = blockWith("it('signs in the user of the site'");
const COMPONENT_TEST = blockWith('// support.test.jsx');

describe('The setup in Vitest', () => {
  let project: Project;
  const run = (...args: string[]) => project.run('npx', ['vitest', 'run', PATIENT, ...args]);
  beforeAll(async () => {
    project = await install('setup-vitest', 'setup-tests');
  });

  it('tests React, Vue, requests of the page, and a file without a window', async () => {
    const output = await run();
    expect(output).toMatch(/Test Files +5 passed \(5\)/);
    expect(output).toMatch(/Tests +20 passed \(20\)/);
    // A messenger that outlives its window would fail.
    expect(output).not.toContain('document is not defined');
  });

  it.each([
    ['in happy-dom', ['--environment', 'happy-dom']],
    ['with one global object for all files', ['--no-isolate', '--maxWorkers=1']],
    ['with global hooks', ['--globals']],
  ])('tests React and Vue %s', async (_, args) => {
    expect(await run('react', 'vue', ...args)).toMatch(/Tests +9 passed \(9\)/);
  });

  it('runs the tests of the documentation, even if the module imports dev.js', async () => {
    const { write, run: runIn } = await install('setup-vitest');
    write('vitest.config.ts', CONFIG);
    write('messenger.ts', MODULE);
    write('with-dev/messenger.ts', blockWith('if (import.meta.env.DEV) await import'));
    write('with-dev/messenger.test.ts', MODULE_TEST);
    write('support.tsx', read('support.tsx'));
    write('messenger.test.ts', MODULE_TEST);
    // Its default of 1 s is too short on a busy machine.
    write('support.test.jsx', COMPONENT_TEST.replace("signed-in')", "signed-in', {}, { timeout: 60_000 })"));
    expect(await runIn('npx', ['vitest', 'run', PATIENT])).toMatch(/Tests +9 passed \(9\)/);
  });

  it('fails if nobody is signed in to the site', async () => {
    project.write(
      'forgot.test.ts',
      read('vue.test.ts').replace('signInAs(userId);', '').replace('{}, PATIENT)', '{}, { timeout: 2_000 })'),
    );
    expect(await project.fail('npx', ['vitest', 'run', PATIENT, 'forgot'])).toMatch(/Tests +2 failed \| 1 passed/);
  });
});

describe('The setup in Jest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await install('setup-jest');
    for (const name of ['messenger.ts', 'support.tsx', 'react.test.tsx']) {
      project.write(name.replace(/\.tsx?$/, '.js'), forJest(read(name)));
    }
  });

  it.each(['setupFiles', 'setupFilesAfterEnv'])('tests React with one line, in %s', async (member) => {
    const config = { testEnvironment: 'jsdom', [member]: ['zendesk-messenger-auth/testing/setup'] };
    project.write('jest.config.json', JSON.stringify(config));
    const output = await project.run('npx', ['jest', PATIENT, '--config', 'jest.config.json']);
    expect(output).toContain('Tests:       6 passed, 6 total');
    expect(output).not.toContain('not wrapped in act');
  });

  it('runs the tests of the documentation', async () => {
    project.write('jest.config.cjs', JEST_CONFIG);
    project.write('documented.test.js', forJest(MODULE_TEST));
    project.write(
      'component.test.js',
      forJest(COMPONENT_TEST.replace("signed-in')", "signed-in', {}, { timeout: 60_000 })")),
    );
    const args = ['jest', PATIENT, '--config', 'jest.config.cjs', 'documented', 'component'];
    expect(await project.run('npx', args)).toContain('Tests:       5 passed, 5 total');
  });

  it('says what to do without a global beforeEach, and works after that', async () => {
    const config = { testEnvironment: 'jsdom', injectGlobals: false };
    const setupFiles = ['zendesk-messenger-auth/testing/setup'];
    project.write('no-globals.json', JSON.stringify({ ...config, setupFiles }));
    project.write(
      'no-globals.test.js',
      `const { beforeEach, expect, it } = require('@jest/globals');
      const { currentVisitor, signInAs, startNewPage } = require('zendesk-messenger-auth/testing/setup');
      const { messenger } = require('./messenger');
      const said = (() => { try { signInAs('user-1'); } catch ({ message }) { return message; } })();
      beforeEach(startNewPage);
      it('signs in', async () => {
        expect(said).toMatch('Call beforeEach(startNewPage)');
        signInAs('user-1');
        await messenger.setUser('user-1');
        expect(currentVisitor()).toEqual({ kind: 'user', externalId: 'user-1' });
      });
      it('has nobody after that', () => expect(currentVisitor()).toEqual({ kind: 'none' }));`,
    );
    const args = ['jest', PATIENT, '--config', 'no-globals.json', 'no-globals'];
    expect(await project.run('npx', args)).toContain('Tests:       2 passed, 2 total');
  });
});
