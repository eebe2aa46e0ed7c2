// Does the same as the real snippet when it runs: creates a stub, loads the configuration, starts a messenger [M 1–5].
import type { FakeBuild } from './account.js';
import { isReadable } from './api-client.js';
import { createEnvironment, type Environment, type FakeWindow, type MessengerSettings } from './environment.js';
import type { FakeMessenger } from './fake-messenger.js';
import type { FakeHistory } from './history.js';
import { getPage } from './page.js';
import { getGlobals, type PageGlobals } from './page-globals.js';
import { ensureStub } from './stub.js';
import type { WidgetConfig } from './widget.js';

/** The id of the snippet's tag. The snippet does not work without it [M 2]. */
export const SNIPPET_ID = 'ze-snippet';

/** The options of {@link runSnippet}. */
export interface SnippetEnvironment extends MessengerSettings {
  /** The window in which the messenger starts. */
  readonly window: FakeWindow;
  /** The script tag that is running. Its `src` contains the key. */
  readonly tag: HTMLScriptElement | null;
}

/**
 * Runs the fake snippet once, without waiting for a script tag. Most tests use {@link installFakeMessenger} instead.
 *
 * Does not dispatch a `load` event, because the browser does that. Never throws. Does nothing on a page where a
 * messenger has already booted [M 7]. Returns the window's messenger, which is the same for all calls. The messenger
 * goes live after its configuration has arrived.
 *
 * @param options - the window, the script tag and the settings of the messenger
 */
export function runSnippet(options: SnippetEnvironment): FakeMessenger {
  const { window, tag } = options;
  const page = getPage(window);
  const globals = getGlobals(window);
  const src = tag === null || tag.id !== SNIPPET_ID ? undefined : new URL(tag.src, window.location.href);
  const key = src?.searchParams.get('key');
  if (src === undefined || !key) {
    window.console.error(`Zendesk snippet: a script with the id "${SNIPPET_ID}" and a key in its src is needed`);
    return page.messenger;
  }
  // The only read. A page may count the reads, so that a second snippet does not start a second messenger [M 79].
  if (globals.zEACLoaded) return page.messenger;
  ensureStub(window);
  const environment = createEnvironment(window, options);
  // All failures from here on are silent, as in the real snippet [M 3], except for a key that the fake does not have.
  void fetchConfiguration(environment, createConfigurationUrl(src, key), key).then(async (config) => {
    if (config === undefined) return;
    // Always continue in a later task, even if the backend is very fast. A second tag that was inserted at the same
    // time must run, too [M 7].
    await environment.wait(0);
    if (page.isRemoved) return;
    markLoaded(globals);
    if (options.bootDelayMs) await environment.wait(options.bootDelayMs);
    await waitForBody(window);
    if (!page.isRemoved) page.boot({ ...config, build: options.build ?? config.build }, options);
  });
  return page.messenger;
}

// The page may have defined an accessor without a setter, and modules are strict [M 79].
function markLoaded(globals: PageGlobals): void {
  try {
    globals.zEACLoaded = true;
  } catch {
    // The page decides.
  }
}

// If the script was not loaded from Zendesk's own host, the configuration is at the same origin. So an example needs
// only one server.
function createConfigurationUrl(src: URL, key: string): string {
  const origin = src.host === 'static.zdassets.com' ? 'https://ekr.zdassets.com' : src.origin;
  return `${origin}/compose/${encodeURIComponent(key)}`;
}

async function fetchConfiguration(
  { window, fetch }: Environment,
  url: string,
  key: string,
): Promise<WidgetConfig | undefined> {
  try {
    const { origin } = window.location;
    const response = await fetch(url, { headers: { origin } });
    if (!isReadable(response, url, origin)) return undefined;
    if (!response.ok) return await reportOtherKey(window, key, response);
    const { build, baseUrl, appId, integrationId, history } = (await response.json()) as Record<string, unknown>;
    if (typeof baseUrl !== 'string' || typeof appId !== 'string' || typeof integrationId !== 'string') return undefined;
    return { build: build as FakeBuild, baseUrl, appId, integrationId, history: history as FakeHistory };
  } catch {
    return undefined;
  }
}

/** The one failure that the real snippet does not have: the test gave the fake another key than the page uses. */
async function reportOtherKey(window: FakeWindow, key: string, response: Response): Promise<undefined> {
  const { fakeKey } = (await response.json()) as { readonly fakeKey?: string };
  if (fakeKey === undefined) return;
  window.console.error(
    `Fake messenger: the page uses the key ${key}, but the fake has the key ${fakeKey}, so no messenger starts. ` +
      `Pass the page's key: createFakeBackend({ key: '${key}' }).`,
  );
}

function waitForBody({ document }: FakeWindow): Promise<void> {
  if (document.body !== null) return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
}
