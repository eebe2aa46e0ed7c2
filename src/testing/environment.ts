// What the fake messenger takes from its surroundings: a window, a way to the backend, timers.
import type { FakeBuild } from './account.js';

/** The part of `fetch` that the fake messenger uses. */
export type FakeFetch = (input: string, init?: RequestInit) => Promise<Response>;

/** What a messenger can be told on start; everything has a default. */
export interface MessengerSettings {
  /** How the backend is reached. Default: the window's `fetch` at the time of each call, or else the global one. */
  readonly fetch?: FakeFetch | undefined;
  /** Default: the window's, at the time of each call, so that fake timers may be installed later. */
  readonly setTimeout?: ((callback: () => void, delayMs: number) => unknown) | undefined;
  /** The counterpart of `setTimeout`; set both or neither. */
  readonly clearTimeout?: ((timer: unknown) => void) | undefined;
  /** Starts this build, whatever the backend's configuration says. */
  readonly build?: FakeBuild | undefined;
  /** From the arrival of the configuration until the messenger is live, milliseconds. Default 0. */
  readonly bootDelayMs?: number | undefined;
  /** A help-center session is in use: `loginUser` then neither asks nor answers [M 22]. Default `false`. */
  readonly helpCenterSession?: boolean | undefined;
}

/** A window with everything that is usually global. */
export type FakeWindow = Window & typeof globalThis;

/** The settings, with the window's own functions in place of what is not set. */
export interface Surroundings {
  readonly window: FakeWindow;
  readonly fetch: FakeFetch;
  wait(delayMs: number): Promise<void>;
  /** Runs in a later task, even at 0 ms. Returns how to call it off. */
  later(callback: () => void, delayMs: number): () => void;
}

export function createSurroundings(window: FakeWindow, settings: MessengerSettings): Surroundings {
  const set = settings.setTimeout ?? ((callback, delayMs) => window.setTimeout(callback, delayMs));
  const clear = settings.clearTimeout ?? ((timer) => window.clearTimeout(timer as number));
  const later = (callback: () => void, delayMs: number): (() => void) => {
    const timer = set(callback, delayMs);
    return () => clear(timer);
  };
  return {
    window,
    // A window made by jsdom alone has no fetch of its own.
    fetch: settings.fetch ?? ((input, init) => (window.fetch ?? globalThis.fetch)(input, init)),
    later,
    wait: (delayMs) => new Promise((resolve) => void later(resolve, delayMs)),
  };
}
