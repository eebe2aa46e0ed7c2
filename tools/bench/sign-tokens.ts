// How many tokens the server half signs in a second of one processor. Node computes signatures beside the main thread, so the
// processor time counts, and not the time that passed.
import { cpuUsage } from 'node:process';
import { createTokenEndpoint, signMessengerToken } from '../../src/server/index.js';
import { table } from '../markdown-table.js';

const GOAL = 10_000;
const ROUND_MS = 2000;
const AT_ONCE = 16;
const KEY = { keyId: 'app_0123456789abcdef01234567', secret: 'Ab3'.repeat(28) + 'Ab' };
const USER = { externalId: 42, name: 'Ada Lovelace', email: 'ada@shop.example', emailVerified: true };

export async function measureSigning(): Promise<string> {
  const endpoint = createTokenEndpoint({ ...KEY, getUser: () => USER });
  const answer = async () => (await endpoint(new Request('https://shop.example/', { method: 'POST' }))).text();
  const signed = await countPerSecond(() => signMessengerToken(USER, KEY));
  const answered = await countPerSecond(answer);
  const isMet = signed >= GOAL;
  const tell = (count: number) => Math.round(count).toLocaleString('en');
  return table(
    ['The server half, in a second of one processor', 'Measured', 'Goal'],
    [
      ['Tokens signed', tell(signed), `${tell(GOAL)} at least${isMet ? '' : ' (missed)'}`],
      ['Requests answered, with Request and Response', tell(answered), ''],
    ],
  );
}

async function countPerSecond(run: () => Promise<unknown>): Promise<number> {
  // The first calls also compile the code.
  for (let call = 0; call < 1000; call++) await run();
  const endMs = performance.now() + ROUND_MS;
  const start = cpuUsage();
  let count = 0;
  while (performance.now() < endMs) {
    await Promise.all(Array.from({ length: AT_ONCE }, run));
    count += AT_ONCE;
  }
  const { user, system } = cpuUsage(start);
  return count / ((user + system) / 1e6);
}
