// What the documentation says of names, defaults, commands and files is what the sources say.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { JSDOM } from 'jsdom';
import { expect, it } from 'vitest';
import { readDefault } from '../../tools/docs/tables.js';
import { readMarkedText } from '../../tools/marked-text.js';
import { placeToken } from '../../src/core/lifetime.js';
import { OPTIONS } from '../../src/core/options.js';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import type { MessengerSnapshot } from '../../src/index.js';
import * as testing from '../../src/testing/index.js';
import * as setup from '../../src/testing-setup/index.js';
import { compile } from './compile.js';
import { BLOCKS, blockWith, DOCS, PAGES, PROSE, README, tableOf } from './read-docs.js';

const { name, version, scripts, unpkg, jsdelivr } = JSON.parse(readFileSync('package.json', 'utf8'));
const shipped = readFileSync('test/package/package-files.txt', 'utf8').trim().split('\n');
const COMPILED = ['ts', 'tsx', 'js'];
const compiled = compile(BLOCKS.filter(({ language }) => COMPILED.includes(language)));

it('every block of code compiles against the sources', () => {
  expect(BLOCKS.length).toBeGreaterThan(8);
  expect(compiled.problems).toEqual([]);
});

// How the blocks that are not compiled here are checked.
const CHECKED: readonly (readonly [language: string, part: string, by: string])[] = [
  ['sh', '', 'the commands exist: below, and in run-blocks.test.ts'],
  ['php', 'const USERS', 'test/endpoint-programs runs it'],
  ['php', 'Route::post', 'nothing runs it here, and the page says so'],
  ['php', '$middleware->', 'nothing runs it here, and the page says so'],
  ['php', 'wp_ajax_zendesk_token', 'nothing runs it here, and the page says so'],
  ['python', 'http.server', 'test/endpoint-programs runs it'],
  ['python', '@csrf_exempt', 'nothing runs it here, and the page says so'],
  ['python', '@app.post', 'nothing runs it here, and the page says so'],
  ['ruby', 'WEBrick::', 'test/endpoint-programs runs it'],
  ['ruby', 'ApplicationController', 'nothing runs it here, and the page says so'],
  ['perl', 'HTTP::Daemon', 'test/endpoint-programs runs it'],
  ['console', '$ npx zendesk-messenger-auth inspect', 'run-blocks.test.ts runs the command'],
  ['vue', 'useMessenger(', 'frameworks.test.ts runs it'],
  ['svelte', 'useMessenger(', 'frameworks.test.ts runs it'],
  ['css', '--zendesk-launcher-color', 'launcher.test.ts compares the tokens'],
  ['html', '<script type="module">', 'run-blocks.test.ts opens it in a browser'],
  ['html', '<script\n  src="/zendesk-messenger-auth', 'run-blocks.test.ts opens it in a browser'],
  ['html', '<script\n  nonce="', 'run-blocks.test.ts opens it in a browser, with a policy'],
  ['html', '<form id="sign-out"', 'run-blocks.test.ts opens it in a browser'],
  ['html', 'integrity="', 'script-tags.test.ts compares the hashes, and opens one in a browser'],
  ['html', 'window.zEmbed = function', 'problems.test.ts runs it'],
  ['html', 'rel="preload"', 'test/bench and npm run bench open it in a browser'],
  ['json', '"alg": "HS256"', 'backends.test.ts examines it'],
  ['json', '"external_id"', 'backends.test.ts examines it'],
  ['cjs', '// test-environment.cjs', 'test/consumers/test-runners.test.ts runs it'],
  ['jsx', '// support.test.jsx', 'test/consumers/test-setup.test.ts runs it'],
  ['mjs', '// sign-in.spec.mjs', 'test/consumers/dev.test.ts runs it'],
  ['mjs', "tokenEndpoint: 'own'", 'it is one line; test/browsers/dev.suite.ts uses the option'],
  ['mjs', '// cypress/e2e/', 'Cypress needs a program of its own, which npm does not ship'],
  ['html', 'src="/dev.js"', 'test/browsers/dev.suite.ts opens such a page'],
  ['ini', 'ZENDESK_KEY_ID', 'development.test.ts compares it'],
  ['go', 'package main', 'test/endpoint-programs runs it'],
  ['java', 'public class TokenEndpoint', 'test/endpoint-programs runs it'],
  ['csharp', 'class TokenEndpoint', 'test/endpoint-programs runs it'],
  ['java', '@RestController', 'nothing runs it here, and the page says so'],
  ['java', 'http.authorizeHttpRequests', 'nothing runs it here, and the page says so'],
  ['csharp', 'JsonWebTokenHandler', 'nothing runs it here, and the page says so'],
  ['csharp', 'JwtBuilder', 'nothing runs it here, and the page says so'],
  ['csharp', 'JwtEncoder', 'nothing runs it here, and the page says so'],
  // Only Zendesk can say what its messenger needs.
  ['text', 'script-src', 'nothing can check it here: a policy for the real messenger'],
];

it('every block of code is compiled, run or known to be neither', () => {
  const unknown = BLOCKS.filter(
    ({ language, code }) =>
      !COMPILED.includes(language) && !CHECKED.some(([other, part]) => other === language && code.includes(part)),
  );
  expect(unknown.map(({ file, line, language }) => `${file}:${line} ${language}`)).toEqual([]);
  for (const [language, part, by] of CHECKED) {
    const found = BLOCKS.some((block) => block.language === language && block.code.includes(part));
    expect(found, `${language} ${part}: ${by}`).toBe(true);
  }
  // A block without a language, or in an indented fence, would not be seen.
  expect(DOCS.match(/^[ >]*(?:```|~~~)/gm)).toHaveLength(2 * BLOCKS.length);
});

it('every option is in the table, with its type and its default', () => {
  const expected = Object.entries(OPTIONS).map(([name, value]) => [
    name,
    name === 'tokenUrl' ? 'string or object' : typeof value,
    readDefault(name) ?? (name === 'key' ? 'required' : 'none'),
  ]);
  expect(tableOf('Option').map((row) => row.slice(0, 3))).toEqual(expected);
});

it('every error code is in the table, and no other', () => {
  const codes = compiled.stringsOf('MessengerErrorCode');
  expect(codes.length).toBeGreaterThan(10);
  expect(
    tableOf('Code', PAGES.get('docs/errors.md'))
      .map(([code]) => code)
      .sort(),
  ).toEqual(codes.sort());
});

it("the README's table has errors that exist", () => {
  const rows = tableOf('Code', README);
  expect(rows).toHaveLength(5);
  expect(compiled.stringsOf('MessengerErrorCode')).toEqual(expect.arrayContaining(rows.map(([code]) => code)));
});

it('every row of the table of errors has the message, what happened, who must act, and whether it is retried', () => {
  for (const row of tableOf('Code', PAGES.get('docs/errors.md'))) {
    expect(row).toHaveLength(5);
    expect(row).not.toContain('');
  }
});

it('every finding of the token doctor is in the table, in its order, with its severity and its part', () => {
  const expected = Object.entries(CATALOGUE).map(([code, [severity, part]]) => [code, severity, part]);
  expect(tableOf('Finding').map((row) => row.slice(0, 3))).toEqual(expected);
});

it('every event is in the table, with its details', () => {
  const events = compiled.membersOf('MessengerEvent');
  expect(Object.keys(events).length).toBeGreaterThan(10);
  const rows = tableOf('Type').map(([type, details]) => [type, details!.match(/(?<=`)\w+(?=`: )/g) ?? []]);
  expect(Object.fromEntries(rows)).toEqual(events);
  expect(rows).toHaveLength(Object.keys(events).length);
});

it('every field of the snapshot and every status is in its table', () => {
  const page = PAGES.get('docs/start.md');
  const namesIn = (heading: string) => tableOf(heading, page).map(([name]) => name);
  // The compiler says when one is missing here.
  const fields: Record<keyof MessengerSnapshot, true> = {
    status: true,
    live: true,
    externalId: true,
    expiresAtMs: true,
    refreshAtMs: true,
    error: true,
  };
  const statuses: Record<MessengerSnapshot['status'], true> = {
    'signed-out': true,
    'signing-in': true,
    'signed-in': true,
    failed: true,
  };
  expect(namesIn('Field')).toEqual(Object.keys(fields));
  expect(namesIn('Status')).toEqual(Object.keys(statuses));
});

it('every reason for a token request is named', () => {
  const reasons = compiled.stringsOf('TokenReason');
  const [, said] = tableOf('Type').find(([type]) => type === 'token-requested')!;
  expect(said!.match(/(?<=`)[\w-]+(?=`(?!:))/g)!.sort()).toEqual(reasons.sort());
});

it('renewals come when the table says', () => {
  for (const [lifetime, after, firstAfter] of tableOf('Lifetime', PAGES.get('docs/signing-in-and-out.md'))) {
    const exp = parseInt(lifetime!);
    const token = (iat: number) => ({ raw: '', user: '', iat, exp: iat + exp });
    const last = placeToken(token(999_999), 999_999_000, undefined, undefined, 0);
    const refreshAtS = (random: number, before?: typeof last) =>
      placeToken(token(1_000_000), 1_000_000_000, undefined, before, random).renewalMs / 1000 - 1_000_000;
    expect(after).toBe(`${refreshAtS(1, last)} s to ${refreshAtS(0, last)} s`);
    expect(firstAfter).toBe(`${refreshAtS(1)} s to ${refreshAtS(0)} s`);
  }
});

it('the tests in the documentation are those that run', () => {
  const inRepository = (name: string) =>
    readFileSync(`test/docs/${name}`, 'utf8')
      .replace(/(?:\.\.\/)+src\/index\.js/, 'zendesk-messenger-auth')
      .replace(/(?:\.\.\/)+src\/testing\/index\.js/, 'zendesk-messenger-auth/testing')
      .replace(/(?:\.\.\/)+src\/testing-setup\/index\.js/, 'zendesk-messenger-auth/testing/setup')
      .replace('puppeteer-core', 'puppeteer')
      .replace("'dist/", "'node_modules/zendesk-messenger-auth/dist/");
  expect(blockWith("it('signs the visitor in and out'")).toBe(inRepository('example.test.ts'));
  // The configuration has the environment. The path of the import is longer, so it has a line for each name.
  const ofModule = blockWith("it('signs in the user of the site'").replace(
    /\{\n([\w\s,]+),\n\}/,
    (_, names: string) => `{ ${names.trim().replace(/\s+/g, ' ')} }`,
  );
  expect(`// @vitest-environment jsdom\n${ofModule}`).toBe(inRepository('own-module/messenger.test.ts'));
  const modules = BLOCKS.filter(({ code }) => code.includes('export const messenger'));
  expect(modules.find(({ file }) => file === 'docs/start.md')!.code).toBe(inRepository('own-module/messenger.ts'));
  expect(blockWith('// fake-zendesk.ts')).toBe(`// fake-zendesk.ts\n${inRepository('puppeteer-example.ts')}`);
});

it('the tables of the fake name its exports and its members', () => {
  const page = PAGES.get('docs/testing.md');
  const namesIn = (heading: string) =>
    tableOf(heading, page).flatMap(([cell]) => cell!.split(', ').map((name) => name.replaceAll('`', '')));
  expect(namesIn('Export').sort()).toEqual(Object.keys(testing).sort());
  expect(namesIn('Function').sort()).toEqual(Object.keys(setup).sort());
  expect(namesIn('Backend').sort()).toEqual(Object.keys(testing.createFakeBackend()).sort());
  const { window } = new JSDOM('', { runScripts: 'outside-only' });
  const messenger = testing.installFakeMessenger({ window: window as unknown as testing.FakeWindow });
  expect(Object.keys(messenger)).toEqual(expect.arrayContaining(namesIn('Messenger')));
});

it('every npm command exists', () => {
  const shell = BLOCKS.filter(({ language }) => language === 'sh').map(({ code }) => code);
  const inline = [...PROSE.matchAll(/`(npm [^`]*)`/g)].map(([, code]) => code!);
  const commands = [...shell, ...inline]
    .flatMap((code) => code.trim().split(/ && |\n/))
    .map((command) => command.replace(/^(?:[A-Z]+=\S+ )+/, ''))
    .filter((command) => !command.startsWith('npx '));
  expect(commands).toEqual(expect.arrayContaining(['npm ci', 'npm test', 'npm run example']));
  for (const command of commands) {
    const [, name = command.slice(4)] = /^npm run ([\w:-]+)(?: -- .*)?$/.exec(command) ?? [];
    expect(/^(ci|install .*)$/.test(name) || scripts[name], command).toBeTruthy();
  }
});

it('every file of the package that it names is shipped', () => {
  const named = [...DOCS.matchAll(/\bdist\/[\w.-]+/g)].map(([name]) => name.replace(/\.$/, ''));
  expect(named.length).toBeGreaterThan(2);
  expect(shipped).toEqual(expect.arrayContaining(named));
});

it('the script tag is the file that unpkg and jsDelivr serve', () => {
  const sources = [...blockWith('<script\n  src="/zendesk-messenger-auth').matchAll(/src="(.*?)"/g)].map(([, src]) =>
    basename(src!),
  );
  expect(sources).toEqual([basename(unpkg)]);
  expect(DOCS).toContain(`\`${unpkg.slice(2)}\``);
  expect(jsdelivr).toBe(unpkg);
});

it('the addresses at jsDelivr and unpkg are those of this version', () => {
  // No other version stands anywhere.
  const versions = DOCS.match(/zendesk-messenger-auth@[\w.^~-]+/g)!;
  expect(versions.length).toBeGreaterThanOrEqual(4);
  expect([...new Set(versions)]).toEqual([`${name}@${version}`]);
});

it('states each size in one place, where it is measured', () => {
  const sizes = [...DOCS.matchAll(/<!-- size:(\w+) -->[\d.]+ kB brotli<!-- \/size:\w+ -->/g)];
  expect(sizes.map(([, name]) => name)).toEqual(['main', 'doctor']);
  // The table has its unit above it, and the bench tells of a heap.
  expect(DOCS.replace(readMarkedText(DOCS, 'bench').text, '').match(/\d kB/g)).toHaveLength(2);
  expect(DOCS.match(/(?<=<!-- size:)\w+/g)).toEqual(['main', 'doctor', 'table', 'load']);
});
