// What logout() resolves with, and when: nothing of the user is stored then.
import { describe, expect, it } from 'vitest';
import {
  acceptLogin,
  answerRequest,
  createWorld,
  endSignOut,
  forbidUnhandledRejections,
  pass,
  settled,
  signIn,
  takeEventTypes,
} from './create-world.js';

forbidUnhandledRejections();

/** Ada is signed in and her id is stored. */
async function signInAndStore() {
  const world = await signIn();
  world.stored = { storedId: 'au-ada' };
  world.driver.setConsent(true);
  return world;
}

/** Calls logout(), and tells whether its promise has resolved. */
function beginSignOut(world: ReturnType<typeof createWorld>) {
  const signOut = { isDone: false };
  void world.driver.logout().then(() => (signOut.isDone = true));
  return signOut;
}

describe('logout()', () => {
  it('resolves when the stored key is gone', async () => {
    const world = await signInAndStore();
    const signOut = beginSignOut(world);
    expect(world.calls).toEqual(['hold', 'logout']);
    pass(world, 300);
    await settled();
    expect(signOut.isDone).toBe(false);
    endSignOut(world);
    await settled();
    expect(signOut.isDone).toBe(true);
    expect(takeEventTypes(world)).toEqual(['signed-out', 'sign-out-completed']);
  });

  it('deletes our own record, too', async () => {
    const world = await signInAndStore();
    world.stored = { storedId: 'au-ada', record: 'au-ada:1:2' };
    beginSignOut(world);
    endSignOut(world);
    expect(world.stored).toEqual({});
  });

  it('takes 2 s at most: then the messenger is reset, and the stored identity is deleted', async () => {
    const world = await signInAndStore();
    const signOut = beginSignOut(world);
    pass(world, 1999);
    await settled();
    expect(signOut.isDone).toBe(false);
    pass(world, 1);
    await settled();
    expect(signOut.isDone).toBe(true);
    expect(world.calls).toEqual(['hold', 'logout', 'reset', 'restore', 'pass']);
    expect(world.stored).toEqual({});
    expect(takeEventTypes(world)).toEqual(['signed-out', 'sign-out-delayed', 'sign-out-completed']);
  });

  it('takes 2 s at most, also if a login waits for the end of the sign-out', async () => {
    const world = await signInAndStore();
    const signOut = beginSignOut(world);
    void world.driver.login();
    await answerRequest(world);
    pass(world, 2000);
    await settled();
    expect(signOut.isDone).toBe(true);
    expect(world.calls).not.toContain('reset');
    pass(world, 2000);
    expect(world.calls).toContain('reset');
    expect(world.logins).toHaveLength(2);
  });

  it('resolves at once if nothing is stored or the messenger is not live', async () => {
    const denied = await signIn();
    await denied.driver.logout();
    const early = createWorld();
    early.isLive = false;
    early.stored = { storedId: 'au-ada', record: 'au-ada:1:2' };
    await early.driver.logout();
    expect([early.calls, early.stored]).toEqual([['hold', 'logout', 'restore', 'pass'], {}]);
  });

  it('does not delete the identity that another tab has stored meanwhile', async () => {
    const world = await signInAndStore();
    beginSignOut(world);
    world.stored = { storedId: 'au-bob', record: 'au-ada:1' };
    pass(world, 50);
    expect(takeEventTypes(world)).toEqual(['signed-out', 'sign-out-completed']);
    expect(world.stored).toEqual({ storedId: 'au-bob' });
  });

  it('calls the messenger only once, and both promises resolve', async () => {
    const world = await signInAndStore();
    const signOuts = [beginSignOut(world), beginSignOut(world)];
    expect(world.calls).toEqual(['hold', 'logout', 'forget']);
    endSignOut(world);
    await settled();
    expect(signOuts).toEqual([{ isDone: true }, { isDone: true }]);
  });

  it('resolves when it is called during a step, after destroy(), during one, and on a server', async () => {
    const world = await signInAndStore();
    let inner: Promise<void> | undefined;
    world.onReport = ({ type }) => void (type === 'token-requested' && (inner = world.driver.logout()));
    pass(world, 2_200_000);
    endSignOut(world);
    await inner;
    expect(world.driver.getSnapshot().status).toBe('signed-out');
    const destroyed = await signInAndStore();
    const promise = destroyed.driver.logout();
    destroyed.driver.destroy();
    await promise;
    await destroyed.driver.logout();
    expect(destroyed.calls).toEqual(['hold', 'logout', 'page off']);
    await createWorld('no_window').driver.logout();
  });

  it('skips the login of the same step when a callback of the page has called it', async () => {
    const world = createWorld();
    world.onReport = ({ type }) => void (type === 'login-called' && void world.driver.logout());
    void world.driver.login();
    world.notify('live');
    await answerRequest(world);
    expect(world.logins).toEqual([]);
    expect(world.calls).toEqual(['load', 'logout', 'restore']);
  });

  it('makes a login() that is still waiting resolve with signed-out, when the sign-out is complete', async () => {
    const world = await signInAndStore();
    pass(world, 3_600_000);
    let isSettled = false;
    const login = world.driver.login().finally(() => (isSettled = true));
    world.stored = { storedId: 'au-ada' };
    void world.driver.logout();
    await settled();
    expect(isSettled).toBe(false);
    endSignOut(world);
    expect(await login).toMatchObject({ status: 'signed-out' });
  });

  it('is followed by the login of the same user when the key is gone [M 80]', async () => {
    const world = await signInAndStore();
    void world.driver.logout();
    const login = world.driver.login();
    pass(world, 1100);
    await answerRequest(world);
    expect(world.logins).toHaveLength(1);
    endSignOut(world);
    expect(world.logins).toHaveLength(2);
    acceptLogin(world);
    expect(await login).toMatchObject({ status: 'signed-in' });
  });

  it('leaves nothing behind when the messenger goes away meanwhile', async () => {
    for (const goAway of ['remove', 'lost', 'destroy'] as const) {
      const world = await signInAndStore();
      beginSignOut(world);
      if (goAway === 'lost') world.notify('lost');
      else void world.driver[goAway]();
      expect(world.stored).toEqual({});
    }
  });

  it('keeps the identity that another tab has stored when the visitor leaves the page', async () => {
    const world = await signInAndStore();
    beginSignOut(world);
    world.stored = { storedId: 'au-bob' };
    world.wake('hidden', false, true);
    expect(world.stored).toEqual({ storedId: 'au-bob' });
  });

  it('leaves nothing behind when the visitor leaves the page without waiting [M 56]', async () => {
    const world = await signInAndStore();
    beginSignOut(world);
    world.wake('hidden', false, false);
    expect(world.stored).toEqual({ storedId: 'au-ada' });
    world.wake('hidden', false, true);
    expect(world.stored).toEqual({});
  });
});
