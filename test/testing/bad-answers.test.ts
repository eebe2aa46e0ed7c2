// @vitest-environment jsdom
// What happens if a page answers jwtCallback with anything but a token [M 36].
import { expect, it } from 'vitest';
import { failure, pass, signIn, startMessenger, token, useFakePage } from './start-messenger.js';

useFakePage();

it.each<[string, (jwt: string) => unknown, string, string | undefined]>([
  ['in quotes', (jwt) => `"${jwt}"`, '401: Invalid JWT', 'the token is in quotes'],
  ['with Bearer', (jwt) => `Bearer ${jwt}`, '401: Invalid JWT', '"Bearer " is in front of the token'],
  ['with a line break after it', (jwt) => `${jwt}\n`, '401: Invalid JWT', 'white space around or in the token'],
  ['with white space before it', (jwt) => ` ${jwt}`, '401: Invalid JWT', 'white space around or in the token'],
  ['as JSON text', (jwt) => `{"jwt":"${jwt}"}`, '401: Invalid JWT', 'a whole JSON answer instead of the token'],
  ['as an object', (jwt) => ({ jwt }), 'Error occurred reading from jwt', undefined],
  ['with a character that no header takes', (jwt) => `${jwt}✓`, 'Unknown error', undefined],
])('[M 36] the login fails if the page answers with the token %s', async (_, spoil, reason, logged) => {
  const { backend } = await startMessenger();
  const { loginCallback } = await signIn(spoil(token()));
  await pass(2000);
  expect(loginCallback).toHaveBeenCalledExactlyOnceWith(failure(reason));
  expect(backend.requests.find(({ kind }) => kind === 'login')?.reason).toBe(logged);
});
