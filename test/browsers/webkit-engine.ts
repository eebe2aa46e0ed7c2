// WebKit, over WebDriver: a MiniBrowser for each window, on a screen that nobody sees.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { Builder, By, Capabilities, Key, type WebDriver } from 'selenium-webdriver';
import type { EngineBrowser, EngineWindow } from './engine.js';
import type { Recorded } from './recorder.js';

/** Keys that have a name, as WebDriver writes them. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: Key.BACK_SPACE,
  End: Key.END,
  Enter: Key.ENTER,
  Shift: Key.SHIFT,
  Tab: Key.TAB,
};

export async function startWebKit(driverPath: string): Promise<EngineBrowser> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((resolve, reject) => {
    (screen.stdio[3] as Readable).once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`));
    screen.once('error', reject);
    screen.once('exit', () => reject(new Error('Xvfb has ended')));
  });
  const drivers = new Set<ChildProcess>();
  return {
    needsRecorder: true,
    // A driver has one session at a time.
    async openWindow(proxy) {
      const { server, process: driver } = await startDriver(driverPath, display);
      drivers.add(driver);
      const options = { args: ['--automation', '--ignore-tls-errors', `--proxy=http://${proxy}`] };
      const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options });
      const session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
      await session.manage().setTimeouts({ script: 60_000 });
      return driveWindow(session, () => driver.kill());
    },
    async close() {
      for (const driver of drivers) driver.kill();
      screen.kill();
    },
  };
}

// Below the ports that systems give out by themselves.
let lastPort = 10_000 + Math.floor(Math.random() * 20_000);

async function startDriver(path: string, display: string): Promise<{ server: string; process: ChildProcess }> {
  for (;;) {
    const port = ++lastPort;
    const server = `http://127.0.0.1:${port}`;
    const driver = spawn(path, [`--port=${port}`], { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' });
    while (driver.exitCode === null) {
      await pass(20);
      const status = await fetch(`${server}/status`).catch(() => undefined);
      // One that could not have the port ends; whoever has it may answer, too.
      if (status?.ok && driver.exitCode === null) return { server, process: driver };
    }
  }
}

function driveWindow(session: WebDriver, endDriver: () => void): EngineWindow {
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
  const collect = async () => void (isAnywhere && (await evaluate('0')));

  const waitUntilHidden = async (isHidden: boolean) => {
    while ((await evaluate('document.hidden')) !== isHidden) await pass(50);
  };

  return {
    consoleLines,
    uncaught,
    async goto(url) {
      await collect();
      await session.get(url);
      isAnywhere = true;
    },
    async reload() {
      await collect();
      await session.navigate().refresh();
    },
    evaluate,
    click: (selector) => session.findElement(By.css(selector)).click(),
    async press(key) {
      const [last, ...held] = key
        .split('+')
        .reverse()
        .map((name) => KEYS[name] ?? name) as [string, ...string[]];
      const actions = session.actions();
      for (const modifier of held) actions.keyDown(modifier);
      actions.keyDown(last).keyUp(last);
      for (const modifier of held) actions.keyUp(modifier);
      await actions.perform();
    },
    cookies: () => session.manage().getCookies(),
    // A second tab hides nothing here.
    async hide() {
      const { x, y, width, height } = await session.manage().window().getRect();
      await session.manage().window().minimize();
      await waitUntilHidden(true);
      return async () => {
        await session.manage().window().setRect({ x, y, width, height });
        await waitUntilHidden(false);
      };
    },
    async close() {
      await collect();
      await session.quit();
      endDriver();
    },
  };
}
