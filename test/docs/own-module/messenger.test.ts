// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { currentVisitor, expireToken, failTokenEndpoint, signInAs, zendesk } from '../../../src/testing-setup/index.js';
import { messenger } from './messenger';

it('signs in the user of the site', async () => {
  signInAs('user-1');
  await messenger.setUser('user-1'); // or what your page does after a sign-in
  expect(currentVisitor()).toEqual({ kind: 'user', externalId: 'user-1' });
});

it('begins each test with nobody, and lets an anonymous visitor write', async () => {
  await messenger.setUser(null);
  expect(messenger.getSnapshot().status).toBe('signed-out');
  expect(await zendesk.send('hello')).toEqual({ sentAs: 'anonymous' });
});

it('stays signed in when the token has expired', async () => {
  signInAs('user-1');
  await messenger.setUser('user-1');
  expireToken();
  expect(await zendesk.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
});

it('shows the error when the token endpoint refuses the request', async () => {
  failTokenEndpoint(403);
  await expect(messenger.setUser('user-1')).rejects.toMatchObject({ code: 'token_rejected' });
});
