// The queue that exists before the messenger is live, and how the live function replaces it.
import type { FakeBuild } from './account.js';
import type { FakeWindow } from './environment.js';
import { getGlobals, type ZeFunction } from './page-globals.js';

/** Creates the stub, unless the page has its own function there [M 1]. */
export function ensureStub(window: FakeWindow): void {
  const globals = getGlobals(window);
  if (typeof globals.zE === 'function') return;
  const queue: unknown[] = [];
  const stub: ZeFunction = function () {
    // Like the real stub, this one keeps the `arguments` object and not an array.
    // eslint-disable-next-line prefer-rest-params
    queue.push(arguments);
    return undefined;
  };
  stub._ = queue;
  globals.zE = stub;
  globals.zEmbed = stub;
}

/** Replaces the stub with the live function and runs the queue, in one step and before the next paint [M 5] [M 6]. */
export function goLive(window: FakeWindow, live: ZeFunction, build: FakeBuild): void {
  const globals = getGlobals(window);
  const { zE: pageFunction, zEmbed: stub } = globals;
  // The properties of the stub are copied, so `_` exists afterwards, too.
  Object.assign(live, stub);
  live.widget = build === 'classic' ? 'classic' : 'messenger';
  live.version = build;
  globals.zEmbed = live;
  if (pageFunction === stub) globals.zE = live;
  // The queue of the page's own function, even if that one stays [M 81].
  const queue: unknown = pageFunction?._;
  for (const command of Array.isArray(queue) ? queue.splice(0) : []) {
    try {
      live(...Array.from(command as ArrayLike<unknown>));
    } catch (error) {
      // For an unknown command in the queue there is only a warning, and the other commands still run [M 10].
      window.console.warn(error instanceof Error ? error.message : error);
    }
  }
}
