import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findPrograms } from './find-programs.js';
import { PROGRAMS, type Program } from './programs.js';

const program = (name: string, packages: string, executables: string[], ...scripts: string[]): Program => ({
  name,
  file: 'endpoint',
  packages,
  executables,
  probe: (executable) => scripts.map((script) => [executable, '-c', script]),
  start: (executable, target) => [executable, target],
  otherIds: { text: '', tooLong: '', longest: '', missing: '' },
  noName: { from: '', to: '' },
});

it('takes the first executable that passes every probe', () => {
  const { found, notRun } = findPrograms([
    program('one', 'one', ['no-such-executable', 'sh'], 'exit 0', 'test "$0" = sh'),
    program('two', 'two', ['sh', '/bin/sh'], 'test "$0" = /bin/sh'),
  ]);
  expect(found.map(({ name, executable }) => [name, executable])).toEqual([
    ['one', 'sh'],
    ['two', '/bin/sh'],
  ]);
  expect(notRun).toBe(undefined);
});

it('says in one line which languages are missing, and what to install', () => {
  const { found, notRun } = findPrograms([
    program('one', 'one one-jwt', ['no-such-executable'], 'exit 0'),
    program('two', 'two', ['sh'], 'exit 0'),
    program('three', 'three one', ['sh'], 'exit 0', 'exit 1'),
  ]);
  expect(found.map(({ name }) => name)).toEqual(['two']);
  // tools/test/main.js prints the lines that have "tests not run".
  expect(notRun).toBe(
    'endpoint tests not run in one, three: not installed. Install with: apt-get install one one-jwt three',
  );
});

it('every folder of examples/endpoints is run, and has one file', () => {
  const files = PROGRAMS.map(({ name, file }) => [name, [file]]);
  const folders = readdirSync('examples/endpoints').map((name) => [name, readdirSync(`examples/endpoints/${name}`)]);
  expect(folders.sort()).toEqual(files.sort());
});

it('CI installs every package', () => {
  const [, installed] = /^for package in (.*?); do$/ms.exec(readFileSync('.ci/run', 'utf8'))!;
  const packages = PROGRAMS.flatMap((program) => program.packages.split(' ')).filter(Boolean);
  expect(installed!.split(/[\s\\]+/).sort()).toEqual(packages.sort());
});
