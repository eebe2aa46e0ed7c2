import { expect, it, vi } from 'vitest';
import { createClassicAuth } from '../../src/classic/index.js';

it('does nothing on a server', () => {
  expect(typeof document).toBe('undefined');
  const getToken = vi.fn();
  const auth = createClassicAuth({ getToken });
  auth.reauthenticate();
  auth.logout();
  auth.destroy();
  expect(getToken).not.toHaveBeenCalled();
  expect('zESettings' in globalThis).toBe(false);
});
