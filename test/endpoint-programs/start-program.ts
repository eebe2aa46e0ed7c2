// Builds and starts a token endpoint, as a program of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import type { FoundProgram } from './find-programs.js';
import type { Command } from './programs.js';

/** The key id and the secret of the fake backend, so that it accepts the tokens. */
export const CONFIGURATION = { ZENDESK_KEY_ID: FAKE_ACCOUNT.keyId, ZENDESK_SECRET: FAKE_ACCOUNT.secret };

const LOOK_AGAIN_MS = 50;
const ATTEMPTS = 3;

export interface RunningProgram {
  readonly port: number;
  /** What it has written to its standard error. */
  readonly stderr: () => string;
  readonly stop: () => Promise<void>;
}

export interface EndedProgram {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** The path of a program's source. */
export function sourceOf({ name, file }: { readonly name: string; readonly file: string }): string {
  return join('examples/endpoints', name, file);
}

/**
 * Builds a program, and returns the command that starts it.
 *
 * @param edit - changes the source first, in a copy
 */
export function buildProgram(program: FoundProgram, edit?: { readonly from: string; readonly to: string }): Command {
  const { name, file, executable, build, start, environment } = program;
  const folder = join('build/endpoints', name);
  mkdirSync(folder, { recursive: true });
  let source = sourceOf(program);
  if (edit) {
    const [before, after, ...more] = readFileSync(source, 'utf8').split(edit.from);
    if (after === undefined || more.length > 0) throw new Error(`${source} must have "${edit.from}" once`);
    source = join(folder, file);
    writeFileSync(source, before + edit.to + after);
  }
  if (!build) return start(executable, source);
  const output = join(folder, 'program');
  const [compiler, ...args] = build(executable, source, output);
  const built = spawnSync(compiler, args, { encoding: 'utf8', env: { ...process.env, ...environment } });
  if (built.status !== 0) throw new Error(`${source} cannot be built: ${built.stderr || String(built.error)}`);
  return start(executable, output);
}

/** Starts a program on a free port, and waits until it accepts connections. */
export async function startProgram(command: Command, environment?: Readonly<Record<string, string>>) {
  for (let attempt = 1; ; attempt += 1) {
    const result = await runProgram(command, { ...environment, ...CONFIGURATION });
    if ('port' in result) return result;
    // Another program can take a free port before this one does.
    const isPortTaken = /address already in use/i.test(result.stderr);
    if (!isPortTaken || attempt === ATTEMPTS) throw new Error(`${command.join(' ')} has ended: ${result.stderr}`);
  }
}

/** Starts a program, and waits until it accepts connections or ends. */
export async function runProgram(
  [name, ...args]: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunningProgram | EndedProgram> {
  const port = await findFreePort();
  const env = { ...process.env, ...environment, PORT: String(port) };
  const child = spawn(name, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  let end: EndedProgram | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.on('error', (error) => (end = { exitCode: null, stderr: String(error) }));
  const closed = once(child, 'close').then(
    ([exitCode]: unknown[]) => (end = { exitCode: exitCode as number | null, stderr }),
    () => {},
  );
  while (!end && !(await isListening(port))) {
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))]);
  }
  if (end) return end;
  return {
    port,
    stderr: () => stderr,
    async stop() {
      // How it ends is not tested, and a friendly end waits for connections that are still open.
      child.kill('SIGKILL');
      await closed;
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
