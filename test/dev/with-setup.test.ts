// @vitest-environment jsdom
// A module of the page that imports dev.js while it is developed, in a test with the setup: Vitest says that it is developed, too.
import { expect, it, vi } from 'vitest';
import { currentVisitor, signInAs } from '../../src/testing-setup/index.js';
import { createMessenger } from '../../src/index.js';

it('dev.js leaves the page to the setup, and says nothing', async () => {
  const error = vi.spyOn(console, 'error');
  await import('../../src/dev/index.js');
  const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
  signInAs('ada');
  expect(await messenger.login()).toMatchObject({ externalId: 'ada' });
  expect(currentVisitor()).toEqual({ kind: 'user', externalId: 'ada' });
  expect(document.querySelector('[data-zendesk-messenger-dev]')).toBe(null);
  expect(error).not.toHaveBeenCalled();
}, 180_000);
