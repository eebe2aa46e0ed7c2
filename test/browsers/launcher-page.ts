// A page with the launcher, as a site has it: the messenger's module is imported when the launcher asks for it.
import { expect } from 'vitest';
import { defineCreateMessenger, startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

interface LauncherPageOptions {
  /** Options of createLauncher, as JavaScript. */
  readonly options?: string;
  /** Attributes of the root element. */
  readonly html?: string;
  /** More of the head. */
  readonly head?: string;
  readonly body?: string;
  /** The CSP nonce of the page's script tags. */
  readonly nonce?: string;
  /** Options of createMessenger. */
  readonly messenger?: Readonly<Record<string, unknown>>;
}

const TEXT = 'Everything for the garden, from seeds to sheds. We deliver within three days. ';

/** `window.launcher` is the launcher, `window.failures` has what its `onError` got. It signs in `user-1`. */
export function launcherPage({
  options = '',
  html = 'lang="en"',
  head = '',
  body = `<main><h1>A shop</h1><p>${TEXT.repeat(8)}</p></main>`,
  nonce = '',
  messenger,
}: LauncherPageOptions = {}): string {
  return `<!doctype html><html ${html}><head><title>A site</title><link rel="icon" href="data:,">
    <meta name="viewport" content="width=device-width">${head}
    <script nonce="${nonce}">
      // The launcher's own limits of 10 and 15 s end a test on a machine that is ten times too busy. test/launcher has them.
      const { setTimeout } = window;
      window.setTimeout = (run, ms, ...args) =>
        setTimeout.call(window, run, ms === 10_000 || ms === 15_000 ? 120_000 : ms, ...args);
    </script>
    <script nonce="${nonce}" type="module">
      import { createLauncher } from '/dist/launcher.js';
      async function load() {
        const library = await import('/dist/index.js');
        ${defineCreateMessenger('library')}
        ${startMessenger('messenger', messenger)}
        return messenger;
      }
      window.failures = [];
      window.launcher = createLauncher({
        label: 'Support',
        load,
        signIn: (messenger) => messenger.setUser('user-1'),
        fallback: { label: 'Write to us', href: '/contact' },
        onError: (error) => window.failures.push(error.code ?? String(error)),
        ${options}
      });
    </script></head><body>${body}</body></html>`;
}

/** What the visitor has of the launcher. */
export function look({ evaluate }: Visit): Promise<{ state: string; note: string; focus: string }> {
  return evaluate(`(() => {
    const { shadowRoot } = launcher.element;
    const { activeElement } = document;
    const inner = activeElement === launcher.element ? shadowRoot.activeElement : activeElement;
    return {
      state: shadowRoot.querySelector('section').className.split(' ')[1],
      note: shadowRoot.querySelector('p').textContent,
      focus: inner.id || inner.localName,
    };
  })()`) as Promise<{ state: string; note: string; focus: string }>;
}

export const untilState = (visit: Visit, state: string) =>
  eventually(async () => expect(await look(visit)).toMatchObject({ state }));

export async function openLauncherPage(
  visit: Visit,
  options?: LauncherPageOptions,
  headers?: Readonly<Record<string, string>>,
): Promise<void> {
  await visit.open(launcherPage(options), headers);
  await untilReady(visit);
}

/** The page's module runs after the page is there. */
export const untilReady = ({ evaluate }: Visit) =>
  eventually(async () => expect(await evaluate(`'launcher' in window && launcher.element.isConnected`)).toBe(true));

/** Presses the button by script, in every engine. */
export const press = ({ evaluate }: Visit) =>
  evaluate(`launcher.element.shadowRoot.querySelector('button').click()`) as Promise<void>;

/** The requests for Zendesk's hosts. */
export const zendeskUrls = ({ urls }: Visit) => urls.filter((url) => /zdassets|zendesk\.com/.test(new URL(url).host));

/** Whether the page has requested the module of the library. */
export const hasAskedForModule = ({ urls }: Visit) => urls.some((url) => url.endsWith('/dist/index.js'));
