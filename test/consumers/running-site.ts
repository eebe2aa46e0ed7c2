// Starts the server of an app that was built for production, and waits until it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import { WATCHDOG_MS } from '../browsers/puppeteer-engines.js';
import { surroundings } from './install.js';

export interface RunningSite {
  readonly url: string;
  stop(): Promise<void>;
}

/** The values that the token endpoints of the apps read. */
export const ENDPOINT_VARIABLES = { ZENDESK_KEY_ID: FAKE_ACCOUNT.keyId, ZENDESK_SECRET: FAKE_ACCOUNT.secret };

/** @param argumentsFor - returns the arguments for the port, for a server that does not read the variable `PORT` */
export async function startSite(
  folder: string,
  command: string,
  argumentsFor: (port: string) => readonly string[],
): Promise<RunningSite> {
  const port = String(await findFreePort());
  const url = `http://localhost:${port}/`;
  const env = { ...surroundings(), ...ENDPOINT_VARIABLES, PORT: port, HOST: '127.0.0.1' };
  const child = spawn(command, argumentsFor(port), { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const closed = once(child, 'close');
  const kill = () => void child.kill();
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await closed;
  };
  const deadlineMs = Date.now() + WATCHDOG_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`The server of the app ended:\n${output}`);
    if (Date.now() > deadlineMs) {
      await stop();
      throw new Error(`The server of the app does not answer:\n${output}`);
    }
    await wait(50);
  }
  return { url, stop };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server that has not started refuses the connection. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  await response?.text();
  return response !== undefined;
}
