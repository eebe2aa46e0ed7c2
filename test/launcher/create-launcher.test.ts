// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLauncher, type Launcher, type LauncherOptions } from '../../src/launcher/index.js';
import { stubMessenger, type StubMessenger } from './stub-messenger.js';

const onError = vi.fn<(error: unknown) => void>();
let launcher: Launcher;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  launcher.destroy();
  document.body.replaceChildren();
  onError.mockClear();
});

function create(stub: StubMessenger, options: Partial<LauncherOptions> = {}): Launcher {
  launcher = createLauncher({ label: 'Support', load: () => stub.messenger, onError, ...options });
  return launcher;
}

const shadow = () => launcher.element!.shadowRoot!;
const button = () => shadow().querySelector('button')!;
const note = () => shadow().querySelector('p')!.textContent;
const state = () => shadow().querySelector('section')!.className.split(' ')[1];
const until = (wanted: string) => vi.waitFor(() => expect(state()).toBe(wanted), { timeout: 60_000 });
const untilCalled = ({ calls }: StubMessenger, ...wanted: string[]) =>
  vi.waitFor(() => expect(calls).toEqual(wanted), { timeout: 60_000 });
/** Lets every promise that is already settled go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Puts Zendesk's launcher on the page. */
function addFrame(): HTMLElement {
  const frame = document.createElement('iframe');
  frame.id = 'launcher';
  document.body.append(frame);
  return frame;
}

describe('a press', () => {
  it('loads the messenger, opens its window, and lets the button go', async () => {
    const stub = stubMessenger();
    create(stub);
    expect([state(), note(), button().getAttribute('aria-busy')]).toEqual(['idle', '', 'false']);
    button().click();
    expect([state(), note(), button().getAttribute('aria-busy')]).toEqual(['loading', 'Loading…', 'true']);
    await untilCalled(stub, 'load');
    stub.goLive();
    await until('away');
    expect(stub.calls).toEqual(['load', 'messenger open']);
    expect([note(), button().getAttribute('aria-busy')]).toEqual(['', 'false']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('waits with the window until the sign-in has ended', async () => {
    const stub = stubMessenger();
    create(stub, { signIn: (messenger) => messenger.setUser('user-1') });
    button().click();
    await untilCalled(stub, 'setUser user-1', 'load');
    stub.goLive();
    await settle();
    expect([state(), stub.calls.includes('messenger open')]).toEqual(['loading', false]);
    stub.change({ status: 'signed-in' });
    await until('away');
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('No session'))],
    [
      'throws',
      () => {
        throw new Error('No session');
      },
    ],
  ])('opens the window for an anonymous visitor when signIn %s', async (_how, signIn) => {
    const stub = stubMessenger();
    create(stub, { signIn });
    button().click();
    await untilCalled(stub, 'load');
    stub.goLive();
    await until('away');
    expect(onError.mock.calls).toEqual([[new Error('No session')]]);
  });

  it('waits for what signIn does first', async () => {
    const stub = stubMessenger();
    let answer = () => {};
    create(stub, { signIn: () => new Promise<void>((resolve) => (answer = resolve)) });
    button().click();
    await untilCalled(stub, 'load');
    stub.goLive();
    await settle();
    expect(stub.calls).toEqual(['load']);
    answer();
    await until('away');
  });

  it('counts once while the messenger loads', async () => {
    const stub = stubMessenger();
    const load = vi.fn(() => stub.messenger);
    create(stub, { load });
    button().click();
    button().click();
    launcher.open();
    await untilCalled(stub, 'load');
    button().click();
    await settle();
    stub.goLive();
    await until('away');
    expect(stub.calls).toEqual(['load', 'messenger open']);
    expect(load).toHaveBeenCalledOnce();
  });
});

describe('a failure', () => {
  it.each([
    ['the module cannot be imported', () => Promise.reject(new Error('Failed to fetch'))],
    [
      'load throws',
      () => {
        throw new Error('Failed to fetch');
      },
    ],
  ])('is shown with the link when %s, and the next press tries again', async (_why, fail) => {
    const stub = stubMessenger();
    const load = vi.fn<LauncherOptions['load']>(() => stub.messenger).mockImplementationOnce(fail);
    create(stub, { load, fallback: { label: 'Write to us', href: '/contact' } });
    button().click();
    await until('failed');
    expect(note()).toBe('The chat did not load. Try again.Write to us');
    expect(shadow().querySelector('a')!.getAttribute('href')).toBe('/contact');
    expect(onError.mock.calls).toEqual([[new Error('Failed to fetch')]]);
    button().click();
    expect([state(), note()]).toEqual(['loading', 'Loading…']);
    await untilCalled(stub, 'load');
    stub.goLive();
    await until('away');
  });

  it('of the messenger is shown, and the next press loads the same messenger again', async () => {
    const stub = stubMessenger();
    const load = vi.fn(() => stub.messenger);
    create(stub, { load, failedText: 'Sorry' });
    button().click();
    await untilCalled(stub, 'load');
    stub.failLoad(new Error('script_blocked'));
    await until('failed');
    expect([note(), shadow().querySelector('a')]).toEqual(['Sorry', null]);
    button().click();
    await untilCalled(stub, 'load', 'load');
    stub.goLive();
    await until('away');
    expect(load).toHaveBeenCalledOnce();
  });

  it.each([[undefined], [{}], ['messenger']])('says that load gave no messenger: %j', async (wrong) => {
    create(stubMessenger(), { load: () => wrong as never });
    button().click();
    await until('failed');
    expect(String(onError.mock.calls[0]![0])).toBe('TypeError: createLauncher: load() must return the messenger.');
  });

  it('is shown when the window does not open, and Zendesk’s launcher is not there', async () => {
    vi.useFakeTimers();
    const stub = stubMessenger({ opens: false });
    create(stub);
    button().click();
    await vi.advanceTimersByTimeAsync(0);
    stub.goLive();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(state()).toBe('loading');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state()).toBe('failed');
    expect(String(onError.mock.calls[0]![0])).toContain('the window did not open');
  });

  it('is reported like one that nobody has caught, unless the site has onError', async () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    create(stubMessenger(), { load: () => Promise.reject(new Error('offline')), onError: undefined });
    button().click();
    await until('failed');
    expect(report.mock.calls).toEqual([[new Error('offline')]]);
    vi.unstubAllGlobals();
  });

  it('of preloading is not shown and not reported, and the press tries again', async () => {
    const stub = stubMessenger();
    const load = vi.fn<LauncherOptions['load']>(() => stub.messenger).mockRejectedValueOnce(new Error('offline'));
    create(stub, { load });
    button().dispatchEvent(new Event('pointerenter'));
    await settle();
    expect([state(), load.mock.calls.length]).toEqual(['idle', 1]);
    expect(onError).not.toHaveBeenCalled();
    button().click();
    await untilCalled(stub, 'load');
  });
});

describe('Escape', () => {
  const press = (key: string) =>
    button().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));

  it('ends the wait: the window does not open, and the button gives way to Zendesk’s launcher', async () => {
    const stub = stubMessenger();
    create(stub);
    button().click();
    await untilCalled(stub, 'load');
    press('a');
    expect(state()).toBe('loading');
    press('Escape');
    expect([state(), note()]).toEqual(['idle', '']);
    addFrame();
    stub.goLive();
    await settle();
    expect([state(), stub.calls]).toEqual(['away', ['load']]);
  });

  it('ends the wait for a sign-in: Zendesk’s launcher is already there', async () => {
    addFrame();
    const stub = stubMessenger();
    create(stub, { signIn: (messenger) => messenger.setUser('user-1') });
    button().click();
    await untilCalled(stub, 'setUser user-1', 'load');
    stub.goLive();
    await settle();
    expect(state()).toBe('loading');
    press('Escape');
    expect(state()).toBe('away');
    stub.change({ status: 'signed-in' });
    await settle();
    expect(stub.calls).toEqual(['setUser user-1', 'load']);
  });

  it('ends the wait, even if loading fails later', async () => {
    const stub = stubMessenger();
    create(stub);
    button().click();
    await untilCalled(stub, 'load');
    press('Escape');
    stub.failLoad(new Error('script_blocked'));
    await settle();
    expect([state(), onError.mock.calls]).toEqual(['idle', []]);
  });

  it('hides the message, and the focus goes from the link to the button', async () => {
    create(stubMessenger(), {
      load: () => Promise.reject(new Error('offline')),
      fallback: { label: 'Write to us', href: '/contact' },
    });
    button().click();
    await until('failed');
    const link = shadow().querySelector('a')!;
    link.focus();
    link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect([state(), note()]).toEqual(['idle', '']);
    expect(shadow().activeElement).toBe(button());
  });
});

describe('preloading', () => {
  it.each(['pointerenter', 'focus'])('begins once, at the first %s, and loads no messenger', async (name) => {
    const stub = stubMessenger();
    const load = vi.fn(() => stub.messenger);
    create(stub, { load });
    expect(load).not.toHaveBeenCalled();
    button().dispatchEvent(new Event(name));
    button().dispatchEvent(new Event(name));
    await settle();
    expect(load).toHaveBeenCalledOnce();
    expect([state(), stub.calls]).toEqual(['idle', []]);
  });

  it('waits for an idle moment, or does not happen at all', async () => {
    const idle = vi.fn((callback: () => void) => callback());
    vi.stubGlobal('requestIdleCallback', idle);
    for (const [preload, times] of [
      ['idle', 1],
      ['none', 0],
    ] as const) {
      const stub = stubMessenger();
      const load = vi.fn(() => stub.messenger);
      create(stub, { load, preload });
      button().dispatchEvent(new Event('pointerenter'));
      await settle();
      expect(load).toHaveBeenCalledTimes(times);
      launcher.destroy();
    }
    expect(idle).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('finds out that another part of the page has loaded the messenger', async () => {
    const stub = stubMessenger();
    stub.goLive();
    create(stub);
    const frame = addFrame();
    await settle();
    expect(state()).toBe('idle');
    button().dispatchEvent(new Event('pointerenter'));
    await until('away');
    frame.style.display = 'none';
    stub.change({ status: 'signed-out' });
    expect(state()).toBe('idle');
    // A router may have kept the frame of a messenger that is gone.
    frame.style.display = '';
    stub.change({ live: false });
    expect(state()).toBe('idle');
    stub.change({ live: true });
    expect(state()).toBe('away');
  });
});

describe('a messenger that is already there', () => {
  it.each(['hover', 'idle', 'none'] as const)(
    'gets its module at once, preload %s, and the button goes',
    async (preload) => {
      const stub = stubMessenger();
      stub.goLive();
      addFrame();
      const load = vi.fn(() => stub.messenger);
      create(stub, { load, preload });
      await until('away');
      expect([stub.calls, load.mock.calls.length]).toEqual([[], 1]);
    },
  );

  it('is another one: the button stays, and a press loads the site’s own', async () => {
    const stub = stubMessenger();
    addFrame();
    create(stub);
    await settle();
    expect([state(), stub.calls]).toEqual(['idle', []]);
    button().click();
    await untilCalled(stub, 'load');
  });
});

describe('the button', () => {
  async function openWindow(stub: StubMessenger): Promise<void> {
    create(stub);
    button().focus();
    button().click();
    await untilCalled(stub, 'load');
    stub.goLive();
    await until('away');
  }

  it('stays away while Zendesk’s launcher is there, and passes the focus on to it', async () => {
    const frame = addFrame();
    const stub = stubMessenger();
    await openWindow(stub);
    expect(document.activeElement).toBe(frame);
    vi.useFakeTimers();
    stub.emit('close');
    vi.advanceTimersByTime(1000);
    expect(state()).toBe('away');
  });

  it('comes back when the window is closed and Zendesk’s launcher is switched off, with the focus', async () => {
    const stub = stubMessenger();
    await openWindow(stub);
    vi.useFakeTimers();
    button().blur();
    stub.emit('close');
    expect(state()).toBe('away');
    vi.advanceTimersByTime(1000);
    expect(state()).toBe('idle');
    expect(shadow().activeElement).toBe(button());
  });

  it('comes back when the messenger is taken off the page, even with an open window', async () => {
    const stub = stubMessenger();
    await openWindow(stub);
    stub.change({ live: false });
    expect(state()).toBe('idle');
    button().click();
    stub.goLive();
    await until('away');
  });

  it('does not take the focus from another element', async () => {
    const stub = stubMessenger();
    await openWindow(stub);
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    stub.change({ live: false });
    expect(document.activeElement).toBe(input);
  });

  it('stays away when open() opens the window again', async () => {
    addFrame();
    const stub = stubMessenger();
    await openWindow(stub);
    stub.emit('close');
    launcher.open();
    await untilCalled(stub, 'load', 'messenger open', 'load', 'messenger open');
    expect(state()).toBe('away');
  });

  it('opens the window after a sign-in, even if Zendesk’s launcher was there before', async () => {
    addFrame();
    const stub = stubMessenger();
    stub.goLive();
    create(stub, { signIn: (messenger) => messenger.setUser('user-1') });
    button().dispatchEvent(new Event('pointerenter'));
    await until('away');
    launcher.open();
    await untilCalled(stub, 'setUser user-1', 'load');
    stub.change({ status: 'signed-in' });
    await untilCalled(stub, 'setUser user-1', 'load', 'messenger open');
  });
});

describe('the element', () => {
  it('is put into a body that comes later, and into the next one', async () => {
    const { body } = document;
    body.remove();
    create(stubMessenger());
    expect(launcher.element!.isConnected).toBe(false);
    document.documentElement.append(body);
    await vi.waitFor(() => expect(launcher.element!.parentElement).toBe(body));
    const next = document.createElement('body');
    body.replaceWith(next);
    await vi.waitFor(() => expect(launcher.element!.parentElement).toBe(next));
    next.innerHTML = '<p>Another page</p>';
    await vi.waitFor(() => expect(launcher.element!.parentElement).toBe(next));
    launcher.destroy();
    next.replaceChildren();
    await settle();
    expect(next.childElementCount).toBe(0);
  });

  it('works without a global document, which a test has no more when its environment is taken down', async () => {
    create(stubMessenger());
    const { body } = document;
    vi.stubGlobal('document', undefined);
    body.replaceChildren();
    await vi.waitFor(() => expect(launcher.element!.parentElement).toBe(body), { timeout: 60_000 });
    vi.unstubAllGlobals();
  });

  it('has the label, the corner and the color', () => {
    create(stubMessenger(), { position: 'left', color: 'rebeccapurple' });
    expect(button().textContent).toBe('Support');
    expect(button().type).toBe('button');
    expect(shadow().querySelector('p')!.getAttribute('role')).toBe('status');
    expect(shadow().querySelector('section')!.className).toBe('left idle');
    expect(launcher.element!.style.getPropertyValue('--zendesk-launcher-color')).toBe('rebeccapurple');
  });
});

describe('destroy()', () => {
  it('removes the button and every listener, and what is on its way changes nothing', async () => {
    const stub = stubMessenger();
    create(stub);
    button().click();
    await untilCalled(stub, 'load');
    expect(stub.listeners()).toBe(3);
    launcher.destroy();
    expect(launcher.element!.isConnected).toBe(false);
    expect(stub.listeners()).toBe(0);
    stub.goLive();
    launcher.open();
    await settle();
    expect(stub.calls).toEqual(['load']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('before the module has arrived adds no listener', async () => {
    const stub = stubMessenger();
    let arrive = (_messenger: typeof stub.messenger) => {};
    create(stub, { load: () => new Promise((resolve) => (arrive = resolve)) });
    button().click();
    launcher.destroy();
    arrive(stub.messenger);
    await settle();
    expect([stub.listeners(), stub.calls]).toEqual([0, []]);
  });
});
