// A page with the panel of ./devtools, as a site under development has it.
import { expect } from 'vitest';
import { startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

/** What a page may say about every element. Nothing of it may reach the panel. */
const HOSTILE = '* { all: unset; color: red !important; font: 40px serif !important; display: inline !important }';

interface DevtoolsPageOptions {
  /** More of the head. Default: hostile styles. */
  readonly head?: string;
  readonly body?: string;
  readonly nonce?: string;
  /** Options of createMessenger. */
  readonly messenger?: Readonly<Record<string, unknown>>;
  /** Options of mountDevtools, as JavaScript. */
  readonly options?: string;
}

/** `window.messenger` is the messenger, and `window.unmount` removes the panel. */
export function devtoolsPage({
  head,
  body = '<main><h1>A shop</h1><p>Everything for the garden.</p></main>',
  nonce = '',
  messenger,
  options = '{ open: true }',
}: DevtoolsPageOptions = {}): string {
  return `<!doctype html><html lang="en"><head><title>A site</title><link rel="icon" href="data:,">
    <meta name="viewport" content="width=device-width">${head ?? `<style>${HOSTILE}</style>`}
    <script nonce="${nonce}" type="module">
      import { createMessenger } from '/dist/index.js';
      import { mountDevtools } from '/dist/devtools.js';
      ${startMessenger('messenger', messenger)}
      window.mountDevtools = mountDevtools;
      window.unmount = mountDevtools(window.messenger, ${options});
    </script></head><body>${body}</body></html>`;
}

const PANEL = `document.querySelector('zendesk-messenger-devtools')`;
const ROOT = `${PANEL}.shadowRoot`;

export async function openDevtoolsPage(
  visit: Visit,
  options?: DevtoolsPageOptions,
  headers?: Readonly<Record<string, string>>,
): Promise<void> {
  await visit.open(devtoolsPage(options), headers);
  await untilMounted(visit);
}

export const untilMounted = ({ evaluate }: Visit) =>
  eventually(async () => expect(await evaluate(`!!${PANEL}`)).toBe(true));

export const isMounted = ({ evaluate }: Visit) => evaluate(`!!${PANEL}`) as Promise<boolean>;

/** All that the panel shows, with one line for each fact. */
export const readPanel = ({ evaluate }: Visit) =>
  evaluate(`[...${ROOT}.querySelectorAll('.status, .note, .facts, .problems:not([hidden]), ol')]
    .map((node) => [...(node.children.length > 0 ? node.children : [node])].map((child) => child.textContent).join('\\n'))
    .join('\\n')`) as Promise<string>;

/** One fact. */
export const readFact = ({ evaluate }: Visit, name: string) =>
  evaluate(`[...${ROOT}.querySelectorAll('dt')].find((node) => node.textContent === ${JSON.stringify(name)})
    .nextElementSibling.firstElementChild.textContent`) as Promise<string>;

export const readStatus = ({ evaluate }: Visit) =>
  evaluate(`${ROOT}.querySelector('.status').textContent`) as Promise<string>;

export const untilStatus = (visit: Visit, status: string) =>
  eventually(async () => expect(await readStatus(visit)).toBe(status));

/** Presses a button by its name, by script, in every engine. */
export const press = ({ evaluate }: Visit, name: string) =>
  evaluate(`[...${ROOT}.querySelectorAll('button')]
    .find((node) => (node.ariaLabel ?? node.textContent) === ${JSON.stringify(name)} || node.textContent === ${JSON.stringify(name)})
    .click()`) as Promise<void>;

/** The computed style of an element of the panel. */
export const readStyle = ({ evaluate }: Visit, selector: string, name: string) =>
  evaluate(`getComputedStyle(${ROOT}.querySelector('${selector}')).getPropertyValue('${name}')`) as Promise<string>;

/** What has the keyboard focus in the panel. */
export const readFocus = ({ evaluate }: Visit) =>
  evaluate(`${ROOT}.activeElement?.textContent ?? document.activeElement.localName`) as Promise<string>;
