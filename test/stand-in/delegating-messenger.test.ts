import { expect, it, vi } from 'vitest';
import { devtoolsKey, findHook } from '../../src/devtools-hook.js';
import { createDelegatingMessenger } from '../../src/stand-in/delegating-messenger.js';

/** A messenger that notes what is called, and whose listeners can be called. */
function createFake() {
  const listeners = new Set<() => void>();
  const events = new Map<string, (...details: unknown[]) => void>();
  const subscribe = vi.fn((listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });
  const on = (event: string, listener: (...details: unknown[]) => void) => {
    events.set(event, listener);
    return () => void events.delete(event);
  };
  const zE = vi.fn();
  const fake = {
    ...{ load: vi.fn(), login: vi.fn(), setUser: vi.fn(), logout: vi.fn(), remove: vi.fn(), destroy: vi.fn() },
    ...{ getSnapshot: vi.fn(), subscribe, listeners, events },
    zE: Object.assign(zE, { unsafe: zE }),
    on: Object.assign(on, { unsafe: on }),
  };
  return fake;
}

function start() {
  const fakes: ReturnType<typeof createFake>[] = [];
  const delegating = createDelegatingMessenger(() => {
    const fake = createFake();
    fakes.push(fake);
    return fake;
  });
  return { ...delegating, fakes };
}

it('creates the real messenger at once, so that wrong options throw as usual', () => {
  const fail = () => {
    throw new Error('wrong');
  };
  expect(() => createDelegatingMessenger(fail)).toThrow('wrong');
  expect(start().fakes).toHaveLength(1);
});

it('passes every call on', () => {
  const { messenger, fakes } = start();
  const [fake] = fakes;
  for (const name of ['load', 'login', 'logout', 'remove', 'destroy', 'getSnapshot'] as const) {
    void messenger[name]();
    expect(fake![name]).toHaveBeenCalledTimes(1);
  }
  void messenger.setUser('user-1');
  expect(fake!.setUser).toHaveBeenCalledWith('user-1');
  messenger.zE('messenger', 'open');
  messenger.zE.unsafe('messenger', 'aNewCommand', 1);
  expect(fake!.zE.mock.calls).toEqual([
    ['messenger', 'open'],
    ['messenger', 'aNewCommand', 1],
  ]);
});

it('destroys the real messenger at renew(), tells the subscribers, and creates another one only at the next call', () => {
  const { messenger, renew, fakes } = start();
  const listener = vi.fn();
  messenger.subscribe(listener);
  renew();
  renew();
  expect(fakes[0]!.destroy).toHaveBeenCalledTimes(1);
  expect(fakes[0]!.listeners.size).toBe(0);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(fakes).toHaveLength(1);
  void messenger.load();
  expect(fakes).toHaveLength(2);
  expect(fakes[1]!.load).toHaveBeenCalledTimes(1);
});

it('adds the listeners to the new messenger, except those that were removed', () => {
  const { messenger, renew, fakes } = start();
  const [kept, removed, later] = [vi.fn(), vi.fn(), vi.fn()];
  messenger.on('open', kept);
  messenger.on('close', removed)();
  const unsubscribe = messenger.subscribe(later);
  renew();
  void messenger.load();
  const [, fake] = fakes;
  fake!.events.get('open')!('details');
  expect(kept).toHaveBeenCalledExactlyOnceWith('details');
  expect(fake!.events.has('close')).toBe(false);
  expect(fake!.listeners.size).toBe(1);
  unsubscribe();
  expect(fake!.listeners.size).toBe(0);
});

it('lets the devtools observe every real messenger, and renew the current one', () => {
  const observers: unknown[] = [];
  const renew = vi.fn();
  const { messenger, renew: replace } = createDelegatingMessenger(() => ({
    ...createFake(),
    [devtoolsKey()]: { observe: (listener: unknown) => observers.push(listener), renew },
  }));
  const hook = findHook({ ...messenger })!;
  const [listener, other] = [vi.fn(), vi.fn()];
  hook.observe(listener);
  expect(observers).toEqual([listener]);
  replace();
  expect(observers.splice(0)).toEqual([listener, undefined]);
  messenger.getSnapshot();
  expect(observers.splice(0)).toEqual([listener]);
  hook.renew();
  expect(renew).toHaveBeenCalledTimes(1);
  hook.observe(other);
  expect(observers.splice(0)).toEqual([undefined, other]);
  hook.observe(undefined);
  expect(observers.splice(0)).toEqual([undefined]);
  replace();
  messenger.getSnapshot();
  expect(observers).toEqual([]);
});

it('is there for the devtools even if the real messenger is of a version without a hook', () => {
  const hook = findHook(start().messenger)!;
  expect(() => {
    hook.observe(() => {});
    hook.renew();
    hook.observe(undefined);
  }).not.toThrow();
});
