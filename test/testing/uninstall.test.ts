// @vitest-environment jsdom
// What is on its way when the messenger is removed from the window must change nothing for the next one.
import { expect, it, vi } from 'vitest';
import { createFakeBackend, type BackendRequestKind } from '../../src/testing/index.js';
import { insertTag, install, page, pass, signIn, token, useFakePage } from './start-messenger.js';

useFakePage({ realFrames: true });

/** A backend that keeps its answers to one kind of request until `answer` is called. */
function createSlowBackend(slow: BackendRequestKind) {
  const backend = createFakeBackend();
  const waiting: (() => void)[] = [];
  return {
    waiting,
    async fetch(url: string, init?: RequestInit): Promise<Response> {
      const response = await backend.fetch(url, init);
      if (backend.requests.at(-1)?.kind === slow) await new Promise<void>((resolve) => waiting.push(resolve));
      return response;
    },
    async answer() {
      expect(waiting).toHaveLength(1);
      waiting.forEach((resolve) => resolve());
      await pass();
    },
  };
}

it.each([
  ['the configuration', 'compose', () => undefined],
  ['the answer to a login', 'login', () => void signIn(token())],
  ['a new anonymous visitor', 'visitor', (send: () => unknown) => void send()],
] as const)('%s comes too late: nothing is stored, and no messenger starts', async (_, kind, act) => {
  const backend = createSlowBackend(kind);
  const messenger = install(createFakeBackend(), { fetch: backend.fetch });
  insertTag();
  await pass();
  act(() => messenger.send('hello'));
  await vi.waitFor(() => expect(backend.waiting).toHaveLength(1), 60_000);
  await pass();
  messenger.uninstall();
  localStorage.clear();
  sessionStorage.clear();
  await backend.answer();
  expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).toEqual([]);
  expect({ ...page }).not.toHaveProperty('zEACLoaded');
  expect(document.querySelectorAll('iframe')).toHaveLength(0);
});
