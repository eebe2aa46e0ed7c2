// The documentation's token endpoint runs, and its script tag in a page, with its fake in the place of Zendesk.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execPath } from 'node:process';
import { runInThisContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { fakeZendesk } from './puppeteer-example.js';
import { BLOCKS, blockWith } from './read-docs.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ENDPOINT = blockWith('// token-endpoint.js');

/** Runs the documentation's endpoint in a Node of its own, with one person signed in to its site. */
async function startEndpoint(): Promise<string> {
  const session = `sessions.set('s1', { id: 42, name: 'Ada' });`;
  const env = { PORT: '0', ZENDESK_KEY_ID: FAKE_ACCOUNT.keyId, ZENDESK_SECRET: FAKE_ACCOUNT.secret };
  const child: ChildProcess = spawn(execPath, ['--input-type=module', '-e', ENDPOINT + session], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closing.push(() => child.kill());
  let said = '';
  for await (const chunk of child.stdout!) {
    said += String(chunk);
    const [, port] = /port: (\d+)/.exec(said) ?? [];
    if (port) return `http://localhost:${port}/zendesk-token`;
  }
  throw new Error('The endpoint ended before it listened');
}

it('the endpoint signs what Zendesk accepts, and says 204 when nobody is signed in', async () => {
  const url = await startEndpoint();
  const ask = (cookie: string, method = 'POST', more: Record<string, string> = {}) =>
    fetch(url, { method, headers: { cookie, ...more } });
  const response = await ask('theme=dark; session=s1');
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const token = await response.text();

  const backend = createFakeBackend();
  const { subdomain, appId } = backend.account;
  const login = await backend.fetch(`https://${subdomain}.zendesk.com/sc/sdk/v2/apps/${appId}/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: '42' }),
  });
  expect(login.status).toBe(200);
  expect(backend.requests).toMatchObject([{ kind: 'login', status: 200, externalId: '42' }]);
  const { exp, iat } = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')));
  expect(exp - iat).toBe(900);

  for (const cookie of ['', 'session=s2', 'other_session=s1']) {
    const refusal = await ask(cookie);
    expect([refusal.status, await refusal.text()]).toEqual([204, '']);
    expect(refusal.headers.get('cache-control')).toBe('no-store');
  }
  expect((await ask('session=s1', 'GET')).status).toBe(405);
  for (const [site, status] of [
    ['same-origin', 200],
    ['same-site', 403],
    ['cross-site', 403],
    ['none', 403],
  ] as const) {
    expect((await ask('session=s1', 'POST', { 'sec-fetch-site': site })).status).toBe(status);
  }
});

it('the command prints the output that the page shows', () => {
  const [, args, output] = /^\$ npx zendesk-messenger-auth (.*?)\n(.*)$/s.exec(blockWith('$ npx'))!;
  const { stdout, status } = spawnSync(execPath, ['dist/cli.js', ...args!.split(' ')], { encoding: 'utf8' });
  expect(stdout).toBe(output);
  expect(status).toBe(1);
});

it('every command on the pages has options that exist', () => {
  const help = execFileSync(execPath, ['dist/cli.js', 'inspect', '--help'], { encoding: 'utf8' });
  const commands = BLOCKS.flatMap(({ language, code }) => (language === 'sh' ? (code.match(/^npx .*$/gm) ?? []) : []));
  expect(commands.length).toBeGreaterThan(2);
  for (const command of commands) {
    expect(command).toMatch(/^npx zendesk-messenger-auth inspect /);
    for (const [option] of command.matchAll(/--[\w-]+/g)) expect(help).toContain(option);
  }
});

const chromium = findEngines({ ...process.env, BROWSERS: 'chromium' }).paths.get('chromium');

interface Site {
  /** Who is signed in to it. */
  user: string | undefined;
  /** What its tokens say beside the usual. */
  claims: Record<string, unknown>;
  /** The files that it was asked for. */
  readonly requested: string[];
  /** The CSRF token of the last token request. */
  csrf: string | string[] | undefined;
}

/** A block of the documentation as a page of a site, and a browser. */
async function startSite(html: string, files: Readonly<Record<string, string>>, policy?: string) {
  const site: Site = { user: '42', claims: {}, requested: [], csrf: undefined };
  const server = createServer(({ method, url, headers }, response) => {
    if (policy) response.setHeader('content-security-policy', policy);
    const nowS = Math.floor(Date.now() / 1000);
    const claims = { scope: 'user', external_id: site.user, iat: nowS, exp: nowS + 900, ...site.claims };
    if (url === '/') response.setHeader('content-type', 'text/html').end(`<!doctype html><body>${html}`);
    else if (files[url!]) {
      site.requested.push(url!);
      response.setHeader('content-type', 'text/javascript').end(files[url!]);
    } else if (`${method} ${url}` === 'POST /zendesk-token') {
      site.csrf = headers['x-csrf-token'];
      site.user ? response.end(signToken(claims, FAKE_ACCOUNT)) : response.writeHead(401).end();
    } else if (`${method} ${url}` === 'POST /sign-out') {
      site.user = undefined;
      response.end('Signed out');
    } else response.writeHead(404).end();
  });
  await once(server.listen(0), 'listening');
  closing.push(() => server.close());
  const browser = await launchChromium(chromium!);
  closing.unshift(() => browser.close());

  const page = await browser.newPage();
  return { page, site, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

/** Opens the page, with the fake in the place of Zendesk. */
async function openPage(
  html: string,
  key: string,
  files: Readonly<Record<string, string>>,
  policy?: string,
  backend = createFakeBackend({ key }),
) {
  const { page, site, url } = await startSite(html, files, policy);
  await fakeZendesk(page, backend);
  await page.goto(url);
  return { page, site };
}

const TAG = blockWith('<script\n  src="/zendesk-messenger-auth');
const KEY = /data-key="(.*?)"/.exec(TAG)![1]!;
const { unpkg } = JSON.parse(readFileSync('package.json', 'utf8')) as { unpkg: string };
const LIBRARY = { '/zendesk-messenger-auth.iife.min.js': readFileSync(unpkg, 'utf8') };
const SIGN_IN = 'zendeskMessenger.login().then(({ status, externalId }) => ({ status, externalId }))';
const VISITOR = 'fakeZendeskMessenger.visitor';

it.skipIf(!chromium)('the script tag signs in, in a browser where the fake answers for Zendesk', async () => {
  const { page } = await openPage(TAG, KEY, LIBRARY);
  expect(await page.evaluate(SIGN_IN)).toEqual({ status: 'signed-in', externalId: '42' });
  expect(await page.evaluate(VISITOR)).toEqual({ kind: 'user', externalId: '42' });
  // What the documentation says next.
  await page.evaluate(blockWith('await window.zendeskMessenger.logout').replace('await ', ''));
  expect(await page.evaluate(VISITOR)).toEqual({ kind: 'none' });
});

it.skipIf(!chromium)('the script tag with a nonce signs in where only the nonce allows scripts', async () => {
  const html = blockWith('<script\n  nonce="');
  const nonce = /nonce="(.*?)"/.exec(html)![1]!;
  const { page } = await openPage(html, KEY, LIBRARY, `script-src 'nonce-${nonce}' 'strict-dynamic'`);
  expect(await page.evaluate(SIGN_IN)).toEqual({ status: 'signed-in', externalId: '42' });
});

it.skipIf(!chromium)('a messenger that the page creates itself has the nonce, and sends the CSRF token', async () => {
  const html = `<meta name="csrf-token" content="abc">
      <script src="/zendesk-messenger-auth.iife.min.js" nonce="n" defer></script>
      <script src="/zendesk.js" nonce="n" defer></script>`;
  const files = { ...LIBRARY, '/zendesk.js': blockWith('// zendesk.js') };
  const { page, site } = await openPage(html, KEY, files, "script-src 'nonce-n'");
  expect(await page.evaluate(SIGN_IN)).toEqual({ status: 'signed-in', externalId: '42' });
  expect(site.csrf).toBe('abc');
});

const FORM = blockWith('<form id="sign-out"');
const SIGN_OUT = { '/sign-out.js': blockWith('// sign-out.js') };

it.skipIf(!chromium)(
  'the sign-out form signs out of Zendesk before it leaves the page, also if the answer takes half a second',
  async () => {
    const backend = createFakeBackend({ key: KEY });
    const { page, site } = await openPage(TAG + FORM, KEY, { ...LIBRARY, ...SIGN_OUT }, undefined, backend);
    await page.evaluate(SIGN_IN);
    backend.answerNext('logout', { delayMs: 500 });
    let visitor: unknown;
    page.on('request', (request) => {
      // Read by the page that is about to be left.
      if (request.url().endsWith('/sign-out'))
        visitor = backend.requests.map(({ kind, status }) => `${kind} ${status}`);
    });
    await Promise.all([page.waitForNavigation(), page.click('#sign-out button')]);
    expect(visitor).toContain('logout 200');
    expect(site.user).toBe(undefined);
  },
);

it.skipIf(!chromium).each([
  ["Zendesk's script", LIBRARY],
  ["the library's file", {}],
])('the sign-out form also signs out of the site when %s is blocked', async (_, library) => {
  const policy = "script-src 'self'";
  const { page, site } = await openPage(TAG + FORM, KEY, { ...library, ...SIGN_OUT }, policy);
  await Promise.all([page.waitForNavigation(), page.click('#sign-out button')]);
  expect(page.url()).toMatch(/\/sign-out$/);
  expect(site.user).toBe(undefined);
});

it.skipIf(!chromium)(
  'the plain page signs in, shows the status, and signs out; it has the doctor when a sign-in fails',
  async () => {
    const html = blockWith('<script type="module">');
    const key = /key: '(.*?)'/.exec(html)![1]!;
    const [, name] = /from '(.*?)'/.exec(html)!;
    const doctor = name!.replace('index.js', 'explain.js');
    const { page, site } = await openPage(html, key, {
      [name!]: readFileSync('dist/index.js', 'utf8'),
      [doctor]: readFileSync('dist/explain.js', 'utf8'),
    });
    const until = (status: string) =>
      page.waitForFunction((wanted) => document.getElementById('status')!.textContent === wanted, {}, status);
    await until('signed-in');
    expect(await page.evaluate('fakeZendeskMessenger.visitor')).toEqual({ kind: 'user', externalId: '42' });
    await page.click('#sign-out');
    await until('signed-out');
    // The status changes at once, and the messenger's sign-out takes as long as its server call.
    await page.waitForFunction("fakeZendeskMessenger.visitor.kind === 'none'");
    expect(site.user).toBe(undefined);

    expect(site.requested).toEqual([name]);
    Object.assign(site, { user: '42', claims: { scope: 'wrong' } });
    await page.reload();
    await until('failed');
    expect(site.requested).toContain(doctor);
  },
);

it.skipIf(!chromium)('the browser test of the documentation passes with the plain page', async () => {
  const html = blockWith('<script type="module">');
  const { page, site, url } = await startSite(html, {
    '/zendesk-messenger-auth/index.js': readFileSync('dist/index.js', 'utf8'),
  });
  const code = blockWith("import { fakeZendesk } from './fake-zendesk'")
    .replace(/^import .*/gm, '')
    .replace('http://localhost:3000', url);
  const run = runInThisContext(`async ({ page, fakeZendesk, createFakeBackend, expect }) => {${code}}`) as (
    given: object,
  ) => Promise<void>;
  await run({ page, fakeZendesk, createFakeBackend, expect });
  expect(site.user).toBe(undefined);
});
