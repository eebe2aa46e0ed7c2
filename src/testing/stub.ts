// The queue before the messenger is live, and the moment when it is replaced.
import type { FakeBuild } from './account.js';
import type { FakeWindow } from './environment.js';
import { pageGlobals, type ZeFunction } from './page-globals.js';

/** Makes the stub, unless the page has a function of its own there [M 1]. */
export function ensureStub(window: FakeWindow): void {
  const globals = pageGlobals(window);
  if (typeof globals.zE === 'function') return;
  const queue: unknown[] = [];
  const stub: ZeFunction = function () {
    // The real stub keeps its `arguments`, not an array: so does this one.
    // eslint-disable-next-line prefer-rest-params
    queue.push(arguments);
    return undefined;
  };
  stub._ = queue;
  globals.zE = stub;
  globals.zEmbed = stub;
}

/** Puts the live function in the stub's place and runs the queue, all in one step, before anything is painted [M 5] [M 6]. */
export function goLive(window: FakeWindow, live: ZeFunction, build: FakeBuild): void {
  const globals = pageGlobals(window);
  const { zE: pageFunction, zEmbed: stub } = globals;
  // The stub's own properties come along, so `_` is there afterwards, too.
  Object.assign(live, stub);
  live.widget = build === 'classic' ? 'classic' : 'messenger';
  live.version = build;
  globals.zEmbed = live;
  if (pageFunction === stub) globals.zE = live;
  const queue: unknown = stub?._;
  for (const command of Array.isArray(queue) ? queue.splice(0) : []) {
    try {
      live(...Array.from(command as ArrayLike<unknown>));
    } catch (error) {
      // In the queue an unknown command only warns, and the rest goes on [M 10].
      window.console.warn(error instanceof Error ? error.message : error);
    }
  }
}
