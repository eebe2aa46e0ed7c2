// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenIdle, whenInteracted, whenOnline, whenVisible, type WhenOptions } from '../../src/launcher/index.js';

const setReadyState = (state: DocumentReadyState) =>
  Object.defineProperty(document, 'readyState', { value: state, configurable: true });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What became of the promise so far. */
function watch(promise: Promise<void>): { state: string } {
  const watched = { state: 'pending' };
  promise.then(
    (value: unknown) => (watched.state = `resolved ${String(value)}`),
    (error) => (watched.state = `rejected ${String(error)}`),
  );
  return watched;
}

let seen: (entries: { isIntersecting: boolean }[]) => void;
const observers = new Set<object>();

beforeEach(() => {
  setReadyState('complete');
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: typeof seen) {
        seen = callback;
      }
      observe() {
        observers.add(this);
      }
      disconnect() {
        observers.delete(this);
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('whenIdle()', () => {
  it('waits until the page has loaded and the browser is idle', async () => {
    let idle = () => {};
    const ask = vi.fn((callback: () => void) => void (idle = callback));
    vi.stubGlobal('requestIdleCallback', ask);
    setReadyState('interactive');
    const watched = watch(whenIdle());
    expect(ask).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('load'));
    expect(ask).toHaveBeenCalledExactlyOnceWith(expect.any(Function), { timeout: 5000 });
    await settle();
    expect(watched.state).toBe('pending');
    idle();
    await settle();
    expect(watched.state).toBe('resolved undefined');
  });

  it('resolves soon after the page has loaded where the browser does not tell', async () => {
    expect('requestIdleCallback' in window).toBe(false);
    vi.useFakeTimers();
    const watched = watch(whenIdle());
    await vi.advanceTimersByTimeAsync(100);
    expect(watched.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(200);
    expect(watched.state).toBe('resolved undefined');
  });
});

describe('whenVisible()', () => {
  it('resolves when a part of the element is visible', async () => {
    const watched = watch(whenVisible(document.body));
    seen([{ isIntersecting: false }]);
    await settle();
    expect(watched.state).toBe('pending');
    seen([{ isIntersecting: true }]);
    await settle();
    expect(watched.state).toBe('resolved undefined');
    expect(observers.size).toBe(0);
  });
});

describe('whenInteracted()', () => {
  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])(
    'resolves at %s, also if the page stops the event',
    async (name) => {
      const stop = (event: Event) => event.stopPropagation();
      document.body.addEventListener(name, stop);
      const watched = watch(whenInteracted());
      window.dispatchEvent(new Event('scroll'));
      window.dispatchEvent(new Event('focus'));
      await settle();
      expect(watched.state).toBe('pending');
      document.body.dispatchEvent(new Event(name, { bubbles: true }));
      await settle();
      expect(watched.state).toBe('resolved undefined');
      document.body.removeEventListener(name, stop);
    },
  );
});

describe('whenOnline()', () => {
  const setOnline = (isOnline: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);

  it('resolves at once when the browser is online', async () => {
    setOnline(true);
    await expect(whenOnline()).resolves.toBeUndefined();
  });

  it('waits for the network', async () => {
    setOnline(false);
    const watched = watch(whenOnline());
    await settle();
    expect(watched.state).toBe('pending');
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(watched.state).toBe('resolved undefined');
  });
});

describe.each<[string, (options: WhenOptions) => Promise<void>]>([
  [
    'whenIdle',
    (options) => {
      setReadyState('loading');
      return whenIdle(options);
    },
  ],
  ['whenVisible', (options) => whenVisible(document.body, options)],
  ['whenInteracted', whenInteracted],
  [
    'whenOnline',
    (options) => {
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
      return whenOnline(options);
    },
  ],
])('%s() with a signal', (_name, when) => {
  /** Counts the listeners of the window that are still there. */
  function countListeners(): () => number {
    const signals: (AbortSignal | undefined)[] = [];
    const add = window.addEventListener.bind(window);
    vi.spyOn(window, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
      signals.push((args[2] as AddEventListenerOptions | undefined)?.signal);
      add(...args);
    });
    return () => signals.filter((signal) => !signal?.aborted).length + observers.size;
  }

  it('rejects with its reason, and removes its listeners', async () => {
    const count = countListeners();
    const controller = new AbortController();
    const watched = watch(when({ signal: controller.signal }));
    expect(count()).toBeGreaterThan(0);
    controller.abort(new Error('gone'));
    await settle();
    expect(watched.state).toBe('rejected Error: gone');
    expect(count()).toBe(0);
  });

  it('that is already aborted rejects at once, and adds none', async () => {
    const count = countListeners();
    await expect(when({ signal: AbortSignal.abort('too late') })).rejects.toBe('too late');
    expect(count()).toBe(0);
  });

  it('that is aborted later changes nothing', async () => {
    const controller = new AbortController();
    await expect(whenInteractedNow(controller.signal)).resolves.toBeUndefined();
    controller.abort();
  });
});

async function whenInteractedNow(signal: AbortSignal): Promise<void> {
  const waiting = whenInteracted({ signal });
  window.dispatchEvent(new Event('pointerdown'));
  return waiting;
}
