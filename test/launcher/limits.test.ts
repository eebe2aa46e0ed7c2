// @vitest-environment jsdom
// How long a press waits, and what is left of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLauncher, type Launcher, type LauncherOptions } from '../../src/launcher/index.js';
import { stubMessenger, type StubMessenger } from './stub-messenger.js';

const onError = vi.fn<(error: unknown) => void>();
let launcher: Launcher;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  launcher.destroy();
  vi.useRealTimers();
  document.body.replaceChildren();
  onError.mockClear();
});

/** Presses the button, and waits until the messenger is loading. */
async function press(stub: StubMessenger, options: Partial<LauncherOptions> = {}): Promise<void> {
  launcher = createLauncher({
    label: 'Support',
    load: () => stub.messenger,
    fallback: { label: 'Write to us', href: '/contact' },
    onError,
    ...options,
  });
  button().click();
  await pass(0);
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const shadow = () => launcher.element!.shadowRoot!;
const button = () => shadow().querySelector('button')!;
const state = () => shadow().querySelector('section')!.className.split(' ')[1];
const escape = () =>
  button().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
const windowsOpened = ({ calls }: StubMessenger) => calls.filter((call) => call === 'messenger open').length;

/** Puts a frame of the messenger on the page. */
function addFrame(attributes: Partial<HTMLIFrameElement>): HTMLIFrameElement {
  return document.body.appendChild(Object.assign(document.createElement('iframe'), attributes));
}

describe('the sign-in', () => {
  it('is tried again and again: the window opens for an anonymous visitor after 15 s', async () => {
    const stub = stubMessenger();
    await press(stub, { signIn: (messenger) => messenger.setUser('user-1') });
    stub.goLive();
    await pass(14_000);
    expect([state(), windowsOpened(stub)]).toEqual(['loading', 0]);
    await pass(2_000);
    expect([state(), windowsOpened(stub)]).toEqual(['away', 1]);
    expect(onError).not.toHaveBeenCalled();
    // A retry signs the visitor in. The visitor may have closed the window.
    stub.emit('close');
    stub.change({ status: 'signed-in' });
    await pass(30_000);
    expect(windowsOpened(stub)).toBe(1);
  });

  it('never ends in the site’s function: the window opens after 15 s, and once', async () => {
    const stub = stubMessenger({ opens: false });
    let answer = () => {};
    await press(stub, { signIn: () => new Promise<void>((resolve) => (answer = resolve)) });
    stub.goLive();
    await pass(14_000);
    expect(windowsOpened(stub)).toBe(0);
    await pass(2_000);
    expect(windowsOpened(stub)).toBe(1);
    answer();
    await pass(0);
    expect(windowsOpened(stub)).toBe(1);
    stub.emit('open');
    expect(state()).toBe('away');
  });
});

describe('a messenger that does not load, because it waits for consent,', () => {
  it('is a failure after 15 s, with the link, and the next press tries again', async () => {
    const stub = stubMessenger();
    await press(stub);
    await pass(14_000);
    expect(state()).toBe('loading');
    await pass(2_000);
    expect([state(), !!shadow().querySelector('a')]).toEqual(['failed', true]);
    expect(onError.mock.calls.map(String)).toEqual([
      'Error: createLauncher: the messenger did not load. Does it wait for consent?',
    ]);
    button().click();
    await pass(0);
    stub.goLive();
    await pass(0);
    expect([state(), windowsOpened(stub)]).toEqual(['away', 1]);
  });

  it('has its limit even while the site’s module is on its way', async () => {
    await press(stubMessenger(), { load: () => new Promise(() => {}) });
    await pass(16_000);
    expect(state()).toBe('failed');
  });

  it('opens no window when it comes after the limit, and the button gives way to Zendesk’s launcher', async () => {
    const stub = stubMessenger();
    await press(stub);
    await pass(16_000);
    addFrame({ id: 'launcher' });
    stub.goLive();
    await pass(1_000);
    expect([state(), windowsOpened(stub)]).toEqual(['away', 0]);
  });
});

describe('an attempt that has ended', () => {
  it('leaves no listener and no limit', async () => {
    const stub = stubMessenger();
    await press(stub, { signIn: (messenger) => messenger.setUser('user-1') });
    stub.goLive();
    await pass(0);
    const listeners = stub.listeners();
    for (let time = 0; time < 5; time++) {
      escape();
      button().click();
      await pass(0);
    }
    expect(stub.listeners()).toBe(listeners);
    await pass(14_000);
    escape();
    await pass(60_000);
    expect([state(), windowsOpened(stub)]).toEqual(['idle', 0]);
    button().click();
    await pass(0);
    launcher.destroy();
    expect([stub.listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });
});

describe('a window that was already open', () => {
  async function pressWithWindow(frame: HTMLElement): Promise<StubMessenger> {
    // It tells nothing when it is told to open.
    const stub = stubMessenger({ opens: false });
    document.body.append(frame);
    await press(stub);
    stub.goLive();
    await pass(11_000);
    return stub;
  }

  it('is no failure', async () => {
    const stub = await pressWithWindow(addFrame({ name: 'Messaging window' }));
    expect([state(), onError.mock.calls]).toEqual(['away', []]);
    stub.emit('close');
    await pass(1_000);
    expect(state()).toBe('idle');
  });

  it('is not one that is hidden', async () => {
    const frame = addFrame({ name: 'Messaging window' });
    frame.style.display = 'none';
    await pressWithWindow(frame);
    expect(state()).toBe('failed');
    expect(String(onError.mock.calls[0]![0])).toContain('the window did not open');
  });
});
