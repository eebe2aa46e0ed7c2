// Counts what the library keeps of a page: timers and listeners. The messenger's own are not counted, and its frames are
// without content.
import { replaceFrames } from '../frames-without-windows.js';

const EVENTS = ['visibilitychange', 'online', 'pageshow', 'focus', 'pagehide', 'freeze', 'resume'];

export interface PageWatch {
  /** Timers that are set and have not fired. */
  readonly timers: number;
  readonly listeners: number;
  /** The timers as they were before they were counted, for everybody but the library. */
  readonly setTimeout: (callback: () => void, delayMs: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  stop(): void;
}

export function watchPage(): PageWatch {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const timers = new Set<unknown>();
  let listeners = 0;

  Object.assign(globalThis, {
    setTimeout(callback: () => void, delayMs?: number) {
      const timer = set(() => {
        timers.delete(timer);
        callback();
      }, delayMs);
      // jsdom's storage tells of its changes after 0 ms; the library never waits for what is due.
      if (delayMs) timers.add(timer);
      return timer;
    },
    clearTimeout(timer: never) {
      timers.delete(timer);
      clear(timer);
    },
  });

  const targets = [window, document].map((target) => {
    const { addEventListener: add, removeEventListener: remove } = target;
    target.addEventListener = (type: string, ...rest: [never, never]) => {
      const [, options] = rest as unknown as [unknown, AddEventListenerOptions | undefined];
      if (EVENTS.includes(type)) {
        listeners++;
        options?.signal?.addEventListener('abort', () => listeners--);
      }
      add.call(target, type, ...rest);
    };
    target.removeEventListener = (type: string, ...rest: [never, never]) => {
      if (EVENTS.includes(type)) listeners--;
      remove.call(target, type, ...rest);
    };
    return () => {
      target.addEventListener = add;
      target.removeEventListener = remove;
    };
  });

  const restoreFrames = replaceFrames();

  return {
    get timers() {
      return timers.size;
    },
    get listeners() {
      return listeners;
    },
    setTimeout: (callback, delayMs) => set(callback, delayMs),
    clearTimeout: (timer) => clear(timer as never),
    stop() {
      Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
      targets.forEach((restore) => restore());
      restoreFrames();
    },
  };
}
