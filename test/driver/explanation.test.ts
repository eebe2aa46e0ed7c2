// The driver loads the token doctor and adds its explanation to the error.
import { describe, expect, it } from 'vitest';
import { createWorld, EXPLANATION, forbidUnhandledRejections, settled } from './create-world.js';

forbidUnhandledRejections();

describe('An explanation', () => {
  const fail = async (world = createWorld()) => {
    const promise = world.driver.login();
    for (const request of [0, 1]) {
      world.requests[request]!.answer(['tokenArrived', 'x']);
      await settled();
      world.nowMs += 1100;
      world.timers.at(-1)?.fire();
    }
    await settled();
    return promise.catch((error: unknown) => error);
  };

  it("is requested for the token that failed, at the instant of the step, and keeps the error's code", async () => {
    const world = createWorld();
    world.explain = () => EXPLANATION;
    const error = await fail(world);
    expect(world.questions).toEqual([['token_malformed', 'x', expect.any(Number), undefined, undefined]]);
    expect(error).toMatchObject({
      code: 'token_malformed',
      message: 'It is so. Do that. [token_malformed]',
      findings: [],
    });
    expect(world.loggedErrors).toEqual([error]);
  });

  it.each<[string, (world: ReturnType<typeof createWorld>) => void]>([
    ['cannot be loaded', (world) => (world.doctor = () => Promise.reject(new Error('404')))],
    [
      'throws',
      (world) =>
        (world.explain = () => {
          throw new Error('broken');
        }),
    ],
  ])('is left out if the doctor %s', async (_how, breakDoctor) => {
    const world = createWorld();
    breakDoctor(world);
    const error = await fail(world);
    expect(error).toMatchObject({
      code: 'token_malformed',
      message: 'token malformed. Return a new, correct JWT each time. [token_malformed]',
    });
    expect(error).not.toHaveProperty('findings');
  });

  it('is awaited by every login(): both reject with the error, although the script was blocked', async () => {
    const world = createWorld();
    let answer = (_value: never) => {};
    world.doctor = () => new Promise<never>((resolve) => (answer = resolve));
    const promises = [world.driver.login()];
    for (const request of [0, 1]) {
      world.requests[request]!.answer(['tokenArrived', 'x']);
      await settled();
      world.nowMs += 1100;
      world.timers.at(-1)?.fire();
    }
    world.notify('loadFailed', 'script_blocked');
    promises.push(world.driver.login());
    answer({ explain: () => EXPLANATION } as never);
    const errors = await Promise.all(promises.map((promise) => promise.catch((error: unknown) => error)));
    expect(errors).toMatchObject([{ code: 'token_malformed' }, { code: 'token_malformed' }]);
  });
});
