// The unread count is of one visitor. These orders of events are those of a change of users.
import { beforeEach, expect, it } from 'vitest';
import { INITIAL_VIEW, viewOf, type ViewStore } from '../../src/adapters/messenger-view.js';
import type { Messenger, MessengerSnapshot } from '../../src/index.js';

let snapshot: MessengerSnapshot;
let calls: string[];
let setUnread: (count: number) => void;
let messenger: Messenger;
let store: ViewStore;
let told: number;
let stop: () => void;
let listeners: Set<() => void>;

beforeEach(() => {
  snapshot = { status: 'signed-out', live: true };
  calls = [];
  listeners = new Set();
  setUnread = () => {};
  messenger = {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    on(event: string, listener: (count: number) => void) {
      expect(event).toBe('unreadMessages');
      setUnread = listener;
      return () => (setUnread = () => {});
    },
    zE: (...args: unknown[]) => calls.push(args.join()),
    load: async () => calls.push('load'),
  } as unknown as Messenger;
  store = viewOf(messenger);
  told = 0;
  stop = store.subscribe(() => (told += 1));
});

function become(status: MessengerSnapshot['status'], externalId?: string): void {
  snapshot = { status, live: true, externalId };
  listeners.forEach((listener) => listener());
}

const unread = () => store.getView().unreadCount;

it('is the same object until something changes', () => {
  const view = store.getView();
  expect(view).toEqual({ ...INITIAL_VIEW, live: true });
  expect(store.getView()).toBe(view);
  become('signing-in');
  expect(store.getView()).toMatchObject({ status: 'signing-in', unreadCount: 0 });
  expect(told).toBe(1);
});

it("keeps a user's count through a renewal and a repair", () => {
  become('signed-in', 'alice');
  setUnread(2);
  become('signing-in');
  become('signed-in', 'alice');
  expect(unread()).toBe(2);
});

it('forgets the count of a user who signs out', () => {
  become('signed-in', 'alice');
  setUnread(2);
  become('signed-out');
  expect(unread()).toBe(0);
});

it('forgets the count of a user at the sign-in of another one', () => {
  become('signed-in', 'alice');
  setUnread(2);
  become('signing-in');
  become('signed-in', 'bob');
  expect(unread()).toBe(0);
});

it("hides a user's count while the next user signs in", () => {
  become('signed-in', 'alice');
  setUnread(2);
  become('signing-in');
  expect(unread()).toBe(0);
});

it("keeps the next user's count that comes before the user is known", () => {
  become('signed-in', 'alice');
  setUnread(2);
  become('signing-in');
  setUnread(3);
  become('signed-in', 'bob');
  expect(unread()).toBe(3);
});

it("keeps an anonymous visitor's count", () => {
  setUnread(1);
  become('signed-out');
  expect(unread()).toBe(1);
});

it('forgets the count of a messenger that is taken off the page', () => {
  setUnread(3);
  snapshot = { status: 'signed-out', live: false };
  expect(unread()).toBe(0);
  listeners.forEach((listener) => listener());
  become('signed-out');
  expect(unread()).toBe(0);
});

it('notices a change of users that happened while nobody listened', () => {
  become('signed-in', 'alice');
  setUnread(2);
  stop();
  become('signed-in', 'bob');
  stop = store.subscribe(() => {});
  expect(unread()).toBe(0);
});

it('all components share one subscription, which ends with the last one', () => {
  const stopSecond = viewOf(messenger).subscribe(() => (told += 1));
  expect(listeners.size).toBe(1);
  setUnread(1);
  expect(told).toBe(2);
  stop();
  expect(listeners.size).toBe(1);
  stopSecond();
  expect(listeners.size).toBe(0);
});

it('open() loads the messenger first, and close() does not', () => {
  store.open();
  store.close();
  expect(calls).toEqual(['load', 'messenger,open', 'messenger,close']);
});
