// The browsers that the tests run in, as far as all of them can do the same.
import type { Page } from 'puppeteer-core';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

export interface EngineBrowser {
  /** Whether the pages have to be served with a recorder in them. */
  readonly needsRecorder: boolean;
  /** Opens a window of a new visitor, who reaches the world through this proxy alone: `localhost`, too. */
  openWindow(proxy: string): Promise<EngineWindow>;
  close(): Promise<void>;
}

export interface EngineWindow {
  /**
   * What was written to the page's console up to the last `evaluate`, with everything that hangs on it. The line's type
   * comes first. Chromium has lines of its own, too.
   */
  readonly consoleLines: readonly string[];
  /** What the page has thrown, and nobody caught. */
  readonly uncaught: readonly unknown[];
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs an expression in the page, and waits for what it promises. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks the middle of the first element that a selector finds. */
  click(selector: string): Promise<void>;
  /** Presses a key, with Shift if it is to be held: `Tab`, `Shift+Tab`, `Enter`, `Escape`, ` `, `x`. */
  press(key: string): Promise<void>;
  cookies(): Promise<unknown>;
  /** Takes the page out of sight. Returns how to bring it back. */
  hide(): Promise<() => Promise<void>>;
  /** Opens another window of the same visitor, with the same storage and cookies. Both are visible. */
  openAnother(): Promise<EngineWindow>;
  close(): Promise<void>;
  /** Chromium's page, for what the others cannot do. */
  readonly chromium?: Page;
}
