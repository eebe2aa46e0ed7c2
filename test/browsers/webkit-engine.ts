// WebKit, over WebDriver: a MiniBrowser for each window, on a screen of its own that nobody sees. On one screen, each would
// take the focus from the others, and with it what is selected there. It takes seconds of the processor's time to start
// one: who comes later gets the one that somebody has left, with nothing of theirs in it.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import type { EngineBrowser } from './engine.js';
import { FORGET } from './recorder.js';
import { openRelay, type Relay } from './relay.js';
import { driveWindow, takeTurns } from './webkit-window.js';

export async function startWebKit(driverPath: string): Promise<EngineBrowser> {
  const running = new Set<Running>();
  const free: Running[] = [];

  // A driver has one session at a time.
  async function start(): Promise<Running> {
    const { screen, display } = await startScreen();
    const { server, process: driver } = await startDriver(driverPath, display);
    const relay = await openRelay();
    const options = { args: ['--automation', '--ignore-tls-errors', `--proxy=http://${relay.address}`] };
    const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options });
    const session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    await session.manage().setTimeouts({ script: 180_000, pageLoad: 180_000 });
    const started: Running = { session, relay, driver, screen };
    running.add(started);
    return started;
  }

  return {
    needsRecorder: true,
    async openWindow(proxy) {
      const browser = free.pop() ?? (await start());
      browser.relay.leadTo(proxy);
      const { session } = browser;
      const withWindow = takeTurns(session);
      return driveWindow(
        session,
        withWindow(await session.getWindowHandle()),
        withWindow,
        async (isAnywhere, isHidden) => {
          if (isAnywhere) await session.executeScript(FORGET);
          await session.manage().deleteAllCookies();
          await session.get('about:blank');
          if (!isHidden) free.push(browser);
        },
      );
    },
    async close() {
      for (const { session, relay, driver, screen } of running) {
        await session.quit().catch(() => {});
        driver.kill();
        screen.kill();
        relay.close();
      }
    },
  };
}

interface Running {
  readonly session: WebDriver;
  readonly relay: Relay;
  readonly driver: ChildProcess;
  readonly screen: ChildProcess;
}

async function startScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((resolve, reject) => {
    (screen.stdio[3] as Readable).once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`));
    screen.once('error', reject);
    screen.once('exit', () => reject(new Error('Xvfb has ended')));
  });
  return { screen, display };
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
      // A driver that could not get the port exits. Another process on that port may answer, too.
      if (status?.ok && driver.exitCode === null) return { server, process: driver };
    }
  }
}
