// The backend says whose identity a login carries, and reports another user's.
import { describe, expect, it } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, signToken, type FakeBackend } from '../../src/testing/index.js';

const API = `https://fake-account.zendesk.com/sc/sdk/v2/apps/${FAKE_ACCOUNT.appId}`;
const sign = (externalId: string) => signToken({ scope: 'user', external_id: externalId }, FAKE_ACCOUNT);

const login = (backend: FakeBackend, userId: string, carried: object = {}, jwt = sign(userId)) =>
  backend.fetch(`${API}/login`, {
    method: 'POST',
    headers: { authorization: `Bearer ${jwt}` },
    body: JSON.stringify({ userId, ...carried }),
  });

async function createAnonymous(backend: FakeBackend) {
  const response = await backend.fetch(`${API}/appusers`, { method: 'POST' });
  return (await response.json()) as { id: string; sessionToken: string };
}

async function createBackend() {
  const backend = createFakeBackend({ now: () => 5000 });
  await login(backend, 'alice');
  return { backend, alice: backend.user('alice')!.id };
}

describe('The log of a login [M 19] [M 46]', () => {
  it('says whose identity it carried', async () => {
    const { backend, alice } = await createBackend();
    const { id, sessionToken } = await createAnonymous(backend);
    await login(backend, 'bob', { appUserId: alice });
    await login(backend, 'bob', { appUserId: 'of another backend' });
    await login(backend, 'bob', { appUserId: id, sessionToken });
    const entries = backend.requests.filter(({ kind }) => kind === 'login');
    expect(entries).toMatchObject([
      { userId: 'alice' },
      { userId: 'bob', appUserId: alice, appUserIdOf: 'user', appUserIdOfUser: 'alice' },
      { userId: 'bob', appUserId: 'of another backend', appUserIdOf: 'unknown' },
      { userId: 'bob', appUserId: id, appUserIdOf: 'anonymous' },
    ]);
    expect(entries[0]).not.toHaveProperty('appUserId');
    expect(JSON.stringify(backend.requests)).not.toContain(sessionToken);
  });
});

describe('A breach', () => {
  it("is a login with another user's identity, which is accepted all the same", async () => {
    const { backend, alice } = await createBackend();
    expect((await login(backend, 'bob', { appUserId: alice })).status).toBe(200);
    expect(backend.breaches).toEqual([
      { atMs: 5000, kind: 'foreign-identity', userId: 'bob', appUserId: alice, belongsTo: 'alice' },
    ]);
  });

  it('is not the login of the same user, nor the merge of an anonymous visitor', async () => {
    const { backend, alice } = await createBackend();
    const { id: appUserId, sessionToken } = await createAnonymous(backend);
    await login(backend, 'alice', { appUserId: alice });
    await login(backend, 'bob', { appUserId, sessionToken });
    await login(backend, 'carol', { appUserId: 'of another backend' });
    expect(backend.breaches).toEqual([]);
  });

  it.each([{ status: 503 }, { status: 401 }, 'network-error'] as const)(
    'is one, too, with the answer %j',
    async (outcome) => {
      const { backend, alice } = await createBackend();
      backend.answerNext('login', outcome);
      await login(backend, 'bob', { appUserId: alice });
      expect(backend.breaches).toMatchObject([{ userId: 'bob', belongsTo: 'alice' }]);
    },
  );

  it("is the user's own identity with another user's token, because the token decides who signs in [M 29]", async () => {
    const { backend, alice } = await createBackend();
    await login(backend, 'alice', { appUserId: alice }, sign('bob'));
    expect(backend.breaches).toMatchObject([{ userId: 'bob', belongsTo: 'alice' }]);
  });

  it('is found by the body if the token cannot be read', async () => {
    const { backend, alice } = await createBackend();
    await login(backend, 'bob', { appUserId: alice }, 'garbage');
    expect(backend.breaches).toMatchObject([{ userId: 'bob' }]);
  });
});

it("a request about a visitor needs that visitor's own token [M 63]", async () => {
  const { backend, alice } = await createBackend();
  await login(backend, 'bob');
  const read = async (authorization?: string) =>
    (await backend.fetch(`${API}/appusers/${alice}`, authorization ? { headers: { authorization } } : {})).status;
  expect(await read(`Bearer ${sign('alice')}`)).toBe(200);
  expect(await read(`Bearer ${sign('bob')}`)).toBe(401);
  expect(await read(`Basic ${btoa(`${alice}:`)}`)).toBe(401);
  expect(await read()).toBe(401);
  expect(backend.requests.at(-3)).toMatchObject({ externalId: 'bob', reason: 'the token of another visitor' });
});
