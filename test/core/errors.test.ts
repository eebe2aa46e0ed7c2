import { describe, expect, it } from 'vitest';
import { isMessengerAuthError, MessengerAuthError, type MessengerErrorCode } from '../../src/index.js';

describe('MessengerAuthError', () => {
  it('has a message with the problem, the remedy and the code, and keeps the cause', () => {
    const cause = new Error('down');
    const error = new MessengerAuthError('token_failed', 'status 500', cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'MessengerAuthError', code: 'token_failed', cause });
    expect(error.message).toContain('No token arrived (status 500).');
    expect(error.message).toContain(error.remedy);
    expect(error.message).toContain('[token_failed]');
    expect(isMessengerAuthError(error)).toBe(true);
  });

  it('has no enumerable brand', () => {
    expect(Object.keys(new MessengerAuthError('destroyed')).sort()).toEqual(['code', 'name', 'remedy']);
  });

  // All messages in one file. To rewrite it: npx vitest run test/core/errors -u
  it('has the messages in errors.txt', async () => {
    const all: Record<MessengerErrorCode, true> = {
      ...{ invalid_option: true, no_window: true, destroyed: true, script_blocked: true, messenger_unavailable: true },
      ...{
        classic_widget: true,
        key_conflict: true,
        token_failed: true,
        token_rejected: true,
        token_not_string: true,
        token_malformed: true,
      },
      ...{ token_expired: true, token_repeated: true, exp_invalid: true, external_id_missing: true },
      ...{ external_id_not_string: true, invalid_auth: true, identity_conflict: true, login_failed: true },
    };
    const texts = Object.keys(all).map((code) => new MessengerAuthError(code as MessengerErrorCode).message);
    await expect(`${texts.join('\n')}\n`).toMatchFileSnapshot('errors.txt');
  });

  it('has findings only when it is created with findings', () => {
    expect(new MessengerAuthError('invalid_auth')).not.toHaveProperty('findings');
    const explained = new MessengerAuthError('invalid_auth', 401, undefined, ['It is so', 'Do that'], []);
    expect(explained).toMatchObject({ message: 'It is so (401). Do that. [invalid_auth]', findings: [] });
  });

  it('is recognized by its brand, also when another copy of the library created it', () => {
    expect(isMessengerAuthError({ [Symbol.for('zendesk-messenger-auth')]: true })).toBe(true);
    for (const other of [undefined, null, 'x', {}, new Error('x')]) expect(isMessengerAuthError(other)).toBe(false);
  });
});
