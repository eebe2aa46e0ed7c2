// The uses of the API that the compiler accepts, and those that it rejects.
import { expectTypeOf, it } from 'vitest';
import {
  createMessenger,
  isMessengerAuthError,
  type MessengerErrorCode,
  type MessengerSnapshot,
  type TokenResult,
} from '../../src/index.js';

const key = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const messenger = createMessenger({ key, tokenUrl: '/zendesk-token' });

it('createMessenger() takes exactly one source of tokens', () => {
  createMessenger({
    key,
    getToken: async ({ reason, signal }) => (reason === 'sign-in' && !signal.aborted ? 'jwt' : null),
  });
  createMessenger({ key, getToken: () => null, nonce: undefined, onEvent: ({ type, atMs }) => void [type, atMs] });
  interface TokenResponse {
    token: string;
  }
  createMessenger({ key, getToken: async () => (await (await fetch('/t')).json()) as TokenResponse });
  createMessenger({ key, getToken: () => ['jwt'] });
  const nobody: TokenResult = { token: null };
  createMessenger({ key, getToken: () => nobody });
  // @ts-expect-error -- its text is the token
  createMessenger({ key, getToken: () => fetch('/t') });
  // @ts-expect-error -- neither
  createMessenger({ key });
  // @ts-expect-error -- both
  createMessenger({ key, tokenUrl: '/t', getToken: () => null });
  // @ts-expect-error -- not a token
  createMessenger({ key, getToken: () => 5 });
  // @ts-expect-error -- unknown
  createMessenger({ key, tokenUrl: '/t', tokenURL: '/t' });
});

it('zE() and on() return what they do at run time', () => {
  expectTypeOf(messenger.zE('messenger', 'open')).toEqualTypeOf<unknown>();
  expectTypeOf(messenger.zE.unsafe('messenger', 'open')).toEqualTypeOf<unknown>();
  expectTypeOf(messenger.on('unreadMessages', () => {})).toEqualTypeOf<() => void>();
  expectTypeOf(messenger.on.unsafe('inventedTomorrow', () => {})).toEqualTypeOf<() => void>();
});

it('errors and snapshots have narrow types', () => {
  expectTypeOf(messenger.login()).resolves.toEqualTypeOf<MessengerSnapshot>();
  expectTypeOf(messenger.getSnapshot().status).toEqualTypeOf<'signed-out' | 'signing-in' | 'signed-in' | 'failed'>();
  const error: unknown = undefined;
  if (isMessengerAuthError(error)) expectTypeOf(error.code).toEqualTypeOf<MessengerErrorCode>();
});
