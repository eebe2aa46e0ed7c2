// The documentation's chapters on React, Vue and Svelte run with the real frameworks, and with the fake in the place of Zendesk.
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { JSDOM } from 'jsdom';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Messenger } from '../../src/index.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type FakeWindow,
  type InstalledMessenger,
} from '../../src/testing/index.js';
import { bundleChapter, type Chapter } from './bundle-chapter.js';
import { BLOCKS, blockWith } from './read-docs.js';

interface Page {
  readonly messenger: Messenger;
  /** Puts the component on the page, or gives it another user. */
  show(target: Element, userId?: string): void;
  remove(): void;
}

interface Server {
  readonly messenger: Messenger;
  render(userId: string): string | Promise<string>;
}

const PAGES: Record<Chapter, string> = {
  tsx: `
    import { createElement, StrictMode } from 'react';
    import { createRoot, hydrateRoot } from 'react-dom/client';
    import { Support } from './support';
    let root;
    export function show(target, userId) {
      const page = createElement(StrictMode, null, createElement(Support, { userId }));
      if (root) return root.render(page);
      if (target.hasChildNodes()) return void (root = hydrateRoot(target, page));
      root = createRoot(target);
      root.render(page);
    }
    export const remove = () => root.unmount();`,
  vue: `
    import { createSSRApp, createApp, h, shallowRef } from 'vue';
    import Support from './support';
    const user = shallowRef();
    let app;
    export function show(target, userId) {
      user.value = userId;
      if (app) return;
      app = (target.hasChildNodes() ? createSSRApp : createApp)(() => h(Support, { userId: user.value }));
      app.mount(target);
    }
    export const remove = () => app.unmount();`,
  svelte: `
    import { hydrate, mount, unmount } from 'svelte';
    import { fromStore, writable } from 'svelte/store';
    import Support from './support';
    const store = writable();
    const user = fromStore(store);
    let component;
    export function show(target, userId) {
      store.set(userId);
      const props = { get userId() { return user.current } };
      component ??= (target.hasChildNodes() ? hydrate : mount)(Support, { target, props });
    }
    export const remove = () => unmount(component);`,
};

const SERVERS: Record<Chapter, string> = {
  tsx: `
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    import { Support } from './support';
    export const render = (userId) => renderToString(createElement(Support, { userId }));`,
  vue: `
    import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    import Support from './support';
    export const render = (userId) => renderToString(createSSRApp(() => h(Support, { userId })));`,
  svelte: `
    import { render as renderComponent } from 'svelte/server';
    import Support from './support';
    export const render = (userId) => renderComponent(Support, { props: { userId } }).body;`,
};

const [, KEY] = /key: '(.*?)'/.exec(blockWith('// messenger.ts'))!;
let backend: FakeBackend;
let zendesk: InstalledMessenger;
let siteUser: string | undefined;
let window: FakeWindow;
const complain = vi.fn();
const askSite = vi.fn(async (url: string) => {
  if (url === '/sign-in') return new Response((siteUser = 'user-1'));
  if (url === '/sign-out') {
    siteUser = undefined;
    return new Response();
  }
  expect(url).toBe('https://shop.example/zendesk-token');
  if (!siteUser) return new Response(null, { status: 401 });
  const iat = Math.floor(Date.now() / 1000);
  return new Response(signToken({ scope: 'user', external_id: siteUser, iat, exp: iat + 900 }, backend.account));
});

beforeEach(() => {
  const page = new JSDOM('<!doctype html><main></main>', {
    url: 'https://shop.example/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
  });
  window = page.window as unknown as FakeWindow;
  // What jsdom has not, and browsers have.
  Object.assign(window, { fetch: askSite, TextDecoder, TextDecoderStream });
  window.console.error = complain;
  window.console.warn = complain;
  backend = createFakeBackend({ key: KEY! });
  zendesk = installFakeMessenger({ window, fetch: backend.fetch });
});

afterEach(() => {
  zendesk.uninstall();
  window.close();
  expect(complain.mock.calls).toEqual([]);
  askSite.mockClear();
  complain.mockClear();
});

const main = () => window.document.querySelector('main')!;
const logins = () =>
  backend.requests.filter(({ kind }) => kind === 'login' || kind === 'logout').map(({ kind }) => kind);
// A condition, not a duration: a machine that is busy with something else is no failure.
const eventually = (look: () => void) => vi.waitFor(look, { timeout: 120_000, interval: 5 });
// The status changes at once, and the messenger's sign-out takes as long as its server call.
const untilNobody = () => eventually(() => expect(zendesk.visitor).toEqual({ kind: 'none' }));
const until = (status: string) => eventually(() => expect(readStatus()).toBe(status));
const readStatus = () => /^\s*Support: (\S+) /.exec(main().querySelector('p')?.textContent ?? '')?.[1];

/** How many listen to the messenger's snapshot from now on. */
function countListeners(messenger: Messenger): () => number {
  const { subscribe } = messenger;
  let count = 0;
  messenger.subscribe = (listener) => {
    count += 1;
    const end = subscribe(listener);
    return () => {
      count -= 1;
      end();
    };
  };
  return () => count;
}

describe.each([
  ['React 19', 'tsx', {}],
  ['React 18', 'tsx', { react: 'react-18', 'react-dom': 'react-dom-18' }],
  ['Vue', 'vue', {}],
  ['Svelte', 'svelte', {}],
] as const)('the chapter on %s', (_name, chapter, alias) => {
  let code: string;
  let page: Page;
  let listeners: () => number;

  beforeAll(async () => {
    code = await bundleChapter(
      chapter,
      'browser',
      `${PAGES[chapter]}\nexport { messenger } from './messenger';`,
      alias,
    );
  });

  beforeEach(() => {
    page = window.eval(code) as Page;
    listeners = countListeners(page.messenger);
  });

  afterEach(() => page.messenger.destroy());

  function show(user?: string) {
    siteUser = user;
    page.show(main(), user);
  }

  it("signs the site's user in, shows the status, and signs out when the user goes", async () => {
    const shown = new Set<string | undefined>();
    new window.MutationObserver(() => shown.add(readStatus())).observe(main(), {
      childList: true,
      characterData: true,
      subtree: true,
    });
    show('user-1');
    await until('signed-in');
    expect([...shown]).toContain('signing-in');
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(logins()).toEqual(['login']);
    show();
    await until('signed-out');
    await untilNobody();
  });

  it('signs the first user out before the next one', async () => {
    show('user-1');
    await until('signed-in');
    show('user-2');
    await eventually(() => expect(page.messenger.getSnapshot().externalId).toBe('user-2'));
    await until('signed-in');
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(logins()).toEqual(['login', 'logout', 'login']);
  });

  it('shows the messenger to an anonymous visitor, whose conversation the user then has', async () => {
    show();
    await eventually(() => expect(zendesk.live).toBe(true));
    expect(await zendesk.send('hello')).toEqual({ sentAs: 'anonymous' });
    expect(askSite).not.toHaveBeenCalled();
    show('user-1');
    await until('signed-in');
    expect(backend.user('user-1')!.messages).toMatchObject([{ text: 'hello' }]);
  });

  it('leaves the visitor signed in, and listens no more, when it is removed', async () => {
    show('user-1');
    await until('signed-in');
    expect(listeners()).toBeGreaterThan(0);
    page.remove();
    await eventually(() => expect([main().textContent, listeners()]).toEqual(['', 0]));
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(logins()).toEqual(['login']);
  });

  it('shows the unread count, and opens the window with its button', async () => {
    show('user-1');
    await until('signed-in');
    zendesk.setUnread(3);
    await eventually(() => expect(main().textContent).toContain('Open (3 unread)'));
    expect(zendesk.isOpen).toBe(false);
    main().querySelector('button')!.click();
    await eventually(() => expect(zendesk.isOpen).toBe(true));
  });

  it('is rendered on a server, and taken over in the page', async () => {
    const entry = `${SERVERS[chapter]}\nexport { messenger } from './messenger';`;
    const script = await bundleChapter(chapter, 'server', entry, alias);
    const server = runInThisContext(`(require) => ${script}`)(createRequire(import.meta.url)) as Server;
    const serverListeners = countListeners(server.messenger);
    const html = await server.render('user-1');
    expect(serverListeners()).toBe(0);
    expect(server.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', error: undefined });

    main().innerHTML = html;
    const paragraph = main().querySelector('p')!;
    expect(readStatus()).toBe('signed-out');
    show('user-1');
    await until('signed-in');
    expect(main().querySelector('p')).toBe(paragraph);
  });
});

it('the App in React signs in and out with its buttons', async () => {
  siteUser = undefined;
  const code = await bundleChapter(
    'tsx',
    'browser',
    `import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import { App } from './app';
    export { messenger } from './messenger';
    export const show = (target) => createRoot(target).render(createElement(App));`,
  );
  const page = window.eval(code) as Page;
  page.show(main());
  const click = (index: number) => main().querySelectorAll('button')[index]!.click();
  await until('signed-out');
  click(0);
  await until('signed-in');
  expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  click(1);
  await until('signed-out');
  await untilNobody();

  const paths = askSite.mock.calls.map(([url]) => new URL(url, 'https://shop.example').pathname);
  expect(paths).toEqual(['/sign-in', '/zendesk-token', '/sign-out']);

  // Too early: the endpoint answers 401, and nothing retries until setUser() is called again.
  askSite.mockClear();
  await page.messenger.setUser('user-1');
  siteUser = 'user-1';
  expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', error: undefined });
  expect(askSite).toHaveBeenCalledTimes(1);
  void page.messenger.setUser('user-1');
  await until('signed-in');
  page.messenger.destroy();
});

it('no component of a chapter has more than 12 lines of code', () => {
  for (const { code, file } of BLOCKS.filter(({ code }) => /(use|inject)Messenger\(messenger/.test(code)))
    expect(code.match(/^.*\S.*$/gm)!.length, file).toBeLessThanOrEqual(12);
});

it('no block of a chapter has more than 15 lines', () => {
  const chapters = BLOCKS.filter(
    ({ language, code }) => /^(tsx|vue|svelte|html)$/.test(language) || code.startsWith('// messenger.ts'),
  );
  expect(chapters.length).toBeGreaterThan(4);
  for (const { language, code } of chapters) expect(code.trim().split('\n').length, language).toBeLessThanOrEqual(15);
});
