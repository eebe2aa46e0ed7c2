// @vitest-environment jsdom
// A store is created by the first component that uses it, and outlives that component.
import { createApp, effectScope, h, nextTick, onMounted, ref, shallowRef } from 'vue';
import { expect, it } from 'vitest';
import { useMessenger, type UseMessengerResult } from '../../src/vue/index.js';
import { createSilentMessenger } from './silent-messenger.js';

it('a store follows the user after the component that created it is gone', async () => {
  const silent = createSilentMessenger();
  const userId = ref<string | null>('alice');
  const scope = effectScope(true);
  let store: UseMessengerResult | undefined;
  const useStore = () => (store ??= scope.run(() => useMessenger(silent.messenger, { userId }))!);
  const page = shallowRef('sign-in');
  const SignIn = { setup: () => (useStore(), () => h('i')) };
  const Shop = { setup: () => () => h('b', useStore().status.value) };
  const app = createApp({ render: () => h(page.value === 'sign-in' ? SignIn : Shop) });
  const target = document.createElement('div');
  app.mount(target);
  await nextTick();
  expect(silent.users).toEqual(['alice']);

  page.value = 'shop';
  await nextTick();
  silent.become('signed-in', 'alice');
  await nextTick();
  expect(target.textContent).toBe('signed-in');
  userId.value = null;
  await nextTick();
  expect(silent.users).toEqual(['alice', null]);

  scope.stop();
  expect(silent.countListeners()).toBe(0);
  userId.value = 'bob';
  await nextTick();
  expect(silent.users).toHaveLength(2);
  app.unmount();
});

it('a scope without a component starts at once', () => {
  const silent = createSilentMessenger();
  const scope = effectScope();
  scope.run(() => useMessenger(silent.messenger, { userId: 'alice' }));
  expect(silent.users).toEqual(['alice']);
  scope.stop();
  expect(silent.countListeners()).toBe(0);
});

it('a store that is first used when a component is mounted starts at once', async () => {
  const silent = createSilentMessenger();
  const scope = effectScope(true);
  const app = createApp({
    setup() {
      onMounted(() => void scope.run(() => useMessenger(silent.messenger, { userId: 'alice' })));
      return () => h('p');
    },
  });
  app.mount(document.createElement('div'));
  await nextTick();
  expect(silent.users).toEqual(['alice']);
  app.unmount();
  scope.stop();
});

it('a component without a user only shows the state', async () => {
  const silent = createSilentMessenger();
  const target = document.createElement('div');
  const app = createApp({
    setup() {
      const { unreadCount, live } = useMessenger(silent.messenger);
      return () => h('p', `${live.value} ${unreadCount.value}`);
    },
  });
  app.mount(target);
  silent.setUnread(2);
  await nextTick();
  expect(target.textContent).toBe('true 2');
  app.unmount();
  expect(silent.users).toEqual([]);
});
