// @vitest-environment jsdom
// The panel in a page: which messengers it takes, what it hears, one panel at a time, and that nothing is left of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MessengerAuthError } from '../../src/core/errors.js';
import { devtoolsKey } from '../../src/devtools-hook.js';
import { mountDevtools } from '../../src/devtools/index.js';
import type { Messenger, MessengerEvent, MessengerSnapshot } from '../../src/index.js';

const HOST = 'zendesk-messenger-devtools';

function createStub() {
  let snapshot: MessengerSnapshot = { status: 'signed-out', live: false };
  let listener: ((event: MessengerEvent) => void) | undefined;
  const subscribers = new Set<() => void>();
  const hook = { observe: vi.fn((next: typeof listener) => void (listener = next)), renew: vi.fn() };
  const messenger = {
    [devtoolsKey()]: hook,
    getSnapshot: () => snapshot,
    subscribe(subscriber: () => void) {
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    logout: vi.fn(async () => {}),
  };
  return {
    hook,
    subscribers,
    messenger: messenger as unknown as Messenger & typeof messenger,
    emit: (event: MessengerEvent) => listener?.(event),
    publish(next: MessengerSnapshot) {
      snapshot = next;
      subscribers.forEach((subscriber) => subscriber());
    },
  };
}

const hosts = () => document.querySelectorAll(HOST);
const find = (selector: string) => document.querySelector(HOST)!.shadowRoot!.querySelector<HTMLElement>(selector)!;
const findButton = (name: string) =>
  [...document.querySelector(HOST)!.shadowRoot!.querySelectorAll('button')].find(({ textContent }) =>
    textContent.includes(name),
  )!;
const unmounts: (() => void)[] = [];
function mount(...args: Parameters<typeof mountDevtools>) {
  const unmount = mountDevtools(...args);
  unmounts.push(unmount);
  return unmount;
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => {});
  vi.stubGlobal('BroadcastChannel', undefined);
});

afterEach(() => {
  unmounts.splice(0).forEach((unmount) => unmount());
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('mountDevtools', () => {
  it('refuses what has no hook, and says what to do', () => {
    const text =
      /cannot observe this object\. Pass the messenger that createMessenger\(\) returned, from the same version/;
    expect(() => mountDevtools({ getSnapshot: () => ({}) } as unknown as Messenger)).toThrow(text);
    expect(() => mountDevtools(undefined as unknown as Messenger)).toThrow(text);
    expect(hosts()).toHaveLength(0);
  });

  it('takes a copy of a messenger, and shows its events and its snapshots', async () => {
    const { messenger, emit, publish } = createStub();
    mount({ ...messenger }, { open: true });
    expect(find('.status').textContent).toBe('Nobody is signed in');
    publish({ status: 'signed-in', live: true, externalId: 'user-17' });
    expect(find('.status').textContent).toBe('Signed in');
    emit({ type: 'asked', atMs: Date.now() });
    expect(find('ol li').textContent).toContain('The messenger requests the token.');
    await vi.waitFor(() => expect(find('.facts').textContent).toContain('1, last just now'));
  });

  it('is a button at first, and opens and closes with buttons and Escape, with the keyboard focus', () => {
    mount(createStub().messenger);
    expect([find('.panel').hidden, find('.pill').hidden]).toEqual([true, false]);
    find('.pill').click();
    expect([find('.panel').hidden, find('.pill').hidden]).toEqual([false, true]);
    const { shadowRoot } = document.querySelector(HOST)!;
    expect(shadowRoot!.activeElement!.textContent).toBe('Close');
    find('.panel').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect([find('.panel').hidden, shadowRoot!.activeElement!.className]).toEqual([true, 'pill']);
  });

  it('renews and signs out only when that is possible', () => {
    const { messenger, hook, publish } = createStub();
    mount(messenger, { open: true });
    for (const name of ['Renew now', 'Sign out']) findButton(name).click();
    expect([hook.renew.mock.calls, messenger.logout.mock.calls]).toEqual([[], []]);
    publish({ status: 'signed-in', live: true, externalId: 'a' });
    for (const name of ['Renew now', 'Sign out']) findButton(name).click();
    expect([hook.renew.mock.calls, messenger.logout.mock.calls]).toEqual([[[]], [[]]]);
  });

  it('copies the report, and shows it where copying is not allowed', async () => {
    const writeText = vi.fn(async (_text: string) => {});
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    mount(createStub().messenger, { open: true });
    findButton('Copy report').click();
    await vi.waitFor(() => expect(find('.note').textContent).toContain('is copied'));
    expect(writeText.mock.calls[0]![0]).toContain('Status: Nobody is signed in');
    writeText.mockRejectedValue(new Error('not allowed'));
    findButton('Copy report').click();
    await vi.waitFor(() => expect(find('.note').textContent).toContain('Copy the report from the text below'));
    expect((find('textarea') as HTMLTextAreaElement).value).toContain('Status: Nobody is signed in');
  });

  it('hides the id again when another user is signed in', () => {
    const { messenger, publish } = createStub();
    mount(messenger, { open: true });
    publish({ status: 'signed-in', live: true, externalId: 'user-17' });
    expect(find('.facts').textContent).not.toContain('user-17');
    find('dd button').click();
    expect(find('.facts').textContent).toContain('user-17');
    publish({ status: 'signed-in', live: true, externalId: 'user-18' });
    expect(find('.facts').textContent).not.toMatch(/user-1[78]/);
  });

  it('shows the last error in Zendesk’s own words, with the findings, and without an id', () => {
    const { messenger, emit, publish } = createStub();
    mount(messenger, { open: true });
    publish({ status: 'signed-in', live: true, externalId: 'user-17' });
    emit({ type: 'call-refused', atMs: 0, command: 'messenger user-17' });
    const finding = { code: 'kid_missing', part: 'kid', severity: 'error', message: 'No kid.', remedy: 'Add it.' };
    const error = new MessengerAuthError(
      'invalid_auth',
      '401: user-17?',
      undefined,
      ['Refused', 'Check a key'],
      [finding as never],
    );
    publish({ status: 'failed', live: true, error });
    const { textContent } = find('.problems');
    expect(textContent).toContain('Last error: invalid_auth');
    expect(textContent).toContain('Zendesk says: 401: [left out]');
    expect(textContent).toContain('kid_missing No kid. Add it.');
    expect(find('.panel').textContent).toContain('The messenger rejected the command "messenger [left out]".');
    expect(find('.panel').textContent).not.toContain('user-17');
  });

  it('is there once: another call replaces it, and the old function then does nothing', () => {
    const [first, second] = [createStub(), createStub()];
    const unmountFirst = mount(first.messenger);
    mount(second.messenger);
    expect(hosts()).toHaveLength(1);
    expect([first.subscribers.size, second.subscribers.size]).toEqual([0, 1]);
    unmountFirst();
    expect(hosts()).toHaveLength(1);
    expect(second.hook.observe).not.toHaveBeenCalledWith(undefined);
  });

  it('leaves nothing behind', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { messenger, hook, subscribers, emit } = createStub();
      const unmount = mount(messenger);
      emit({ type: 'asked', atMs: 0 });
      unmount();
      await Promise.resolve();
      expect([hosts().length, subscribers.size, vi.getTimerCount()]).toEqual([0, 0, 0]);
      expect(hook.observe).toHaveBeenLastCalledWith(undefined);
    } finally {
      vi.useRealTimers();
    }
  });

  it('survives a replaced body', async () => {
    mount(createStub().messenger);
    document.documentElement.replaceChild(document.createElement('body'), document.body);
    await vi.waitFor(() => expect(document.body.querySelectorAll(HOST)).toHaveLength(1));
  });

  it('tells what happened before, from the marks of the library', () => {
    performance.clearMarks();
    for (const type of ['token-requested', 'token-received', 'asked', 'consent-given'])
      performance.mark(`zendesk-messenger-auth:${type}`);
    const { messenger, publish } = createStub();
    const nowMs = Date.now();
    publish({
      status: 'signed-in',
      live: true,
      externalId: 'a',
      expiresAtMs: nowMs + 90_000,
      refreshAtMs: nowMs + 9000,
    });
    mount(messenger, { open: true });
    expect(find('ol').textContent).toContain('Received a token, valid for 90 s.');
    expect(find('.facts').textContent).toContain('before the panel, last just now');
    performance.clearMarks();
  });
});
