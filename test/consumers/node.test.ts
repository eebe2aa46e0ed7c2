// Uses the package in Node: on a server that renders pages, in a backend, and in a shell.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import * as main from '../../src/index.js';
import * as inspect from '../../src/inspect/index.js';
import * as testing from '../../src/testing/index.js';
import { install, type Project } from './install.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
let project: Project;

beforeAll(async () => {
  project = await install('node');
});

it.each(['import.mjs', 'require.cjs'])('every entry works without a window in %s', async (script) => {
  const seen = JSON.parse(await project.run('node', [script]));
  expect(seen).toEqual({
    names: [main, inspect, testing].map((entry) => Object.keys(entry).sort()),
    status: 'signed-out',
    code: 'no_window',
    findings: ['not_three_parts'],
    signature: [],
  });
});

it('package.json can be imported, but a file that is not an entry cannot', async () => {
  const print = `console.log(require('zendesk-messenger-auth/package.json').version)`;
  expect(await project.run('node', ['-e', print])).toBe(`${version}\n`);
  expect(await project.fail('node', ['-e', `require('zendesk-messenger-auth/dist/explain.cjs')`])).toContain(
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
  );
});

it('the command is installed with the package', async () => {
  const output = await project.fail('npx', ['--no', 'zendesk-messenger-auth', 'inspect', 'Bearer']);
  expect(output).toContain('bearer_prefix');
});

it('no other package is installed with it', () => {
  const lock = JSON.parse(readFileSync(`${project.folder}/package-lock.json`, 'utf8')) as { packages: object };
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/zendesk-messenger-auth']);
});
