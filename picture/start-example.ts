import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';

/** The example's server, as `npm run example` starts it, at a free port. */
export async function startExample(): Promise<{ readonly url: string; close(): void }> {
  const child = spawn(execPath, ['examples/server/main.js'], { env: { ...process.env, PORT: '0' }, stdio: 'pipe' });
  child.stderr.pipe(process.stderr);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const [url] = /http:\S+/.exec(String(said))!;
  return { url: url, close: () => void child.kill() };
}
