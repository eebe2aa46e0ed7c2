// What all simulations share: units of time, random numbers that can be repeated, and tokens.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The simulated clocks start here. All of them are right. */
export const START_MS = 1_800_000_000_000;

/** Returns a source of numbers from 0 up to 1. The streams of a seed are independent. */
export function createRandom(seed: number, stream: number): () => number {
  const generator = xoroshiro128plus(seed);
  for (let jumps = 0; jumps <= stream; jumps++) generator.jump();
  return () => uniformFloat64(generator);
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const HEADER = encode({ alg: 'HS256' });

/** Without `iat` and with one text per second, because reading a token is what takes longest. */
export function createMint(lifetimeS: number): (nowMs: number) => string {
  const texts: string[] = [];
  return (nowMs) => {
    const second = Math.floor((nowMs - START_MS) / SECOND_MS);
    const exp = START_MS / SECOND_MS + second + lifetimeS;
    return (texts[second] ??= `${HEADER}.${encode({ external_id: '1', exp })}.x`);
  };
}
