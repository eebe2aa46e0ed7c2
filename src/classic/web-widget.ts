// The page's Web Widget (Classic). This file alone reads zESettings and calls zE for it [M 37].
import type { ClassicProduct } from './options.js';

/** Called by the widget when it needs a token. */
export type JwtFn = (callback: (token: string) => void) => void;

interface Authenticate {
  jwtFn?: JwtFn;
  chat?: { jwtFn?: JwtFn };
}

interface PageGlobals {
  zESettings?: { webWidget?: { authenticate?: Authenticate } };
  zE?: { (...command: unknown[]): unknown; readonly widget?: 'messenger' | 'classic' };
}

const page = () => globalThis as PageGlobals;

/** Which widget is live. `undefined` before. */
export const readWidget = () => page().zE?.widget;

/** Sets the function in the page's settings, and keeps what else is there. The widget reads them when it boots. */
export function setJwtFn(product: ClassicProduct, jwtFn: JwtFn): void {
  const authenticate = (((page().zESettings ??= {}).webWidget ??= {}).authenticate ??= {});
  (product === 'chat' ? (authenticate.chat ??= {}) : authenticate).jwtFn = jwtFn;
}

/** Gives the settings to a widget that is live: it does not read zESettings again. */
export function updateSettings(): void {
  callWidget('updateSettings', { webWidget: { authenticate: page().zESettings!.webWidget!.authenticate } });
}

/**
 * Calls a command of the widget, or puts it into the queue of the stub. Never throws. Returns `false` if the page has
 * neither, or if another script has replaced or wrapped the function, and it throws.
 */
export function callWidget(...command: unknown[]): boolean {
  try {
    page().zE!('webWidget', ...command);
    return true;
  } catch {
    return false;
  }
}
