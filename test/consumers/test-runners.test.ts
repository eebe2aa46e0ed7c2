// Runs the documentation's test of a page as a developer would. It passes, and fails if Zendesk refuses the token.
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockWith, PAGES } from '../docs/read-docs.js';
import { install, type Project } from './install.js';

const EXAMPLE = blockWith("it('signs the visitor in and out'");
/** Signed with another secret. */
const REFUSED = replace(EXAMPLE, 'backend.account);', `{ ...backend.account, secret: 'wrong' });`);
/** Checks the explanation of a token that cannot work. */
const ASKING = `${replace(EXAMPLE.split("it('signs")[0]!, 'exp: nowS + 900', "exp: '12345678'")}
it('explains why', async () => {
  const error = await messenger.login().catch((failure) => failure);
  expect(error.findings?.[0]).toMatchObject({ code: 'exp_not_number' });
});`;

function replace(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The documentation's test has no "${from}"`);
  return text.replace(from, to);
}

describe('The test of the documentation in Vitest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await install('vitest');
  });

  it('passes', async () => {
    project.write('page.test.ts', EXAMPLE);
    expect(await project.run('npx', ['vitest', 'run', 'page'])).toMatch(/Tests +2 passed \(2\)/);
  });

  it('passes with the module of the page', async () => {
    const module = PAGES.get('docs/start.md')!.match(/^```ts\n(.*?export const messenger.*?)^```$/ms)![1]!;
    project.write('messenger.ts', module);
    project.write('messenger.test.ts', blockWith("await import('./messenger')"));
    expect(await project.run('npx', ['vitest', 'run', 'messenger'])).toMatch(/Tests +4 passed \(4\)/);
  });

  it('fails when Zendesk refuses the token', async () => {
    project.write('refused.test.ts', REFUSED);
    const output = await project.fail('npx', ['vitest', 'run', 'refused']);
    expect(output).toContain('[invalid_auth]');
    expect(output).toMatch(/Tests +2 failed \(2\)/);
  });

  it('gets an explanation of a token that cannot work', async () => {
    project.write('asking.test.ts', ASKING);
    expect(await project.run('npx', ['vitest', 'run', 'asking'])).toMatch(/Tests +1 passed \(1\)/);
  });
});

describe('The test of the documentation in Jest', () => {
  let project: Project;
  /** Writes the test as JavaScript, without the lines for Vitest. */
  const write = (name: string, test: string) => {
    const [comment, vitest] = test.split('\n');
    expect([comment, vitest]).toEqual(['// @vitest-environment jsdom', expect.stringContaining(`from 'vitest'`)]);
    const source = test.split('\n').slice(2).join('\n');
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    project.write(name, ts.transpileModule(source, { compilerOptions }).outputText);
  };
  beforeAll(async () => {
    project = await install('jest');
    project.write('test-environment.cjs', blockWith('// test-environment.cjs'));
  });

  it('passes', async () => {
    write('page.test.js', EXAMPLE);
    expect(await project.run('npx', ['jest', 'page'])).toContain('Tests:       2 passed, 2 total');
  });

  it('fails when Zendesk refuses the token', async () => {
    write('refused.test.js', REFUSED);
    const output = await project.fail('npx', ['jest', 'refused']);
    expect(output).toContain('[invalid_auth]');
    expect(output).toContain('Tests:       2 failed, 2 total');
  });

  it('gets an explanation of a token that cannot work only if import() is available', async () => {
    write('asking.test.js', ASKING);
    const withModules = { NODE_OPTIONS: '--experimental-vm-modules' };
    expect(await project.run('npx', ['jest', 'asking'], withModules)).toContain('Tests:       1 passed, 1 total');
    expect(await project.fail('npx', ['jest', 'asking'])).toMatch(/Received:? .*undefined/);
  });

  it('fails with instructions if its environment hides too much', async () => {
    const output = await project.fail('npx', ['jest', 'page', '--env', 'jsdom']);
    expect(output).toContain('The test environment hides Request, Response, TextDecoder, TextEncoder');
    expect(output).toContain('under "Testing your page"');
    expect(PAGES.get('docs/testing.md')).toMatch(/^# Testing your page$/m);
  });
});
