// Runs the documentation's tests of a page and of a token endpoint as a developer would. They pass, and fail if Zendesk
// refuses the token.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
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

const ENDPOINT_TEST = blockWith("it('says that nobody is signed in when there is no session'");

// The site of that test. It signs in whoever asks, and its tokens are good or have a numeric external_id.
let isGood = true;
let count = 0;
const site = createServer((request, response) => {
  const iat = Math.floor(Date.now() / 1000);
  const id = { external_id: isGood ? 'user-1' : 7, jti: `token-${++count}` };
  const token = () => signToken({ scope: 'user', iat, exp: iat + 900, ...id }, FAKE_ACCOUNT);
  if (request.url === '/sign-in') response.writeHead(303, { 'set-cookie': 'session=1; Path=/', location: '/' }).end();
  else if (request.headers.cookie !== 'session=1') response.writeHead(204).end();
  else response.writeHead(200, { 'cache-control': 'no-store' }).end(token());
});
beforeAll(() => new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  site.closeAllConnections();
  site.close();
});

const readEndpointTest = () =>
  replace(ENDPOINT_TEST, 'http://localhost:3000', `http://127.0.0.1:${(site.address() as AddressInfo).port}`);

// The page loads the whole library, which takes longer than the default of 5 s on a busy machine.
const PATIENT = '--testTimeout=60000';

describe('The test of the documentation in Vitest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await install('vitest');
  });

  it('passes', async () => {
    project.write('page.test.ts', EXAMPLE);
    expect(await project.run('npx', ['vitest', 'run', PATIENT, 'page'])).toMatch(/Tests +2 passed \(2\)/);
  });

  it('fails when Zendesk refuses the token', async () => {
    project.write('refused.test.ts', REFUSED);
    const output = await project.fail('npx', ['vitest', 'run', PATIENT, 'refused']);
    expect(output).toContain('[invalid_auth]');
    expect(output).toMatch(/Tests +2 failed \(2\)/);
  });

  it('gets an explanation of a token that cannot work', async () => {
    project.write('asking.test.ts', ASKING);
    expect(await project.run('npx', ['vitest', 'run', PATIENT, 'asking'])).toMatch(/Tests +1 passed \(1\)/);
  });

  it('checks a token endpoint, and fails with the finding', async () => {
    project.write('endpoint.test.ts', readEndpointTest());
    isGood = true;
    expect(await project.run('npx', ['vitest', 'run', PATIENT, 'endpoint'])).toMatch(/Tests +2 passed \(2\)/);
    isGood = false;
    const output = await project.fail('npx', ['vitest', 'run', PATIENT, 'endpoint']);
    expect(output).toContain('"code": "external_id_not_string"');
    expect(output).toMatch(/Tests +1 failed \| 1 passed/);
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
    expect(await project.run('npx', ['jest', PATIENT, 'page'])).toContain('Tests:       2 passed, 2 total');
  });

  it('fails when Zendesk refuses the token', async () => {
    write('refused.test.js', REFUSED);
    const output = await project.fail('npx', ['jest', PATIENT, 'refused']);
    expect(output).toContain('[invalid_auth]');
    expect(output).toContain('Tests:       2 failed, 2 total');
  });

  it('gets an explanation of a token that cannot work only if import() is available', async () => {
    write('asking.test.js', ASKING);
    const withModules = { NODE_OPTIONS: '--experimental-vm-modules' };
    expect(await project.run('npx', ['jest', PATIENT, 'asking'], withModules)).toContain(
      'Tests:       1 passed, 1 total',
    );
    expect(await project.fail('npx', ['jest', PATIENT, 'asking'])).toMatch(/Received:? .*undefined/);
  });

  it('checks a token endpoint in Node, and says so in an environment without fetch', async () => {
    const [vitest, ...lines] = readEndpointTest().split('\n');
    expect(vitest).toContain(`from 'vitest'`);
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const test = ts.transpileModule(lines.join('\n'), { compilerOptions }).outputText;
    project.write('endpoint.test.js', `/** @jest-environment node */\n${test}`);
    isGood = true;
    expect(await project.run('npx', ['jest', PATIENT, 'endpoint'])).toContain('Tests:       2 passed, 2 total');
    // It brings a cookie, because without fetch it cannot sign in.
    project.write('no-fetch.test.js', test.replace(/const signIn = .*/, '').replace(/const \[cookie = ''\] = .*/, ''));
    const output = await project.fail('npx', ['jest', PATIENT, 'no-fetch']);
    expect(output).toContain('checkTokenEndpoint cannot send its requests from here. Run the test in Node');
  });

  it('fails with instructions if its environment hides too much', async () => {
    const output = await project.fail('npx', ['jest', PATIENT, 'page', '--env', 'jsdom']);
    expect(output).toContain('The test environment hides Request, Response, TextDecoder, TextEncoder');
    expect(output).toContain('under "Testing your page"');
    expect(PAGES.get('docs/testing.md')).toMatch(/^# Testing your page$/m);
  });
});
