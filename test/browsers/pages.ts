// The pages that the tests serve: HTML with the built library in it, as a site has it.
import { FAKE_ACCOUNT } from '../../src/testing/index.js';

/** The ways to get the library into a page without a bundler. */
export const LIBRARIES = ['IIFE', 'ESM'] as const;
export type LibraryFile = (typeof LIBRARIES)[number];

export const BUILDS = ['B25', 'B26'] as const;

export const KEY = FAKE_ACCOUNT.key;

/**
 * The lifetime of a token that a test waits for, in seconds: it is renewed after a third to a half of it. A page must not
 * need longer to start, even on a machine that is ten times too busy.
 */
export const SHORT_S = 15;

// The library's own limits end a test on a machine that is ten times too busy. A test of a limit sets it.
const PATIENT = '{ loadTimeoutMs: 60_000, tokenTimeoutMs: 60_000, loginTimeoutMs: 60_000 }';

interface PageOptions {
  /** Options of createMessenger besides the key and the token's URL, as JSON has them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** HTML before the library's script. */
  readonly before?: string;
  /** HTML after it. */
  readonly after?: string;
  /** The CSP nonce of the page's script tags. */
  readonly nonce?: string;
}

/** A page that makes `window.messenger` and leaves the rest to the test. */
export function pageWith(library: LibraryFile, { options, before = '', after = '', nonce }: PageOptions = {}): string {
  return htmlPage(before + libraryScript(library, startMessenger('messenger', options), nonce) + after);
}

export function htmlPage(body: string): string {
  return `<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,"><body>${body}`;
}

/** Defines `createMessenger` with the tests' own limits, of the exports that the expression stands for. */
export const defineCreateMessenger = (exports: string): string =>
  `const createMessenger = (options) => ${exports}.createMessenger({ ...${PATIENT}, ...options });`;

/** A script with `createMessenger` in scope. */
export function libraryScript(library: LibraryFile, script: string, nonce = ''): string {
  return library === 'ESM'
    ? `<script nonce="${nonce}" type="module">import * as library from '/dist/index.js'; ${defineCreateMessenger('library')} ${script}</script>`
    : `<script nonce="${nonce}" src="/dist/zendesk-messenger-auth.iife.min.js"></script>
       <script nonce="${nonce}">{ ${defineCreateMessenger('ZendeskMessengerAuth')} ${script} }</script>`;
}

/** Makes a messenger, kept on the window under this name; its events are noted in `window.events`. */
export function startMessenger(name: string, options?: Readonly<Record<string, unknown>>): string {
  const all = JSON.stringify({ key: KEY, tokenUrl: '/zendesk-token', ...options });
  return `window.events ??= [];
    window.${name} = createMessenger({ ...${all}, onEvent: (event) => window.events.push(event) });`;
}
