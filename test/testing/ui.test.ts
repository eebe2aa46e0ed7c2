// @vitest-environment jsdom
// The script that replaces snippet.js, and its user interface.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, type FakeBackend, type FakeMessenger } from '../../src/testing/index.js';
import { getPage } from '../../src/testing/page.js';
import { insertTag, page, pass, signIn, token, useFakePage, zE } from './start-messenger.js';

useFakePage({ realFrames: true });

let backend: FakeBackend;
const handle = window as { fakeZendeskMessenger?: FakeMessenger };

async function runScript(change?: (tag: HTMLScriptElement) => void): Promise<FakeMessenger> {
  insertTag(change);
  vi.resetModules();
  await import('../../src/testing/script.js');
  await pass();
  return handle.fakeZendeskMessenger!;
}

beforeEach(() => {
  backend = createFakeBackend();
  vi.stubGlobal('fetch', backend.fetch);
});
afterEach(() => {
  getPage(window).remove();
  delete handle.fakeZendeskMessenger;
  delete page.zE;
  delete page.zEmbed;
  delete page.zEACLoaded;
  vi.unstubAllGlobals();
});

const launcher = () => document.querySelector<HTMLIFrameElement>('iframe#launcher')!;
const button = () => launcher().contentDocument!.querySelector('button')!;
const host = () => document.querySelector<HTMLElement>('[data-fake-zendesk-messenger]')!;
const inWindow = (selector: string) => host().shadowRoot!.querySelector<HTMLElement>(selector)!;
const isShown = () => host().style.display === 'block';

it('the script fetches the configuration from Zendesk if it was loaded from there', async () => {
  const fetch = vi.fn(backend.fetch);
  vi.stubGlobal('fetch', fetch);
  await runScript();
  expect(fetch.mock.calls[0]?.[0]).toBe(`https://ekr.zdassets.com/compose/${FAKE_ACCOUNT.key}`);
});

it('the script fetches the configuration from the address that it was loaded from', async () => {
  const fetch = vi.fn(backend.fetch);
  vi.stubGlobal('fetch', fetch);
  const messenger = await runScript((tag) => (tag.src = `/ekr/snippet.js?key=${FAKE_ACCOUNT.key}`));
  await signIn(token());
  expect(messenger.visitor.kind).toBe('user');
  const origins = fetch.mock.calls.map(([url]) => new URL(url as string).origin);
  expect(new Set(origins)).toEqual(new Set([location.origin]));
});

it('[M 2] the script only causes one console.error if its tag has another id', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  await runScript((tag) => (tag.id = 'another'));
  expect(error).toHaveBeenCalledTimes(1);
  expect(page.zE).toBeUndefined();
  expect(host()).toBeNull();
});

it('[M 7] the script boots two widgets, with one handle and one window, if it runs twice in quick succession', async () => {
  insertTag();
  insertTag();
  vi.resetModules();
  await import('../../src/testing/script.js');
  vi.resetModules();
  await import('../../src/testing/script.js');
  await pass();
  expect(handle.fakeZendeskMessenger?.boots).toBe(2);
  expect(document.querySelectorAll('[data-fake-zendesk-messenger]')).toHaveLength(1);
  expect(inWindow('.status').textContent).toContain('2 widgets');
});

it('the window and the launcher say that they are not the real messenger', async () => {
  await runScript();
  expect(inWindow('h2').textContent).toBe('Fake messenger (not the real Zendesk messenger)');
  expect(button().textContent).toBe('Open fake messenger');
});

it('the launcher opens the window and shows its state, and Escape closes it and moves the focus back', async () => {
  const messenger = await runScript();
  expect(isShown()).toBe(false);
  expect(button().getAttribute('aria-expanded')).toBe('false');
  button().click();
  expect([messenger.isOpen, isShown()]).toEqual([true, true]);
  expect(button().getAttribute('aria-expanded')).toBe('true');
  expect(host().shadowRoot!.activeElement?.id).toBe('text');
  inWindow('#text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect([messenger.isOpen, isShown()]).toEqual([false, false]);
  expect(document.activeElement).toBe(launcher());
});

it('the window shows who the visitor is, the messages, and whether a message was sent', async () => {
  await runScript();
  zE('messenger', 'open');
  expect(inWindow('.status strong').textContent).toBe('Nobody is signed in');
  const send = async (text: string) => {
    (inWindow('#text') as HTMLInputElement).value = text;
    inWindow('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await pass(2000);
  };
  const texts = () => [...host().shadowRoot!.querySelectorAll('li')].map(({ textContent }) => textContent);
  await send('one <b>');
  expect(inWindow('.status strong').textContent).toBe('Anonymous visitor');
  expect(inWindow('.result').textContent).toBe('Sent as an anonymous visitor');
  await signIn(token());
  const first = host().shadowRoot!.querySelector('li');
  expect(inWindow('.status strong').textContent).toBe('Signed in as user-1');
  await send('two');
  expect(texts()).toEqual(['one <b>', 'two']);
  expect(host().shadowRoot!.querySelector('li')).toBe(first);
  expect(inWindow('ol').getAttribute('aria-live')).toBe('polite');
  backend.answerAlways('send', { status: 401 });
  await send('three');
  expect(inWindow('.result').textContent).toBe('Not sent. 401: Invalid JWT');
  expect(texts()).toEqual([]);
  expect(isShown()).toBe(false);
});

it('the interface follows hide, show, zIndex, unread counts, and the removal of the frame [M 8]', async () => {
  const messenger = await runScript();
  zE('messenger', 'open');
  zE('messenger', 'hide');
  expect([isShown(), launcher().style.display]).toEqual([false, 'none']);
  zE('messenger', 'show');
  expect([isShown(), launcher().style.display]).toEqual([true, 'block']);
  zE('messenger:set', 'zIndex', 12);
  expect([host().style.zIndex, launcher().style.zIndex]).toEqual(['12', '12']);
  messenger.setUnread(2);
  expect(button().textContent).toContain('2 unread');
  document.querySelector('iframe[data-product]')!.remove();
  await pass();
  expect([isShown(), launcher().style.visibility]).toEqual([false, 'hidden']);
});

it('the interface follows the page: gone with its element [M 75], and there again with a new messenger [M 74] [M 76]', async () => {
  const messenger = await runScript();
  zE('messenger', 'open');
  document.querySelector('body > div:has(#launcher)')!.remove();
  await pass();
  expect([messenger.live, isShown()]).toEqual([true, false]);
  document.documentElement.replaceChild(document.createElement('body'), document.body);
  await pass();
  document.querySelector('#ze-snippet')!.remove();
  delete page.zE;
  delete page.zEmbed;
  delete page.zEACLoaded;
  expect(await runScript()).toBe(messenger);
  button().click();
  expect(isShown()).toBe(true);
  expect(document.querySelectorAll('[data-fake-zendesk-messenger]')).toHaveLength(1);
});
