// setUser() tells who is signed in to the site.
import { describe, expect, it } from 'vitest';
import {
  acceptLogin,
  answerRequest,
  createWorld,
  endSignOut,
  forbidUnhandledRejections,
  pass,
  settled,
  takeEventTypes,
} from './create-world.js';

forbidUnhandledRejections();

/** The site has told that a user is signed in, and the messenger has signed this user in. */
async function startWith(id: string, user = id) {
  const world = createWorld();
  const promise = world.driver.setUser(id);
  world.notify('live');
  await answerRequest(world, user);
  acceptLogin(world, user);
  await promise;
  pass(world, 2000);
  world.events.length = world.calls.length = 0;
  return world;
}

describe('setUser()', () => {
  it('loads the messenger and signs the user in', async () => {
    const world = createWorld();
    const promise = world.driver.setUser('7');
    expect(takeEventTypes(world)).toEqual(['load-requested', 'token-requested']);
    world.notify('live');
    await answerRequest(world);
    acceptLogin(world);
    expect(await promise).toMatchObject({ status: 'signed-in', externalId: 'ada', live: true });
    expect(world.stored).toMatchObject({ storedId: 'au-ada', record: expect.stringMatching(/^au-ada:/) as string });
  });

  it('does nothing for the same id', async () => {
    const world = await startWith('7', 'ada');
    const { requests, logins } = world;
    expect(await world.driver.setUser('7')).toBe(world.driver.getSnapshot());
    expect([world.events, world.calls, requests.length, logins.length]).toEqual([[], [], 1, 1]);
  });

  it('waits for the sign-in that is in progress for the same id', async () => {
    const world = createWorld();
    const promises = [world.driver.setUser('7'), world.driver.setUser('7')];
    world.notify('live');
    await answerRequest(world);
    acceptLogin(world);
    for (const promise of promises) expect(await promise).toMatchObject({ status: 'signed-in' });
    expect(world.requests).toHaveLength(1);
  });

  it('with another id signs the previous user out, and then the new one in', async () => {
    const world = await startWith('ada');
    const promise = world.driver.setUser('bob');
    expect(world.calls).toEqual(['hold', 'forget', 'logout']);
    await answerRequest(world, 'bob');
    pass(world, 300);
    expect(world.logins).toHaveLength(1);
    endSignOut(world);
    expect(world.logins).toHaveLength(2);
    acceptLogin(world, 'bob');
    expect(await promise).toMatchObject({ status: 'signed-in', externalId: 'bob' });
    expect(world.calls).toEqual(['hold', 'forget', 'logout', 'restore', 'pass', 'restore']);
  });

  it.each([null, undefined, ''])('with %j signs out and resolves when that is complete', async (nobody) => {
    const world = await startWith('ada');
    let isSettled = false;
    const promise = world.driver.setUser(nobody).finally(() => (isSettled = true));
    expect(world.calls).toEqual(['hold', 'forget', 'logout']);
    pass(world, 300);
    await settled();
    expect(isSettled).toBe(false);
    endSignOut(world);
    expect(await promise).toMatchObject({ status: 'signed-out', live: true });
    expect(world.stored).toEqual({});
    expect(world.requests).toHaveLength(1);
  });

  it('with nobody loads the messenger, and signs out a user of an earlier page', async () => {
    const world = createWorld();
    world.isLive = false;
    world.stored = { storedId: 'au-ada' };
    const promise = world.driver.setUser(null);
    expect(world.calls).toEqual(['hold', 'logout', 'load', 'restore', 'pass']);
    // Nobody is in the memory of a messenger that is not live, so the keys can be deleted at once.
    expect(world.stored).toEqual({});
    world.notify('live');
    expect(await promise).toMatchObject({ status: 'signed-out', live: true });
  });

  it('with nobody leaves an anonymous visitor alone', async () => {
    const world = createWorld();
    const stored = (world.stored = { storedId: 'au-1', isAnonymous: true });
    void world.driver.setUser(null);
    world.notify('live');
    await settled();
    expect([world.calls, world.stored]).toEqual([['load'], stored]);
    void world.driver.setUser('ada');
    expect(world.calls).toEqual(['load']);
  });

  it.each([
    [['a', 'b', null, 'c'], 'c'],
    [['a', null, 'a', 'b'], 'b'],
    [['a', 'b', 'a'], 'a'],
    [['a', 'b', null], undefined],
    [[null, 'a', null], undefined],
  ])('ends with the last of %j, and every promise settles', async (ids, last) => {
    for (const start of [createWorld(), await startWith('ada')]) {
      const promises = ids.map((id) => start.driver.setUser(id));
      if (!start.driver.getSnapshot().live) start.notify('live');
      if (last) await answerRequest(start, last);
      endSignOut(start);
      if (last) acceptLogin(start, last);
      const status = last ? 'signed-in' : 'signed-out';
      expect(await promises.at(-1)).toMatchObject({ status, externalId: last });
      await Promise.all(promises);
      expect(start.calls.filter((call) => call === 'logout').length).toBeLessThan(2);
    }
  });

  it.each([5, {}, true, ['a']])('with %j rejects with invalid_option, and nothing happens', async (id) => {
    const world = createWorld();
    await expect(world.driver.setUser(id as unknown as string)).rejects.toMatchObject({ code: 'invalid_option' });
    // Nobody handles this one.
    void world.driver.setUser(id as unknown as string);
    await settled();
    expect([world.calls, world.requests]).toEqual([[], []]);
    expect(world.loggedErrors).toMatchObject([{ code: 'invalid_option' }, { code: 'invalid_option' }]);
  });

  it('rejects as login() does, and a promise that nobody handles causes no unhandled rejection', async () => {
    const world = createWorld();
    const promises = [world.driver.setUser('a'), world.driver.setUser('a')];
    world.notify('loadFailed', 'script_blocked');
    await expect(promises[0]).rejects.toMatchObject({ code: 'script_blocked' });
    const destroyed = createWorld('no_window');
    await expect(destroyed.driver.setUser('a')).rejects.toMatchObject({ code: 'no_window' });
  });
});

describe('setUser() after another call', () => {
  it('login() treats the id as another user, because nobody knows whom the site meant', async () => {
    const world = createWorld();
    void world.driver.login();
    void world.driver.setUser('a');
    expect(takeEventTypes(world).slice(2)).toEqual(['user-changed', 'token-cancelled', 'token-requested']);
  });

  it('logout() signs in again, also with the same id', async () => {
    const world = await startWith('a');
    void world.driver.logout();
    endSignOut(world);
    void world.driver.setUser('a');
    expect(takeEventTypes(world)).toEqual(['signed-out', 'sign-out-completed', 'token-requested']);
  });

  it('remove() starts the messenger again, also with the same id, and signs nobody out', async () => {
    const world = await startWith('a');
    void world.driver.remove();
    void world.driver.setUser('a');
    expect(takeEventTypes(world)).toEqual(['messenger-removed', 'load-requested', 'token-requested']);
    const anonymous = createWorld();
    void anonymous.driver.setUser(null);
    anonymous.notify('live');
    pass(anonymous, 2000);
    void anonymous.driver.remove();
    void anonymous.driver.setUser(null);
    expect(anonymous.calls).toEqual(['load', 'remove', 'load']);
  });

  it('remove() that is still in progress starts the messenger again, also with the same id', async () => {
    const world = createWorld();
    void world.driver.setUser('a');
    const removal = world.driver.remove();
    void world.driver.setUser('a');
    world.notify('live');
    await removal;
    pass(world, 1100);
    expect(world.calls).toEqual(['load', 'hold', 'pass', 'remove', 'load']);
  });

  it('remove() forgets what the page had set for the previous user', async () => {
    const world = await startWith('a');
    void world.driver.remove();
    void world.driver.setUser('b');
    expect(world.calls).toContain('forget');
  });

  it('destroy() rejects', async () => {
    const world = await startWith('a');
    world.driver.destroy();
    await expect(world.driver.setUser('b')).rejects.toMatchObject({ code: 'destroyed' });
    expect(world.calls).not.toContain('logout');
  });
});

describe('login() after setUser(null)', () => {
  async function signInAfterNobody() {
    const world = createWorld();
    void world.driver.setUser(null);
    world.notify('live');
    void world.driver.login();
    await answerRequest(world);
    acceptLogin(world);
    return world;
  }

  it('signs in, and the next setUser(null) signs out', async () => {
    const world = await signInAfterNobody();
    void world.driver.setUser(null);
    expect(takeEventTypes(world)).toContain('signed-out');
  });

  it('is not followed by a sign-out at remove() and setUser(id)', async () => {
    const world = await signInAfterNobody();
    void world.driver.remove();
    void world.driver.setUser('ada');
    expect(takeEventTypes(world)).not.toContain('signed-out');
  });
});
