// Chance that comes out the same every time: one seed, and as many independent streams of it as are wanted.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** From 0 up to 1. */
export type Random = () => number;

export function createRandom(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let jumps = 0; jumps <= stream; jumps++) generator.jump();
  return () => uniformFloat64(generator);
}
