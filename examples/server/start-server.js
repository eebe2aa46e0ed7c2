// The example's server: a small site with its own sign-in, its token endpoint, and the fake messenger's backend.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDemo, USERS } from './demo.js';
import { answerAsZendesk, isForZendesk } from './fake-zendesk.js';

const DIST = new URL('../../dist/', import.meta.url);
const PAGES = new URL('../', import.meta.url);
// The apps that the documentation site has, too, in a folder of the same name.
const APPS = JSON.parse(readFileSync(new URL('apps.json', PAGES), 'utf8')).map(({ folder }) => folder);
const NEEDED = [
  'index.js',
  'devtools.js',
  'inspect.js',
  'server.js',
  'testing.js',
  'zendesk-messenger-auth.iife.min.js',
  'fake-snippet.iife.js',
];
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export async function startServer({ port = 8080, env = {} } = {}) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be a number from 0 to 65535.');
  if (NEEDED.some((name) => !existsSync(new URL(name, DIST)))) {
    throw new Error('dist/ is missing or incomplete. Run "npm run build" first, or use "npm run example".');
  }
  const zendesk = readAccount(env);
  const mode = zendesk ? 'real' : 'fake';
  // The example uses the built files. They are imported here, after the check that they exist.
  const { createFakeBackend } = await import(new URL('testing.js', DIST).href);
  const serverHalf = await import(new URL('server.js', DIST).href);
  const clock = { aheadMs: 0, nowMs: () => Date.now() + clock.aheadMs };
  const backend = zendesk ? undefined : createFakeBackend({ now: clock.nowMs });
  const account = zendesk ?? backend.account;
  const demo = createDemo({ account, backend, clock, serverHalf });

  async function answer(request, response) {
    // Without this check, another site's host name that points to this computer (DNS rebinding) would get tokens.
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
      return end(response, 403, 'Open this page as http://localhost.');
    }
    const { pathname } = new URL(request.url, 'http://localhost');
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    // The same clock that iat and exp use. The library compares it with the visitor's clock.
    response.setHeader('date', new Date(clock.nowMs()).toUTCString());
    if (demo.answers(pathname)) {
      // No GET, so that no link can request a token and no cache can answer. No OPTIONS, so that no other site can ask.
      if (request.method !== 'POST') return endNotAllowed(response, 'POST');
      return demo.answer(pathname, request, response);
    }
    if (backend && isForZendesk(pathname)) return answerAsZendesk(backend, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return endNotAllowed(response, 'GET, HEAD');
    if (backend && pathname === '/fake/snippet.js') return sendFile(response, new URL('fake-snippet.iife.js', DIST));
    // Browsers request it, and a 404 would look like an error in the page.
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    // Earlier versions had the doctor there.
    if (pathname === '/doctor.html') return redirect(response, '/doctor/');
    if (APPS.includes(pathname.slice(1))) return redirect(response, `${pathname}/`);
    // Only names in the folder's listing are served, so no path leads out of the folder or into server/.
    const [, folder, file = 'index.html'] = /^\/(?:([\w-]+)\/)?([\w-]+(?:\.[\w-]+)+)?$/.exec(pathname) ?? ['', '', ''];
    const base = findFolder(folder);
    if (!base || !(await readdir(base)).includes(file)) return end(response, 404, 'Not found');
    if (APPS.includes(folder) && extname(file) === '.html') return sendApp(response, new URL(file, base));
    if (extname(file) === '.html') return sendPage(request, response, file);
    return sendFile(response, new URL(file, base));
  }

  async function sendPage(request, response, name) {
    const nonce = randomBytes(16).toString('base64');
    const user = demo.userOf(request);
    const values = {
      key: account.key,
      nonce,
      demo: JSON.stringify({ mode, user, users: USERS, ...demo.settings() }),
      // The fake messenger's tag is in the HTML, and the library uses it. The library inserts the real messenger's tag itself.
      snippet: backend ? `<script id="ze-snippet" src="/fake/snippet.js?key=${account.key}" async></script>` : '',
    };
    const template = await readFile(new URL(name, PAGES), 'utf8');
    const html = template.replace(/\{\{(\w+)\}\}/g, (_, key) =>
      key === 'snippet' ? values[key] : escape(values[key]),
    );
    response.setHeader('content-security-policy', policy(mode, nonce));
    end(response, 200, html, 'text/html');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else end(response, 500, 'Internal error');
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is in use. Set PORT to another port, such as "PORT=8081 npm run example".`)
          : error,
      );
    });
    // Only on this computer, because anyone who can reach the token endpoint can sign in and get a token.
    server.listen(port, 'localhost', resolve);
  });
  const { port: actualPort } = server.address();
  return {
    url: `http://localhost:${actualPort}`,
    port: actualPort,
    mode,
    backend,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The account from the environment, or `undefined`. */
function readAccount(env) {
  const names = ['ZENDESK_KEY', 'ZENDESK_KEY_ID', 'ZENDESK_SECRET'];
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    throw new Error(`${missing.join(' and ')} must be set, too. Set all of ${names.join(', ')}, or none of them.`);
  }
  const [key, keyId, secret] = names.map((name) => env[name]);
  if (!/^[\da-f-]{36}$/i.test(key)) throw new Error('ZENDESK_KEY must be the UUID in your Zendesk snippet.');
  return { key, keyId, secret };
}

function findFolder(name) {
  if (name === 'dist') return DIST;
  return APPS.includes(name) ? new URL(`${name}/`, PAGES) : name === undefined ? PAGES : undefined;
}

/**
 * An app's page has its policy in a meta tag, because the host of the documentation sends none. Here it is a header, too:
 * in a meta tag, frame-ancestors has no effect.
 */
async function sendApp(response, url) {
  const html = await readFile(url, 'utf8');
  const [, own] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  response.setHeader('content-security-policy', `${own ?? "default-src 'none'"}; frame-ancestors 'self'`);
  end(response, 200, html, 'text/html');
}

function redirect(response, location) {
  response.writeHead(302, { location }).end();
}

/**
 * The fake messenger needs only this server. With a nonce, the library could load the real one when it replaces a messenger
 * that has another user. The real messenger needs Zendesk's hosts and inline styles.
 */
function policy(mode, nonce) {
  const common = "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'";
  if (mode === 'fake') return `default-src 'self'; script-src 'self'; ${common}`;
  const hosts = 'https://*.zdassets.com https://*.zendesk.com https://*.smooch.io';
  const calls = 'https://*.ingest.sentry.io https://*.ingest.us.sentry.io https://*.twilio.com';
  const sockets = 'wss://*.zendesk.com wss://api.smooch.io wss://voice-js.roaming.twilio.com';
  return [
    `default-src 'self' ${hosts}`,
    `script-src 'self' 'nonce-${nonce}' ${hosts}`,
    `connect-src 'self' ${hosts} ${calls} ${sockets}`,
    `img-src 'self' ${hosts} https://*.zdusercontent.com blob: data:`,
    `media-src 'self' ${hosts}`,
    "style-src 'self' 'unsafe-inline'",
    common,
  ].join('; ');
}

async function sendFile(response, url) {
  end(response, 200, await readFile(url), TYPES[extname(fileURLToPath(url))] ?? 'text/plain');
}

function end(response, status, body, type = 'text/plain') {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

function endNotAllowed(response, allowed) {
  response.setHeader('allow', allowed);
  end(response, 405, 'Method not allowed');
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
