// @vitest-environment jsdom
// The backend runs behind msw, and the messenger uses the window's own fetch. They share nothing else.
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  createFakeBackend,
  installFakeMessenger,
  type FakeBackend,
  type InstalledMessenger,
} from '../../src/testing/index.js';
import { failure, insertTag, pass, signIn, token, useFakePage } from './start-messenger.js';

const server = setupServer();
let backend: FakeBackend;
let messenger: InstalledMessenger;

useFakePage();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(async () => {
  backend = createFakeBackend();
  server.use(http.all('https://*', ({ request }) => backend.handle(request)));
  messenger = installFakeMessenger();
  insertTag();
  await pass(100);
});
afterEach(() => {
  messenger.uninstall();
  server.resetHandlers();
});
afterAll(() => server.close());

it('the messenger boots, signs in, and merges the anonymous conversation [M 3] [M 19]', async () => {
  expect(messenger.live).toBe(true);
  await messenger.send('before');
  const { loginCallback } = await signIn(token());
  await pass(100);
  expect(loginCallback).toHaveBeenCalledExactlyOnceWith(null);
  expect(messenger.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  expect(backend.user('user-1')?.messages).toMatchObject([{ text: 'before' }]);
});

it('the messenger asks after a 401, and retries with the new token [M 26]', async () => {
  const { jwtCallback } = await signIn(token('user-1', {}, 4), token('user-1', {}, 60));
  await pass(6000);
  const sending = messenger.send('hello');
  await pass(1000);
  expect(await sending).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(jwtCallback).toHaveBeenCalledTimes(2);
});

it.each([
  ['a 401 without CORS headers', () => (backend.withoutCors = true), -1],
  ['a broken connection', () => backend.answerAlways('login', 'network-error'), 60],
])('%s makes a login fail with Unknown error [M 21] [M 30]', async (_, prepare, lifetimeS) => {
  prepare();
  const { loginCallback } = await signIn(token('user-1', {}, lifetimeS));
  await pass(3000);
  expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure('Unknown error'));
});
