// The environment of the fake messenger: a window, a connection to the backend, and timers.
import type { FakeBuild } from './account.js';

/** The part of `fetch` that the fake messenger uses. */
export type FakeFetch = (input: string, init?: RequestInit) => Promise<Response>;

/** The settings of a fake messenger. All of them are optional. */
export interface MessengerSettings {
  /** Sends requests to the backend. Default: the window's `fetch` at the time of each call, or else the global one. */
  readonly fetch?: FakeFetch | undefined;
  /** Starts a timer. Default: the window's `setTimeout` at the time of each call, so you can install fake timers later. */
  readonly setTimeout?: ((callback: () => void, delayMs: number) => unknown) | undefined;
  /** Cancels a timer of `setTimeout`. Set both or neither. Default: the window's `clearTimeout`. */
  readonly clearTimeout?: ((timer: unknown) => void) | undefined;
  /** The build to start. Default: the one in the backend's configuration. */
  readonly build?: FakeBuild | undefined;
  /** The time from the arrival of the configuration until the messenger is live, in milliseconds. Default: 0. */
  readonly bootDelayMs?: number | undefined;
  /** Simulates a help center session: `loginUser` then does not ask and does not call back [M 22]. Default: `false`. */
  readonly helpCenterSession?: boolean | undefined;
}

/** A window with the global constructors, such as `MutationObserver`. */
export type FakeWindow = Window & typeof globalThis;

/** The settings, with the window's own functions as defaults. */
export interface Environment {
  readonly window: FakeWindow;
  readonly fetch: FakeFetch;
  wait(delayMs: number): Promise<void>;
  /** Runs the callback in a later task, even after 0 ms. Returns a function that cancels it. */
  runLater(callback: () => void, delayMs: number): () => void;
}

export function createEnvironment(window: FakeWindow, settings: MessengerSettings): Environment {
  const startTimer = settings.setTimeout ?? ((callback, delayMs) => window.setTimeout(callback, delayMs));
  const stopTimer = settings.clearTimeout ?? ((timer) => window.clearTimeout(timer as number));
  const runLater = (callback: () => void, delayMs: number): (() => void) => {
    const timer = startTimer(callback, delayMs);
    return () => stopTimer(timer);
  };
  return {
    window,
    // A plain jsdom window has no fetch.
    fetch: settings.fetch ?? ((input, init) => (window.fetch ?? globalThis.fetch)(input, init)),
    runLater,
    wait: (delayMs) => new Promise((resolve) => void runLater(resolve, delayMs)),
  };
}

/** Creates the environment of a messenger whose frame may be removed. It calls nothing back after that [M 74]. */
export function createFrameEnvironment(
  window: FakeWindow,
  settings: MessengerSettings,
  isAlive: () => boolean,
): Environment {
  const environment = createEnvironment(window, settings);
  const runLater: Environment['runLater'] = (callback, delayMs) =>
    environment.runLater(() => {
      if (isAlive()) callback();
    }, delayMs);
  return { ...environment, runLater };
}
