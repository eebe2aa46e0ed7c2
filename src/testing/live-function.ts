// `window.zE` when the messenger is live. It runs the commands.
import type { FakeBuild } from './account.js';
import { knowsCommand } from './command-names.js';
import type { ZeFunction } from './page-globals.js';

/** The commands by name, such as `messenger.open` or `messenger:set.locale`. `messenger:on.*` is for all events. */
export type Commands = Readonly<Record<string, (...rest: unknown[]) => unknown>>;

export interface LiveFunctionParts {
  readonly build: FakeBuild;
  readonly commands: Commands;
  readonly isAlive: () => boolean;
  readonly isKilled: () => boolean;
}

export function createLiveFunction({ build, commands, isAlive, isKilled }: LiveFunctionParts): ZeFunction {
  return (...command) => {
    if (!isAlive()) return askInVain(commands, command);
    if (isKilled()) throw new Error('The Messaging Web Widget API is temporarily unavailable. Please try again later.');
    const [target, method, ...rest] = command;
    if (typeof target === 'function') return void (target as () => void)();
    const [first, second] = [String(target), String(method)];
    if (!knowsCommand(build, first, second)) throw new Error(`Method ${first}.${second} does not exist`);
    const action = commands[`${first}.${second}`];
    if (action !== undefined) return action(...rest);
    return commands[`${first}.*`]?.(second, ...rest);
  };
}

// Without its frame, the function still exists, and no call throws. Only loginUser does something: it asks for the token.
// Nothing follows [M 8] [M 74].
function askInVain(commands: Commands, [target, method, ...rest]: readonly unknown[]): void {
  if (target === 'messenger' && method === 'loginUser') commands['messenger.loginUser']?.(...rest);
}
