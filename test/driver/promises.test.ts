// What load() and login() settle with.
import { describe, expect, it } from 'vitest';
import { createWorld, forbidUnhandledRejections, settled, signIn, unhandledRejections } from './create-world.js';

forbidUnhandledRejections();

describe('Promises', () => {
  it('from load() settle when the messenger is live or has failed', async () => {
    const world = createWorld();
    let isSettled = false;
    const promise = world.driver.load().finally(() => (isSettled = true));
    await settled();
    expect(isSettled).toBe(false);
    world.notify('live');
    expect(await promise).toBe(world.driver.getSnapshot());
    expect(await world.driver.load()).toMatchObject({ live: true, status: 'signed-out' });
    const failing = createWorld();
    const failed = failing.driver.load();
    failing.notify('loadFailed', 'classic_widget');
    await expect(failed).rejects.toMatchObject({ code: 'classic_widget' });
  });

  it('from login() settle after the sign-in, or when the messenger is live and nobody is signed in to the site', async () => {
    const world = createWorld();
    let isSettled = false;
    const promise = world.driver.login().finally(() => (isSettled = true));
    world.requests[0]!.answer(['tokenArrived', null]);
    await settled();
    expect(isSettled).toBe(false);
    world.notify('live');
    expect(await promise).toMatchObject({ status: 'signed-out', live: true });
    const signedIn = await signIn();
    expect(await signedIn.driver.login()).toMatchObject({ status: 'signed-in', externalId: 'ada' });
  });

  it('from a load() during a step settle after that step', async () => {
    const world = createWorld();
    let inner: Promise<unknown> | undefined;
    world.onReport = ({ type }) => void (type === 'messenger-live' && (inner = world.driver.load()));
    void world.driver.load();
    world.notify('live');
    expect(await inner).toMatchObject({ live: true });
  });

  it('cause no unhandled rejection if nobody handles them', async () => {
    const world = createWorld('no_window');
    void world.driver.login();
    await settled();
    expect(unhandledRejections()).toEqual([]);
  });
});

describe('A disabled driver', () => {
  it('performs no action and rejects every promise', async () => {
    const world = createWorld('no_window');
    await expect(world.driver.load()).rejects.toMatchObject({ code: 'no_window' });
    await expect(world.driver.login()).rejects.toMatchObject({ code: 'no_window' });
    void world.driver.logout();
    expect([world.calls, world.events, world.listeners.size]).toEqual([[], [], 0]);
    world.driver.destroy();
    await expect(world.driver.load()).rejects.toMatchObject({ code: 'no_window' });
  });

  it('calls no listener and reports nothing after destroy()', async () => {
    const world = await signIn();
    let changes = 0;
    world.driver.subscribe(() => void changes++);
    world.driver.destroy();
    expect(changes).toBe(1);
    expect(world.listeners.size).toBe(0);
    expect(world.calls).toEqual(['page off']);
    await expect(world.driver.login()).rejects.toMatchObject({ code: 'destroyed' });
    world.events.length = 0;
    void world.driver.logout();
    world.notify('live');
    expect([world.events, world.calls, changes]).toEqual([[], ['page off'], 1]);
  });

  it('logs an error for each load() and login() after destroy(), even if the page ignores the promise', async () => {
    const world = createWorld();
    world.driver.destroy();
    void world.driver.login();
    expect(world.loggedErrors).toMatchObject([{ code: 'destroyed' }]);
    const error: unknown = await world.driver.load().catch((error: unknown) => error);
    expect(world.loggedErrors[1]).toEqual(error);
    await settled();
    expect(world.loggedErrors).toHaveLength(2);
    expect(unhandledRejections()).toEqual([]);
  });

  it('logs no error on a server, not even after destroy()', async () => {
    const world = createWorld('no_window');
    void world.driver.login();
    world.driver.destroy();
    void world.driver.load();
    await settled();
    expect(world.loggedErrors).toEqual([]);
  });

  it('rejects the pending promises when destroy() is called, and logs no error for them', async () => {
    const world = createWorld();
    const promises = [world.driver.load(), world.driver.login()];
    world.driver.destroy();
    for (const promise of promises) await expect(promise).rejects.toMatchObject({ code: 'destroyed' });
    expect(world.loggedErrors).toEqual([]);
    world.events.length = 0;
    world.notify('live');
    expect(world.events).toEqual([]);
  });
});
