// Counts the timers and listeners of the library. Those of the messenger are not counted, and its frames are empty.
import { replaceFrames } from '../frames-without-windows.js';

const EVENTS = [
  ...['visibilitychange', 'prerenderingchange', 'online', 'pageshow', 'focus'],
  ...['pagehide', 'freeze', 'resume'],
];

export interface PageWatch {
  /** The number of timers that are set and have not fired. */
  readonly timers: number;
  readonly listeners: number;
  /** The original timers, for everything but the library. */
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
      // jsdom fires storage events after 0 ms. The library never sets a timer of 0 ms.
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
