// Creates another project: a new folder with the packed tarball, and exact versions of all other packages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';

export interface Project {
  readonly folder: string;
  write(name: string, text: string): void;
  /** Runs a command in the folder and returns what it printed. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Runs a command that must fail, and returns what it printed. */
  fail(command: string, args: readonly string[]): Promise<string>;
}

/** @param fixtures - the fixtures whose files are copied, in this order */
export async function install(...fixtures: readonly string[]): Promise<Project> {
  const project = openProject(createFolder(fixtures.join('-')));
  for (const name of fixtures) cpSync(join(import.meta.dirname, 'fixtures', name), project.folder, { recursive: true });
  await project.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', inject('tarball')]);
  return project;
}

/** Creates an empty folder, which is deleted after the tests. */
export function createFolder(name: string): string {
  return mkdtempSync(join(inject('folder'), `${name}-`));
}

export function openProject(folder: string): Project {
  async function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(command, args, { cwd: folder, env: { ...surroundings(), ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    const [code] = await once(child, 'close');
    return { succeeded: code === 0, output, line: `${command} ${args.join(' ')}` };
  }

  return {
    folder,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    async run(...given) {
      const { succeeded, output, line } = await start(...given);
      if (!succeeded) throw new Error(`${line} failed:\n${output}`);
      return output;
    },
    async fail(...given) {
      const { succeeded, output, line } = await start(...given);
      if (succeeded) throw new Error(`${line} did not fail:\n${output}`);
      return output;
    },
  };
}

/** The environment as in a shell, without the variables that npm and Vitest have set for these tests. */
export function surroundings(): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(npm_(lifecycle|package)_|npm_config_local_prefix$|VITEST|NODE_ENV$)/.test(name);
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name))), NO_COLOR: '1' };
}
