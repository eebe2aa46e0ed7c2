// The global names that the snippet and the page share.
import type { FakeWindow } from './environment.js';

/** `window.zE`: a stub, a page's own queue, or the live function. */
export interface ZeFunction {
  (...command: unknown[]): unknown;
  /** The queue of a stub. The live function has it, too, so it does not show whether the messenger is live [M 5]. */
  _?: unknown;
  /** Set only when the messenger is live [M 4]. */
  widget?: 'messenger' | 'classic';
  /** The build. Set only when the messenger is live. */
  version?: string;
}

export interface PageGlobals {
  zE?: ZeFunction;
  zEmbed?: ZeFunction;
  /** Set after the configuration has arrived. The snippet does not run again on this page after that [M 3] [M 7]. */
  zEACLoaded?: boolean;
  zEMessenger?: { autorender?: boolean };
  /** Settings of the Web Widget (Classic) [M 37]. */
  zESettings?: ClassicSettings;
}

export interface ClassicSettings {
  webWidget?: { authenticate?: { jwtFn?: JwtFn; chat?: { jwtFn?: JwtFn } } };
}

export type JwtFn = (callback: (jwt: unknown) => void) => void;

export function getGlobals(window: FakeWindow): PageGlobals {
  return window;
}

/** Whether the page has the snippet's function: a stub, a page's own queue, or the live one. */
export function hasCommands(window: FakeWindow): boolean {
  return getGlobals(window).zE !== undefined;
}
