// The pages that the bench measures. Each signs a visitor in, and has Zendesk's answer as the promise `signIn`.
import { build } from 'esbuild';
import { SNIPPET } from '../../src/browser/script-tag.js';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import { longLifePage } from '../../test/browsers/long-life-page.js';
import { htmlPage, KEY } from '../../test/browsers/pages.js';

export interface Integration {
  readonly name: string;
  readonly html: string;
  /** Whether it has this library, so that the goals apply. */
  readonly isOurs?: true;
}

const FETCH_TOKEN = `fetch('/zendesk-token', { method: 'POST' }).then((response) => response.text())`;
const ATTRIBUTES = `data-key="${KEY}" data-token-url="/zendesk-token"`;
const WAIT = 'window.signIn = zendeskMessenger.login().then(() => null)';
const LIBRARY = `<script src="/dist/zendesk-messenger-auth.iife.min.js" ${ATTRIBUTES} defer></script><script defer src="/wait.js"></script>`;

/** The lines for the page's head that the documentation recommends. */
export const headLines = (key: string, subdomain: string) =>
  `<link rel="preload" as="script" href="${SNIPPET}${key}">
  <link rel="preconnect" href="https://${subdomain}.zendesk.com" crossorigin>`;
const LINES = headLines(KEY, FAKE_ACCOUNT.subdomain);

/** What a site writes by hand: calls loginUser when the token and the messenger are there. No renewals, no retries. */
const signInWith = (tag: string) => `
  const token = ${FETCH_TOKEN};
  const tag = ${tag};
  const live = new Promise((resolve) => tag.addEventListener('load', () => zE(resolve)));
  window.signIn = Promise.all([token, live]).then(
    ([token]) => new Promise((done) => zE('messenger', 'loginUser', (answer) => answer(token), done)),
  );`;

/** The fastest page possible: it starts every request at once. */
const FLOOR = `
  <link rel="preconnect" href="https://ekr.zdassets.com" crossorigin>
  <link rel="preconnect" href="https://${FAKE_ACCOUNT.subdomain}.zendesk.com" crossorigin>
  <script id="ze-snippet" src="${SNIPPET}${KEY}" async></script>
  <script>${signInWith(`document.querySelector('#ze-snippet')`)}</script>`;

/** See developer.zendesk.com/documentation/zendesk-web-widget-sdks/sdks/web. */
export const ZENDESK = `
  <script id="ze-snippet" src="${SNIPPET}${KEY}"></script>
  <script>
    window.signIn = new Promise((done) => {
      zE('messenger', 'loginUser', (callback) => ${FETCH_TOKEN}.then(callback), done);
    });
  </script>`;

/** Its loginUser takes the token as text, and does nothing before the snippet has run. So the page waits for both. */
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
  }
  const provider = createElement(ZendeskProvider, { apiKey: '${KEY}' }, createElement(SignIn));
  createRoot(document.querySelector('#root')).render(provider);`;

/** @param library - the script-tag build */
export const listIntegrations = (library: string): readonly Integration[] => [
  { name: 'the floor', html: htmlPage(FLOOR) },
  { name: 'this library', isOurs: true, html: htmlPage(LIBRARY) },
  { name: 'with the lines', isOurs: true, html: htmlPage(LINES + LIBRARY) },
  {
    name: 'in the page',
    isOurs: true,
    html: htmlPage(`${LINES}<script ${ATTRIBUTES}>${library}</script><script>${WAIT}</script>`),
  },
  { name: 'a bare loader', html: htmlPage('<script src="/bare-loader.js" defer></script>') },
  { name: "Zendesk's page", html: htmlPage(ZENDESK) },
  { name: 'react-use-zendesk', html: htmlPage('<div id="root"></div><script type="module" src="/react.js"></script>') },
];

/** Returns the pages by their number, such as `/0`, and the scripts that they load from the site. */
export async function readFiles(library: string): Promise<Map<string, string>> {
  const insertTag = `document.head.appendChild(
    Object.assign(document.createElement('script'), { id: 'ze-snippet', src: '${SNIPPET}${KEY}' }),
  )`;
  const { outputFiles } = await build({
    stdin: { contents: REACT_USE_ZENDESK, resolveDir: '.' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return new Map([
    ...listIntegrations(library).map(({ html }, index) => [`/${index}`, html] as const),
    ['/idle-tab', longLifePage('IIFE')],
    ['/dist/zendesk-messenger-auth.iife.min.js', library],
    ['/wait.js', WAIT],
    ['/bare-loader.js', `{${signInWith(insertTag)}}`],
    ['/react.js', outputFiles[0]!.text],
  ]);
}
