// @vitest-environment jsdom
// The script tag's own code, with a tag as the browser has it while the script runs.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Messenger } from '../../src/index.js';

const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const page = window as unknown as { zendeskMessenger?: Messenger | undefined };

beforeEach(() => {
  vi.resetModules();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.stubGlobal('fetch', () => new Promise(() => {}));
});

afterEach(() => {
  page.zendeskMessenger?.destroy();
  delete page.zendeskMessenger;
  Object.defineProperty(document, 'currentScript', { configurable: true, value: null });
  document.head.replaceChildren();
  history.replaceState(null, '', '/');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Runs the script. Returns what it writes to the console. */
async function run(attributes: string, type = ''): Promise<{ warnings: unknown[]; errors: unknown[] }> {
  const holder = document.createElement('template');
  holder.innerHTML = `<script ${type} ${attributes}></script>`;
  const tag = holder.content.firstChild as HTMLScriptElement;
  if (type) {
    // Only looked at: jsdom does not run scripts.
    tag.setAttribute('src', '/zendesk-messenger-auth.iife.min.js');
    document.head.append(tag);
  } else Object.defineProperty(document, 'currentScript', { configurable: true, value: tag });
  await import('../../src/global.js');
  const said = (level: 'warn' | 'error') =>
    vi.mocked(console[level]).mock.calls.map(([prefix, text]) => [prefix, text].join(' '));
  return { warnings: said('warn'), errors: said('error') };
}

const say = (...texts: string[]) => texts.map((text) => `zendesk-messenger-auth: ${text}`);

it('starts with a key and a URL, and says nothing', async () => {
  const attributes = `data-key="${KEY}" data-token-url="/t" data-cookieconsent="preferences" data-turbo-track="reload"`;
  expect(await run(attributes)).toEqual({ warnings: [], errors: [] });
  expect(page.zendeskMessenger!.getSnapshot().status).toBe('signing-in');
});

it('says nothing without attributes, and starts nothing', async () => {
  expect(await run('')).toEqual({ warnings: [], errors: [] });
  expect(page.zendeskMessenger).toBeUndefined();
});

it('starts in spite of a misspelt attribute, and warns', async () => {
  expect(await run(`data-key="${KEY}" data-token-url="/t" data-visiblity="signed-in"`)).toEqual({
    warnings: say('data-visiblity is unknown. Use data-visibility.'),
    errors: [],
  });
  expect(page.zendeskMessenger).toBeDefined();
});

it.each([
  ['data-token-url="/t"', 'data-key is missing. Add it.'],
  [`data-key="${KEY}"`, 'data-token-url is missing. Add it.'],
  [`data-key="${KEY}" data-token-url=""`, 'data-token-url is missing. Add it.'],
  ['data-key="5" data-token-url="/t"', 'An option is wrong (data-key must be a UUID). Correct it. [invalid_option]'],
  [
    `data-key="${KEY}" data-token-url="/t" data-visibility="never"`,
    'An option is wrong (data-visibility must be always or signed-in). Correct it. [invalid_option]',
  ],
  [
    `data-key="${KEY}" data-token-url="/t" data-consent=""`,
    'An option is wrong (data-consent must be a string). Correct it. [invalid_option]',
  ],
])('starts nothing, throws nothing, and names the attribute: %s', async (attributes, text) => {
  expect(await run(attributes)).toEqual({ warnings: [], errors: say(text) });
  expect(page.zendeskMessenger).toBeUndefined();
});

it('names both attributes if the key is misspelt', async () => {
  expect(await run(`data-keys="${KEY}" data-token-url="/t"`)).toEqual({
    warnings: say('data-keys is unknown. Use data-key.'),
    errors: say('data-key is missing. Add it.'),
  });
});

it('says that it is not a module', async () => {
  const { errors } = await run(`data-key="${KEY}" data-token-url="/t"`, 'type="module"');
  expect(errors).toEqual(say('This file is not a module. Remove type="module".'));
  expect(page.zendeskMessenger).toBeUndefined();
});

it("ignores another's module with a key, and a bundle without a tag", async () => {
  Object.defineProperty(document, 'currentScript', { configurable: true, value: null });
  document.head.innerHTML = '<script type="module" data-key="5" src="/maps.js"></script>';
  await import('../../src/global.js');
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
});

const DEVTOOLS = 'script[src$="/zendesk-messenger-auth.devtools.iife.min.js"]';
const TAG = `src="/zendesk-messenger-auth.iife.min.js" data-key="${KEY}" data-token-url="/t"`;

it.each(['?zendesk-debug', '?a=1&zendesk-debug', '?zendesk-debug=1&b=2'])(
  'loads the devtools where the tag allows it and the URL asks for them: %s',
  async (search) => {
    history.replaceState(null, '', `/${search}`);
    expect(await run(`${TAG} data-debug="allow"`)).toEqual({ warnings: [], errors: [] });
    expect(document.head.querySelectorAll(DEVTOOLS)).toHaveLength(1);
  },
);

it.each([
  ['', '?zendesk-debug'],
  ['data-debug="allow"', ''],
  ['data-debug="allow"', '?zendesk-debugger'],
  ['data-debug="allow"', '?q=zendesk-debug'],
  ['data-debug="allow"', '#zendesk-debug'],
])('loads no devtools with %j and the URL %j', async (attribute, search) => {
  history.replaceState(null, '', `/${search}`);
  expect(await run(`${TAG} ${attribute}`)).toEqual({ warnings: [], errors: [] });
  expect(page.zendeskMessenger).toBeDefined();
  expect(document.querySelectorAll('script[src*="devtools"]')).toHaveLength(0);
});

it.each(['', 'true', 'Allow'])('says that data-debug cannot be %j, and loads no devtools', async (value) => {
  history.replaceState(null, '', '/?zendesk-debug');
  const { warnings } = await run(`${TAG} data-debug="${value}"`);
  expect(warnings).toEqual(say('data-debug must be allow.'));
  expect(page.zendeskMessenger).toBeDefined();
  expect(document.querySelectorAll('script[src*="devtools"]')).toHaveLength(0);
});

it('says that the devtools are missing', async () => {
  history.replaceState(null, '', '/?zendesk-debug');
  await run(`${TAG} data-debug="allow"`);
  document.head.querySelector(DEVTOOLS)!.dispatchEvent(new Event('error'));
  await vi.waitFor(() => expect(console.error).toHaveBeenCalledTimes(1));
  expect(String(vi.mocked(console.error).mock.calls[0]![1])).toMatch(
    /zendesk-messenger-auth\.devtools\.iife\.min\.js$/,
  );
});
