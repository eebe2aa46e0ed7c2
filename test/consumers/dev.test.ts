// Develops with the fake messenger as the documentation says: with Vite, and in browser tests of a production build.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium, WATCHDOG_MS } from '../browsers/puppeteer-engines.js';
import { blockWith } from '../docs/read-docs.js';
import { install, type Project } from './install.js';

const { paths, notRun } = findEngines({ ...process.env, BROWSERS: 'chromium' });
if (notRun) console.warn(notRun);
const chromium = paths.get('chromium')!;

// The library's own limits would end a test on a machine that is ten times too busy.
const MODULE = blockWith('if (import.meta.env.DEV) await import').replace(
  "tokenUrl: '/zendesk-token'",
  '$&, loadTimeoutMs: 60_000, tokenTimeoutMs: 60_000, loginTimeoutMs: 60_000',
);
const [VITE_LINE = ''] = /^if \(import\.meta.*$/m.exec(MODULE) ?? [];
const ALWAYS = MODULE.replace('if (import.meta.env.DEV) ', '');

// A watchdog: the machine may be very busy.
const PATIENT = { timeout: 120_000 };

const closing: (() => unknown)[] = [];
afterAll(() => closing.forEach((close) => close()));

/** Serves files from a free port until the tests end. */
async function serve(read: (name: string) => string | undefined): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url!);
    const name = url === '/' ? 'index.html' : url!.slice(1);
    const text = read(name);
    const type = name.endsWith('.html') ? 'text/html' : 'text/javascript';
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  closing.push(() => server.close());
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}

describe.skipIf(chromium === undefined)('dev.js', () => {
  let browser: Browser;
  let project: Project;
  beforeAll(async () => {
    [browser, project] = [await launchChromium(chromium), await install('dev-vite')];
    project.write('messenger.ts', MODULE);
  });
  afterAll(() => browser?.close());

  /** Opens a tab that reaches nothing but its own origin, and notes what else it asks for and what it says. */
  async function openTab(origin: string) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(WATCHDOG_MS);
    const elsewhere: string[] = [];
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => {
      if (/^(data|blob):/.test(request.url()) || request.url().startsWith(origin)) return void request.continue();
      elsewhere.push(request.url());
      void request.abort();
    });
    await page.setRequestInterception(true);
    return { page, elsewhere, said };
  }
  async function open(origin: string, options?: string) {
    const tab = await openTab(origin);
    if (options) await tab.page.evaluateOnNewDocument(options);
    await tab.page.goto(origin);
    return tab;
  }
  const untilSignedIn = (page: Page) =>
    page.waitForFunction(`window.fakeZendeskMessenger?.visitor.kind === 'user'`, { timeout: 180_000 });

  async function startVite(): Promise<string> {
    const child: ChildProcess = spawn(
      process.execPath,
      ['node_modules/vite/bin/vite.js', '--port', '0', '--host', 'localhost'],
      { cwd: project.folder, env: { PATH: process.env['PATH'], NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    closing.push(() => child.kill());
    let output = '';
    return new Promise((resolve, reject) => {
      child.stdout!.on('data', (text) => {
        output += String(text);
        const [origin] = /http:\/\/localhost:\d+/.exec(output) ?? [];
        if (origin !== undefined) resolve(origin);
      });
      child.on('close', () => reject(new Error(`Vite has ended: ${output}`)));
    });
  }

  it('signs in with the development server of Vite', async () => {
    const origin = await startVite();
    const { page, elsewhere } = await open(origin);
    await untilSignedIn(page);
    expect(await page.evaluate('fakeZendeskMessenger.visitor')).toEqual({ kind: 'user', externalId: '42' });
    expect(elsewhere).toEqual([]);
  });

  const serveBuild = ({ folder }: Project, html: string) =>
    serve((name) => {
      if (name === 'index.html') return html;
      const file = join(folder, 'dist', name);
      return name.endsWith('.js') && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    });
  const buildWithVite = async (module: string) => {
    project.write('messenger.ts', module);
    await project.run('npx', ['vite', 'build']);
    return serveBuild(project, readFileSync(join(project.folder, 'dist/index.html'), 'utf8'));
  };

  it('is not in a production build of the documentation, and refuses to run in one that contains it', async () => {
    const without = await open((await buildWithVite(MODULE)).origin);
    // It asks for the real script.
    await vi.waitFor(() => expect(without.elsewhere).toHaveLength(1), PATIENT);
    expect(await without.page.evaluate('window.fakeZendeskMessenger')).toBe(undefined);
    expect(without.said.join('\n')).not.toContain('zendesk-messenger-auth/dev');
    const refused = await open((await buildWithVite(ALWAYS)).origin);
    await vi.waitFor(
      () => expect(refused.said.join('\n')).toContain('because this is a production build (NODE_ENV)'),
      PATIENT,
    );
    expect(await refused.page.evaluate('window.fakeZendeskMessenger')).toBe(undefined);
  });

  it('is in a development build of webpack, and not in its production build', async () => {
    const webpack = await install('webpack');
    webpack.write(
      'messenger.js',
      MODULE.replace(VITE_LINE, blockWith("if (process.env.NODE_ENV !== 'production') await import").trim()),
    );
    webpack.write(
      'main.js',
      readFileSync(join(project.folder, 'main.js'), 'utf8').replace("/messenger'", "/messenger.js'"),
    );
    const build = async (mode: string) => {
      webpack.write(
        'webpack.config.js',
        `export default { mode: '${mode}', entry: './main.js', output: { clean: true } };`,
      );
      await webpack.run('npx', ['webpack']);
      const names = readdirSync(join(webpack.folder, 'dist'));
      return names.map((name) => readFileSync(join(webpack.folder, 'dist', name), 'utf8')).join();
    };
    const production = await build('production');
    expect(production).toContain('/zendesk-token');
    expect(production).not.toContain('zendeskMessengerDev');
    expect(await build('development')).toContain('zendeskMessengerDev');
    const html =
      '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><body><script src="/main.js"></script>';
    const { page, elsewhere } = await open((await serveBuild(webpack, html)).origin);
    await untilSignedIn(page);
    expect(elsewhere).toEqual([]);
  });

  it('runs in that production build if it is allowed to', async () => {
    const { origin } = await buildWithVite(ALWAYS);
    const { page, elsewhere } = await open(origin, 'window.zendeskMessengerDev = { allow: true }');
    await untilSignedIn(page);
    expect(elsewhere).toEqual([]);
  });

  it('signs in as an init script of Puppeteer, as documented', async () => {
    const { origin, asked } = await buildWithVite(MODULE);
    const { page, elsewhere } = await openTab(origin);
    const block = blockWith('page.evaluateOnNewDocument').replace('http://localhost:3000', origin);
    await runBlock(block, project.folder, page);
    expect(elsewhere).toEqual([]);
    expect(asked).not.toContain('/zendesk-token');
  });

  it('signs in as an init script of Playwright, as documented', async () => {
    const { origin, asked } = await buildWithVite(MODULE);
    const playwright = await install('dev-playwright');
    playwright.write('sign-in.spec.mjs', blockWith('// sign-in.spec.mjs').replace('http://localhost:3000', origin));
    const output = await playwright.run('npx', ['playwright', 'test'], { CHROMIUM: chromium });
    expect(output).toContain('1 passed');
    expect(asked).not.toContain('/zendesk-token');
  });
});

/** Runs a block of the documentation for this page, in a folder with the package. */
async function runBlock(block: string, folder: string, page: Page): Promise<void> {
  const code = block.replace(/^import .*$/gm, '').replaceAll("'node_modules/", `'${folder}/node_modules/`);
  await runInThisContext(`(async (page, readFileSync, expect) => {${code}})`)(page, readFileSync, expect);
}
