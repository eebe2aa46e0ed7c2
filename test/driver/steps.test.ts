// The driver runs one step of the session after another.
import { describe, expect, it } from 'vitest';
import { createWorld, forbidUnhandledRejections, settled, signIn, takeEventTypes } from './create-world.js';

forbidUnhandledRejections();

describe('A step', () => {
  it('starts after the step that caused it', () => {
    const world = createWorld();
    world.eventsDuringLoad = [['live']];
    void world.driver.login();
    expect(takeEventTypes(world)).toEqual(['load-requested', 'token-requested', 'messenger-live']);
  });

  it('uses one instant for everything, no matter how long it takes', () => {
    const world = createWorld();
    world.tickMs = 7;
    void world.driver.login();
    expect(new Set(world.events.map(({ atMs }) => atMs)).size).toBe(1);
    world.notify('live');
    expect(world.events.at(-1)).toEqual({ type: 'messenger-live', atMs: world.events[0]!.atMs + 7 });
  });

  it('sets one timer for the next wake-up, and none if the session has nothing to wait for', () => {
    const world = createWorld();
    void world.driver.load();
    expect(world.timers.map(({ delayMs, isOn }) => [delayMs, isOn])).toEqual([[10_000, true]]);
    world.nowMs += 4000;
    world.timers[0]!.fire();
    expect(world.timers.map(({ delayMs, isOn }) => [delayMs, isOn])).toEqual([
      [10_000, false],
      [6000, true],
    ]);
    world.notify('live');
    expect(world.timers).toHaveLength(2);
    expect(world.timers[1]!.isOn).toBe(false);
  });

  it('reads the clock when the timer fires', async () => {
    const world = createWorld();
    const promise = world.driver.load();
    world.nowMs += 10_000;
    world.timers[0]!.fire();
    await expect(promise).rejects.toMatchObject({ code: 'script_blocked' });
  });
});

it('wakes the session when the page wakes', async () => {
  const world = await signIn();
  world.wake('hidden', false);
  world.nowMs += 7_200_000;
  world.timers.at(-1)!.fire();
  expect(takeEventTypes(world)).toEqual([]);
  expect(world.driver.getSnapshot()).toMatchObject({ status: 'signing-in', externalId: undefined });
  world.wake('visible', true);
  expect(takeEventTypes(world)).toEqual(['token-requested']);
});

it('loads once a second when the site calls login() whenever the tag is refused at once, as by Trusted Types', async () => {
  const world = createWorld();
  world.eventsDuringLoad = [['loadFailed', 'script_blocked']];
  let failures = 0;
  world.onReport = ({ type }) => {
    // The limit ends the test where the loop has no end.
    if (type === 'load-failed' && ++failures < 50) void world.driver.login().catch(() => {});
  };
  void world.driver.login().catch(() => {});
  await settled();
  expect(failures).toBe(1);
  const { delayMs } = world.timers.filter(({ isOn }) => isOn).at(-1)!;
  expect(delayMs).toBe(1100);
  world.nowMs += delayMs;
  world.timers.at(-1)!.fire();
  expect(failures).toBe(2);
});
