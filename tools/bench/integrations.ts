// Pages that sign a visitor in, each as its documentation shows. `signIn` is a promise of Zendesk's answer.
import { build } from 'esbuild';
import { SNIPPET } from '../../src/browser/script-tag.js';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';

const KEY = FAKE_ACCOUNT.key;
const ADDRESS = SNIPPET + KEY;
const FETCH_TOKEN = `fetch('/zendesk-token', { method: 'POST' }).then((response) => response.text())`;
const ATTRIBUTES = `data-key="${KEY}" data-token-url="/zendesk-token"`;
const WAIT = 'window.signIn = zendeskMessenger.login().then(() => null)';
const LIBRARY = `<script src="/zendesk-messenger-auth.iife.min.js" ${ATTRIBUTES} defer></script>
  <script defer src="/wait.js"></script>`;

/** The lines for the page's head that the documentation recommends. */
export const headLines = (key: string, subdomain: string) =>
  `<link rel="preload" as="script" href="${SNIPPET}${key}">
  <link rel="preconnect" href="https://${subdomain}.zendesk.com" crossorigin>`;
const LINES = headLines(KEY, FAKE_ACCOUNT.subdomain);

export interface Integration {
  readonly name: string;
  /** Whether the goals apply to it. */
  readonly isOurs?: true;
  readonly html: string;
  /** The scripts that the page loads from the site. */
  readonly files: Readonly<Record<string, string>>;
}

/** The fastest page possible: it starts every request at once, and calls `loginUser` when the token and the messenger are there. */
export const FLOOR: Integration = {
  name: 'the floor',
  html: page(`<link rel="preconnect" href="https://ekr.zdassets.com" crossorigin>
    <link rel="preconnect" href="https://${FAKE_ACCOUNT.subdomain}.zendesk.com" crossorigin>
    <script id="ze-snippet" src="${ADDRESS}" async></script>
    <script>
      const token = ${FETCH_TOKEN};
      const live = new Promise((resolve) => {
        document.querySelector('#ze-snippet').addEventListener('load', () => zE(resolve));
      });
      window.signIn = Promise.all([token, live]).then(
        ([token]) => new Promise((done) => zE('messenger', 'loginUser', (answer) => answer(token), done)),
      );
    </script>`),
  files: {},
};

/** @param library - the script-tag build */
export async function readIntegrations(library: string): Promise<readonly Integration[]> {
  const files = { '/zendesk-messenger-auth.iife.min.js': library, '/wait.js': WAIT };
  return [
    FLOOR,
    { name: 'this library', isOurs: true, html: page(LIBRARY), files },
    { name: 'with the lines', isOurs: true, html: page(LINES + LIBRARY), files },
    {
      name: 'in the page',
      isOurs: true,
      html: page(`${LINES}<script ${ATTRIBUTES}>${library}</script><script>${WAIT}</script>`),
      files: {},
    },
    {
      // What a site would write by hand: the same start, without renewals and retries.
      name: 'a bare loader',
      html: page('<script src="/bare-loader.js" defer></script>'),
      files: { '/bare-loader.js': BARE_LOADER },
    },
    {
      // developer.zendesk.com/documentation/zendesk-web-widget-sdks/sdks/web: the snippet in the page, then loginUser.
      name: "Zendesk's page",
      html: page(
        '',
        `<script id="ze-snippet" src="${ADDRESS}"></script>
        <script>
          window.signIn = new Promise((done) => {
            zE('messenger', 'loginUser', (callback) => ${FETCH_TOKEN}.then(callback), done);
          });
        </script>`,
      ),
      files: {},
    },
    {
      name: 'react-use-zendesk',
      html: page('<script type="module" src="/react-use-zendesk.js"></script>', '<div id="root"></div>'),
      files: { '/react-use-zendesk.js': await bundle(REACT_USE_ZENDESK) },
    },
  ];
}

const BARE_LOADER = `
  const token = ${FETCH_TOKEN};
  const tag = document.createElement('script');
  Object.assign(tag, { id: 'ze-snippet', src: '${ADDRESS}' });
  const live = new Promise((resolve) => (tag.onload = () => zE(resolve)));
  document.head.append(tag);
  window.signIn = Promise.all([token, live]).then(
    ([token]) => new Promise((done) => zE('messenger', 'loginUser', (answer) => answer(token), done)),
  );
`;

// Its loginUser takes the token's text, and does nothing before the snippet has run. So the page waits for both.
const REACT_USE_ZENDESK = `
  import { createElement, useEffect } from 'react';
  import { createRoot } from 'react-dom/client';
  import { useZendesk, ZendeskProvider } from 'react-use-zendesk';

  let done;
  window.signIn = new Promise((resolve) => (done = resolve));
  const token = ${FETCH_TOKEN};
  const ready = new Promise((resolve) => {
    const timer = setInterval(() => window.zE && (clearInterval(timer), resolve()), 10);
  });

  function SignIn() {
    const { loginUser } = useZendesk();
    useEffect(() => void Promise.all([token, ready]).then(([token]) => loginUser(token, done)), []);
    return null;
  }
  createRoot(document.getElementById('root')).render(
    createElement(ZendeskProvider, { apiKey: '${KEY}' }, createElement(SignIn)),
  );
`;

function page(head: string, body = ''): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
  ${head}</head>
  <body><h1>A shop</h1>${body}</body>
</html>`;
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]!.text;
}
