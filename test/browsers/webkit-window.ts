// A window of WebKit, as WebDriver drives it. A session has all windows of a visitor, but talks to one at a time.
import { setTimeout as pass } from 'node:timers/promises';
import { By, Key, type WebDriver } from 'selenium-webdriver';
import type { EngineWindow } from './engine.js';
import type { Recorded } from './recorder.js';

/** Keys that have a name, as WebDriver writes them. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: Key.BACK_SPACE,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Shift: Key.SHIFT,
  Tab: Key.TAB,
};

type InWindow = <Result>(action: () => Promise<Result>) => Promise<Result>;

/** A session talks to one of its windows at a time: each action waits for the previous one, and goes to its window. */
export function takeTurns(session: WebDriver): (handle: string) => InWindow {
  let current: string | undefined;
  let previous: Promise<unknown> = Promise.resolve();
  return (handle) => (action) => {
    current ??= handle;
    const result = previous.then(async () => {
      if (current !== handle) await session.switchTo().window((current = handle));
      return action();
    });
    previous = result.catch(() => {});
    return result;
  };
}

export function driveWindow(
  session: WebDriver,
  inWindow: InWindow,
  withWindow: (handle: string) => InWindow,
  leave: (isAnywhere: boolean, isHidden: boolean) => Promise<void>,
): EngineWindow {
  const consoleLines: string[] = [];
  const uncaught: string[] = [];

  /** Every answer of the page brings along what was recorded meanwhile. */
  async function evaluate(expression: string): Promise<unknown> {
    const answer: Recorded = await session
      .executeAsyncScript(
        `const done = arguments[0];
      const finish = (outcome) => done((window[Symbol.for('recorder')]?.finish ?? JSON.stringify)(outcome));
      (async () => (${expression}))().then(
        (value) => finish({ value }),
        (error) => finish({ error: String(error?.stack ?? error), message: String(error) }),
      );`,
      )
      .then((text) => JSON.parse(text as string) as Recorded);
    consoleLines.push(...(answer.lines ?? []));
    uncaught.push(...(answer.uncaught ?? []));
    if (answer.message !== undefined) throw new Error(`${answer.message}\n${answer.error}`);
    return answer.value;
  }

  // Nothing runs in a window that has not been anywhere.
  let isAnywhere = false;
  let isHidden = false;
  const collect = async () => void (isAnywhere && (await evaluate('0')));

  // Its driver may come back before the page's scripts have run.
  const waitUntilLoaded = async () => {
    while ((await evaluate('document.readyState')) !== 'complete') await pass(20);
  };

  const waitUntilHidden = async (wanted: boolean) => {
    while ((isHidden = (await evaluate('document.hidden')) as boolean) !== wanted) await pass(50);
  };

  return {
    consoleLines,
    uncaught,
    goto: (url) =>
      inWindow(async () => {
        await collect();
        await session.get(url);
        isAnywhere = true;
        await waitUntilLoaded();
      }),
    reload: () =>
      inWindow(async () => {
        await collect();
        await session.navigate().refresh();
        await waitUntilLoaded();
      }),
    evaluate: (expression) => inWindow(() => evaluate(expression)),
    click: (selector) => inWindow(() => session.findElement(By.css(selector)).click()),
    press: (key) => inWindow(() => pressKey(session, key)),
    cookies: () => inWindow(() => session.manage().getCookies()),
    // A second tab hides nothing here.
    hide: () =>
      inWindow(async () => {
        const { x, y, width, height } = await session.manage().window().getRect();
        await session.manage().window().minimize();
        await waitUntilHidden(true);
        return () =>
          inWindow(async () => {
            await session.manage().window().setRect({ x, y, width, height });
            await waitUntilHidden(false);
          });
      }),
    async openAnother() {
      const inOther = withWindow(await inWindow(() => openHandle(session)));
      return driveWindow(session, inOther, withWindow, () => session.close());
    },
    close: () =>
      inWindow(async () => {
        await collect();
        await leave(isAnywhere, isHidden);
      }),
  };
}

/** Opens another window. The session stays with the one where it is. */
async function openHandle(session: WebDriver): Promise<string> {
  const handle = await session.getWindowHandle();
  await session.switchTo().newWindow('window');
  const other = await session.getWindowHandle();
  await session.switchTo().window(handle);
  return other;
}

async function pressKey(session: WebDriver, key: string): Promise<void> {
  const [last, ...held] = key
    .split('+')
    .reverse()
    .map((name) => KEYS[name] ?? name) as [string, ...string[]];
  const actions = session.actions();
  for (const modifier of held) actions.keyDown(modifier);
  actions.keyDown(last).keyUp(last);
  for (const modifier of held) actions.keyUp(modifier);
  await actions.perform();
}
