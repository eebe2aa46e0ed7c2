import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { execPath } from 'node:process';
import type { Readable, Writable } from 'node:stream';

// The built command. Run `npm run build` first.
export const COMMAND = 'dist/cli.js';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Starts a program with pipes as its streams, without the color settings of the test run. */
export function start(program: string, args: readonly string[], variables: Variables = {}): Started {
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm', ...variables };
  const child = spawn(program, args, { env, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // The program may end before it has read all input.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}

export function startCommand(args: readonly string[], variables?: Variables): Started {
  return start(execPath, [COMMAND, ...args], variables);
}

/** Runs the command to its end. */
export function run(args: readonly string[], input = '', variables?: Variables): Promise<Ended> {
  const { child, ended } = startCommand(args, variables);
  child.stdin.end(input);
  return ended;
}

/** Runs a line in a shell. `eval "$run …"` in the line runs the command. */
export function runInShell(line: string, variables?: Variables): Promise<Ended> {
  const { child, ended } = start('sh', ['-c', line], { ...variables, run: `"${execPath}" ${COMMAND}` });
  child.stdin.end();
  return ended;
}
