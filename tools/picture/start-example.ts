import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';

/** The example's server, as `npm run example` starts it, at a free port and always with the stand-in for Zendesk. */
export async function startExample(): Promise<{ readonly url: string; close(): void }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ZENDESK_')));
  const child = spawn(execPath, ['examples/server/main.js'], {
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The example has ended: what it says above tells why.');
  });
  const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  const [url] = /http:\S+/.exec(String(said))!;
  return { url, close: () => void child.kill() };
}
