import { expect, it } from 'vitest';
import { isMessengerAuthError, MessengerAuthError } from '../../src/index.js';

it('says what happened, what to do, and keeps the cause', () => {
  const cause = new Error('down');
  const error = new MessengerAuthError('token_failed', 'status 500', cause);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'MessengerAuthError', code: 'token_failed', cause });
  expect(error.message).toContain('No token came (status 500).');
  expect(error.message).toContain(error.remedy);
  expect(error.message).toContain('[token_failed]');
  expect(isMessengerAuthError(error)).toBe(true);
});

it('hides the brand from whoever prints it', () => {
  expect(Object.keys(new MessengerAuthError('destroyed')).sort()).toEqual(['code', 'name', 'remedy']);
});
