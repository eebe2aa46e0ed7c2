// The driver passes token requests, asks and pushes between the session and the page.
import { describe, expect, it } from 'vitest';
import { MessengerAuthError } from '../../src/core/errors.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import {
  createWorld,
  forbidUnhandledRejections,
  mint,
  settled,
  signIn,
  START_MS,
  takeEventTypes,
} from './create-world.js';

forbidUnhandledRejections();

describe('A token request', () => {
  it("passes the reason, and reads the answer by the server's clock", async () => {
    const world = createWorld();
    void world.driver.login();
    expect(world.requests[0]!.reason).toBe('sign-in');
    world.requests[0]!.answer(['tokenArrived', mint(), START_MS + 600_000]);
    await settled();
    expect(world.driver.getSnapshot().expiresAtMs).toBe(START_MS + 3_000_000);
  });

  it.each<[string, (world: ReturnType<typeof createWorld>) => void, number]>([
    [
      'answers with an error',
      (world) => world.requests[0]!.answer(['tokenFailed', new MessengerAuthError('token_failed', 'x')]),
      1000,
    ],
    [
      'answers with an error and a Retry-After',
      (world) => world.requests[0]!.answer(['tokenFailed', new MessengerAuthError('token_failed', 'x'), 7000]),
      10_500,
    ],
    ['is rejected', (world) => world.requests[0]!.fail(new Error('down')), 1000],
  ])('is repeated when it %s', async (_how, fail, retryMs) => {
    const world = createWorld();
    void world.driver.login();
    fail(world);
    await settled();
    expect(world.events.at(-1)).toMatchObject({
      type: 'token-failed',
      code: 'token_failed',
      retryAtMs: START_MS + retryMs,
    });
  });

  it('is the cause of the error when it keeps failing', async () => {
    const world = createWorld();
    const promise = world.driver.login();
    const cause = new Error('down');
    world.notify('live');
    for (let request = 0; request < 3; request++) {
      world.requests[request]!.fail(cause);
      await settled();
      world.nowMs += 9000;
      world.timers.at(-1)!.fire();
    }
    const error: unknown = await promise.catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'token_failed', cause });
    expect((error as Error).message).not.toContain('(');
    expect(world.loggedErrors).toEqual([error]);
    // A token arrives late. The error stays until Zendesk has accepted the token, and is not logged again.
    world.requests[3]!.answer(['tokenArrived', mint()]);
    await settled();
    expect(world.driver.getSnapshot()).toMatchObject({ status: 'failed', error, expiresAtMs: expect.any(Number) });
    expect(world.loggedErrors).toEqual([error]);
  });

  it('is cancelled by its own signal, which the next request does not share', async () => {
    const world = await signIn();
    void world.driver.logout();
    void world.driver.login();
    world.nowMs += 2000;
    world.timers.at(-1)!.fire();
    const [, request] = world.requests;
    expect(request!.signal.aborted).toBe(false);
    void world.driver.logout();
    expect(request!.signal.aborted).toBe(true);
    expect(world.calls).toEqual(['logout', 'restore', 'logout', 'restore']);
  });
});

describe('An ask', () => {
  it('is answered once for each caller, even if a caller throws', async () => {
    const world = createWorld();
    void world.driver.login();
    world.notify('live');
    const token = mint();
    world.requests[0]!.answer(['tokenArrived', token]);
    await settled();
    const answers: unknown[] = [];
    const { ask } = world.logins[0]!;
    ask((text) => {
      answers.push(text);
      throw new Error('theirs');
    });
    expect(answers).toEqual([token]);
    // These asks are about the same token, and there is no other one yet. No ask is answered twice.
    ask((text) => void answers.push(['second', text]));
    ask((text) => {
      answers.push(['third', text]);
      throw new Error('theirs');
    });
    ask((text) => void answers.push(['fourth', text]));
    expect(answers).toHaveLength(1);
    void world.driver.logout();
    expect(answers.slice(1)).toEqual([
      ['second', undefined],
      ['third', undefined],
      ['fourth', undefined],
    ]);
  });
});

describe('The conversation', () => {
  it('is restored after a sign-in, but not after a push', async () => {
    const world = createWorld();
    void world.driver.login();
    world.notify('live');
    world.requests[0]!.answer(['tokenArrived', mint()]);
    await settled();
    world.logins[0]!.ask(() => {});
    expect(world.calls).toEqual(['load']);
    world.logins[0]!.onResult('');
    expect(world.calls).toEqual(['load', 'restore']);
    world.nowMs += 3_300_000;
    world.timers.at(-1)!.fire();
    const iat = world.nowMs / 1000;
    world.requests[1]!.answer(['tokenArrived', signToken({ external_id: 'ada', iat, exp: iat + 3600 }, FAKE_ACCOUNT)]);
    await settled();
    world.nowMs += 200_000;
    world.timers.at(-1)!.fire();
    expect(takeEventTypes(world).at(-1)).toBe('push-called');
    world.logins[1]!.ask(() => {});
    world.logins[1]!.onResult('');
    expect(takeEventTypes(world).at(-1)).toBe('login-accepted');
    expect(world.calls).toEqual(['load', 'restore']);
  });

  it('delays a push while its window is open', async () => {
    const world = await signIn();
    world.listeners.get('open')!();
    world.nowMs += 3_300_000;
    world.timers.at(-1)!.fire();
    const iat = world.nowMs / 1000;
    world.requests[1]!.answer(['tokenArrived', signToken({ external_id: 'ada', iat, exp: iat + 3600 }, FAKE_ACCOUNT)]);
    await settled();
    world.nowMs += 200_000;
    world.timers.at(-1)!.fire();
    expect(takeEventTypes(world)).not.toContain('push-called');
    world.listeners.get('close')!();
    expect(takeEventTypes(world)).toEqual(['push-called']);
  });
});
