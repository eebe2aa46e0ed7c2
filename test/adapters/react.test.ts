// @vitest-environment jsdom
import { act, createElement, startTransition, StrictMode, Suspense, use, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useMessenger, useUnreadCount } from '../../src/react/index.js';
import { createSilentMessenger, type SilentMessenger } from './silent-messenger.js';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let silent: SilentMessenger;
let root: Root;
let target: HTMLElement;

beforeEach(() => {
  silent = createSilentMessenger();
  target = document.createElement('div');
  root = createRoot(target);
});
afterEach(async () => {
  await act(async () => root.unmount());
  expect(silent.countListeners()).toBe(0);
});

const render = (element: React.ReactNode) => act(async () => root.render(element));

it('without a userId, it only shows the state; with undefined, nobody is signed in', async () => {
  const User = ({ options }: { options: { userId?: string | undefined } }) => {
    const { status } = useMessenger(silent.messenger, options);
    return status;
  };
  await render(createElement(User, { options: {} }));
  expect(silent.users).toEqual([]);
  await render(createElement(User, { options: { userId: 'alice' } }));
  await render(createElement(User, { options: { userId: 'alice' } }));
  await render(createElement(User, { options: { userId: undefined } }));
  expect(silent.users).toEqual(['alice', undefined]);
});

it('useUnreadCount renders only when the number changes', async () => {
  let renders = 0;
  const Count = () => {
    renders += 1;
    return useUnreadCount(silent.messenger);
  };
  await render(createElement(Count));
  const before = renders;
  await act(async () => silent.become('signing-in'));
  await act(async () => silent.become('signed-in', 'alice'));
  expect([renders, target.textContent]).toEqual([before, '0']);
  await act(async () => silent.setUnread(2));
  expect([renders, target.textContent]).toEqual([before + 1, '2']);
});

it('open and close stay the same functions, so an effect may depend on them', async () => {
  const seen = new Set<unknown>();
  const Button = () => {
    const { open, close, status } = useMessenger(silent.messenger);
    seen.add(open).add(close);
    return createElement('button', { onClick: open }, status);
  };
  await render(createElement(Button));
  await act(async () => silent.become('signing-in'));
  expect(seen.size).toBe(2);
  // React listens to the events of its root.
  document.body.append(target);
  target.querySelector('button')!.click();
  expect(silent.calls).toEqual(['load', 'messenger,open']);
  target.remove();
});

it('in a transition that waits for other data, nobody is signed in before the page shows it', async () => {
  let resolve = (_: string) => {};
  const data = new Promise<string>((done) => (resolve = done));
  let change = (_: boolean) => {};
  const User = ({ userId }: { userId: string }) => {
    const { status, unreadCount } = useMessenger(silent.messenger, { userId });
    return `${userId}: ${status}, ${unreadCount} unread. `;
  };
  const Slow = () => use(data);
  const App = () => {
    const [isNext, setNext] = useState(false);
    change = setNext;
    return [
      createElement(User, { key: 'user', userId: isNext ? 'bob' : 'alice' }),
      createElement(Suspense, { key: 'data' }, isNext ? createElement(Slow) : 'first'),
    ];
  };
  await render(createElement(StrictMode, null, createElement(App)));
  expect(new Set(silent.users)).toEqual(new Set(['alice']));
  await act(async () => startTransition(() => change(true)));
  expect(target.textContent).toContain('first');
  // The messenger changes in the middle of the transition, and what is shown stays consistent.
  await act(async () => silent.become('signed-in', 'alice'));
  await act(async () => silent.setUnread(1));
  expect(target.textContent).toBe('alice: signed-in, 1 unread. first');
  expect(silent.users).not.toContain('bob');
  await act(async () => resolve('second'));
  expect(target.textContent).toBe('bob: signed-in, 1 unread. second');
  expect(silent.users.at(-1)).toBe('bob');
});
