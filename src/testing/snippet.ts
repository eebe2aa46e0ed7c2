// What the real snippet does when it runs: a stub, the configuration, a messenger [M 1–5].
import type { FakeBuild } from './account.js';
import { isReadable } from './api-client.js';
import { createSurroundings, type FakeWindow, type MessengerSettings, type Surroundings } from './environment.js';
import type { FakeMessenger } from './fake-messenger.js';
import { pageOf } from './page.js';
import { pageGlobals } from './page-globals.js';
import { ensureStub } from './stub.js';
import type { WidgetConfig } from './widget.js';

/** The id without which the snippet does not work [M 2]. */
export const SNIPPET_ID = 'ze-snippet';

/** Where and how the snippet runs. */
export interface SnippetEnvironment extends MessengerSettings {
  /** The window to boot in. */
  readonly window: FakeWindow;
  /** The script tag that is running; its `src` holds the key. */
  readonly tag: HTMLScriptElement | null;
}

/**
 * Does what the real snippet does when its script runs, once for each call. It dispatches no `load` event, that is the browser's;
 * it throws nothing, and it does nothing on a page where a messenger was booted before [M 7].
 *
 * Returns the window's messenger, which is the same for all calls, and live when the configuration has arrived.
 */
export function runSnippet(environment: SnippetEnvironment): FakeMessenger {
  const { window, tag } = environment;
  const page = pageOf(window);
  const globals = pageGlobals(window);
  const src = tag === null || tag.id !== SNIPPET_ID ? undefined : new URL(tag.src, window.location.href);
  const key = src?.searchParams.get('key');
  if (src === undefined || !key) {
    window.console.error(`Zendesk snippet: a script with the id "${SNIPPET_ID}" and a key in its src is needed`);
    return page.messenger;
  }
  if (globals.zEACLoaded) return page.messenger;
  ensureStub(window);
  const surroundings = createSurroundings(window, environment);
  // Every failure on this way is silent [M 3].
  void compose(surroundings, composeUrl(src, key)).then(async (config) => {
    if (config === undefined) return;
    // Never sooner than in a later task, however fast the backend is: a second tag of the same moment must get its chance [M 7].
    await surroundings.wait(0);
    globals.zEACLoaded = true;
    if (environment.bootDelayMs) await surroundings.wait(environment.bootDelayMs);
    await bodyOf(window);
    page.boot({ ...config, build: environment.build ?? config.build }, environment);
  });
  return page.messenger;
}

// Served from anywhere but Zendesk's own address, the configuration is at the same origin: an example needs one server only.
function composeUrl(src: URL, key: string): string {
  const origin = src.host === 'static.zdassets.com' ? 'https://ekr.zdassets.com' : src.origin;
  return `${origin}/compose/${encodeURIComponent(key)}`;
}

async function compose({ window, fetch }: Surroundings, url: string): Promise<WidgetConfig | undefined> {
  try {
    const { origin } = window.location;
    const response = await fetch(url, { headers: { origin } });
    if (!response.ok || !isReadable(response, url, origin)) return undefined;
    const { build, baseUrl, appId } = (await response.json()) as Record<string, unknown>;
    if (typeof baseUrl !== 'string' || typeof appId !== 'string') return undefined;
    return { build: build as FakeBuild, baseUrl, appId };
  } catch {
    return undefined;
  }
}

function bodyOf({ document }: FakeWindow): Promise<void> {
  if (document.body !== null) return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
}
