// @vitest-environment jsdom
// After destroy() the page may keep empty functions of a messenger, but nothing that the site gave to it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import {
  createEndpoint,
  mint,
  openPage,
  pass,
  setHidden,
  usePages,
  type Page,
  type PageOptions,
} from './start-page.js';

// Real timers, because a WeakRef is cleared only between two tasks.
const { setImmediate } = globalThis;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

usePages();

type Refs = Record<string, WeakRef<object>>;

/** A site that gives the messenger something of each kind. Afterwards only the page and its Zendesk remain. */
async function live(options: PageOptions & { readonly fails?: boolean }, refs: Refs): Promise<Page> {
  const note = <Value extends object>(name: string, value: Value): Value => {
    refs[name] = new WeakRef(value);
    return value;
  };
  const endpoint = createEndpoint();
  const getToken = note('getToken', async ({ signal }: { signal: AbortSignal }) => {
    signal.addEventListener(
      'abort',
      note('abort listener', () => void endpoint.inFlight--),
    );
    if (!options.fails) return mint(endpoint);
    endpoint.inFlight++;
    if (endpoint.inFlight % 2) throw note('thrown error', new Error('down'));
    return note('returned value', { none: endpoint }) as never;
  });
  const onEvent = note('onEvent', () => void endpoint.requests.length);
  const page = openPage({ ...options, options: { getToken, onEvent } as never });
  const { messenger } = page;
  for (const event of ['open', 'unreadMessages', 'messagesShown']) {
    messenger.on.unsafe(
      event,
      note(`on ${event}`, () => void endpoint.inFlight++),
    );
  }
  messenger.subscribe(note('subscriber', () => void endpoint.tokens.length));
  messenger.zE(note('zE callback', () => void endpoint.requests.length));
  void messenger.login();
  await pass(30_000);
  messenger.zE(note('later zE callback', () => void endpoint.requests.length));
  setHidden(true);
  setHidden(false);
  await pass(100);
  return page;
}

async function findKept(refs: Refs): Promise<string[]> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    collect();
  }
  return Object.keys(refs).filter((name) => refs[name]!.deref());
}

const ALL = ['abort listener', 'getToken', 'later zE callback', 'on messagesShown', 'on open', 'on unreadMessages'];
ALL.push('onEvent', 'subscriber', 'zE callback');

it.each<[string, PageOptions & { readonly fails?: boolean }, string]>([
  ['a running session, build B25', { build: 'B25' }, 'signed-in'],
  ['a running session, build B26', { build: 'B26' }, 'signed-in'],
  ['a queue that never went live', { zendesk: { script: 'hangs' } }, 'failed'],
  ['a snippet that was blocked', { zendesk: { script: 'blocked' } }, 'failed'],
  ['a token that never came', { fails: true, loadDoctor: () => new Promise(() => {}) }, 'failed'],
])('keeps nothing of the site after %s', async (_what, options, status) => {
  const refs: Refs = {};
  const page = await live(options, refs);
  expect(page.messenger.getSnapshot().status).toBe(status);
  expect(Object.keys(refs)).toEqual(expect.arrayContaining(options.zendesk ? ALL.slice(1) : ALL));
  // Before destroy() all of it is referenced.
  const held = await findKept(refs);
  expect(held).toEqual(expect.arrayContaining(['getToken', 'onEvent', 'on open', 'subscriber']));
  page.messenger.destroy();
  vi.mocked(console.error).mockClear();
  expect(await findKept(refs)).toEqual([]);
  // The messenger or its queue still holds the functions that it got.
  if (status === 'signed-in') expect(page.zendesk.asks).toBeGreaterThan(0);
  if (options.zendesk) expect((window as { zE?: { _?: unknown[] } }).zE?._?.length).toBeGreaterThan(3);
});

it('keeps nothing of the site through a snippet tag that stays on the page', async () => {
  const tag = document.createElement('script');
  Object.assign(tag, { id: 'ze-snippet', src: `https://static.zdassets.com/ekr/snippet.js?key=${FAKE_ACCOUNT.key}` });
  document.head.append(tag);
  const refs: Refs = {};
  const page = await live({ zendesk: { script: 'hangs' } }, refs);
  page.messenger.destroy();
  vi.mocked(console.error).mockClear();
  expect(await findKept(refs)).toEqual([]);
  // Both tags are still on the page: the page's own, and the one that replaced it.
  expect(document.getElementById('ze-snippet')).not.toBeNull();
  expect(tag.id).toBe('ze-snippet');
});

it('lets go of the functions of tokenUrl', async () => {
  const endpoint = createEndpoint();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(mint(endpoint)));
  const refs: Refs = {};
  const begin = async () => {
    const headers = () => ({ 'x-count': `${endpoint.requests.length}` });
    const body = () => `${endpoint.tokens.length}`;
    const tokenUrl = { url: 'https://shop.example/zendesk-token', headers, body };
    Object.assign(refs, { headers: new WeakRef(headers), body: new WeakRef(body), tokenUrl: new WeakRef(tokenUrl) });
    const page = openPage({ options: { getToken: undefined, tokenUrl } as never });
    void page.messenger.login();
    await pass(30_000);
    return page;
  };
  const page = await begin();
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
  expect(await findKept(refs)).toEqual(['headers', 'body', 'tokenUrl']);
  vi.restoreAllMocks();
  page.messenger.destroy();
  await pass(1000);
  vi.useRealTimers();
  expect(await findKept(refs)).toEqual([]);
});
