// @vitest-environment jsdom
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BOTH_BUILDS, failureOf, KEY, openPage, pass, settle, usePages } from './start-page.js';

usePages();

const tags = () => [...document.querySelectorAll<HTMLScriptElement>('script#ze-snippet')];
const SRC = `https://static.zdassets.com/ekr/snippet.js?key=${KEY}`;

function putTag(src = SRC): HTMLScriptElement {
  const tag = document.createElement('script');
  tag.id = 'ze-snippet';
  tag.src = src;
  document.head.append(tag);
  return tag;
}

describe.each(BOTH_BUILDS)('Loading, build %s', (build) => {
  it("inserts the tag in Zendesk's form, with the nonce, and resolves when the messenger is live, not at onload [M 2, 4]", async () => {
    const page = openPage({ build, options: { nonce: 'abc' } });
    page.backend.answerNext('compose', { delayMs: 400 });
    const load = page.messenger.load();
    expect(tags().map(({ src, nonce }) => [src, nonce])).toEqual([[SRC, 'abc']]);
    await pass(300);
    expect(page.messenger.getSnapshot().live).toBe(false);
    expect(await settle(load)).toMatchObject({ live: true, status: 'signed-out' });
    expect((window as any).zE.widget).toBe('messenger');
    expect(page.endpoint.requests).toEqual([]);
  });

  it('sets no nonce when the option is empty', () => {
    const page = openPage({ build, options: { nonce: '' } });
    void page.messenger.load();
    expect(tags().map((tag) => [tag.nonce, tag.hasAttribute('nonce')])).toEqual([['', false]]);
  });

  it.each([
    { what: 'its own script loads', prepare: () => {}, nodes: ['script', 'link'] },
    { what: "the page's own tag loads", prepare: putTag, nodes: ['link'] },
  ])('preconnects to the next host while $what, and removes the link afterwards [M 3]', (row) => {
    const page = openPage({ build });
    row.prepare();
    const observer = new MutationObserver(() => {});
    observer.observe(document.head, { childList: true });
    void page.messenger.load();
    const added = observer.takeRecords().flatMap(({ addedNodes }) => [...addedNodes] as HTMLLinkElement[]);
    // The script comes first, so that it neither waits for the link nor fails with it.
    expect(added.map(({ localName }) => localName)).toEqual(row.nodes);
    const { rel, href, crossOrigin } = added.at(-1)!;
    // Without credentials, as the script requests it. Otherwise it would be another connection.
    expect([rel, href, crossOrigin]).toEqual(['preconnect', 'https://ekr.zdassets.com/', '']);
    expect(document.querySelectorAll('link')).toHaveLength(0);
  });

  it('loads even if the page forbids link elements', async () => {
    const page = openPage({ build });
    const createElement = vi.spyOn(document, 'createElement');
    createElement.mockImplementation((name: string) => {
      if (name === 'link') throw new Error('No links here');
      return Document.prototype.createElement.call(document, name);
    });
    onTestFinished(() => createElement.mockRestore());
    expect(await settle(page.messenger.load())).toMatchObject({ live: true, error: undefined });
  });

  it('does not preconnect for a tag whose script has run', async () => {
    const page = openPage({ build });
    page.backend.answerNext('compose', { delayMs: 400 });
    void page.messenger.load();
    await pass(100);
    const observer = new MutationObserver(() => {});
    observer.observe(document.head, { childList: true });
    void page.another().load();
    expect(page.messenger.getSnapshot().live).toBe(false);
    expect(observer.takeRecords()).toEqual([]);
  });

  it('works in a document without a head', async () => {
    const page = openPage({ build });
    const { head } = document;
    head.remove();
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    document.documentElement.prepend(head);
    tags().forEach((tag) => tag.remove());
  });

  it('installs the queue as zE and as zEmbed, so that going live replaces it [M 5]', async () => {
    const page = openPage({ build });
    page.messenger.zE('messenger:set', 'zIndex', 5);
    expect((window as any).zE).toBe((window as any).zEmbed);
    const queue = (window as any).zE;
    await settle(page.messenger.load());
    expect((window as any).zE).not.toBe(queue);
    expect(page.zendesk.zIndex).toBe(5);
  });

  it('works if the page has set only zE, which stays a dead queue [M 5]', async () => {
    const own = Object.assign((...call: unknown[]) => void own._.push(call as never), { _: [] as never[] });
    (window as any).zE = own;
    const page = openPage({ build });
    putTag();
    await pass(100);
    await settle(page.messenger.login());
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('replaces a queue that the page has set as zE alone, before any tag [M 5]', async () => {
    const own = Object.assign((...call: unknown[]) => void own._.push(call as never), { _: [] as never[] });
    (window as any).zE = own;
    const page = openPage({ build });
    page.messenger.zE('messenger:set', 'zIndex', 9);
    await settle(page.messenger.load());
    expect(page.zendesk.zIndex).toBe(9);
    expect((window as any).zE).not.toBe(own);
  });

  it('inserts one tag for two messengers', async () => {
    const page = openPage({ build });
    const other = page.another();
    await settle(Promise.all([page.messenger.login(), other.login()]));
    expect(tags()).toHaveLength(1);
    expect(page.zendesk.boots).toBe(1);
  });

  it("inserts one tag for React StrictMode's mount, unmount, mount", async () => {
    const page = openPage({ build });
    const first = page.messenger.login();
    page.messenger.destroy();
    const second = page.another();
    expect((await failureOf(first)).code).toBe('destroyed');
    expect(await settle(second.login())).toMatchObject({ status: 'signed-in' });
    expect(tags()).toHaveLength(1);
    expect(page.zendesk.boots).toBe(1);
    expect(page.zendeskRequests()).toEqual(['login 200']);
  });

  it('adopts a tag that is in the HTML', async () => {
    putTag();
    const page = openPage({ build });
    await settle(page.messenger.login());
    expect(tags()).toHaveLength(1);
    expect(page.zendesk.boots).toBe(1);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('adopts a messenger that is live already, with or without its tag', async () => {
    const page = openPage({ build });
    putTag();
    await pass(1000);
    expect(page.zendesk.live).toBe(true);
    tags()[0]!.remove();
    await settle(page.messenger.login(), 1000);
    expect(tags()).toHaveLength(0);
    expect(page.zendesk.boots).toBe(1);
  });

  it.each([
    ["the page's tag", KEY, SRC.replace(KEY, KEY.toUpperCase())],
    ['the option', KEY.toUpperCase(), SRC],
  ])('sees no conflict when %s has the key in capitals', async (_what, key, src) => {
    const page = openPage({ build, options: { key } });
    putTag(src);
    void page.messenger.load();
    await pass(100);
    expect(page.events.map(({ type }) => type)).not.toContain('load-failed');
  });

  it('refuses when the tag on the page has another key, and does not retry [M 78]', async () => {
    const page = openPage({ build });
    putTag(SRC.replace(KEY, '00000000-0000-4000-8000-000000000000'));
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ code: 'key_conflict' });
    expect(error.message).toContain('remove()');
    await pass(3_600_000);
    expect(tags()).toHaveLength(1);
    expect(page.takeEvents().filter((type) => type === 'load-requested')).toHaveLength(1);
  });
});

describe('A messenger that does not come up', () => {
  it('leaves nothing behind after twenty loads in an hour', async () => {
    const page = openPage({ zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.login());
    const { length } = (window as any).zE._;
    await pass(3_600_000);
    expect(page.events.filter(({ type }) => type === 'load-requested').length).toBeGreaterThan(20);
    expect((window as any).zE._).toHaveLength(length);
    expect(tags()).toEqual([]);
  });

  it('rejects with script_blocked when the script is blocked, and comes up with a fresh tag and the old queue', async () => {
    const page = openPage({ zendesk: { script: 'blocked' } });
    page.messenger.zE('messenger:set', 'zIndex', 7);
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe('script_blocked');
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', live: false, error });
    // The rest of the page still works.
    expect(page.messenger.zE('messenger', 'open')).toBeUndefined();
    page.zendesk.script = 'runs';
    const blocked = tags()[0];
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    expect(tags()).toHaveLength(1);
    expect(tags()[0]).not.toBe(blocked);
    expect(page.zendesk.zIndex).toBe(7);
    expect(page.zendesk.isOpen).toBe(true);
  });

  it('leaves no blocked tag behind for another messenger to wait for', async () => {
    const page = openPage({ zendesk: { script: 'blocked' } });
    await failureOf(page.messenger.load());
    page.zendesk.script = 'runs';
    expect(await settle(page.another().load(), 1000)).toMatchObject({ live: true });
  });

  it.each(['hangs', 'silently-removed'] as const)(
    'rejects with script_blocked after loadTimeoutMs if the script is "%s"',
    async (script) => {
      const page = openPage({ zendesk: { script }, options: { loadTimeoutMs: 4000 } });
      const load = page.messenger.load();
      await pass(3900);
      expect(page.messenger.getSnapshot().status).toBe('signed-out');
      expect((await failureOf(load, 200)).code).toBe('script_blocked');
    },
  );

  it('rejects with messenger_unavailable when the script ran and no messenger came up [M 3]', async () => {
    const page = openPage();
    page.backend.answerNext('compose', { status: 404 });
    const load = page.messenger.load();
    await pass(9900);
    const error = await failureOf(load, 200);
    expect(error.code).toBe('messenger_unavailable');
    expect(await settle(page.messenger.load())).toMatchObject({ live: true });
    expect(page.zendesk.boots).toBe(1);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', error: undefined });
  });

  it('rejects with messenger_unavailable for an adopted tag whose script had run before', async () => {
    const page = openPage();
    page.backend.answerAlways('compose', { status: 404 });
    putTag();
    await pass(1000);
    expect((await failureOf(page.messenger.load())).code).toBe('messenger_unavailable');
  });

  it('signs in if the messenger comes up later', async () => {
    const page = openPage({ options: { loadTimeoutMs: 1000 }, zendesk: { scriptDelayMs: 3000 } });
    await failureOf(page.messenger.login());
    await pass(4000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('rejects with script_blocked when the page lets no script be inserted (Trusted Types)', async () => {
    const page = openPage();
    vi.spyOn(HTMLScriptElement.prototype, 'src', 'set').mockImplementationOnce(() => {
      throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
    });
    expect((await failureOf(page.messenger.login())).code).toBe('script_blocked');
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  });

  it('clears the failure if the messenger comes up later, without a sign-in', async () => {
    const page = openPage({ options: { loadTimeoutMs: 1000 }, zendesk: { scriptDelayMs: 3000 } });
    await failureOf(page.messenger.load());
    expect(page.messenger.getSnapshot().status).toBe('failed');
    await pass(4000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', live: true, error: undefined });
  });

  it('keeps the failure in the snapshot, no matter how the token request ends', async () => {
    const page = openPage({ zendesk: { script: 'blocked' }, endpoint: { delayMs: 1000, instead: { returns: null } } });
    expect((await failureOf(page.messenger.login())).code).toBe('script_blocked');
    await pass(2000);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'script_blocked' } });
  });

  it('reports the right failure to the second of two messengers', async () => {
    const page = openPage({ zendesk: { script: 'hangs' } });
    void page.messenger.login();
    page.messenger.destroy();
    expect((await failureOf(page.another().login())).code).toBe('script_blocked');
  });

  it('reports the right failure if the page has its own queue', async () => {
    const queue: unknown[] = [];
    const own = Object.assign((...call: unknown[]) => void queue.push(call), { _: queue });
    Object.assign(window, { zE: own, zEmbed: own });
    const page = openPage({ zendesk: { script: 'silently-removed' } });
    expect((await failureOf(page.messenger.login())).code).toBe('script_blocked');
  });

  it('does not fail the second attempt because of a late error of the first tag', async () => {
    const page = openPage({ zendesk: { script: 'hangs' }, options: { loadTimeoutMs: 1000 } });
    await failureOf(page.messenger.load());
    const old = tags()[0]!;
    page.zendesk.script = 'runs';
    page.backend.answerNext('compose', { delayMs: 500 });
    const again = page.messenger.load();
    await pass(100);
    old.dispatchEvent(new Event('error'));
    expect(await settle(again)).toMatchObject({ live: true });
  });

  it('requests no token while the messenger cannot be loaded', async () => {
    const page = openPage({ zendesk: { script: 'blocked' }, endpoint: { lifetimeS: 10 } });
    await failureOf(page.messenger.login());
    const { length } = page.endpoint.requests;
    await pass(600_000);
    expect(page.endpoint.requests).toHaveLength(length);
  });

  it('rejects with classic_widget if the key belongs to the old widget [M 37]', async () => {
    const page = openPage();
    const classic = Object.assign((call: unknown) => typeof call === 'function' && call(), { widget: 'classic' });
    Object.assign(window, { zE: classic, zEmbed: classic });
    expect((await failureOf(page.messenger.load())).code).toBe('classic_widget');
    delete (window as any).zE;
    delete (window as any).zEmbed;
  });
});
