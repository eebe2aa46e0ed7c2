// The site of the playground: its clock and its token endpoint.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { loadModule } from './load-module.js';

const { createClock, createSite, LIFETIME_S, nameOf, USERS } = await loadModule('site');

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

function start() {
  const clock = createClock();
  return { clock, site: createSite({ clock, sign: (claims: object) => signToken({ ...claims }, FAKE_ACCOUNT) }) };
}

async function answer(site: any, signal?: AbortSignal): Promise<Response> {
  const response = site.answerToken(signal) as Promise<Response>;
  await vi.runAllTimersAsync();
  return response;
}

const readClaims = async (response: Response) =>
  JSON.parse(Buffer.from((await response.text()).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

it('says with 204 that nobody is signed in', async () => {
  expect((await answer(start().site)).status).toBe(204);
});

it('signs a token for the user who is signed in when it answers, by the clock that can skip time', async () => {
  const { clock, site } = start();
  site.user = USERS.ada.externalId;
  clock.advance(3_600_000);
  const response = await answer(site);
  const claims = await readClaims(response);
  expect(claims).toMatchObject({ scope: 'user', external_id: 'demo-ada', iat: 1_800_003_600 });
  expect(claims['exp']).toBe(1_800_003_600 + LIFETIME_S);
  expect(Date.parse(response.headers.get('date')!)).toBe(1_800_003_600_000);
});

it('signs another token each time', async () => {
  const { site } = start();
  site.user = USERS.grace.externalId;
  const [first, second] = [site.answerToken(), site.answerToken()] as Promise<Response>[];
  await vi.runAllTimersAsync();
  expect(await (await first)!.text()).not.toBe(await (await second)!.text());
});

it('is slower than the messenger waits, if it is set to be slow', async () => {
  const { site } = start();
  site.endpoint = 'slow';
  const isAnswered = vi.fn();
  void site.answerToken().then(isAnswered);
  await vi.advanceTimersByTimeAsync(4000);
  expect(isAnswered).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(isAnswered).toHaveBeenCalled();
});

it('answers 500, if it is set to fail', async () => {
  const { site } = start();
  Object.assign(site, { user: USERS.ada.externalId, endpoint: 'failing' });
  expect((await answer(site)).status).toBe(500);
});

it('rejects when the request is aborted, as fetch does', async () => {
  const { site } = start();
  const controller = new AbortController();
  const response = site.answerToken(controller.signal);
  controller.abort();
  await expect(response).rejects.toThrow('aborted');
  await expect(site.answerToken(controller.signal)).rejects.toThrow('aborted');
});

it('knows the names of its users, and shows the id of anybody else', () => {
  expect([nameOf('demo-ada'), nameOf('demo-grace'), nameOf('user-1')]).toEqual(['Ada', 'Grace', 'user-1']);
});
