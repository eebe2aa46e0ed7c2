// remove(), a messenger that has disappeared, and what happens to the page's settings.
import { describe, expect, it } from 'vitest';
import {
  acceptLogin,
  answerRequest,
  createWorld,
  forbidUnhandledRejections,
  pass,
  settled,
  signIn,
  takeEventTypes,
} from './create-world.js';

forbidUnhandledRejections();

describe('remove()', () => {
  it('takes the messenger off the page at once if it is live', async () => {
    const world = await signIn();
    await world.driver.remove();
    expect(world.calls).toEqual(['hold', 'remove']);
    expect(world.driver.getSnapshot()).toMatchObject({ live: false, status: 'signed-out', expiresAtMs: undefined });
  });

  it('resolves when the load has ended', async () => {
    const world = createWorld();
    const load = world.driver.load();
    let isDone = false;
    const removal = world.driver.remove().then(() => (isDone = true));
    await settled();
    expect(isDone).toBe(false);
    world.notify('live');
    await removal;
    expect(world.calls).toEqual(['load', 'remove']);
    expect(await load).toMatchObject({ live: false });
  });

  it('resolves when the load fails, and the load() before it does not reject', async () => {
    const world = createWorld();
    const load = world.driver.load();
    const removal = world.driver.remove();
    world.notify('loadFailed', 'script_blocked');
    await removal;
    expect(await load).toMatchObject({ live: false, status: 'signed-out', error: undefined });
  });

  it('makes a login() that is still waiting resolve with signed-out', async () => {
    const world = createWorld();
    const login = world.driver.login();
    world.notify('live');
    await world.driver.remove();
    expect(await login).toMatchObject({ status: 'signed-out', live: false });
    expect(world.requests[0]!.signal.aborted).toBe(true);
  });

  it('is followed by another load, also if that is asked for before the end of the removal', async () => {
    const world = createWorld();
    void world.driver.load();
    const removal = world.driver.remove();
    const load = world.driver.load();
    world.notify('live');
    await removal;
    pass(world, 1100);
    world.notify('live');
    expect(await load).toMatchObject({ live: true });
    expect(world.calls).toEqual(['load', 'remove', 'load']);
  });

  it('works ten times in a row', async () => {
    const world = createWorld();
    for (let times = 0; times < 10; times++) {
      const load = world.driver.load();
      pass(world, 1100);
      world.notify('live');
      expect(await load).toMatchObject({ live: true });
      await world.driver.remove();
    }
    expect(world.calls).toEqual(Array.from({ length: 10 }, () => ['load', 'remove']).flat());
  });

  it('resolves on a server, after destroy(), and when destroy() follows', async () => {
    await createWorld('no_window').driver.remove();
    const world = createWorld();
    void world.driver.load();
    const removal = world.driver.remove();
    world.driver.destroy();
    await removal;
    await world.driver.remove();
    expect(world.calls).toEqual(['load', 'page off']);
  });
});

describe('A messenger that has disappeared', () => {
  it('is cleared away and started again, and the snapshot says so', async () => {
    const world = await signIn();
    pass(world, 2000);
    world.notify('lost');
    expect(world.calls).toEqual(['hold', 'remove', 'load']);
    expect(world.driver.getSnapshot()).toMatchObject({ live: false, status: 'signing-in' });
    expect(world.requests).toHaveLength(1);
    world.notify('live');
    expect(world.logins).toHaveLength(2);
    // The login restores what the page has set.
    expect(world.calls).toEqual(['hold', 'remove', 'load', 'restore']);
    world.logins[1]!.ask(() => {});
    world.logins[1]!.onResult('');
    expect(world.calls).toEqual(['hold', 'remove', 'load', 'restore', 'restore', 'pass']);
    expect(world.driver.getSnapshot()).toMatchObject({ live: true, status: 'signed-in' });
  });

  it('gets the settings of an anonymous visitor back', async () => {
    const world = createWorld();
    void world.driver.load();
    world.notify('live');
    pass(world, 2000);
    world.notify('lost');
    world.notify('live');
    expect(world.calls).toEqual(['load', 'remove', 'load', 'restore']);
  });
});

describe('Fields and tags', () => {
  it('are cleared when the session is lost, and come back with the next login of the user [M 72]', async () => {
    const world = createWorld();
    void world.driver.login();
    world.notify('live');
    await answerRequest(world);
    acceptLogin(world);
    pass(world, 2000);
    world.calls.length = world.events.length = 0;
    world.stored = {};
    world.wake('visible', false);
    expect(world.calls).toEqual(['hold, clear', 'reset']);
    expect(takeEventTypes(world)).toEqual(['identity-lost', 'token-requested']);
    await answerRequest(world);
    acceptLogin(world);
    expect(world.calls).toEqual(['hold, clear', 'reset', 'restore', 'pass']);
  });

  it('are cleared when consent is withdrawn, which is a sign-out', async () => {
    const world = await signIn();
    world.driver.setConsent(false);
    expect(world.calls).toEqual(['hold, clear']);
    expect(world.driver.getSnapshot().status).toBe('signed-out');
    const login = world.driver.login();
    let isSettled = false;
    void login.finally(() => (isSettled = true));
    await settled();
    expect([isSettled, world.requests.length]).toEqual([false, 1]);
    world.driver.setConsent(true);
    expect(world.requests).toHaveLength(2);
  });
});
