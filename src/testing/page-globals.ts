// The names that the snippet and the page share on the window.
import type { FakeWindow } from './environment.js';

/** `window.zE`: a stub, a page's own queue, or the live function. */
export interface ZeFunction {
  (...command: unknown[]): unknown;
  /** The queue, on a stub. Says nothing about liveness: it is copied to the live function [M 5]. */
  _?: unknown;
  /** Set when live only [M 4]. */
  widget?: 'messenger' | 'classic';
  /** Set when live only: the build. */
  version?: string;
}

export interface PageGlobals {
  zE?: ZeFunction;
  zEmbed?: ZeFunction;
  /** Set once the configuration has arrived; the snippet then never runs again on this page [M 3] [M 7]. */
  zEACLoaded?: boolean;
  zEMessenger?: { autorender?: boolean };
  /** Settings of the old widget [M 37]. */
  zESettings?: { webWidget?: { authenticate?: { jwtFn?: JwtFn; chat?: { jwtFn?: JwtFn } } } };
}

export type JwtFn = (callback: (jwt: unknown) => void) => void;

export function pageGlobals(window: FakeWindow): PageGlobals {
  return window as unknown as PageGlobals;
}
