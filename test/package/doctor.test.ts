// @vitest-environment jsdom
// Imports the package by its name. Both builds find the token doctor in the same folder. Needs `npm run build` first.
import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

it.each([
  ['ESM', (entry: string) => import(/* @vite-ignore */ entry)],
  ['CommonJS', async (entry: string) => createRequire(import.meta.url)(entry)],
])('the %s build loads the doctor when a sign-in fails', async (_build, load) => {
  const { createMessenger } = await load('zendesk-messenger-auth');
  const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', getToken: () => 'Bearer oops' });
  const error = await messenger.login().catch((failure: unknown) => failure);
  messenger.destroy();
  document.head.replaceChildren();
  expect(error.findings.map(({ code }: { code: string }) => code)).toEqual(['bearer_prefix', 'not_three_parts']);
});
