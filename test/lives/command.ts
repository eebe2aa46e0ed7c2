// A command of a life.
import type fc from 'fast-check';
import type { World } from './world.js';

export type Command = fc.AsyncCommand<object, World>;

/** Makes a command. After it, everything that is due at this instant runs, and the witness checks the rules. */
export function command(text: string, run: (world: World) => void | Promise<void>): Command {
  return {
    check: () => true,
    async run(_, world) {
      await run(world);
      await world.pass(0);
      world.check();
      if (world.violations.length > 0) throw new Error(world.violations.join('\n'));
    },
    toString: () => text,
  };
}
