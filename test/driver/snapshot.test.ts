// What the driver reports as the snapshot.
import { describe, expect, it } from 'vitest';
import { createWorld, forbidUnhandledRejections, settled, signIn, START_MS } from './create-world.js';

forbidUnhandledRejections();

describe('The snapshot', () => {
  it('is the same object until something changes, and each listener hears of each change once', async () => {
    const world = createWorld();
    const seen: unknown[] = [];
    const listener = () => void seen.push(world.driver.getSnapshot());
    const stop = world.driver.subscribe(listener);
    world.driver.subscribe(listener);
    const before = world.driver.getSnapshot();
    expect(before).toEqual({
      ...{ status: 'signed-out', live: false, externalId: undefined },
      ...{ expiresAtMs: undefined, refreshAtMs: undefined, error: undefined },
    });
    void world.driver.load();
    expect(world.driver.getSnapshot()).toBe(before);
    world.notify('live');
    expect(seen).toEqual([world.driver.getSnapshot(), world.driver.getSnapshot()]);
    expect(seen[0]).toMatchObject({ live: true });
    stop();
    stop();
    void world.driver.login();
    expect(seen).toHaveLength(3);
    expect(seen[2]).toMatchObject({ status: 'signing-in', externalId: undefined });
    world.wake('visible', false);
    expect(seen).toHaveLength(3);
  });

  it('says who is signed in, and until when', async () => {
    const world = await signIn();
    expect(world.driver.getSnapshot()).toEqual({
      ...{ status: 'signed-in', live: true, externalId: 'ada', error: undefined },
      ...{ expiresAtMs: START_MS + 3_600_000, refreshAtMs: START_MS + 2_100_000 },
    });
  });

  it('holds an error as long as it lasts, and the error is logged once', async () => {
    const world = createWorld();
    void world.driver.login();
    world.notify('loadFailed', 'script_blocked');
    const { error } = world.driver.getSnapshot();
    expect(error).toMatchObject({ code: 'script_blocked' });
    world.wake('visible', false);
    world.notify('looked', { scriptRan: true });
    expect(world.loggedErrors).toEqual([error]);
    world.notify('live');
    expect(world.driver.getSnapshot().error).toBeUndefined();
    expect(world.loggedErrors).toEqual([error]);
  });

  it('has the cause of the newest error, and an error with the same message is logged once', async () => {
    const world = createWorld();
    const seen: unknown[] = [];
    void world.driver.login();
    world.notify('live');
    world.driver.subscribe(() => void seen.push(world.driver.getSnapshot().error?.cause));
    for (const [request, cause] of ['first', 'second', 'third', 'fourth'].entries()) {
      world.requests[request]!.fail(cause);
      await settled();
      world.nowMs += 9000;
      world.timers.at(-1)!.fire();
    }
    expect(world.driver.getSnapshot().error).toMatchObject({ code: 'token_failed', cause: 'fourth' });
    expect(seen).toEqual(['third', 'fourth']);
    expect(world.loggedErrors).toMatchObject([{ code: 'token_failed', cause: 'third' }]);
  });
});
